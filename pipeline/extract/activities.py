"""Activities by sentence: phrases that name what a body does, kept where the grammar makes them a deed.

Vietnamese verbs don't inflect, so «tuyên truyền» may be a deed, a kind of work («công tác tuyên truyền»), part
of a document's title («Kế hoạch tuyên truyền …») or of a name («Ban Tuyên giáo»). What stands before a phrase
in its clause decides, by the word lists of the pack (`rules/core/words/grammar.yaml`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.extract.claims import Claims
from pipeline.extract.counts import is_planned
from pipeline.extract.structure import Sentence
from pipeline.extract.view import Phrase, View
from pipeline.extract.vocabulary import DOCUMENT_TYPE, UNIT
from pipeline.model import Activity, BlockKind
from pipeline.rulebook import ActivityRule
from pipeline.text.fold import fold

_QUOTES = re.compile(r"[“\"«][^”\"»\n]{0,200}[”\"»]")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A phrase of an activity that was not taken, and why: for `baocao explain`."""

    start: int
    end: int
    rule: str
    reason: str


def find_activities(view: View, claims: Claims) -> tuple[list[Activity], list[Refusal]]:
    """Return one activity a sentence and code, in text order, and the phrases that were refused."""
    found: list[Activity] = []
    refused: list[Refusal] = []
    hits = _hits(view)
    at = 0
    for sentence in view.sentences:
        mine = []
        while at < len(hits) and hits[at][1].start < sentence.end:
            if hits[at][1].start >= sentence.start:
                mine.append(hits[at])
            at += 1
        if mine and sentence.kind == "body" and not _tells_nothing(view, sentence):
            _read_sentence(view, sentence, mine, found, refused)
    return found, refused


def _hits(view: View) -> list[tuple[ActivityRule, Phrase]]:
    hits = [(rule, phrase) for rule in view.pack.activities for phrase in view.phrases.get(rule.id, ())]
    for rule in view.pack.activities:
        for at, pair in enumerate(rule.verb_objects):
            hits += [(rule, phrase) for phrase in _verb_objects(view, rule, at, pair.within)]
    hits.sort(key=lambda hit: (hit[1].start, -hit[1].end))
    return hits


def _verb_objects(view: View, rule: ActivityRule, at: int, within: int) -> Iterator[Phrase]:
    """Yield each verb of the rule's pair `at` with the first of its objects that it reaches.

    An object stands up to `within` syllables after the verb, or after the last number of a list of counted things:
    «in 500 tờ rơi, 20 băng rôn».
    """
    objects = view.phrases.get(f"{rule.id}/{at}/object", [])
    for verb in view.phrases.get(f"{rule.id}/{at}/verb", []):
        index = bisect_left(objects, verb.end, key=lambda p: p.start)
        for found in objects[index : index + _OBJECTS]:
            if found.start - verb.end > _REACH:
                break
            if _near(view, verb.end, found.start, within):
                yield Phrase(rule.id, verb.start, found.end, verb.words)
                break


_OBJECTS, _REACH = 5, 120
_WITHOUT_ASIDE = re.compile(r"\( [^()]* \)")  # «05 (năm) lớp»
_WHOLE = re.compile(r"(?<=\d) / (?=\d)")  # «07/09 phòng» is one numeral


def _near(view: View, start: int, end: int, within: int) -> bool:
    """Tell whether at most `within` syllables or numerals, and no mark, stand between two offsets, lists apart."""
    tokens = view.tokens
    between = _WITHOUT_ASIDE.sub("", " ".join(tokens.norms[tokens.at(start) : tokens.at(end)]))
    *listed, last = _LISTED.split(_WHOLE.sub("", between))
    words = last.split()
    if len(words) > within or not all(word[0].isalnum() for word in words):
        return False
    return all(_COUNTED_THING.fullmatch(thing) for thing in listed)


_LISTED = re.compile(r" ?(?:,|và) (?=\d)")
_COUNTED_THING = re.compile(r"(?:[^\W\d]+ )?\d[\d.,]*(?: [^\W\d]+){1,6}")


