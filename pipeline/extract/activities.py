"""Activities by sentence: phrases that name what a body does, kept where the grammar makes them a deed.

Vietnamese verbs don't inflect, so «tuyên truyền» may be a deed, a kind of work («công tác tuyên truyền»), part
of a document's title («Kế hoạch tuyên truyền …») or of a name («Ban Tuyên giáo»). What stands before a phrase
in its clause decides, by the word lists of the pack (`rules/core/words/grammar.yaml`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from pipeline.extract.clauses import Clauses
from pipeline.extract.contexts import unmet
from pipeline.extract.counts import is_planned
from pipeline.extract.given import HookFailed, hooked
from pipeline.extract.nouns import MADE_NOUN, find_actor, find_chain_reason, find_noun_reason, is_named, lightened
from pipeline.extract.structure import Sentence
from pipeline.extract.view import Phrase, View
from pipeline.extract.zones import find_zones
from pipeline.model import Activity, BlockKind, Problem
from pipeline.rulebook import ActivityRule, Pack
from pipeline.text.fold import fold


class Refusal(Struct, frozen=True):
    """A phrase of an activity that was not taken, and why: for `baocao explain`."""

    start: int
    end: int
    rule: str
    reason: str


def find_activities(view: View) -> tuple[list[Activity], list[Refusal], list[Problem]]:
    """Return one activity a sentence and code, in text order, the phrases that were refused, and problems of hooks."""
    found: list[Activity] = []
    refused: list[Refusal] = []
    problems: list[Problem] = []
    hits = _hits(view)
    at = 0
    for sentence in view.sentences:
        mine = []
        while at < len(hits) and hits[at][1].start < sentence.end:
            if hits[at][1].start >= sentence.start:
                mine.append(hits[at])
            at += 1
        if mine and sentence.kind == "body" and not _tells_nothing(view, sentence):
            _read_sentence(view, sentence, mine, found, refused, problems)
    return found, refused, problems


def _hits(view: View) -> list[tuple[ActivityRule, Phrase]]:
    told = view.phrases
    hits = [(rule, phrase) for rule in view.pack.activities if rule.id in told for phrase in told[rule.id]]
    for verb, objects, rule, within in _pairs(view.pack):
        if verb in view.phrases and objects in view.phrases:
            hits += [(rule, phrase) for phrase in _verb_objects(view, verb, objects, within)]
    hits.sort(key=lambda hit: (hit[1].start, -hit[1].end))
    return hits


@lru_cache(maxsize=16)
def _pairs(pack: Pack) -> tuple[tuple[str, str, ActivityRule, int], ...]:
    """Return the labels of the verbs and of the objects of each pair of a pack, its rule, and how far it reaches."""
    return tuple(
        (f"{rule.id}/{at}/verb", f"{rule.id}/{at}/object", rule, pair.within)
        for rule in pack.activities
        for at, pair in enumerate(rule.verb_objects)
    )


def _verb_objects(view: View, verbs: str, label: str, within: int) -> Iterator[Phrase]:
    """Yield each verb labelled `verbs` with the first of the objects labelled `label` that it reaches.

    An object stands up to `within` syllables after the verb, or after the last number of a list of counted things:
    «in 500 tờ rơi, 20 băng rôn».
    """
    objects, folded = view.phrases[label], view.folded
    for verb in view.phrases[verbs]:
        index = view.first_from(label, verb.end)
        for found in objects[index : index + _OBJECTS]:
            if found.start - verb.end > _REACH:
                break
            if _near(view, verb.end, found.start, within):
                yield Phrase(verb.start, found.end, verb.words)
                break
        if folded.find("được", max(0, verb.start - _BEFORE_VERB), verb.start) >= 0:
            subject = _undergone(view, verb, label)
            if subject is not None:
                yield Phrase(subject.start, verb.end, f"được {verb.words}")


def _undergone(view: View, verb: Phrase, label: str) -> Phrase | None:
    """Return the object of a passive verb that `label` has, before the verb: «2,4 km đường đã được nâng cấp»."""
    passive = _PASSIVE.search(view.folded, max(0, verb.start - _BEFORE_VERB), verb.start)
    if passive is None:
        return None
    objects, at = view.phrases[label], view.first_from(label, verb.start) - 1
    if at < 0 or objects[at].end > passive.start() or verb.start - objects[at].end > _REACH or "#" in objects[at].words:
        return None
    between = view.text[objects[at].end : passive.start()]
    first = view.text[max(0, objects[at].start - _NEAR_START) : objects[at].start]
    counted = (passive["done"] and (len(first) < _NEAR_START or _MARKS.search(first))) or _COUNT_BEFORE.search(
        view.text, max(0, objects[at].start - 12), objects[at].start
    )
    return objects[at] if counted and not _MARKS.search(between) else None


_BEFORE_VERB = 10  # characters that «đã được» takes before a verb
_NEAR_START = 12  # characters of a clause before a subject without a number
_PASSIVE = re.compile(r"(?<!\w)(?P<done>(?:đã|vừa) )?được[ ]$")
_COUNT_BEFORE = re.compile(r"\d[\d.,]*(?: km)?[ ]$")
_MARKS = re.compile(r"[;:.,()\n\t]")


_OBJECTS, _REACH = 5, 120
_WITHOUT_ASIDE = re.compile(r"\( [^()]* \)")  # «05 (năm) lớp»
_WHOLE = re.compile(r"(?<=\d) / (?=\d)")  # «07/09 phòng» is one numeral
_MORE_THAN_WORDS = ("(", "/", ",", "và")
"""What an aside, a pair of numerals and a list can't be without."""


