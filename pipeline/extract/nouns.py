"""Verbs that are nouns where they stand: behind «công tác», «chức năng», a product or a name, alone or on a chain.

Vietnamese verbs don't inflect; the noun before a verb, and what «,» and «và» join it to, tell which it is.
"""

from __future__ import annotations

import re

from pipeline.extract.structure import Sentence
from pipeline.extract.view import Phrase, View
from pipeline.rulebook import ActivityRule


def is_named(view: View, sentence: Sentence, phrase: Phrase) -> bool:
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


_COUNTS = re.compile(r"[ ]\d")
MADE_NOUN = "danh từ hóa"


def find_chain_reason(view: View, sentence: Sentence, phrase: Phrase, nouns: dict[int, str]) -> str:
    """Return why `phrase` is a noun where it goes on a chain of them: «chức năng thanh tra, kiểm tra, giám sát»."""
    if _COUNTS.match(view.text, phrase.end):  # «công tác kiểm tra, xử lý 12 vụ» tells what was handled
        return ""
    joined = _coordinate_start(view, _trim(view, phrase.start), sentence)
    return nouns.get(joined[1], "") if joined else ""


def find_noun_reason(view: View, sentence: Sentence, rule: ActivityRule, phrase: Phrase, verbal: list[Phrase]) -> str:
    """Return why the noun before `phrase`, or before the chain of verbs it goes on, makes it none, or nothing.

    `verbal` are the phrases of the sentence that were taken: what they are joined to is a deed as well.
    """
    edge = _trim(view, phrase.start)
    head, product = view.phrase_before("words/nominaliser", edge), view.phrase_before("words/product", edge)
    actor = find_actor(view, phrase)
    if head is not None and actor is not None and actor.start < head.start:
        return ""
    if head is not None and (_in_a_name(view, sentence, head.start) or _owns(view, head, phrase)):  # «Sở Văn hóa»
        return ""
    if head is not None and product is not None and product.start < head.start:  # «văn bản», not «bản»
        head = None
    if head is None and product is None:
        coordinate = _coordinate_start(view, edge, sentence)
        if coordinate is not None and not any(v.end <= edge and v.end >= coordinate[1] - 1 for v in verbal):
            edge, head = _head_of_coordinate(view, *coordinate)
            if head is None and view.text[coordinate[1]] == ",":  # «hồ sơ khen thưởng, trình UBND tỉnh …»
                return ""
    if head is not None:
        light = view.phrase_before("words/light_verb", _trim(view, head.start))
        if light is None and not (rule.attributive and head.words in view.pack.words.get("work", ())):
            return f"{MADE_NOUN} bởi «{head.words}»"
        return ""
    product = view.phrase_before("words/product", edge)
    if product is not None and not rule.attributive:
        return f"định ngữ của «{product.words}»"
    equipment = view.phrase_before("words/equipment", edge)
    if equipment is not None and _COUNTED.search(view.text, max(sentence.start, equipment.start - 20), equipment.start):
        return f"định ngữ của «{equipment.words}»"
    return ""


def find_actor(view: View, phrase: Phrase) -> Phrase | None:
    """Return the body right before `phrase`, which does it: «tổ công tác kiểm tra 9 chợ»."""
    return view.phrase_before("words/acting_body", _trim(view, phrase.start))


def lightened(view: View, phrase: Phrase) -> bool:
    """Tell whether a light verb makes the work before `phrase` a deed: «tăng cường công tác kiểm tra»."""
    head = view.phrase_before("words/nominaliser", _trim(view, phrase.start))
    return (
        head is not None
        and head.words in view.pack.words.get("work", ())
        and view.phrase_before("words/light_verb", _trim(view, head.start)) is not None
    )


_COUNTS_WITHIN = re.compile(r"[^\W\d_]+(?:[ ][^\W\d_]+){0,2}[ ]\d")


def _owns(view: View, head: Phrase, phrase: Phrase) -> bool:
    """Tell whether `head` only says whose the subject is: «Cổng thông tin của ngành đăng 45 tin»."""
    return view.folded.endswith("của ", 0, head.start) and bool(_COUNTS_WITHIN.match(view.folded, phrase.start))


_NAME_BEFORE = re.compile(r"[A-ZĐÂÊÔƠƯĂ]\w*[ ]$")


def _in_a_name(view: View, sentence: Sentence, at: int) -> bool:
    """Tell whether the capital at `at` goes on a name that a capital opened right before."""
    opened = _NAME_BEFORE.search(view.text, max(sentence.start, at - 12), at)
    return view.text[at].isupper() and opened is not None


def _head_of_coordinate(view: View, start: int, end: int) -> tuple[int, Phrase | None]:
    """Return the noun that governs a coordinate spanning `[start, end)`, and where its verb begins."""
    for word in re.finditer(r"[^\W\d_]+", view.folded[start:end]):
        at = _trim(view, start + word.start())
        head = view.phrase_before("words/nominaliser", at)
        if head is not None or view.phrase_before("words/product", at) is not None:
            return at, head
    return _trim(view, start), None


_JOINTS = (",", "và")
_JOINT_ENDS = 3
"""Characters that `_JOINED` needs at its end, a line end behind the joint included."""
_JOINED = re.compile(r"([^\W\d_]+(?:[ ][^\W\d_]+){0,2})[ ]?(?:,|và)$")


def _coordinate_start(view: View, edge: int, sentence: Sentence) -> tuple[int, int] | None:
    """Return the span of a verb phrase that «,» or «và» joins to the one ending at `edge`, or None."""
    if not view.folded[max(0, edge - _JOINT_ENDS) : edge].rstrip("\n").endswith(_JOINTS):
        return None
    joined = _JOINED.search(view.folded, max(sentence.start, edge - 40), edge)
    if not joined or joined.end(1) not in view.verb_ends:
        return None
    return joined.start(1), joined.end(1)


def _trim(view: View, at: int) -> int:
    while at > 0 and view.text[at - 1] == " ":
        at -= 1
    return at
