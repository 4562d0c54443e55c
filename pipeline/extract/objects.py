"""What a number counts: the noun phrase behind its unit, read word by word as Vietnamese builds it.

The classifier is the unit; behind it stand the noun and what narrows it: nouns, adjectives, verbs that name a kind
(«lớp tập huấn», «xe chữa cháy»), «của …», and «về …» where the thing counted has a topic (documents, media, events,
lessons). Behind people, households and bodies a verb begins what they did instead: «214 doanh nghiệp ký …».
"""

from __future__ import annotations

import re

from pipeline.extract.units import MEASURES, UnitReading
from pipeline.extract.view import Phrase, View
from pipeline.extract.vocabulary import DOCUMENT_TYPE, UNIT, phrases_of

_MOST = 14
"""Words that a phrase has at most."""
_TOPICAL = frozenset({"document", "media", "event", "training", "project"})
_ACTING = frozenset({"people", "household", "org", "delegation"})
_MEASURED = MEASURES - {"ratio", "time"}
_CLASSIFIER = frozenset({"classifier", "ratio"})

_CODE = r"[A-ZĐ]{1,5}[.]?\d+[A-Z]?(?!\w)|\d+[A-Z]{1,2}(?!\w)"  # «ĐT.571», «B40», «5G»
_QUOTED = r"“[^“”\n\t]{1,150}”|«[^«»\n\t]{1,150}»|\"[^\"\n\t]{1,150}\""
_TOKEN = re.compile(
    rf"[ ]*(?:(?P<code>{_CODE})|(?P<word>[^\W\d_]+)|(?P<comma>,)|(?P<joint>[-–/&])|(?P<quoted>{_QUOTED}))"
)
_NUMBERED = re.compile(
    r"(?<!\w)(?:mức độ|lớp|khối|loại|hạng|cấp|bậc|khóa|vòng|tuyến|khu|vùng)[ ](\d{1,2})(?=[ ]?(?:[.;:,)\n\t]|$)|[ ]\D)"
)
_DANGLING_WORDS = (
    *("của", "các", "những", "và", "hoặc", "thuộc", "rất", "do", "với", "về", "cho", "một", "cũng", "đều", "mỗi"),
    "theo",
)
_DANGLING = re.compile(rf"(?:[ ,–/&-]+(?:{'|'.join(_DANGLING_WORDS)}))*[ ,–/&-]*$", re.IGNORECASE)
_DANGLING_ENDS = (*_DANGLING_WORDS, *" ,–/&-")
_TOWARDS_FIGURE = re.compile(  # «kênh dài 64 km», «quy hoạch tỷ lệ 1/500»
    r"(?:[ ](?:số|tỷ lệ|mức độ|cấp độ|dài|rộng|cao|sâu|nặng|điểm|mức|hạng|lớp|phát|khổ|đường|đạt|của|về|nhân|dịp))+$"
)
_ABBREVIATED = re.compile(r"[ ]?\([A-ZĐ][\wĐ&-]{1,9}\)(?=[ ][^\W\d_])")
_COORDINATE = 3
_WORD = re.compile(r"[ ]?([^\W\d_]+)")
_MARK = re.compile(r"[ ]?(?:[.,;:()\n\t]|$)")
_FIGURE = re.compile(r"[ ]?\d")
_PASSAGE = re.compile(r"[ ](ra|vào|đi|đến)(?=[ ]?(?:[.,;:()\n\t]|$)|[ ](?:và|nào|với|gồm|trong|được)(?!\w))")
_CITED = re.compile(r"[ ](?:số:?[ ]?)?\d")
_TIME = re.compile(r"[ ]?(?:giờ|ngày|tuần|tháng|quý|năm)(?!\w)")
_RATE = re.compile(r"[ ]?/[ ]?(ngày đêm|giờ|ngày|tuần|tháng|quý|năm)(?!\w)")
_AND = ("và", "hoặc")


def read_object(view: View, at: int, limit: int, unit: UnitReading) -> str:
    """Return the noun phrase after a unit that ends at `at`, not beyond `limit`, or an empty string.

    It ends at a mark, a number, a verb that is no part of a name, words of place, time or clause; a comma or «và»
    is passed where a coordinate follows it («biển, đảo», «cán bộ, đảng viên và nhân dân»).
    """
    passes = unit.kind in ("delegation", "document")
    if passes and (passage := _PASSAGE.match(view.folded, at)):  # «11 đoàn ra», «2.340 văn bản đến»
        return passage[1]
    return _Phrase(view, limit, unit).read(at)


