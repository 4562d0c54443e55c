"""Make many reports, as a province's office gets them, out of the samples' sources: for the load test.

    python -m benchmarks.generator COUNT FOLDER [--seed 1] [--scans] [--duplicates 0.02]

Each report has its own place, number, day, signer, counts and numbers of cited documents; no two are equal. What
an office's reports have in common they have here: all cite the same decrees, those of one place its plans too.
Formats, sources and lengths are spread evenly over the numbers of the reports, so that the first thousand of ten
thousand are a like mixture. The same seed gives the same bytes, on machines with the same font. Only fonts with
Vietnamese letters are needed.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from benchmarks.formes import Forme, forme, old_word
from benchmarks.places import COMMUNES, PROVINCES
from benchmarks.wording import Said, month_of, wording

SAMPLES = Path(__file__).parent.parent / "samples"
SHARES = {
    "docx": 0.5,
    "pdf": 0.35,
    "txt": 0.04,
    "odt": 0.02,
    "html": 0.02,
    "doc": 0.015,
    "rtf": 0.015,
    "md": 0.01,
    "xlsx": 0.01,
    "scan": 0.02,
}
"""How many of the reports are of each format."""
LENGTHS = ((0.25, 0.5), (0.62, 1), (0.08, 2), (0.035, 4), (0.015, 9))
"""How many of the reports have which length, in sources: half of one, one, or several; a source has 2 to 5 pages."""
LONG_LENGTHS = ((0.12, 0.2), (0.2, 0.5), (0.45, 1), (0.1, 2), (0.05, 4), (0.04, 9), (0.04, 15))
"""The lengths of a mixture that goes from the first blocks of a source, one page, to 15 sources, about 40 pages."""

_STEPS = (0.8191725133961645, 0.6710436067037893, 0.5497004779019703)
"""Powers of the root of x⁴ = x + 1: multiples of them modulo 1 fill a cube evenly, also the first ones."""
_OF_PROVINCES = {
    "batgt_quangtri_2024": ("Quảng Trị",),
    "btgtu_haugiang_2023": ("Vị Thanh", "Hậu Giang"),
    "cat_gt_2024m6": ("Kon Tum",),
    "cat_pccc_2024": ("Bình Định",),
    "doan_lamdong_2022": ("Đà Lạt", "Lâm Đồng"),
    "hlhpn_kiengiang_2024": ("Kiên Giang",),
    "ksbt_tuan_2025": ("Đắk Lắk",),
    "lhhn_haiphong_2024": ("Hải Phòng",),
    "shd_mot_cua_2024": ("Hậu Giang",),
    "skhcn_bang_2025": ("Thái Nguyên",),
    "sngv_nghean_2022": ("Nghệ An",),
    "snv_hoabinh_2024": ("Hòa Bình",),
    "snv_phutho_2024h1": ("Phú Thọ",),
    "stc_ngansach_2023": ("Hà Nam",),
    "stnmt_dongthap_2023m9": ("Đồng Tháp",),
    "stp_2022": ("Quảng Ngãi",),
    "stttt_bentre_2021": ("Bến Tre",),
    "svhttdl_vinhlong_2025": ("Vĩnh Long",),
    "sxd_atgt_2025q1": ("Quảng Bình",),
    "syt_nam_2024": ("Bình Thuận",),
}
_OF_COMMUNES = {
    "batgt_huyen_2023": ("Chợ Lách",),
    "bv_dakha_2023": ("Đăk Hà",),
    "tyt_xa_2025h1": ("Châu Lộc",),
    "ubnd_huyen_thanhchuong_2023": ("Thanh Chương",),
    "ubnd_phuong_2025q3": ("Cái Khế",),
    "ubnd_xa_cchc_2025q4": ("Mường Bú",),
    "ubnd_xa_ngoclinh_2025": ("Ngọc Linh",),
}
_OF_WORKBOOKS = {"snnmt_thongke_2025q3": ("Lạng Sơn",)}
_OF_OLD_WORD = {"hu_bacha_2019": ("Bắc Hà",)}
_NAMED = {**_OF_PROVINCES, **_OF_COMMUNES, **_OF_WORKBOOKS, **_OF_OLD_WORD}
_SPREAD = 1597  # numbers of reports: this many apart for neighbours, all different up to 4,999
_OLD_PLACE, _OLD_SUFFIX = "Bắc Hà", "-BC/HU"
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Draft:
    """One report before it is set: its number in the set, file, format, source, length in sources, and what it says.

    A copy has the same bytes as the report `copy_of`.
    """

    index: int
    file: str
    kind: str
    base: str
    length: float
    said: Said
    copy_of: int | None = None


@dataclass(frozen=True, slots=True)
class Mixture:
    """A set of reports without end; its first n are the set of n reports. If `long`, a PDF has 1 to 40 pages."""

    seed: int = 1
    scans: bool = False
    duplicates: float = 0.0
    long: bool = False

    def draft(self, index: int) -> Draft:
        """Return the report number `index`, from 0."""
        original = self._original(index)
        kind, base, length, said = self._drawn(index if original is None else original)
        name = f"{said.year}/{index:06d}-{base.split('_')[0]}.{'pdf' if kind == 'scan' else kind}"
        return Draft(index, name, kind, base, length, said, original)

    def drafts(self, count: int) -> Iterator[Draft]:
        """Yield the first `count` reports."""
        return map(self.draft, range(count))

    def _original(self, index: int) -> int | None:
        """Return which report number `index` is a copy of, if it is one; a copy is made of no copy."""
        if index < 10 or (index * 0.6180339887498949) % 1 >= self.duplicates:
            return None
        drawn = random.Random(f"{self.seed}:copy:{index}").randrange(index)
        while self._original(drawn) is not None:
            drawn -= 1
        return drawn

    def _drawn(self, index: int) -> tuple[str, str, float, Said]:
        start = random.Random(self.seed)
        of_kind, of_base, of_length = ((start.random() + index * step) % 1 for step in _STEPS)
        shares = [(share, kind) for kind, share in SHARES.items() if kind != "scan" or self.scans]
        kind = _at(of_kind, shares)
        bases = {"xlsx": _OF_WORKBOOKS, "doc": _OF_OLD_WORD}.get(kind, {**_OF_PROVINCES, **_OF_COMMUNES})
        base = list(bases)[int(of_base * len(bases))]
        length = {"xlsx": 1.0, "doc": 1.0, "scan": 0.5}.get(kind) or _at(
            of_length, LONG_LENGTHS if self.long else LENGTHS
        )
        return kind, base, length, _said(base, random.Random(f"{self.seed}:{index}"), index)


def _at(where: float, shares: Sequence[tuple[float, _Value]]) -> _Value:
    """Return the value that `where`, from 0 to 1, falls on when values have `shares`."""
    scale, reached = sum(share for share, _ in shares), 0.0
    for share, value in shares:
        reached += share / scale
        if where < reached:
            return value
    return shares[-1][1]


def _said(base: str, drawn: random.Random, index: int) -> Said:
    """Return what a report says of its own; a DOC's words are as long as those that they stand for."""
    year, month = _dated(base)
    day, factor, number = drawn.randint(20, 28), drawn.randint(1, 12), 11 + index * _SPREAD % 4999
    if base in _OF_OLD_WORD:
        alike = [place for place in COMMUNES if len(place) == len(_OLD_PLACE)]
        return Said(drawn.choice(alike), 100 + number % 900, day, month, year, factor)
    place = drawn.choice(COMMUNES if base in _OF_COMMUNES else PROVINCES)
    return Said(place, number, day, month, year, factor)


