"""What an element of HTML looks like, as far as reading it needs: its tag, attributes and style sheets.

Of CSS only plain selectors are followed, `p`, `.note` and `p.note`; rules for some media are left aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from pipeline.parsers.xml import Element

Declarations = tuple[tuple[str, str], ...]

_SELECTOR = re.compile(r"([a-z][a-z0-9]*)?(?:\.([\w-]+))?", re.IGNORECASE)
_BOLD_TAGS = frozenset({"b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"})
_CENTRED_TAGS = frozenset({"center", "th", "caption"})
_GONE_TAGS = frozenset({"del", "s", "strike"})
_PRE_TAGS = frozenset({"pre", "xmp", "listing", "plaintext"})
_HEADING = re.compile("h[1-6]")
_GONE_CLASSES = frozenset({"msodel", "msocommentreference", "msocommenttext"})
_QUOTED = re.compile(r"""["']([^"']*)["']\s*$|([\w-]+)\s*$""")
_READ_NAMES = """
    font-weight font font-family text-align display visibility mso-hide text-decoration text-decoration-line
    white-space list-style list-style-type text-transform mso-element
    """
_READ = frozenset(_READ_NAMES.split())


class Look(Struct, frozen=True):
    """How words are printed; `heading` is the level of the heading they stand in, `marker` CSS's list type."""

    bold: bool = False
    centred: bool = False
    gone: bool = False
    kept: bool = False
    upper: bool = False
    block: bool = False
    heading: int = 0
    marker: str = ""
    font: str = ""


class StyleSheet:
    """The rules of one page by tag and class, and the looks that were worked out from them."""

    def __init__(self, sheets: Iterable[str]) -> None:
        self._rules: dict[tuple[str, str], Declarations] = {}
        self._inline: dict[str, Declarations] = {}
        self._looks: dict[tuple[Look, str, tuple[tuple[str, str], ...]], Look] = {}
        for sheet in sheets:
            for selector, declarations in _rules(sheet):
                self._rules[selector] = (*self._rules.get(selector, ()), *declarations)

    def look(self, outer: Look, element: Element, tag: str) -> Look:
        """Return the look of `element` inside an element that looks like `outer`."""
        attributes = tuple((str(name), str(value)) for name, value in element.items())
        look = self._looks.get((outer, tag, attributes))
        if look is None:
            look = self._looks[outer, tag, attributes] = self._worked_out(outer, tag, dict(attributes))
        return look

    def _worked_out(self, outer: Look, tag: str, attributes: Mapping[str, str]) -> Look:
        look = _by_tag(outer, tag)
        if not attributes and not self._rules:
            return look
        # By CSS a rule for a tag would beat `align`; LibreOffice writes both and means the attribute.
        look = _by_attributes(_declared_all(look, self._rules.get((tag, ""), ())), attributes)
        for declarations in self._declarations(tag, attributes):
            look = _declared_all(look, declarations)
        return look

    def _declarations(self, tag: str, attributes: Mapping[str, str]) -> Iterator[Declarations]:
        """Yield what is declared for an element by its class and itself, what counts most last."""
        classes = attributes.get("class", "").lower().split()
        keys = [*(("", name) for name in classes), *((tag, name) for name in classes)]
        yield from (self._rules[key] for key in keys if key in self._rules)
        style = attributes.get("style", "")
        if style and style not in self._inline:
            self._inline[style] = _declarations(style)
        yield self._inline.get(style, ())


def _rules(sheet: str) -> Iterator[tuple[tuple[str, str], Declarations]]:
    """Yield each rule of a style sheet for each of its plain selectors; rules inside `@media` are left out."""
    before, *rest = sheet.split("/*")
    plain = before + "".join(comment.partition("*/")[2] for comment in rest)
    depth = 0
    for chunk in plain.replace("<!--", "").replace("-->", "").split("}"):
        opened = chunk.count("{")
        if opened == 1 and depth == 0:
            selectors, _, body = chunk.partition("{")
            declarations = _declarations(body)
            for selector in selectors.split(",") if declarations else ():
                found = _SELECTOR.fullmatch(selector.strip())
                if found and found[0]:
                    yield ((found[1] or "").lower(), (found[2] or "").lower()), declarations
        depth = max(depth + opened - 1, 0)


def _declarations(style: str) -> Declarations:
    pairs = (part.partition(":") for part in style.split(";"))
    named = ((name.strip().lower(), value) for name, _, value in pairs)
    return tuple((name, value.strip()) for name, value in named if name in _READ)


def _by_tag(look: Look, tag: str) -> Look:
    """Return the look of a tag by itself; what words are inside a table is not centred with it."""
    look = replace(look, block=False) if look.block else look
    if tag in _BOLD_TAGS:
        look = replace(look, bold=True)
        if _HEADING.fullmatch(tag):
            look = replace(look, heading=int(tag[1]))
    if tag in _CENTRED_TAGS:
        return replace(look, centred=True)
    if tag in _GONE_TAGS:
        return replace(look, gone=True)
    if tag in _PRE_TAGS:
        return replace(look, kept=True)
    if tag in ("ol", "ul", "menu", "dir"):
        return replace(look, marker="")
    return replace(look, centred=False) if tag == "table" and look.centred else look


def _by_attributes(look: Look, attributes: Mapping[str, str]) -> Look:
    align = attributes.get("align")
    if align:
        look = replace(look, centred=align.lower() in ("center", "middle"))
    if "face" in attributes:
        look = replace(look, font=_family(attributes["face"]))
    if "hidden" in attributes or not _GONE_CLASSES.isdisjoint(attributes.get("class", "").lower().split()):
        look = replace(look, gone=True)
    return look


def _declared_all(look: Look, declarations: Declarations) -> Look:
    for name, value in declarations:
        look = _declared(look, name, value)
    return look


def _declared(look: Look, name: str, value: str) -> Look:
    """Return `look` with one declaration of CSS."""
    if name in ("font", "font-family"):
        look = replace(look, font=_family(value))
    value = value.lower().removesuffix("!important").strip()
    if name in ("font-weight", "font"):
        return replace(look, bold=_is_bold(value, look.bold if name == "font-weight" else False))
    if name == "text-align":
        return replace(look, centred="center" in value)
    if name == "white-space":
        return replace(look, kept=value.startswith("pre"))
    if name in ("list-style", "list-style-type"):
        return replace(look, marker=value)
    if name == "text-transform":
        return replace(look, upper=value == "uppercase")
    if name == "display" and value in ("block", "list-item", "flex", "grid", "table", "table-row"):
        return replace(look, block=True)
    return replace(look, gone=True) if _is_gone(name, value) else look


def _is_gone(name: str, value: str) -> bool:
    if name == "display" or name == "mso-hide":
        return value in ("none", "all")
    if name == "visibility":
        return value in ("hidden", "collapse")
    if name == "mso-element":
        return value.startswith("comment")
    return name.startswith("text-decoration") and "line-through" in value


def _is_bold(value: str, outer: bool) -> bool:
    words = value.split()
    if "bold" in words or "bolder" in words:
        return True
    weight = next((word for word in words if word.isdigit() and len(word) == 3), "")
    if weight:
        return int(weight) >= 600
    return outer if value in ("inherit", "") else False


def _family(value: str) -> str:
    """Return the first font that is named."""
    first = value.split(",")[0]
    found = _QUOTED.search(first)
    return (found[1] or found[2] or "").strip() if found else ""
