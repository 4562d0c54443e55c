"""Is this Vietnamese? The share of words that the sound system of the language allows.

A text layer can be there and still be garbage: the marks of a second font in the wrong place, a legacy
encoding read as Latin-1, an old OCR. Almost every word of good text is a possible syllable, an onset and
a rime under one of six tones; garbage rarely is, so the share of possible syllables tells them apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from itertools import chain, product

_ACUTE, _DOT = "\u0301", "\u0323"
_TONES = ("", "\u0300", _ACUTE, "\u0309", "\u0303", _DOT)
_STOP_TONES = (_ACUTE, _DOT)


def _inventory(words: str) -> list[str]:
    return words.split()


_ONSETS = _inventory("b ch d đ h kh l m n nh p ph r s t th tr v x")
_ONSETS_BEFORE_FRONT = _inventory("gh k ngh")
_ONSETS_BEFORE_BACK = _inventory("c g ng")

# Rimes by their first letter, because that decides the spelling of the onset: `nghe`, but `nga`.
_FRONT_RIMES = _inventory("""
    e em en eng eo ep et ec  ê êm ên êu êp êt ênh êch
    i ia im in inh iu ip it ich  iêm iên iêng iêu iêp iêt iêc
""")
_BACK_RIMES = _inventory("""
    a ai am an ang anh ao au ay ac ach ap at  ăm ăn ăng ăc ăp ăt  âm ân âng âu ây âc âp ât
    o oi om on ong oc op ot oong ooc  ô ôi ôm ôn ông ôc ôp ôt ôông  ơ ơi ơm ơn ơp ơt
    u ui um un ung uc up ut  ua uôi uôm uôn uông uôc uôt
    ư ưi ưm ưng ưu ưc ưt  ưa ươi ươm ươn ương ươu ươc ươp ươt
    oa oai oam oan oang oanh oao oay oac oach oap oat  oăm oăn oăng oăc oăt  oe oen oeo oet
    uân uâng uây uât  uê uêch uênh  uơ  uy uya uyên uyêt uych uyn uynh uyp uyt uyu
""")

# `y` for `i` after these (`lý`, `kỹ thuật`), and where no onset stands (`ý`, `yêu`).
_ONSETS_BEFORE_Y = _inventory("d h k l m n s t th v")
_RIMES_ALONE = [rime for rime in (*_FRONT_RIMES, *_BACK_RIMES) if not rime.startswith("iê")]
_Y_RIMES_ALONE = _inventory("y yêm yên yêng yêt yêu")

_RIMES_AFTER_QU = _inventory("""
    a ai ay ao au am an ang anh ac ach ap at  ăm ăn ăng ăc ăp ăt  ân âng ây ât âu
    e en eng eo et  ê ên êt ênh êch  i it ich inh  ôc  ơ ơn ơt  y yên yêt ych ynh yt yn yp
""")
_RIMES_AFTER_GI = [rime for rime in (*_FRONT_RIMES, *_BACK_RIMES) if not rime.startswith("i")]
_RIMES_AFTER_G_WITH_I = _inventory("i in im iêng iêt iêc ip it")

# Names of the Central Highlands keep a final that the sound system has only as `c`.
_NAMES = ("đắk", "lắk", "đăk", "lăk")

_WORD = re.compile(r"\w+")
_VOWELS = "aăâeêioôơuưy"
_LETTERS_WITH_MARKS = "ăâêôơư"
_GLIDES_BEFORE_VOWEL = ("oa", "oe", "uy")
_ABBREVIATION_LENGTH = 8
_ROMAN = re.compile("[IVXL]+")


def valid_share(text: str) -> float:
    """Return the share of words in `text` that are possible Vietnamese syllables; 1.0 without words.

    Words are runs of letters; numbers, words with a digit in them, and abbreviations do not count.
    """
    words = Counter(_WORD.findall(unicodedata.normalize("NFC", text)))
    syllables = _syllables()
    valid = invalid = 0
    for word, times in words.items():
        if word.lower() in syllables:
            valid += times
        elif word.isalpha() and not _is_abbreviation(word):
            invalid += times
    return valid / (valid + invalid) if valid + invalid else 1.0


def is_syllable(word: str) -> bool:
    """Tell whether `word`, in NFC and any case, is a possible Vietnamese syllable."""
    return word.lower() in _syllables()


def _is_abbreviation(word: str) -> bool:
    """Tell `UBND`, `TTBCXB` and `III` from a word in capitals: at most one vowel, or a Roman number."""
    if len(word) > _ABBREVIATION_LENGTH or not word.isupper():
        return False
    letters = unicodedata.normalize("NFD", word.lower())
    return sum(letter in _VOWELS for letter in letters) <= 1 or bool(_ROMAN.fullmatch(word))


@cache
def _syllables() -> frozenset[str]:
    """Return every possible syllable in NFC and lower case, some twenty thousand."""
    toned = (onset + rime for onset, bare in _onsets_and_rimes() for rime in _toned(bare))
    return frozenset(chain(toned, _NAMES))


def _onsets_and_rimes() -> chain[tuple[str, str]]:
    """Return every pair of an onset and a toneless rime that the spelling allows."""
    return chain(
        product(_ONSETS, chain(_FRONT_RIMES, _BACK_RIMES)),
        product(_ONSETS_BEFORE_FRONT, _FRONT_RIMES),
        product(_ONSETS_BEFORE_BACK, _BACK_RIMES),
        product(_ONSETS_BEFORE_Y, ["y"]),
        product([""], chain(_RIMES_ALONE, _Y_RIMES_ALONE)),
        product(["qu"], _RIMES_AFTER_QU),
        product(["gi"], _RIMES_AFTER_GI),
        product(["g"], _RIMES_AFTER_G_WITH_I),
    )


@cache
def _toned(rime: str) -> tuple[str, ...]:
    """Return `rime` under each tone it can bear, in each place the mark is written (`oà` and `òa`)."""
    tones = _STOP_TONES if rime.endswith(("c", "ch", "p", "t")) else _TONES
    return tuple(
        unicodedata.normalize("NFC", rime[: at + 1] + tone + rime[at + 1 :])
        for at, tone in product(_tone_places(rime), tones)
    )


def _tone_places(rime: str) -> tuple[int, ...]:
    """Return where in `rime` the tone mark stands: on the last of `ăâêôơư`, else on the vowel that sounds."""
    marked = [at for at, letter in enumerate(rime) if letter in _LETTERS_WITH_MARKS]
    if marked:
        return (marked[-1],)
    vowels = sum(letter in _VOWELS for letter in rime)
    if rime in _GLIDES_BEFORE_VOWEL:
        return (0, 1)
    return (vowels - 1,) if vowels < len(rime) or vowels == 1 else (vowels - 2,)
