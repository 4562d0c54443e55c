"""Characters as reports have them, put into the one form that every stage reads."""

from __future__ import annotations

import re
import unicodedata

# Look-alikes that no Vietnamese text means: Icelandic eth for Đ, the Ƣ of some fonts for Ư, fancy spaces and
# hyphens of one width.
_ONE_FOR_ONE = str.maketrans(
    {
        "Ð": "Đ",
        "Ɖ": "Đ",
        "ð": "đ",
        "ɖ": "đ",
        "Ƣ": "Ư",
        "ƣ": "ư",
        "\u00a0": " ",
        "\u2007": " ",
        "\u202f": " ",
        **dict.fromkeys("\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f", " "),
        "\u3000": " ",
        **dict.fromkeys("\u2010\u2011\u2012\u2043\ufe63\uff0d", "-"),
        "\u2015": "—",
        **dict.fromkeys("\u2044\u2215\uff0f", "/"),
        "\r": "\n",
        "\x0b": "\n",
        "\x0c": "\n",
        "\u2028": "\n",
        "\u2029": "\n",
    }
)
_UNPRINTED = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
    "\x00-\x08\x0e-\x1f\x7f]"
)
# Whatever `clean` changes but for what NFC does: few texts have any of it, and one search is cheaper than them all.
_CHANGED = re.compile(f"[{re.escape(''.join(map(chr, _ONE_FOR_ONE)))}\u2212\u0370-\u04ff]|{_UNPRINTED.pattern}")
_MINUS_IN_CODE = re.compile(r"(?<=[^\W_])\u2212(?=[^\W\d_])")  # `12/QĐ−UBND`; before a number it stays a minus

# Letters of other scripts that look Latin: keyboards, converters and OCR put them into Latin words.
_LOOK_ALIKES = dict(zip("АВЕЅІЈКМНОРСТХУаеѕіјорсху", "ABESIJKMHOPCTXYaesijopcxy", strict=True))
_LOOK_ALIKES |= dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEZHIKMNOPTYXo", strict=True))
_TO_LATIN = str.maketrans(_LOOK_ALIKES)
_OF_OTHER_SCRIPT = re.compile("[\u0370-\u04ff]")
_CHUNK = re.compile(r"[\w.&/\u0300-\u036f-]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_CODE = re.compile(r"\d+[/-]|[/-][A-ZĐ]")
_LONGEST_ABBREVIATION = 5


def clean(text: str) -> str:
    """Return `text` in NFC with look-alike letters, spaces and hyphens unified and unprinted marks dropped.

    NFKC is never used: it would turn `27m²` into `27m2`. Dashes that carry meaning (– and —) stay.
    """
    if _CHANGED.search(text) is None and unicodedata.is_normalized("NFC", text):
        return text
    return _cleaned(text)


def _cleaned(text: str) -> str:
    text = text.replace("\r\n", "\n").translate(_ONE_FOR_ONE)
    text = unicodedata.normalize("NFC", _UNPRINTED.sub("", text))
    latin = in_latin(text)
    return text if latin == text else unicodedata.normalize("NFC", latin)


def in_latin(text: str) -> str:
    """Return `text`, in as many characters, with Latin letters where those of other scripts stand in for them.

    That is so in a word of two scripts, and in the code of a document (`12/ВС-UBND`); a word of Russian or a
    Greek sign stays.
    """
    if "\u2212" in text:
        text = _MINUS_IN_CODE.sub("-", text)
    if not _OF_OTHER_SCRIPT.search(text):
        return text
    return _CHUNK.sub(lambda chunk: _LETTERS.sub(lambda run: _run_in_latin(run[0], chunk[0]), chunk[0]), text)


def _run_in_latin(letters: str, chunk: str) -> str:
    stands_in = _LATIN.search(letters) or (
        _CODE.search(chunk) and len(letters) <= _LONGEST_ABBREVIATION and letters.isupper() and _all_alike(letters)
    )
    return letters.translate(_TO_LATIN) if stands_in else letters


def _all_alike(letters: str) -> bool:
    return all(letter in _LOOK_ALIKES or letter.isascii() for letter in letters)
