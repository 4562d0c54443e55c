"""A LibreOffice profile of our own: no macros, no network, no dialogues, nothing of the user's."""

from __future__ import annotations

from pathlib import Path

_SETTINGS = (
    ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),  # never
    ("/org.openoffice.Office.Common/Misc", "FirstRun", "false"),
    # A proxy where nobody listens: whatever a file links to, it is not fetched.
    ("/org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    *(("/org.openoffice.Inet/Settings", f"ooInet{kind}ProxyName", "127.0.0.1") for kind in ("HTTP", "HTTPS")),
    *(("/org.openoffice.Inet/Settings", f"ooInet{kind}ProxyPort", "9") for kind in ("HTTP", "HTTPS")),
    ("/org.openoffice.Inet/Settings", "ooInetNoProxy", ""),
)
_ITEM = '<item oor:path="{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>'
_FILE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
    'xmlns:xs="http://www.w3.org/2001/XMLSchema" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{}</oor:items>\n'
)


def make_profile(folder: Path) -> None:
    """Write a new profile into `folder`, which LibreOffice fills at its first start."""
    user = folder / "user"
    user.mkdir(parents=True)
    items = "".join(_ITEM.format(*setting) for setting in _SETTINGS)
    (user / "registrymodifications.xcu").write_text(_FILE.format(items), encoding="utf-8")
