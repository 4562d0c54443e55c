"""Parts tied to their totals: «215 vụ, trong đó 12 vụ …», «19 văn bản (12 kế hoạch, 07 công văn)», items of lists.

Words say what is a part («trong đó», «gồm», «chia ra»), or marks do where the arithmetic agrees: a bracket or a colon
right behind the total. A share in percent, a pair and a change are no parts. A part larger than its total is tied
only where «trong đó» says so: then the report is wrong, not the reading.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from pipeline.extract.structure import Sentence
from pipeline.extract.view import View
from pipeline.extract.vocabulary import phrases_of
from pipeline.model import Block, BlockKind, Count
from pipeline.text.fold import fold

Span = tuple[int, int]

_URGES = r"(?! (?:lưu ý|chú trọng|chú ý|tập trung|nhấn mạnh|quan tâm|ưu tiên|yêu cầu|cần|phải|giao)(?!\w))"
_OPENS = re.compile(
    rf"(?<!\w)(?:(?P<told>trong (?:tổng )?số (?:đó|này)|trong đó{_URGES}|(?:bao )?gồm(?: có)?|chia ra)"
    r"|(?P<shown>cụ thể))"
    r"(?: là| như sau)?(?: có(?! \w+ ?:))?(?P<colon>[ ]?:)?(?!\w)"
)
_OPENERS = ("trong đó", "trong số", "trong tổng số", "gồm", "chia ra", "cụ thể")
"""Of these one stands in all that `_OPENS` finds."""
_INTRODUCES = re.compile(
    rf"(?P<told>trong (?:tổng )?số (?:đó|này)|trong đó{_URGES}|gồm(?: có)?|chia ra)|(?P<shown>cụ thể|như sau|sau đây)"
)
_ATTACHED = re.compile(r"[^\d.;:()\n\t]{0,60}")
_LEAD = re.compile(r"([^\W\d_]+)[ ]$")
_OTHER_PERIOD = re.compile(r"[ ]?năm[ ]\d{4}[ :]")
_SEPARATED = re.compile(r";[ ]?\d")


class _Scope(Struct, frozen=True):
    """A stretch that may hold parts: how it is opened, where its totals stand, and what they must agree to.

    `told`: the words say that parts follow. `exact`: the parts have to sum to the total. `colon`: a list follows.
    Behind `soft_end`, where the clause ends, parts are believed only if all sum to the total; a total in another unit
    has to stand in the `clause` of the words that open.
    """

    start: int
    soft_end: int
    end: int
    wholes: tuple[Count, ...]
    told: bool = False
    exact: bool = False
    colon: bool = False
    clause: int = 0


def with_parts(counts: Sequence[Count], view: View) -> list[Count]:
    """Return `counts` with `part_of` of those that are parts of another one, in the order given."""
    ties = _Breakdowns(counts, view).ties()
    return [
        count if count.part_of or (count.start, count.end) not in ties
        else replace(count, part_of=ties[count.start, count.end])
        for count in counts
    ]  # fmt: skip


class _Breakdowns:
    """The breakdowns of one report's running text."""

    def __init__(self, counts: Sequence[Count], view: View) -> None:
        self.view = view
        self.counts = sorted(counts, key=lambda count: count.start)
        self.starts = [count.start for count in self.counts]
        self.found: dict[Span, Span] = {}
        self._kinds: dict[str, str] = {}
        self._openers = [word for word in _OPENERS if word in view.folded]

    def ties(self) -> dict[Span, Span]:
        """Return the span of the total for the span of each part."""
        for at, sentence in enumerate(self.view.sentences):
            inside = self._between(sentence.start, sentence.end)
            before = self.view.sentences[at - 1] if at else None
            if inside:
                self._read(sentence, before, inside)
            if self.view.text[sentence.end - 1] == ":":
                self._read_list(at, inside, before)
        return self.found

    def _between(self, start: int, end: int) -> list[Count]:
        return self.counts[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def _read(self, sentence: Sentence, before: Sentence | None, inside: list[Count]) -> None:
        scopes = sorted(self._scopes(sentence, before, inside), key=lambda scope: scope.start)
        for at, scope in enumerate(scopes):
            inner = [other for other in scopes[at + 1 :] if other.start < scope.end]
            own = [
                count for count in self._between(scope.start, scope.end)
                if not any(other.start <= count.start < other.end for other in inner)
            ]  # fmt: skip
            self._tie(scope, own)

    def _scopes(self, sentence: Sentence, before: Sentence | None, inside: list[Count]) -> Iterator[_Scope]:
        text = self.view.folded
        may_open = any(text.find(word, sentence.start, sentence.end) >= 0 for word in self._openers)
        for opened in _OPENS.finditer(text, sentence.start, sentence.end) if may_open else ():
            wholes = [count for count in inside if count.end <= opened.start()]
            if not wholes and before is not None and not text[sentence.start : opened.start()].strip(" -+•*"):
                wholes = self._between(before.start, before.end)
            colon = opened["colon"] is not None
            ends = self._ends(opened.end(), sentence.end, colon=colon)
            if wholes and (colon or opened["told"]):
                told = opened["told"] is not None
                clause = text.rfind(";", sentence.start, opened.start() - 1) + 1
                yield _Scope(opened.end(), *ends, tuple(wholes), told=told, colon=colon, clause=clause)
        for at, count in enumerate(inside):
            attached = _ATTACHED.match(text, count.end, sentence.end)
            mark = attached.end() if attached else count.end
            if text[mark : mark + 1] == "(":
                apart = self._is_share(count) or "," in text[count.end : mark]
                wholes = [w for w in inside[: at + 1] if not self._is_share(w)]
                end = closed if (closed := text.find(")", mark, sentence.end)) > 0 else sentence.end
                further = self._further(wholes, self._between(mark + 1, end))
                yield _Scope(mark + 1, end, end, further or tuple(wholes[-1:]), exact=apart or bool(further))
            elif text[mark : mark + 1] == ":" and not self._is_share(count) and "," not in text[count.end : mark]:
                yield _Scope(mark + 1, sentence.end, sentence.end, (count,), exact=True, colon=True)

    def _further(self, wholes: Sequence[Count], inside: Sequence[Count]) -> tuple[Count, ...]:
        """Return the last of `wholes` that all in brackets can be of, where the one right before can hold none."""
        units = {count.unit for count in inside if not self._is_share(count)}
        near = wholes[-1].unit if wholes else ""
        if len(inside) < 2 or any(_is_same_unit(near, unit) or self._may_hold(near, unit) for unit in units):
            return ()
        return next(((whole,) for whole in reversed(wholes) if {whole.unit} == units), ())

    def _ends(self, start: int, end: int, *, colon: bool) -> Span:
        """Return where the parts end opened at `start`, for sure and at most: at a bracket's or clause's end."""
        text = self.view.text
        closed = text.find(")", start, end)
        if closed >= 0 and text.find("(", start, closed) < 0:
            return closed, closed
        at = start
        while not colon and (at := text.find(";", at, end)) >= 0:
            if not _SEPARATED.match(text, at, end):
                return at, end
            at += 1
        return end, end

    def _tie(self, scope: _Scope, counts: list[Count]) -> None:
        """Tie the counts of a scope that are parts, each to the nearest total that can hold it."""
        if not scope.told and any(self._compares(scope.start, count) for count in counts):
            return
        parts = self._parts(scope, [count for count in counts if count.start < scope.soft_end])
        wider = self._parts(scope, counts) if scope.soft_end < scope.end else []
        for whole in dict.fromkeys(whole for _, whole in wider):
            own = [pair for pair in wider if pair[1] is whole]
            if own[-1][0].value and sum(part.value for part, _ in own) == whole.value:
                parts = [*(pair for pair in parts if pair[1] is not whole), *own]
        if scope.told or self._agrees(scope, parts):
            for part, whole in parts:
                self.found.setdefault((part.start, part.end), (whole.start, whole.end))
        if scope.told and scope.colon and not parts:
            self._tie_by_sum(scope, counts)

    def _parts(self, scope: _Scope, counts: Sequence[Count]) -> list[tuple[Count, Count]]:
        """Return the counts of a scope that are parts, each with its total; a clause that turns away ends them."""
        parts: list[tuple[Count, Count]] = []
        edge = scope.start
        for count in counts:
            whole = None if self._compares(edge, count) else self._whole(count, scope, parts)
            if scope.told and not scope.colon and parts and self._turns(scope, edge, count.start):
                told = sum((part.value for part, of in parts if of is whole), count.value)
                if whole is None or told != whole.value:
                    break
            if whole is not None:
                parts.append((count, whole))
            edge = count.end
        return parts

    def _turns(self, scope: _Scope, edge: int, start: int) -> bool:
        """Tell whether a deed begins the clause between `edge` and `start`, where none opens the parts."""
        clause = max(self.view.text.rfind(mark, edge, start) for mark in ",;")
        return clause >= 0 and self._is_deed(clause + 2) and not self._is_deed(scope.start + 1)

    def _is_deed(self, at: int) -> bool:
        aspect = self.view.phrase_at("words/aspect", at) or self.view.phrase_at("words/opens_clause", at)
        return at in self.view.deeds or aspect is not None

    def _compares(self, edge: int, count: Count) -> bool:
        """Tell whether words between a part and what stands before it compare: «cùng kỳ 161 vụ», «mỗi lớp 40»."""
        start = max(edge, *(self.view.text.rfind(mark, edge, count.start) + 1 for mark in ",;("))
        if _OTHER_PERIOD.match(self.view.folded, start, count.start):
            return True
        return not count.change and bool(self.view.phrases_in("words/no_part", start, count.start))

    def _whole(self, count: Count, scope: _Scope, parts: Sequence[tuple[Count, Count]]) -> Count | None:
        """Return the nearest total of `scope` that `count` can be a part of, that of the `parts` before, or None."""
        if self._is_share(count) or count.per or count.total is not None or count.previous is not None:
            return None
        usable = [
            whole for whole in scope.wholes
            if not self._is_share(whole) and not whole.per and whole.previous is None and whole.change == count.change
        ]  # fmt: skip
        same = [whole for whole in usable if _is_same_unit(whole.unit, count.unit)]
        holding = [whole for whole in same if whole.value >= count.value]
        alike = [whole for whole in holding if self._lead(whole) == self._lead(count) != ""]
        chosen = [whole for _, whole in parts if whole in holding]
        for found in (alike, chosen, holding, same if scope.told else []):
            if found:
                return found[-1]
        near = (whole for whole in reversed(usable) if whole.value >= count.value and whole.start >= scope.clause)
        return None if same else next((whole for whole in near if self._may_hold(whole.unit, count.unit)), None)

    def _may_hold(self, whole: str, part: str) -> bool:
        """Tell whether units differ as a whole and its kinds do: «46 văn bản», «12 kế hoạch»; «120 người», «45 nữ»."""
        kind = self._kind(whole)
        general = kind == "people" or whole in self.view.pack.words.get("wholes", ())
        return general and kind != "" and kind == self._kind(part)

    def _kind(self, unit: str) -> str:
        if unit not in self._kinds:
            entry = phrases_of(self.view.pack).units.get(fold(unit).replace(",", " ,"))
            self._kinds[unit] = entry.kind if entry else ""
        return self._kinds[unit]

    def _is_share(self, count: Count) -> bool:
        return count.unit in ("%", "‰") or self._kind(count.unit) == "ratio"

    def _lead(self, count: Count) -> str:
        """Return the word right before a count: «chết 92 người» is part of «chết 96 người»."""
        found = _LEAD.search(self.view.folded, max(0, count.start - 12), count.start)
        return found[1] if found else ""

    def _agrees(self, scope: _Scope, parts: Sequence[tuple[Count, Count]]) -> bool:
        """Tell whether the arithmetic allows what only marks say: parts within their totals, or summing to them."""
        if not parts:
            return False
        for whole in dict.fromkeys(whole for _, whole in parts):
            own = [part.value for part, of in parts if of is whole]
            summed = sum(own, Decimal(0))
            if summed > whole.value or (len(own) == 1 and summed == whole.value):
                return False
            if scope.exact and summed != whole.value:
                return False
            if whole.total is not None and whole.value + summed == whole.total:  # «14/15 hồ sơ (01 hồ sơ trả lại)»
                return False
        return True

    def _tie_by_sum(self, scope: _Scope, counts: Sequence[Count]) -> None:
        """Tie parts in units of their own where the words tell them and they sum to the total right before."""
        whole = next((whole for whole in reversed(scope.wholes) if not self._is_share(whole)), None)
        parts = [count for count in counts if not self._is_share(count) and not count.change]
        if whole and scope.told and len(parts) > 1 and sum(part.value for part in parts) == whole.value:
            for part in parts:
                self.found.setdefault((part.start, part.end), (whole.start, whole.end))

    def _read_list(self, at: int, inside: Sequence[Count], before: Sentence | None) -> None:
        """Tie the first fitting count of each list item under a line that ends in a colon."""
        sentence = self.view.sentences[at]
        opened = list(_INTRODUCES.finditer(self.view.folded, sentence.start, sentence.end))
        wholes = inside or (self._between(before.start, before.end) if before and opened else [])
        told = bool(opened) and opened[-1]["told"] is not None
        scope = _Scope(sentence.end, sentence.end, sentence.end, tuple(wholes), told=told, exact=not opened, colon=True)
        parts: list[tuple[Count, Count]] = []
        for item in self._items_below(at) if wholes else ():
            taken: set[int] = set()
            edge = item.start
            for count in self._between(item.start, item.end):
                whole = None if self._compares(edge, count) else self._whole(count, scope, ())
                edge = count.end
                if whole is not None and whole.start not in taken:
                    taken.add(whole.start)
                    parts.append((count, whole))
        for whole in dict.fromkeys(whole for _, whole in parts):
            own = [pair for pair in parts if pair[1] is whole]
            if told or self._agrees(scope, own):
                self.found.update({(part.start, part.end): (whole.start, whole.end) for part, _ in own})

    def _items_below(self, at: int) -> Iterator[Sentence]:
        """Yield the first sentences of the list items below sentence `at`, up to one with its own kind of bullet."""
        view = self.view
        blocks, own = view.document.blocks, self.view.sentences[at].block
        mark, last = _mark(view, blocks[own]), own
        for sentence in view.sentences[at + 1 :]:
            block = blocks[sentence.block]
            listed = block.kind is BlockKind.LIST_ITEM or _mark(view, block) in _BULLETS
            if sentence.block > last + 1 or not listed or _mark(view, block) == mark:
                return
            if sentence.block != last:
                yield sentence
            last = sentence.block


_BULLETS = frozenset("-+*•–")


def _mark(view: View, block: Block) -> str:
    """Return the bullet that a block begins with, `1` for all numbers, or nothing."""
    first = view.text[block.start : block.start + 1]
    return "1" if first.isdigit() else first if first in _BULLETS else ""


def _is_same_unit(whole: str, part: str) -> bool:
    """Tell whether two units are one, or one narrows the other: «lượt» and «lượt người»."""
    return whole == part or (bool(whole and part) and (whole.startswith(part + " ") or part.startswith(whole + " ")))