def _near(view: View, start: int, end: int, within: int) -> bool:
    """Tell whether at most `within` syllables or numerals, and no mark, stand between two offsets, lists apart."""
    tokens = view.tokens
    if view.text.find("\n", start, end) >= 0 or view.text.find("\t", start, end) >= 0:
        return False
    between = " ".join(tokens.norms[tokens.at(start) : tokens.at(end)])
    listed: list[str] = []
    if any(mark in between for mark in _MORE_THAN_WORDS):
        *listed, between = _LISTED.split(_WHOLE.sub("", _WITHOUT_ASIDE.sub("", between)))
    words = between.split()
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
    problems: list[Problem],
) -> None:
    zones, clauses = find_zones(view, sentence), Clauses(view, sentence)
    role = view.structure.sections[sentence.section].role if sentence.section >= 0 else ""
    taken: dict[str, Activity] = {}
    verbal: list[Phrase] = []
    nouns: dict[int, str] = {}
    name_end = 0
    for rule, phrase in hits:
        undone = _is_undone(view, sentence, phrase)
        reason = (
            (_NAME if phrase.start < name_end else "")
            or _refusal(view, sentence, zones, rule, phrase, verbal)
            or (find_chain_reason(view, sentence, phrase, nouns) if nouns else "")
            or clauses.refusal(rule, phrase, undone=undone)
        )
        if role == "limitation" and (not undone or _of_others(view, sentence, phrase)):
            reason = "đoạn hạn chế, tồn tại"
        if reason:
            refused.append(Refusal(phrase.start, phrase.end, rule.id, reason))
            if reason == _NAME:
                name_end = max(name_end, phrase.start + len(phrase.words))
            if reason.startswith(_SHARED):
                nouns[phrase.end] = reason
            continue
        verbal.append(phrase)
        if rule.activity not in taken:
            try:
                activity = _activity(view, sentence, rule, phrase, undone=undone)
            except HookFailed as failure:
                problems.append(failure.problem)
                continue
            if activity is not None:
                taken[rule.activity] = activity
    found.extend(sorted(taken.values(), key=lambda a: (a.start, a.value)))


def _activity(view: View, sentence: Sentence, rule: ActivityRule, phrase: Phrase, *, undone: bool) -> Activity | None:
    place = sentence.start, sentence.end
    told = "none" if undone else "planned" if is_planned(view, phrase.start) else "done"
    status = dict(rule.gives).get("status", told)
    return hooked(Activity(phrase.start, phrase.end, place, rule.id, rule.activity, status), rule, view, {})


_NAME = "trong tên riêng"
# Verbs of a coordination share these: «qua kiểm tra, rà soát», «công tác đào tạo, bồi dưỡng».
_SHARED = (
    MADE_NOUN,
    "mục đích",
    "chủ ngữ",
    "nhận định",
    "đứng sau «công tác»",
    "đứng sau «việc»",
    "đứng sau «hoạt động»",
)


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


_BOUND = re.compile(r"[ ](?:quá|dưới|ít hơn|thấp hơn|vượt quá|nhiều hơn|chỉ|những|ngừng)(?!\w)")


def _is_undone(view: View, sentence: Sentence, phrase: Phrase) -> bool:
    """Tell whether a negation before a phrase, or in it, says that it was not done."""
    for negation in reversed(view.phrases_in("words/negation", sentence.start, phrase.end)):
        if _BOUND.match(view.folded, negation.end):  # «cử không quá 12 đoàn» bounds a number
            continue
        if negation.end <= phrase.start or negation.start <= phrase.start:
            return _NEGATION_GAP.fullmatch(view.folded, min(negation.end, phrase.start), phrase.start) is not None
    return False


