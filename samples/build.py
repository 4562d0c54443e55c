"""Make the sample reports from their sources: python samples/build.py [NAME …] [--check]

DOCX, XLSX, TXT and MD come out byte for byte the same every time, and are written where they differ. The others
go through LibreOffice and do not, so one is made where it is missing or its source has changed since;
`built.json` keeps the sources' digests. `--check` writes nothing and names what is stale, with exit status 1.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
import zipfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from blocks import SourceError
from docx_writer import source_to_docx
from office_writer import OfficeError, docx_to
from sent_writer import scanned, signed
from source import Source, read_source
from text_writer import source_to_text
from xlsx_writer import source_to_xlsx

FOLDER = Path(__file__).parent
_MADE = {"twin": "pdf", "pdf": "pdf", "scan": "pdf", "signed": "pdf"} | {k: k for k in ("doc", "odt", "rtf", "html")}
"""The outputs that go through LibreOffice, with the suffix of their file."""


@dataclass(frozen=True, slots=True)
class Samples:
    """The folders of the samples below `root`."""

    root: Path = FOLDER

    def source_paths(self, names: list[str]) -> list[Path]:
        """Return the sources of `names`, or all of them."""
        found = sorted((self.root / "sources").glob("*.txt"))
        missing = set(names) - {path.stem for path in found}
        if missing:
            raise SourceError(f"no source {', '.join(sorted(missing))} in {self.root / 'sources'}")
        return [path for path in found if not names or path.stem in names]

    def digests(self) -> dict[str, str]:
        """Return, for each file that LibreOffice helped to make, the digest of the source that it was made from."""
        path = self.root / "built.json"
        return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}

    def keep_digests(self, digests: dict[str, str]) -> None:
        """Write `built.json`, without files that are gone."""
        kept = {name: digest for name, digest in sorted(digests.items()) if (self.root / name).exists()}
        text = json.dumps(kept, indent=1) + "\n"
        (self.root / "built.json").write_text(text, encoding="utf-8")


def exact_files(source: Source) -> dict[str, bytes]:
    """Return the outputs that are always the same bytes, by their path below the samples' folder."""
    made = {}
    for output in source.front.outputs:
        path = f"reports/{source.name}.{output}"
        if output == "docx":
            made[path] = source_to_docx(source)
        elif output == "xlsx":
            made[path] = source_to_xlsx(source)
        elif output in ("txt", "md"):
            made[path] = source_to_text(source, markdown=output == "md").encode()
    return made


def made_files(source: Source) -> dict[str, str]:
    """Return the outputs of `source` that LibreOffice helps to make, by their path below the samples' folder."""
    made = [output for output in source.front.outputs if output in _MADE]
    return {f"{'twins' if o == 'twin' else 'reports'}/{source.name}.{_MADE[o]}": o for o in made}


def same_content(one: bytes, other: bytes) -> bool:
    """Tell whether two files say the same; DOCX are compared unpacked, as compressors differ by version."""
    if one[:2] != b"PK" or other[:2] != b"PK":
        return one == other
    return _members(one) == _members(other)


def _members(data: bytes) -> list[tuple[str, tuple[int, ...], bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return [(info.filename, info.date_time, package.read(info)) for info in package.infolist()]


def stale_files(samples: Samples, sources: list[Source]) -> list[str]:
    """Return the outputs of `sources` that are missing or not what their source says now."""
    stale = []
    digests = samples.digests()
    for source in sources:
        for name, data in exact_files(source).items():
            path = samples.root / name
            if not path.exists() or not same_content(path.read_bytes(), data):
                stale.append(name)
        for name in made_files(source):
            if not (samples.root / name).exists() or digests.get(name) != source.digest:
                stale.append(name)
    return stale


def build(samples: Samples, sources: list[Source]) -> list[str]:
    """Write what is stale and return its names."""
    stale = stale_files(samples, sources)
    papers: dict[str, dict[str, Source]] = defaultdict(dict)
    digests = samples.digests()
    for source in sources:
        for name, data in exact_files(source).items():
            if name in stale:
                (samples.root / name).parent.mkdir(exist_ok=True)
                (samples.root / name).write_bytes(data)
        for name, output in made_files(source).items():
            if name in stale:
                papers[_MADE[output]][name] = source
                digests[name] = source.digest
    for kind, sources_by_name in papers.items():
        for name, data in _made(kind, sources_by_name).items():
            (samples.root / name).parent.mkdir(exist_ok=True)
            (samples.root / name).write_bytes(data)
    samples.keep_digests(digests)
    return stale


def _made(kind: str, sources: dict[str, Source]) -> dict[str, bytes]:
    """Return the files of one kind; what is printed has its tracked changes taken in first."""
    docx = {name: source_to_docx(source, accepted=kind == "pdf") for name, source in sources.items()}
    made = docx_to(kind, docx)
    return {name: _finished(data, sources[name], made_files(sources[name])[name]) for name, data in made.items()}


def _finished(data: bytes, source: Source, output: str) -> bytes:
    """Return the file as sent: a PDF that is a `scan` or `signed` goes through a scanner or a signing tool."""
    if output == "scan":
        return scanned(data, source)
    return signed(data, source) if output == "signed" else data


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("names", nargs="*", metavar="NAME", help="a source's name; all where none is given")
    parser.add_argument("--check", action="store_true", help="only tell what is stale")
    given = parser.parse_args(arguments)
    samples = Samples()
    try:
        sources = read_sources(samples.source_paths(given.names))
        done = stale_files(samples, sources) if given.check else build(samples, sources)
    except (SourceError, OfficeError) as error:
        print(error, file=sys.stderr)
        return 2
    for name in done:
        print(("stale: " if given.check else "made: ") + name)
    return 1 if given.check and done else 0


def read_sources(paths: list[Path]) -> list[Source]:
    """Return the sources at `paths`; SourceError names all that are wrong, one a line."""
    sources, wrong = [], []
    for path in paths:
        try:
            sources.append(read_source(path))
        except SourceError as error:
            wrong.append(str(error))
    if wrong:
        raise SourceError("\n".join(wrong))
    return sources


if __name__ == "__main__":
    sys.exit(main())