def _read_sentence(
    view: View,
    sentence: Sentence,
    hits: list[tuple[ActivityRule, Phrase]],
    found: list[Activity],
    refused: list[Refusal],
) -> None:
    zones = _zones(view, sentence)
    role = view.structure.sections[sentence.section].role if sentence.section >= 0 else ""
    taken: dict[str, Activity] = {}
    verbal: list[Phrase] = []
    for rule, phrase in hits:
        status = _status(view, sentence, phrase)
        reason = _refusal(view, sentence, zones, rule, phrase, verbal)
        if role == "limitation" and (status != "none" or _of_others(view, sentence, phrase)):
            reason = "đoạn hạn chế, tồn tại"
        if reason:
            refused.append(Refusal(phrase.start, phrase.end, rule.id, reason))
            continue
        verbal.append(phrase)
        if rule.activity not in taken:
            taken[rule.activity] = Activity(
                phrase.start, phrase.end, (sentence.start, sentence.end), rule.id, rule.activity, status
            )
    found.extend(sorted(taken.values(), key=lambda a: (a.start, a.value)))


def _tells_nothing(view: View, sentence: Sentence) -> bool:
    """Tell whether the sentence is a title, a caption in capitals or of a table, or hands the report over."""
    titled = view.text[sentence.start : sentence.end].isupper()
    return titled or _is_caption(view, sentence) or _closes(view, sentence)


_CLOSING = re.compile(r"trên đây là|[^\n]*báo cáo[^\n]*\./\.$")


def _closes(view: View, sentence: Sentence) -> bool:
    """Tell whether the sentence only hands the report over: «Trên đây là …», «Sở báo cáo UBND tỉnh …./.»."""
    return _CLOSING.match(view.folded, sentence.start, sentence.end) is not None


def _is_caption(view: View, sentence: Sentence) -> bool:
    """Tell whether the sentence is the title of a table: no end mark, and cells right below it."""
    blocks = view.document.blocks
    below = blocks[sentence.block + 1] if sentence.block + 1 < len(blocks) else None
    return below is not None and below.kind is BlockKind.CELL and view.text[sentence.end - 1] not in ".:;"


_SOME = re.compile(r"\d[^,;]*[ ](?:không|chưa)(?!\w)")


def _of_others(view: View, sentence: Sentence, phrase: Phrase) -> bool:
    """Tell whether what was not done is told of a number of others: «còn 12 xã chưa thành lập …»."""
    start = max(view.clause(phrase.start)[0], sentence.start)
    return _SOME.search(view.folded, start, phrase.start) is not None


_NEGATION_GAP = re.compile(r"(?:[ ]+(?!(?:thì|để|nên|mà|và|nhưng|do|vì|nếu)[ ])[\w\d-]+){0,5}[ “\"]*")


def _status(view: View, sentence: Sentence, phrase: Phrase) -> str:
    for negation in reversed(view.phrases_in("words/negation", sentence.start, phrase.end)):
        if negation.end <= phrase.start or negation.start <= phrase.start:
            if _NEGATION_GAP.fullmatch(view.folded, min(negation.end, phrase.start), phrase.start):
                return "none"
            break
    return "planned" if is_planned(view, phrase.start) else "done"


def _zones(view: View, sentence: Sentence) -> list[tuple[int, int, str]]:
    """Return the stretches of a sentence in which no deed is told: titles of documents, quotations, topics."""
    zones = [(q.start(), q.end(), "trong ngoặc kép") for q in _QUOTES.finditer(view.text, sentence.start, sentence.end)]
    for name in view.phrases_in(DOCUMENT_TYPE, sentence.start, sentence.end):
        if view.text[name.start].isupper() and _opens_title(view, name) and not _longer(view, name):
            zones.append((name.end, _title_end(view, name.end, sentence.end), "tên văn bản"))
    for topic in view.phrases_in("words/opens_topic", sentence.start, sentence.end):
        zones.append((topic.end, _title_end(view, topic.end, sentence.end, deeds=False), "nội dung, chủ đề"))
    zones += [(p.start(), p.end(), "mục đích") for p in _PURPOSE.finditer(view.folded, sentence.start, sentence.end)]
    for advice in view.phrases_in("words/opens_advice", sentence.start, sentence.end):
        end = _title_end(view, advice.end, sentence.end, bodies=False)
        zones.append((advice.end, end, "việc tham mưu cho cấp khác"))
    return zones


_PURPOSE = re.compile(r"(?<!\w)(?:để|nhằm|góp phần)[ ](?!lại |xảy ra |xẩy ra )[^,;:.()\d\n\t]{3,90}")


