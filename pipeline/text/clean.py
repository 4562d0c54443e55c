"""Characters as reports have them, put into the one form that every stage reads."""

from __future__ import annotations

import re
import unicodedata

# Look-alikes that no Vietnamese text means: Icelandic eth for Đ, fancy spaces and hyphens of one width.
_ONE_FOR_ONE = str.maketrans(
    {
        "Ð": "Đ",
        "Ɖ": "Đ",
        "ð": "đ",
        "ɖ": "đ",
        "\u00a0": " ",
        "\u2007": " ",
        "\u202f": " ",
        **dict.fromkeys("\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f", " "),
        "\u3000": " ",
        "\u2010": "-",
        "\u2011": "-",
        "\u2044": "/",
        "\u2215": "/",
        "\r": "\n",
        "\x0b": "\n",
        "\x0c": "\n",
        "\u2028": "\n",
        "\u2029": "\n",
    }
)
_UNPRINTED = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e\x00-\x08\x0e-\x1f\x7f]")


def clean(text: str) -> str:
    """Return `text` in NFC with look-alike letters, spaces and hyphens unified and unprinted marks dropped.

    NFKC is never used: it would turn `27m²` into `27m2`. Dashes that carry meaning (– and —) stay.
    """
    text = text.replace("\r\n", "\n").translate(_ONE_FOR_ONE)
    return unicodedata.normalize("NFC", _UNPRINTED.sub("", text))