def read_rate(view: View, at: int, named: str) -> str:
    """Return the span of time behind the object `named` that begins at `at` («37 lượt công dân/tháng»), or nothing."""
    found = _RATE.match(view.folded, at + 1 + len(named), at + 20 + len(named)) if named else None
    return found[1] if found and view.text.startswith(named, at + 1) else ""


class _Phrase:
    """One noun phrase being read: where it is, what heads it, and whether its head acts."""

    def __init__(self, view: View, limit: int, unit: UnitReading) -> None:
        self.view, self.limit, self.unit = view, limit, unit
        self.kind = unit.kind
        self.acts = unit.kind in _ACTING
        self.head = unit.unit
        self.words = 0
        self.parts: list[tuple[int, int]] = []
        self.deed = -1
        self.like = unit.kind

    def read(self, at: int) -> str:
        pos = at
        while self.words < _MOST and pos < self.limit:
            step = self._step(pos)
            if step is None:
                break
            pos = step
        if not self.parts:
            return ""
        text = " " + "".join(self.view.text[start:end] for start, end in self.parts)
        if _FIGURE.match(self.view.text, pos):
            text = _TOWARDS_FIGURE.sub("", text)
        words = " " + " ".join(text.split())
        if words.lower().endswith(_DANGLING_ENDS):
            words = _DANGLING.sub("", words)
        return words.strip(" ,-–/&")

    def _step(self, pos: int) -> int | None:
        """Take what stands at `pos` and return where to go on, or None where the phrase has ended."""
        view = self.view
        token = _TOKEN.match(view.text, pos, self.limit)
        if token is None:
            abbreviated = _ABBREVIATED.match(view.text, pos, self.limit) if self.words else None
            return abbreviated.end() if abbreviated else None
        match token.lastgroup:
            case "code":
                return self._take(pos, token.end())
            case "comma":
                return self._passed(pos, token.end(), token.end())
            case "joint":
                rate = token["joint"] == "/" and _TIME.match(view.folded, token.end())
                return None if rate else self._take(pos, token.end(), words=0)
            case "quoted":
                return self._take(pos, token.end(), last=True)
        return self._word(pos, token.start("word"), token.end())

    def _word(self, pos: int, start: int, end: int) -> int | None:
        view = self.view
        kept = view.phrase_at("words/keeps_object", start)
        noun = view.phrase_at(UNIT, start)
        if noun and not self.words and self.kind in _CLASSIFIER:
            self._headed_by(noun)
        if kept and kept.end <= self.limit and not self._acts_beyond(kept) and not self._cut(kept):
            self.deed = kept.end if self._verb(start) else self.deed
            return self._take(pos, kept.end)
        if noun and "," in noun.words and noun.end <= self.limit and start not in view.deeds:
            return self._take(pos, noun.end)
        word = view.folded[start:end]
        if word in _AND:
            return self._passed(pos, end, end) if self.words else None
        if word == "về":
            return self._take(pos, end) if self.kind in _TOPICAL or self.deed >= 0 else None
        if word == "của" and not self.words and self.kind in _ACTING:
            return None
        verb = self._verb(start)
        if self._ends(start, end) or self._does(start, verb) or self._is_cited(start):
            return None
        if verb is not None and verb <= self.limit:
            self.deed = verb
            return self._take(pos, verb)
        if numbered := _NUMBERED.match(view.folded, start, self.limit + 1):
            return self._take(pos, numbered.end(1))
        return self._take(pos, end)

    def _acts_beyond(self, kept: Phrase) -> bool:
        """Tell whether the head acts where kept words stand, by a verb as long as they are."""
        act = self.view.phrase_at("words/acts", kept.start) if self.acts else None
        return act is not None and act.end >= kept.end

    def _cut(self, kept: Phrase) -> bool:
        """Tell whether kept words end inside a longer noun: «tổ chức hội» is none in «tổ chức hội thi»."""
        last = self.view.text.rfind(" ", kept.start, kept.end) + 1
        noun = self.view.phrase_at(UNIT, last) if last else None
        return noun is not None and noun.end > kept.end

    def _take(self, start: int, end: int, *, words: int | None = None, last: bool = False) -> int | None:
        self.parts.append((start, end))
        self.words += len(self.view.text[start:end].split()) if words is None else words
        return None if last else end

    def _headed_by(self, noun: Phrase) -> None:
        """Let the noun behind «lượt», «cuộc» or «%» say whether it is somebody who acts."""
        self.kind = self.like = phrases_of(self.view.pack).units[noun.words].kind
        self.acts = self.kind in _ACTING
        self.head = noun.words

    def _ends(self, start: int, end: int) -> bool:
        """Tell whether a word ends the phrase, and is no second syllable of a noun («công nhân», «địa chỉ»)."""
        return self._stops(start) and not self._inside_noun(start, end)

    def _inside_noun(self, start: int, end: int) -> bool:
        noun = self.view.phrase_before(UNIT, end) if self.words else None
        return noun is not None and noun.start < start

    def _is_cited(self, start: int) -> bool:
        """Tell whether a document is cited at `start`: «… quán triệt đến 100% đảng viên Kết luận số 57»."""
        cited = self.view.phrase_at(DOCUMENT_TYPE, start)
        return cited is not None and bool(_CITED.match(self.view.folded, cited.end))

    def _does(self, start: int, end: int | None) -> bool:
        """Tell whether a verb from `start` to `end` says what was done instead of naming what is counted."""
        if end is None:
            return False
        if self.words and _FIGURE.match(self.view.text, end):
            return True
        if self.acts:
            named = self.head in self.view.pack.words.get("named_by_deed", ())
            return not named or (self.words > 0 and start not in self.view.deeds)
        return self.kind in _MEASURED and not self.words

    def _verb(self, start: int) -> int | None:
        """Return where a verb ends that begins at `start`, or None: «báo cáo viên» is none."""
        act = self.view.phrase_at("words/acts", start)
        end = max(self.view.deeds.get(start, 0), act.end if act else 0)
        if not end:
            return None
        noun = self.view.phrase_at(UNIT, start)
        if noun and phrases_of(self.view.pack).units[noun.words].kind in ("people", "delegation"):
            return None  # «khách nước ngoài đến làm việc» is a deed by its noun
        return end if noun is None or noun.end <= end else None

    def _passed(self, pos: int, mark: int, end: int) -> int | None:
        """Take the comma or «và» that ends at `mark` if what follows is a coordinate of the phrase, else end."""
        if not self.words or not self._coordinate(mark):
            return None
        return self._take(pos, end, words=0)

    def _coordinate(self, at: int) -> bool:
        """Tell whether a coordinate begins behind a comma or «và»: a like noun, a further deed, or a short phrase."""
        view, start = self.view, at + 1
        if view.text[at : at + 1] != " " or start >= self.limit or not view.text[start].isalpha():
            return False
        kept = view.phrase_at("words/keeps_object", start)
        if kept is None and self._stops(start):
            return False
        verb = self._verb(start)
        if verb is not None:
            goes_on = self.deed >= 0 and not self.acts and not view.phrase_at("words/aspect", start)
            return goes_on and not self._takes_figure(verb)
        noun = view.phrase_at(UNIT, start)
        like = noun is not None and phrases_of(view.pack).units[noun.words].kind == self.like
        return (like and not self._is_clause(start)) or self._short(start)

    def _stops(self, start: int) -> bool:
        ends = self.view.phrase_at("words/ends_object", start) or self.view.phrase_at("words/ends_phrase", start)
        return ends is not None

    def _takes_figure(self, at: int) -> bool:
        """Tell whether a number comes before any mark or preposition: «…, kiểm tra 1.115 phương tiện»."""
        for _ in range(_COORDINATE):
            token = _WORD.match(self.view.text, at, self.limit)
            if token is None:
                break
            if self.view.folded[token.start(1) : token.end()] not in _AND and self._stops(token.start(1)):
                return False
            at = token.end()
        return _FIGURE.match(self.view.text, at) is not None

    def _is_clause(self, start: int) -> bool:
        opens = self.view.phrase_at("words/opens_clause", start)
        return opens is not None or self.view.phrase_at("words/acts", start) is not None

    def _short(self, start: int) -> bool:
        """Tell whether up to three words stand at `start` before a mark, or «và» and as many again."""
        view, pos, words = self.view, start, 0
        if self._is_clause(start):
            return False
        while words <= _COORDINATE:
            if words and _MARK.match(view.text, pos, self.limit):
                return True
            token = _WORD.match(view.text, pos, self.limit)
            if token is None:
                return False
            if words and view.folded[token.start(1) : token.end()] in _AND:
                return self._coordinate(token.end())
            kept = view.phrase_at("words/keeps_object", token.start(1))
            if kept is None and self._stops(token.start(1)):
                return False
            pos, words = kept.end if kept else token.end(), words + 1
        return False
