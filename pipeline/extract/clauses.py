"""The clause that a phrase stands in, parsed shallowly: subject, aspect and negation, chain of verbs, object.

What stands first in a clause («Tỷ lệ …», «Hiện có 18 cơ sở …»), what ends it («… được quan tâm», «… còn chậm») and what
governs a phrase («kiểm tra 7 lễ hội») tells whether a verb in it is a deed. The words are lists of the pack.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from pipeline.extract.counts import is_planned
from pipeline.extract.nouns import MADE_NOUN
from pipeline.extract.structure import Sentence
from pipeline.extract.view import Phrase, View
from pipeline.rulebook import ActivityRule

_MARK = re.compile(r"[;:()\n\t]|,(?!\d)|\.(?!\d)")
_LONGEST_CHAIN = 4  # verbs of a coordination before the predicate that they share


class Clauses:
    """The clauses of one sentence; `refusal` says why a phrase in one of them tells no deed."""

    __slots__ = ("_limited", "_marks", "_sentence", "_view")

    def __init__(self, view: View, sentence: Sentence) -> None:
        self._view, self._sentence = view, sentence
        self._marks = [mark.start() for mark in _MARK.finditer(view.text, sentence.start, sentence.end)]
        self._limited = view.phrases_in("words/opens_limitation", sentence.start, sentence.end)

    def refusal(self, rule: ActivityRule, phrase: Phrase, *, undone: bool) -> str:
        """Return why `phrase` is no deed in its clause, or an empty string where it may be one.

        `undone`: its words say that it was not done.
        """
        start, end = self._around(phrase)
        return (
            self._in_compound(phrase)
            or self._limitation(phrase, undone)
            or self._negated_passive(phrase, start)
            or self._measured(phrase, start)
            or self._state(phrase, start)
            or (self._as_object(phrase, start, undone) if rule.noun else self._as_noun(phrase, end))
            or self._appraised(phrase, start, end)
        )

    def _around(self, phrase: Phrase) -> tuple[int, int]:
        """Return the clause around `phrase`: between marks, over the commas of a chain of verbs behind it."""
        at = bisect_left(self._marks, phrase.start)
        start = self._marks[at - 1] + 1 if at else self._sentence.start
        at = bisect_left(self._marks, phrase.end)
        for mark in self._marks[at : at + _LONGEST_CHAIN]:
            if self._view.text[mark] != "," or _skip_space(self._view.text, mark + 1) not in self._view.deeds:
                return _skip_space(self._view.text, start), mark
        return _skip_space(self._view.text, start), self._sentence.end

    def _in_compound(self, phrase: Phrase) -> str:
        """Refuse a part of a longer word: «bắt» in «bắt đầu», «giải thể» in «giải thể thao»."""
        for word in self._view.phrases_in("words/compound", phrase.start - 20, phrase.end + 20):
            inside = word.start <= phrase.start and phrase.end <= word.end
            crossing = word.start < phrase.start < word.end or phrase.start <= word.start < phrase.end < word.end
            begins = word.start == phrase.start and word.end < phrase.end
            if (inside or crossing or begins) and (word.start, word.end) != (phrase.start, phrase.end):
                return f"trong từ ghép «{word.words}»"
        return ""

    def _limitation(self, phrase: Phrase, undone: bool) -> str:
        """Refuse what is told behind «tuy nhiên», «còn hạn chế:», unless as done: «tuy nhiên, Sở đã …»."""
        before = [p for p in self._limited if p.end <= phrase.start]
        if not before or undone or is_planned(self._view, phrase.start):
            return ""
        if _DONE.search(self._view.folded, before[-1].end, phrase.start):
            return ""
        return f"hạn chế, mở bằng «{before[-1].words}»"

    def _negated_passive(self, phrase: Phrase, start: int) -> str:
        """Refuse what nobody underwent: «chưa có cơ sở nào bị thu hồi giấy phép», «chưa được số hóa»."""
        if not _PASSIVE.search(self._view.folded, max(start, phrase.start - 6), phrase.start):
            return ""
        return "phủ định, bị động" if self._view.phrases_in("words/negation", start, phrase.start) else ""

    def _measured(self, phrase: Phrase, start: int) -> str:
        """Refuse the words of a subject that is measured or appraised: «Tỷ lệ hồ sơ giải quyết đúng hạn đạt …»."""
        leading = _LEADING.match(self._view.folded, start)
        subject = self._view.phrase_at("words/measure", leading.end() if leading else start)
        if subject is None or subject.end > phrase.start:
            return ""
        if _ACTED.search(self._view.folded, subject.end, phrase.start):
            return ""
        return f"chủ ngữ là «{subject.words}»"

    def _state(self, phrase: Phrase, start: int) -> str:
        """Refuse what is told of things that are there: «Hiện có 18 cơ sở ký hợp đồng»."""
        there = _THERE.match(self._view.folded, start, phrase.start)
        return "tình trạng hiện có" if there and not _DONE.search(self._view.folded, there.end(), phrase.start) else ""

    def _as_object(self, phrase: Phrase, start: int, undone: bool) -> str:
        if undone and _UNDONE.match(self._view.folded, phrase.end):  # «không có đoàn ra nào vi phạm»
            return "phủ định điều khác"
        return self._object(phrase, start)

    def _object(self, phrase: Phrase, start: int) -> str:
        """Refuse a noun that another verb acts on: «kiểm tra 7 lễ hội», «chào mừng ngày hội»."""
        gap = _QUANTITY.search(self._view.folded, max(start, phrase.start - 20), phrase.start)
        governor = self._view.phrase_before("words/acts_on", gap.start() if gap else phrase.start)
        return f"đối tượng của «{governor.words}»" if governor else ""

    def _as_noun(self, phrase: Phrase, end: int) -> str:
        return self._owned(phrase) or self._governed(phrase, end) or self._label(phrase)

    def _governed(self, phrase: Phrase, end: int) -> str:
        """Refuse a bare verb behind a preposition: «qua rà soát», «trong mua sắm», but «qua rà soát 120 thủ tục»."""
        word = self._view.phrase_before("words/preposition", _before_space(self._view.text, phrase.start))
        if word is None or _DIGIT.search(self._view.text, phrase.start, end):
            return ""
        return f"{MADE_NOUN} bởi «{word.words}»"

    def _owned(self, phrase: Phrase) -> str:
        """Refuse a verb of two syllables behind which «của» tells whose it is: «bám sát định hướng của Tỉnh ủy»."""
        if phrase.words.count(" ") != 1 or phrase.end - phrase.start != len(phrase.words):
            return ""
        if not _OWNER.match(self._view.folded, phrase.end):
            return ""
        return (
            ""
            if _ACTED.search(self._view.folded, max(self._sentence.start, phrase.start - 8), phrase.start)
            else ("danh từ, đứng trước «của»")
        )

    def _label(self, phrase: Phrase) -> str:
        """Refuse the name of a field of work before a colon: «Cho vay hộ nghèo: dư nợ …», but «Kiểm tra: 12 cuộc»."""
        if phrase.start != self._sentence.start:
            return ""
        return "nhãn đầu mục" if _LABEL.match(self._view.folded, phrase.end, self._sentence.end) else ""

    def _appraised(self, phrase: Phrase, start: int, end: int) -> str:
        """Refuse the subject and the predicate of an appraisal: «tuyên truyền còn yếu», «được quan tâm chỉ đạo»."""
        view = self._view
        before = view.phrase_before("words/appraisal", _before_space(view.text, phrase.start))
        if before is not None and before.words.startswith("được"):  # «chưa chủ động phối hợp» tells none
            return f"nhận định «{before.words}»"
        if _DIGIT.search(view.text, phrase.end, end) or _ACTED.search(view.folded, start, phrase.start):
            return ""
        if start != phrase.start and not self._joins_subject(start, phrase.start):
            return ""
        said = view.phrases_in("words/appraisal", phrase.end, end)
        return f"nhận định «{said[0].words}»" if said else ""

    def _joins_subject(self, start: int, at: int) -> bool:
        """Tell whether only verbs and nouns of work stand in a clause before `at`: «công tác đào tạo và bồi dưỡng»."""
        return self._view.phrase_at("words/nominaliser", start) is not None or start in self._view.deeds


_DONE = re.compile(r"(?<!\w)đã(?!\w)")
_ACTED = re.compile(r"(?<!\w)(?:đã|đang|sẽ|vừa|tiếp tục|thường xuyên|kịp thời|chủ động|tích cực)(?!\w)")
_PASSIVE = re.compile(r"(?<!\w)(?:bị|được)[ ]$")
_LEADING = re.compile(r"(?:(?:các|những|về|trong đó|riêng|tuy nhiên|nhìn chung|do đó|nhờ đó|và|nhưng|song|còn)[ ])*")
_THERE = re.compile(r"(?:[^\W\d]+[ ]){0,3}?hiện(?: nay)?(?: đang)? (?:có|còn)[ ](?=\d)")
_QUANTITY = re.compile(r"(?:[ ](?:\d[\d.,]*|các|những|nhiều|một số|cuộc|buổi))+[ ]$|[ ]$")
_UNDONE = re.compile(r"(?: nào)? (?:vi phạm|bị|phải|gây|làm|có biểu hiện|để xảy ra)(?!\w)")
_OWNER = re.compile(r"[ ]của(?!\w)")
_LABEL = re.compile(r"(?:[ ,]+(?!đã |đang |được )[^\W\d]+){0,6}[ ]?:[ ](?!\d|đã |không|chưa|khoảng |trên |hơn |gần )")
_DIGIT = re.compile(r"\d")


def _skip_space(text: str, at: int) -> int:
    while at < len(text) and text[at] == " ":
        at += 1
    return at


def _before_space(text: str, at: int) -> int:
    while at > 0 and text[at - 1] == " ":
        at -= 1
    return at
