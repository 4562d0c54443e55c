"""Short names of the bodies that issue reports, as an office writes them: «Sở TTTT Bến Tre»."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from msgspec import Struct

_SHORT = (
    ("lao động - thương binh và xã hội", "LĐTBXH"),
    ("văn hóa, thể thao và du lịch", "VHTTDL"),
    ("văn hóa và thể thao", "VHTT"),
    ("thông tin và truyền thông", "TTTT"),
    ("nông nghiệp và phát triển nông thôn", "NNPTNT"),
    ("nông nghiệp và môi trường", "NNMT"),
    ("tài nguyên và môi trường", "TNMT"),
    ("khoa học và công nghệ", "KHCN"),
    ("giáo dục và đào tạo", "GDĐT"),
    ("kế hoạch và đầu tư", "KHĐT"),
    ("dân tộc và tôn giáo", "DTTG"),
    ("giao thông vận tải", "GTVT"),
    ("an toàn giao thông", "ATGT"),
    ("cảnh sát giao thông", "CSGT"),
    ("phòng cháy, chữa cháy", "PCCC"),
    ("ủy ban nhân dân", "UBND"),
    ("uỷ ban nhân dân", "UBND"),
    ("hội đồng nhân dân", "HĐND"),
    ("mặt trận tổ quốc", "MTTQ"),
    ("ubnd", "UBND"),
    ("hđnd", "HĐND"),
    ("mttq", "MTTQ"),
    ("liên đoàn lao động", "LĐLĐ"),
    ("hội liên hiệp phụ nữ", "Hội LHPN"),
    ("liên hiệp các tổ chức hữu nghị", "LHHN"),
    ("ban chỉ đạo", "BCĐ"),
    ("ban chấp hành", "BCH"),
    ("phục vụ hành chính công", "PVHCC"),
    ("kiểm soát bệnh tật", "KSBT"),
    ("trung tâm", "TT"),
    ("văn phòng", "VP"),
)
_PROPER = re.compile(
    r"\b(tỉnh ủy|thành ủy|huyện ủy|thị ủy|tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu) (.+)$",
    re.IGNORECASE,
)
_HEADS = re.compile(r"^((?:sở|bộ|ban|phòng|chi cục|cục|trạm|TT|VP)) (\w)", re.IGNORECASE)
_COUNTRY = re.compile(r" việt nam\b", re.IGNORECASE)
_MOST = 44


class Sender(Struct, frozen=True):
    """Who sent a report, as its letterhead says, and what tells several reports of one sender apart."""

    file: str
    issuer: str
    parent: str
    place: str
    until: str

    @property
    def key(self) -> tuple[str, str, str]:
        """Return what two reports of one body have in common, however their letters are written."""
        return _folded(self.issuer), _folded(self.parent), "" if self.parent else _folded(self.place)


def short_name(issuer: str, parent: str = "", place: str = "") -> str:
    """Return a body's name with the usual abbreviations, and the place where its own name has none."""
    name = _cased(_abridged(issuer))
    if not name:
        return ""
    if name.startswith("BCH ") and parent:
        return f"{_COUNTRY.sub('', _cased(_abridged(parent)))} {name.removeprefix('BCH ')}"
    if name == "VP" and parent:
        return f"VP {_cased(_abridged(parent))}"
    if _PROPER.search(name):
        return name
    where = _where(parent, place)
    return name if not where or where.casefold() in name.casefold() else f"{name} {where}"


def labels(senders: Sequence[Sender]) -> list[str]:
    """Return a label for each report: the short name, with its year, month or file where one name stands for more."""
    plain = [clipped(short_name(one.issuer, one.parent, one.place) or one.file, _MOST) for one in senders]
    told = _parted(plain, [one.until[:4] for one in senders])
    told = _parted(told, [f"{one.until[5:7]}/{one.until[:4]}" if one.until[5:7] else "" for one in senders], plain)
    told = _parted(told, [clipped(one.file, _MOST) for one in senders], plain)
    return _numbered(told)


def clipped(text: str, most: int) -> str:
    """Return `text` on no more than so many letters, an ellipsis where it is cut."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _parted(told: Sequence[str], further: Sequence[str], plain: Sequence[str] = ()) -> list[str]:
    """Return `told` with what parts those that are equal; `plain` is what the further words are put behind."""
    times = Counter(told)
    stems = plain or told
    return [
        f"{stem} · {more}" if times[one] > 1 and more else one
        for one, more, stem in zip(told, further, stems, strict=True)
    ]


def _numbered(told: Iterable[str]) -> list[str]:
    seen: defaultdict[str, int] = defaultdict(int)
    numbered = []
    for one in told:
        seen[one] += 1
        numbered.append(one if seen[one] == 1 else f"{one} ({seen[one]})")
    return numbered


def _abridged(name: str) -> str:
    text = " ".join(unicodedata.normalize("NFC", name).split())
    if text.isupper():
        text = text.lower()
    for words, short in _SHORT:
        text = re.sub(rf"\b{words}\b", short, text, flags=re.IGNORECASE)
    return text


def _cased(text: str) -> str:
    """Return a name in lower case with the capitals that it has in a sentence."""
    text = _PROPER.sub(lambda found: f"{found[1]} {_titled(found[2])}", text)
    text = _COUNTRY.sub(" Việt Nam", text)
    text = _HEADS.sub(lambda found: f"{found[1]} {found[2].upper()}", text)
    return text[:1].upper() + text[1:]


def _titled(name: str) -> str:
    return " ".join(word if word.isupper() else word[:1].upper() + word[1:] for word in name.split(" "))


def _where(parent: str, place: str) -> str:
    """Return the place that a body's name needs behind it; a ministry's bodies need none."""
    found = _PROPER.search(_cased(_abridged(parent)))
    if found:
        return found[2]
    return "" if _folded(parent).startswith("bộ ") else place


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