@lru_cache(maxsize=64)
def _dated(base: str) -> tuple[int, int]:
    return month_of(_source_path(base))


def _source_path(base: str) -> Path:
    return SAMPLES / "sources" / f"{base}.txt"


@lru_cache(maxsize=64)
def _suffix(base: str) -> str:
    return wording([_source_path(base)], _NAMED[base]).suffix


@lru_cache(maxsize=1024)
def _forme(kind: str, base: str, length: float) -> Forme:
    """Return what prints reports of a source; longer ones have the bodies of the sources that come next to it too."""
    if kind == "doc":
        return old_word(SAMPLES / "reports" / f"{base}.doc", _OLD_PLACE)
    bases = list(next(group for group in (_OF_PROVINCES, _OF_COMMUNES, _OF_WORKBOOKS) if base in group))
    at, many = bases.index(base), max(1, int(length))
    chosen = dict.fromkeys(bases[(at + n) % len(bases)] for n in range(many))
    places = [place for one in chosen for place in _NAMED[one]]
    return forme(kind, wording([_source_path(one) for one in chosen], places, min(length, 1.0)), base)


def report(draft: Draft) -> bytes:
    """Return the bytes of a report; what reports of one source, length and format have in common is set once."""
    return _forme(draft.kind, draft.base, draft.length)(draft.said)


def number_of(draft: Draft) -> str:
    """Return the number of a report as it stands in it."""
    suffix = _OLD_SUFFIX if draft.kind == "doc" else _suffix(draft.base)
    return f"{draft.said.number:02}{suffix}"


def write_reports(folder: Path, drafts: Iterable[Draft]) -> list[Path]:
    """Write the files of `drafts` below `folder`, those left out that are there, and return their paths."""
    paths = []
    for draft in drafts:
        path = folder / draft.file
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            made = path.with_name(f".{path.name}.part")
            made.write_bytes(report(draft))
            made.replace(path)
        paths.append(path)
    return paths


def main() -> None:
    """Write a set of reports, and tell of what it is made and how long it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scans", action="store_true", help="2 %% of the reports are scans, which take seconds each")
    parser.add_argument("--duplicates", type=float, default=0.0, help="which share are copies of others, such as 0.02")
    given = parser.parse_args()
    start = time.perf_counter()
    drafts = list(Mixture(given.seed, given.scans, given.duplicates).drafts(given.count))
    paths = write_reports(given.folder, drafts)
    seconds, size = time.perf_counter() - start, sum(path.stat().st_size for path in paths)
    kinds = ", ".join(f"{count} {kind}" for kind, count in Counter(draft.kind for draft in drafts).most_common())
    print(f"{len(paths)} reports, {size / 1e6:.1f} MB, {1000 * seconds / len(paths):.1f} ms each: {kinds}")


if __name__ == "__main__":
    main()
