"""Score what is found in the same reports sent as DOCX, DOC, ODT, RTF, HTML, PDF and as scans.

    python -m benchmarks.formats [--kinds docx,doc,…] [--out FOLDER] [NAME …]

Every report is made anew from its source in samples/sources: DOCX by us, the others from it by LibreOffice, scans
from the PDF (`clean`: 200 dpi; `rough`: 150 dpi, askew, noisy). Tracked changes are accepted before LibreOffice
makes HTML or PDF, into which it prints deleted words like any others. Figures are F1 against samples/gold. Samples
that are of one format by their nature (typed text, workbooks, numbers stamped by a signing tool) are left out, and of
PDFs and scans those in fonts that this machine can't print.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
import time
import zlib
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

SAMPLES = Path(__file__).parent.parent / "samples"
sys.path.insert(0, str(SAMPLES))
from docx_writer import source_to_docx  # noqa: E402
from office_writer import docx_to  # noqa: E402
from scan_writer import pdf_to_scan  # noqa: E402
from source import Source, read_source  # noqa: E402

from pipeline.batch import run  # noqa: E402
from pipeline.evaluation import ATTRIBUTES  # noqa: E402
from tests.gold import KINDS, Score, load_gold, score_items, wrong_fields  # noqa: E402

OFFICE = ("doc", "odt", "rtf", "html")
SCANS = ("clean", "rough")
ALL = ("docx", *OFFICE, "pdf", *SCANS)
PRINTED = ("pdf", *SCANS)
_OF_ONE_FORMAT = {"txt", "md", "xlsx", "signed"}


def make(kind: str, sources: list[Source]) -> dict[str, bytes]:
    """Return the reports of `sources` as `kind`, by file name."""
    if kind == "docx":
        return {f"{source.name}.docx": source_to_docx(source) for source in sources}
    if kind in OFFICE:
        docx = {source.name: source_to_docx(source, accepted=kind == "html") for source in sources}
        made = docx_to(kind, docx)
        return {f"{name}.{kind}": data for name, data in made.items()}
    made = docx_to("pdf", {source.name: source_to_docx(source, accepted=True) for source in sources})
    if kind in SCANS:
        made = {name: pdf_to_scan(data, kind, zlib.crc32(name.encode())) for name, data in made.items()}
    return {f"{name}.pdf": data for name, data in made.items()}


def rows_of(out: Path, table: str) -> Mapping[str, list[dict[str, str]]]:
    """Return the rows of a table by the stem of their report."""
    rows = defaultdict(list)
    with (out / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            rows[Path(row["file"]).stem].append(row)
    return rows


def score(out: Path, sources: list[Source]) -> tuple[Score, list[str]]:
    """Return the score of a run over `sources`, and the report fields that are wrong."""
    found, reports, total = rows_of(out, "consolidated"), rows_of(out, "reports"), Score()
    faults = []
    for source in sources:
        gold = load_gold(SAMPLES / "gold" / f"{source.name}.json")
        score_items(gold, found[source.name], total)
        faults += [f"{source.name}: {fault}" for fault in wrong_fields(gold, reports[source.name][0])]
    return total, faults


def main() -> None:
    """Print a Markdown table with a line for each format."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--kinds", default=",".join(ALL))
    parser.add_argument("--out", type=Path, help="keep the files and tables here")
    parser.add_argument("--show", action="store_true", help="list what was missed and what was wrong")
    given = parser.parse_args()
    paths = sorted((SAMPLES / "sources").glob("*.txt"))
    sources = [read_source(path) for path in paths if not given.names or path.stem in given.names]
    sources = [source for source in sources if not _OF_ONE_FORMAT & set(source.front.outputs)]
    print("| as | " + " | ".join(KINDS) + " | all | fields wrong | s |\n|---|" + "---|" * (len(KINDS) + 3))
    with tempfile.TemporaryDirectory() as temporary:
        for kind in given.kinds.split(","):
            folder = (given.out or Path(temporary)) / kind
            (folder / "in").mkdir(parents=True, exist_ok=True)
            sent = [source for source in sources if kind not in PRINTED or source.front.font == "unicode"]
            for name, data in make(kind, sent).items():
                (folder / "in" / name).write_bytes(data)
            start = time.perf_counter()
            run(folder / "in", folder / "out")
            total, faults = score(folder / "out", sent)
            cells = [f"{total.f1(each):.3f}" for each in KINDS]
            print(f"| {kind} | {' | '.join(cells)} | {total.f1():.3f} | {len(faults)} | ", end="")
            print(f"{time.perf_counter() - start:.0f} |", flush=True)
            if given.show:
                print(*total.told(*KINDS, *ATTRIBUTES), *faults, sep="\n", flush=True)


if __name__ == "__main__":
    main()