def _longer(view: View, name: Phrase) -> bool:
    """Tell whether the name of a type only begins a longer word: «Luật sư», «Báo cáo viên»."""
    unit = view.phrase_at(UNIT, name.start)
    return unit is not None and unit.end > name.end


def _opens_title(view: View, name: Phrase) -> bool:
    word = view.folded[name.end : name.end + 12].strip()
    return not word.startswith((",", ";", "."))


_TITLE_BREAK = re.compile(
    r"[;)\n\t]|,[ ]|[.][ ]"
    r"|[ ]và[ ](?=(?:đã|đang|sẽ|quán triệt|tiến hành|mở \d|triển khai đến|phổ biến đến"
    r"|tổ chức (?:hội nghị|họp|quán triệt|\d))(?!\w))"
)


def _title_end(view: View, start: int, end: int, bodies: bool = True, deeds: bool = True) -> int:
    """Return where a title that begins at `start` ends: at a mark after which a new clause begins.

    With `bodies`, a body that acts opens a clause too; after «tham mưu» bodies are listed, so it does not.
    With `deeds`, so does any deed behind a semicolon; in what is made known («tuyên truyền về …; …») it does not.
    """
    for mark in _TITLE_BREAK.finditer(view.text, start, end):
        if mark[0][0] in ")\n\t." or mark[0].strip() == "và":
            return mark.start()
        if mark.start() in view.joined_marks:
            continue
        if _clause_opens(view, mark[0][0], mark.end(), end, bodies, deeds):
            return mark.start()
    return end


def _clause_opens(view: View, mark: str, at: int, end: int, bodies: bool, deeds: bool) -> bool:
    """Tell whether a new clause begins at `at`: a connective, an aspect word, or a body that acts."""
    while at < end and view.text[at] == " ":
        at += 1
    if view.phrase_at("words/opens_clause", at) or _counts_deed(view, at, end):
        return True
    if mark == ";" and deeds and at in view.deeds:
        return True
    if not bodies:
        return False
    if _BODY_ACTED.match(view.folded, at, end):
        return True
    subject = view.phrase_at("words/acting_body", at) or _later_subject(view, at, end)
    if subject is None:
        return False
    at = subject.start
    reach = min(end, at + 90)
    stop = view.text.find(";", at, reach)
    return bool(view.phrases_in("words/aspect", at, stop if stop > 0 else reach)) or view.text[at].isupper()


def _later_subject(view: View, at: int, end: int) -> Phrase | None:
    """Return the body that acts after words of time: «sáu tháng đầu năm 2025 Sở … tham mưu»."""
    comma = view.text.find(",", at, end)
    reach = min(at + 45, comma if comma > 0 else end)
    later = [p for p in view.phrases_in("words/acting_body", at, reach) if view.text[p.start].isupper()]
    return later[0] if later and _TIMED.match(view.folded, at) else None


_TIMED = re.compile(
    r"(?:trong|từ|đến|ngay|tính|đầu|cuối|\d|một|hai|ba|sáu|chín|năm|quý|tháng|ngày|tuần|hằng|hàng)(?!\w)"
)
_BODY_ACTED = re.compile(r"(?:[\w/]+[ ]){1,12}(?:đã|đang|sẽ)(?!\w)")
_NUMBER_NEAR = re.compile(r"[ ](?:(?!năm |tháng |ngày |số )[^\W\d_]+[ ]){0,3}\d")


def _counts_deed(view: View, at: int, end: int) -> bool:
    """Tell whether a phrase of an activity begins at `at` and a number follows: «sản xuất 12 chuyên mục»."""
    deed = view.deeds.get(at)
    return deed is not None and bool(_NUMBER_NEAR.match(view.text, deed, end))


def _refusal(
    view: View,
    sentence: Sentence,
    zones: list[tuple[int, int, str]],
    rule: ActivityRule,
    phrase: Phrase,
    verbal: list[Phrase],
) -> str:
    """Return why `phrase` is no deed, or an empty string where it is one."""
    for start, end, reason in zones:
        if start <= phrase.start < end:
            return reason
    if not rule.noun and _named(view, sentence, phrase):
        return "trong tên riêng"
    before, number_before = _NUMERAL_LAST.subn(
        "", view.folded[max(sentence.start, phrase.start - 60) : phrase.start].rstrip(' “"')
    )
    after, number_after = _NUMERAL_FIRST.subn("", view.folded[phrase.end : min(sentence.end, phrase.end + 40)].lstrip())
    for word in rule.not_after:
        if _ends_with(before, fold(word)) or (word == "#" and number_before):
            return f"đứng sau «{word}»"
    for word in rule.not_before:
        if after.startswith(fold(word)) or (word == "#" and number_after):
            return f"đứng trước «{word}»"
    if rule.noun:
        return "nhãn đầu mục" if after.startswith(":") and phrase.start == sentence.start else ""
    return _nominal(view, sentence, rule, phrase, verbal)