def _refusal(
    view: View,
    sentence: Sentence,
    zones: list[tuple[int, int, str]],
    rule: ActivityRule,
    phrase: Phrase,
    verbal: list[Phrase],
) -> str:
    """Return why `phrase` is no deed, or an empty string where it is one."""
    missing = unmet(rule.where, view, phrase.start, phrase.end)
    if missing:
        return f"where: {missing}"
    for start, end, reason in zones:
        if start <= phrase.start < end:
            return reason
    if phrase.words.startswith("được ") or _is_tallied(view, sentence, phrase):
        return ""
    if not rule.noun and is_named(view, sentence, phrase):
        return _NAME
    lead = view.folded[max(sentence.start, phrase.start - 60) : phrase.start]
    before, number_before = _without_numeral(lead.rstrip(' “"'))
    after = view.folded[phrase.end : min(sentence.end, phrase.end + 40)].lstrip()
    number_after = _NUMERAL_FIRST.match(after)
    after = after[number_after.end() :] if number_after else after
    sides = _sides(view.pack)[rule.id]
    for word in rule.not_after if number_before or before.endswith(sides.before) else ():
        if not (_ends_with(before, _folded(word)) or (word == "#" and number_before)):
            continue
        if word in view.pack.words.get("work", ()) and lightened(view, phrase):
            continue
        actor = find_actor(view, phrase)
        if actor is not None and (number_after or len(actor.words) > len(word)):  # «đoàn công tác kiểm tra»
            continue
        if word == "được" and _COUNTED_SUBJECT.search(before):  # «245 cơ sở được kiểm tra»
            continue
        return f"đứng sau «{word}»"
    for word in rule.not_before if number_after or after.startswith(sides.behind) else ():
        if after.startswith(_folded(word)) or (word == "#" and number_after):
            return f"đứng trước «{word}»"
    if rule.noun:
        return "nhãn đầu mục" if after.startswith(":") and phrase.start == sentence.start else ""
    return find_noun_reason(view, sentence, rule, phrase, verbal)


@lru_cache(maxsize=4096)
def _folded(word: str) -> str:
    return fold(word)


def _without_numeral(text: str) -> tuple[str, int]:
    """Return `text` without the numeral that it ends with, and how many that are: one or none."""
    return (text, 0) if text[-1:].isalpha() else _NUMERAL_LAST.subn("", text)


class _Sides(NamedTuple):
    """What stands right before a phrase, or behind it, where a word of `not_after` or `not_before` of its rule does.

    Of «xã … được» that is what stands behind the gap.
    """

    before: tuple[str, ...]
    behind: tuple[str, ...]


@lru_cache(maxsize=16)
def _sides(pack: Pack) -> Mapping[str, _Sides]:
    """Return the sides of each activity rule of `pack`, by its id."""
    return {
        rule.id: _Sides(
            tuple(fold(word).rpartition("…")[2] for word in rule.not_after), tuple(map(fold, rule.not_before))
        )
        for rule in pack.activities
    }


def _is_tallied(view: View, sentence: Sentence, phrase: Phrase) -> bool:
    """Tell whether a number behind a colon tells how often it was done: «Tổng số hồ sơ tiếp nhận: 3.450 hồ sơ»."""
    head = _TALLY.fullmatch(view.folded, sentence.start, phrase.start)
    return head is not None and _TALLIED.match(view.folded, phrase.end, sentence.end) is not None


_TALLY = re.compile(r"(?:tổng )?số (?:lượng )?(?:[^\W\d]+ ){1,3}")
_TALLIED = re.compile(r"[^:;,.\d\n\t]{0,60}:[ ](?!0+(?!\d))\d")
_COUNTED_SUBJECT = re.compile(
    r"(?:^|[,;:(.][ ]?|[ ](?:có|với|trong đó) )(?:[-+][ ]?)?\d[\d.]*(?:/\d[\d.]*)?(?: [^\W\d]+){1,5} được$"
)
_NUMERAL_LAST = re.compile(r"[ ][\d.,/]+$")
_NUMERAL_FIRST = re.compile(r"(?:\d+(?:[.,]\d+)*|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)(?:[ ]|(?=[;.,)])|$)")
_FEW_WORDS = r"(?:[ ][^\W\d_]+){1,4}"


def _ends_with(text: str, words: str) -> bool:
    """Tell whether `text` ends with `words`, where « …» stands for one to four words («do …», «xã … được»)."""
    if "…" in words:
        return re.search(_few_words(words), text) is not None
    return text.endswith(words) and (len(text) == len(words) or not text[-len(words) - 1].isalpha())


@lru_cache(maxsize=256)
def _few_words(words: str) -> str:
    return r"(?<!\w)" + _FEW_WORDS.join(map(re.escape, words.split(" …"))) + "$"
