"""What a word of a file says under each way to read it: possible Vietnamese, or nothing.

Nothing is looked up in a dictionary but a few words that every report has.
"""

from __future__ import annotations

import re
import unicodedata
from enum import IntEnum
from functools import lru_cache

from pipeline.text.hyphens import hyphens_to_letters
from pipeline.text.legacy import Encoding, from_1258, tcvn3_to_unicode, vni_to_unicode
from pipeline.text.syllables import is_syllable, valid_share


class Reading(IntEnum):
    """A way to read the words of a file; the last two first undo a reading of its bytes as Windows-1258."""

    AS_IS = 0
    TCVN3 = 1
    VNI = 2
    TCVN3_1258 = 3
    VNI_1258 = 4


READINGS = {Encoding.UNICODE: Reading.AS_IS, Encoding.TCVN3: Reading.TCVN3, Encoding.VNI: Reading.VNI}
"""The reading that stands for each encoding of a font."""
FROM_1258 = (Reading.TCVN3_1258, Reading.VNI_1258)
IN_VNI = (Reading.VNI, Reading.VNI_1258)

NO_SYLLABLE = 1.0
"""What a word costs that is no syllable."""
_SUSPECT_NO_SYLLABLE = 2.0  # as it is, and with letters that Unicode text hardly has
_MADE_NO_SYLLABLE = 2.0  # by the reading
_UNICODE_LETTER = 3.0  # which no file of the reading holds
_RARE = 0.1  # for a rare tone or rime, where two readings make syllables
_MISSED = 1.6  # for not being the word of a form that another reading finds: «Sè:» is a syllable, «Số:» a word
_LONGEST_FORM_WORD = 10  # characters, as stored and with a mark behind
_FORM_WORDS = frozenset(("số", "lưu", "cộng", "không", "và", "các", "xã"))

# What Unicode text in Vietnamese, English or French hardly has: signs beside letters, letters of other languages,
# and the marks of VNI after their letters. Ð and ð are left out: they stand for Đ and đ in Unicode text too.
_SIGN = "[\xa1-\xae\xb5-\xb9\xbb-\xbe\xd7]"
_OTHER_LETTERS = "ÄÅÆÇËÎÏÑÖØÛÜÞßäåæçëîïñöøûüþÿ"
_EVIDENCE = re.compile(  # one set of characters first: that is searched for fast
    f"[{_SIGN[1:-1]}{_OTHER_LETTERS}âáàãõùÂÁÀÃÕÙ]"
    f"(?:(?<=[{_OTHER_LETTERS}])|(?<=[A-Za-z]{_SIGN})|(?<={_SIGN})(?=[A-Za-z]|{_SIGN})"
    "|(?<=[aeAE][âáàãÂÁÀÃ])|(?<=[oO][âÂ])|(?<=[aeouyAEOUY][ùõÙÕ]))"
)
_WITHIN_WORD = re.compile(f"(?<=[A-Za-z]){_SIGN}(?=[A-Za-z])|{_SIGN}{{2}}|[A-Za-z][¢£¤¥¦¨¬¶¸¼½¾]")
_MICRO = re.compile(r"[\W\d]*µ(?:[mglsFAVCWH]|mol|Sv)[³²]?\b[\W\d]*(?:\w{1,3}[³²]?)?\W*")
_RARE_LETTERS = re.compile("[ảãẳẵẩẫẻẽểễỉĩỏõổỗởỡủũửữỷỹ]|o[oòóỏõọ]", re.IGNORECASE)
_TONED = re.compile("[^A-Za-zĐđĂăÂâÊêÔôƠơƯư]")
_WORDS = re.compile(r"\w+")
_LETTERS = re.compile(r"[^\W\d_¹²³¼½¾]+")
_SOFT_HYPHEN = "\xad"  # in Unicode and in VNI nothing, wherever it stands
_CP1252_LETTERS = frozenset("ŠšŽžŒœŸƒˆ˜")
_KEPT_WORDS = 1 << 16


def is_suspect(text: str) -> bool:
    """Tell whether `text` has anything that Unicode text hardly has: quick, and no proof."""
    return _EVIDENCE.search(text) is not None


@lru_cache(maxsize=_KEPT_WORDS)
def cost(chunk: str, reading: Reading) -> float:
    """Return how little sense `chunk` makes under `reading`."""
    missed = _may_be_form(chunk) and not _is_form(as_printed(chunk, reading))
    return _senselessness(chunk, reading) + (_MISSED if missed else 0.0)


@lru_cache(maxsize=_KEPT_WORDS)
def _may_be_form(chunk: str) -> bool:
    """Tell whether `chunk` is a word of every report under some reading: under the others it is no word at all."""
    return len(chunk) <= _LONGEST_FORM_WORD and any(_is_form(as_printed(chunk, reading)) for reading in Reading)


def _is_form(printed: str) -> bool:
    return printed.strip(":,.").lower() in _FORM_WORDS


def _senselessness(chunk: str, reading: Reading) -> float:
    if reading is Reading.AS_IS:
        if _foreign_letters(chunk, reading) or _MICRO.fullmatch(chunk):
            return 0.0
        whole = chunk.replace(_SOFT_HYPHEN, "")
        if _are_words(whole) and not _WITHIN_WORD.search(whole):
            return 0.0
        return _SUSPECT_NO_SYLLABLE if _EVIDENCE.search(chunk) else NO_SYLLABLE
    printed, unicode = as_printed(chunk, reading), _foreign_letters(chunk, reading)
    if printed == chunk or (unicode and _are_words(chunk)):
        return NO_SYLLABLE if unicode else _senselessness(chunk, Reading.AS_IS)
    whole = printed.replace(_SOFT_HYPHEN, "")
    if _are_words(" ".join(word for word in _WORDS.findall(whole) if not word.isascii() and word != "đ")):
        return _RARE * len(_RARE_LETTERS.findall(printed))
    return _UNICODE_LETTER if unicode else _MADE_NO_SYLLABLE


def _are_words(chunk: str) -> bool:
    """Tell whether `chunk` is of syllables and abbreviations, of which no letter has a tone."""
    return all(
        is_syllable(word) or not (_LETTERS.fullmatch(word) and (_TONED.search(word) or valid_share(word) < 1))
        for word in _WORDS.findall(unicodedata.normalize("NFC", chunk))
    )


def as_printed(chunk: str, reading: Reading) -> str:
    """Return what `chunk` prints under `reading`."""
    if reading is Reading.AS_IS:
        return chunk
    stored = from_1258(chunk) if reading in FROM_1258 else chunk
    return vni_to_unicode(stored) if reading in IN_VNI else hyphens_to_letters(tcvn3_to_unicode(stored))


def _foreign_letters(chunk: str, reading: Reading) -> bool:
    """Tell whether `chunk` has letters that no file of `reading` holds: those of Unicode alone."""
    stored = from_1258(chunk) if reading in FROM_1258 else chunk
    return any(
        letter > "\xff" and (letter.isalpha() or unicodedata.combining(letter)) and letter not in _CP1252_LETTERS
        for letter in stored
    )


def is_kept(chunk: str, reading: Reading) -> bool:
    """Tell whether `chunk` is in Unicode though its neighbours are to be read as `reading`."""
    if cost(chunk, reading) < NO_SYLLABLE:
        return False
    return _syllables(chunk) > _syllables(as_printed(chunk, reading)) or _foreign_letters(chunk, reading)


def _syllables(chunk: str) -> int:
    return sum(is_syllable(word) and not word.isascii() for word in _LETTERS.findall(chunk))