_NUMERAL_LAST = re.compile(r"[ ][\d.,/]+$")
_NUMERAL_FIRST = re.compile(r"^(?:[\d.,]+|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)[ ]")
_FEW_WORDS = r"(?:[ ][^\W\d_]+){1,4}"


def _ends_with(text: str, words: str) -> bool:
    """Tell whether `text` ends with `words`, where « …» stands for one to four words («do …», «xã … được»)."""
    if "…" in words:
        return re.search(_few_words(words), text) is not None
    return text.endswith(words) and (len(text) == len(words) or not text[-len(words) - 1].isalpha())


@lru_cache(maxsize=256)
def _few_words(words: str) -> str:
    return r"(?<!\w)" + _FEW_WORDS.join(map(re.escape, words.split(" …"))) + "$"


def _named(view: View, sentence: Sentence, phrase: Phrase) -> bool:
    """Tell whether the phrase is printed as part of a name: a capital in the middle of a clause."""
    if not view.text[phrase.start].isupper():
        return False
    lead = view.text[sentence.start : phrase.start].rstrip()
    return (
        bool(lead)
        and lead[-1] not in ":;–—-+•.…!?)"
        and not lead.endswith(",")
        and view.text[phrase.start + 1].islower()
    )


_COUNTED = re.compile(r"(?<![\w.,/])\d[\d.,/]*[ ]$")


def _nominal(view: View, sentence: Sentence, rule: ActivityRule, phrase: Phrase, verbal: list[Phrase]) -> str:
    edge = _trim(view, phrase.start)
    head, product = view.phrase_before("words/nominaliser", edge), view.phrase_before("words/product", edge)
    if head is not None and product is not None and product.start < head.start:  # «văn bản», not «bản»
        head = None
    if head is None and product is None:
        coordinate = _coordinate_start(view, edge, sentence)
        if coordinate is not None and not any(v.end <= edge and v.end >= coordinate[1] - 1 for v in verbal):
            edge, head = _head_of_coordinate(view, *coordinate)
    if head is not None:
        light = view.phrase_before("words/light_verb", _trim(view, head.start))
        if light is None and not (rule.attributive and head.words in view.pack.words.get("work", ())):
            return f"danh từ hóa bởi «{head.words}»"
        return ""
    product = view.phrase_before("words/product", edge)
    if product is not None and not rule.attributive:
        return f"định ngữ của «{product.words}»"
    equipment = view.phrase_before("words/equipment", edge)
    if equipment is not None and _COUNTED.search(view.text, max(sentence.start, equipment.start - 20), equipment.start):
        return f"định ngữ của «{equipment.words}»"
    return ""


def _head_of_coordinate(view: View, start: int, end: int) -> tuple[int, Phrase | None]:
    """Return the noun that governs a coordinate spanning `[start, end)`, and where its verb begins."""
    for word in re.finditer(r"[^\W\d_]+", view.folded[start:end]):
        at = _trim(view, start + word.start())
        head = view.phrase_before("words/nominaliser", at)
        if head is not None or view.phrase_before("words/product", at) is not None:
            return at, head
    return _trim(view, start), None


def _coordinate_start(view: View, edge: int, sentence: Sentence) -> tuple[int, int] | None:
    """Return the span of a verb phrase that «,» or «và» joins to the one ending at `edge`, or None."""
    joined = re.compile(r"([^\W\d_]+(?:[ ][^\W\d_]+){0,2})[ ]?(?:,|và)$").search(
        view.folded, max(sentence.start, edge - 40), edge
    )
    if not joined or joined.end(1) not in view.verb_ends:
        return None
    return joined.start(1), joined.end(1)


def _trim(view: View, at: int) -> int:
    while at > 0 and view.text[at - 1] == " ":
        at -= 1
    return at
