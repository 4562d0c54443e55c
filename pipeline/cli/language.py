"""Which language to speak: the one asked for, else that of the machine."""

from __future__ import annotations

import sys

TYPE_CHECKING = False  # as of `typing`, whose import takes longer than a page of help
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LANGUAGES = ("vi", "en")
_PRIMARY_LANGUAGE, _VIETNAMESE = 0x3FF, 0x2A  # of a Windows LANGID


def language(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return what `--lang` among `arguments` asks for, else the language of the machine.

    Looked for before Click parses, because help and complaints are in that language too.
    """
    asked = ""
    for argument, following in zip(arguments, [*arguments[1:], ""], strict=False):
        if argument == "--lang":
            asked = following
        elif argument.startswith("--lang="):
            asked = argument.removeprefix("--lang=")
    return asked if asked in LANGUAGES else machine_language(environment)


def machine_language(environment: Mapping[str, str]) -> str:
    """Return `vi` where the locale is Vietnamese, else `en`."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            return "vi" if environment[name].lower().startswith("vi") else "en"
    return "vi" if _windows_is_vietnamese() else "en"


def _windows_is_vietnamese() -> bool:
    if sys.platform != "win32":
        return False
    import ctypes

    return ctypes.windll.kernel32.GetUserDefaultUILanguage() & _PRIMARY_LANGUAGE == _VIETNAMESE
