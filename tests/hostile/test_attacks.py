"""Planted attacks that need a run to be tried: one run over all of them, and what came of it outside of its tables."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import etree, html

from pipeline.cli import main
from pipeline.parsers import parse
from pipeline.parsers.office.process import deadline
from pipeline.parsers.office.process import run as run_program
from pipeline.parsers.office.profile import make_profile
from pipeline.parsers.office.seclusion import secluded
from pipeline.problems import CATALOGUE, ParseError
from tests.hostile import planting
from tests.hostile.listening import Listener, listening
from tests.hostile.packages import SENTENCE, docx_parts, xlsx_parts, xml, zipped

ROOT = Path(__file__).parents[2]
SECRET = "matkhau-4711"
SOFFICE = shutil.which("soffice")
needs_libreoffice = pytest.mark.skipif(SOFFICE is None, reason="soffice is not installed")
linux = pytest.mark.skipif(sys.platform != "linux", reason="names and programs are those of Linux")
NAMES = (
    "\x1b]0;chiem\x07doi ten.txt",
    "\x9b31mdo.txt",
    "xoa\rdong.txt",
    "bao\u202etxt.cao.txt",
    "=HYPERLINK(1).txt",
    "@SUM(1).txt",
    "+1+cmd.txt",
    "＝1+1.txt",
    "<img src=x onerror=alert(1)>.txt",
    "[red]:smile:.txt",
    "-2+3.txt",
)
TOLD = "BÁO CÁO\nKết quả năm 2023\n{} {}\n"
FORMULAS = (
    '=HYPERLINK("http://x.vn";"xem")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    "＋1",
    "<script>alert(1)</script>",
)


@dataclass(frozen=True)
class Attacked:
    """What a run over attacks left: its tables, what it printed, who asked the server, and files that came up."""

    out: Path
    planted: Path
    secret: Path
    listener: Listener
    printed: str
    trapped: tuple[str, ...]
    left: tuple[str, ...]

    def rows(self, table: str) -> list[dict[str, str]]:
        with (self.out / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def report(self, file: str) -> dict[str, str]:
        return next(row for row in self.rows("reports") if row["file"] == file)


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Attacked]:
    here = tmp_path_factory.mktemp("attacks")
    places = {name: here / name for name in ("in", "out", "tmp", "home", "cwd", "mail")}
    for place in places.values():
        place.mkdir()
    secret = here / "secret.txt"
    secret.write_text(f"{SECRET}\n", encoding="utf-8")
    (here / "styles.xml").write_text(f"<x>{SECRET}</x>", encoding="utf-8")
    with listening(f'<!ENTITY x "{SECRET}">') as listener:
        planted = {
            **planting.entities(secret, listener.url),
            **planting.links(secret, listener.url),
            **planting.dde(secret),
            **planting.slips(here),
            **planting.macros(here / "mail"),
            **named(),
            **worded(),
        }
        for name, data in planted.items():
            (places["in"] / name).write_bytes(data)
        trapped = tuple(as_doc(here, places["in"], listener)) if SOFFICE else ()
        listener.asked.clear()
        before = listed(here)
        command = [sys.executable, "-m", "pipeline.cli", "run", str(places["in"]), "-o", str(places["out"])]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(places["tmp"])}
        environment |= {"HOME": str(places["home"]), "BAOCAO_CACHE": str(here / "cache")}
        done = subprocess.run(
            [*command, "--workers", "1", "--rules", "core"],
            cwd=places["cwd"],
            env=environment,
            capture_output=True,
            check=False,
        )
        left = listed(here) - before
        yield Attacked(
            places["out"],
            places["in"],
            secret,
            listener,
            (done.stdout + done.stderr).decode("utf-8"),
            trapped,
            tuple(sorted(name for name in left if not name.startswith(("out/", "cache/", "home/.cache/dconf/")))),
        )


def listed(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() or path.is_symlink()}


def named() -> planting.Planted:
    """Plant reports whose names are the attack; what can't be read among them has its name printed."""
    names = NAMES if sys.platform == "linux" else NAMES[-1:]
    said = {name: TOLD.format(SENTENCE, "").encode() for name in names}
    return said | {name.replace(".txt", ".docx"): b"PK\x03\x04" for name in names}


def worded() -> planting.Planted:
    """Plant reports whose words are the attack: formulas and tags in headings, texts and names of sheets."""
    told = {
        f"word-{at}.txt": TOLD.format(
            f"{word}\n", f"Đã tổ chức 12 {word} lớp; ban hành Công văn số 5/UBND {word}."
        ).encode()
        for at, word in enumerate(FORMULAS)
    }
    parts = xlsx_parts()
    for at, word in enumerate(("=cmd|1!A0", "a&#x9b;31m&#x202e;b", "_x001b_]0;a", "&lt;b&gt;")):
        hidden = f'<sheet name="{word}" sheetId="2" state="hidden" r:id="s1"/></sheets>'
        told[f"sheet-{at}.xlsx"] = zipped(
            {**parts, "xl/workbook.xml": parts["xl/workbook.xml"].replace("</sheets>", hidden)}
        )
    broken = docx_parts() | {"word/document.xml": xml("<w:\x9b31m></a>")}
    return told | {"broken.docx": zipped(broken)}


def as_doc(here: Path, folder: Path, listener: Listener) -> Iterator[str]:
    """Have a LibreOffice with its own settings open traps and save them as DOC; yield what it asks for."""
    files = []
    for name, data in planting.traps(here / "secret.txt", listener.url).items():
        files.append(here / name.replace("trap.", "made-of-") / name)
        files[-1].parent.mkdir()
        files[-1].write_bytes(data)
        profile = f"-env:UserInstallation={(here / 'naive').as_uri()}"
        command = [
            SOFFICE,
            profile,
            "--headless",
            "--norestore",
            "--convert-to",
            "doc",
            "--outdir",
            files[-1].parent,
            files[-1],
        ]
        assert run_program(command, deadline(60), headless(), None) == 0
        made = files[-1].with_suffix(".doc")
        assert listener.url.encode() in made.read_bytes().replace(b"\0", b"")
        shutil.copy(made, folder / f"{files[-1].parent.name}.doc")
    yield from listener.asked
    shutil.rmtree(here / "naive")


def headless() -> dict[str, str]:
    return {**os.environ, "SAL_USE_VCLPLUGIN": "svp"}


# Each trap catches who isn't careful


def test_an_entity_from_outside_is_read_by_a_parser_that_is_told_to(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET, encoding="utf-8")
    with listening(f'<!ENTITY x "{SECRET}">') as listener:
        careless = etree.XMLParser(resolve_entities=True, load_dtd=True, no_network=False)
        careless.resolvers.add(_Fetching())
        for way, (doctype, inside) in planting.doctypes(secret, listener.url).items():
            source = planting.with_entity("custom.xml", docx_parts()["custom.xml"], doctype, inside)
            listener.answer = SECRET if way == "general-net" else f'<!ENTITY x "{SECRET}">'
            root = etree.fromstring(source.encode(), careless)
            root.getroottree().xinclude()
            assert SECRET in "".join(map(str, root.itertext())), way
        assert {asked.rpartition("/")[2] for asked in listener.asked} == {"entity.txt", "parameter.dtd", "subset.dtd"}


class _Fetching(etree.Resolver):
    """What older libraries do by themselves."""

    def resolve(self, url: str, public: str, context: object) -> object:
        from urllib.request import urlopen

        return self.resolve_string(urlopen(url).read(), context) if url.startswith("http") else None


@needs_libreoffice
def test_links_are_followed_by_a_libreoffice_with_its_own_settings(attacked: Attacked) -> None:
    asked = {told.rpartition("/")[2] for told in attacked.trapped}
    assert {"i0.png", "o0.odt", "image.docx"} <= asked


@linux
@needs_libreoffice
def test_a_macro_runs_where_it_is_let_and_not_with_our_settings(tmp_path: Path) -> None:
    began: list[subprocess.Popen[bytes]] = []
    try:
        for name in ("careless", "ours"):
            (tmp_path / name).mkdir()
            [(file, data)] = planting.macros(tmp_path / name).items()
            (tmp_path / name / file).write_bytes(data)
            make_profile(tmp_path / f"{name}-profile")
            settings = tmp_path / f"{name}-profile" / "user" / "registrymodifications.xcu"
            if name == "careless":
                told = settings.read_text(encoding="utf-8").replace("<value>3</value>", "<value>0</value>")
                settings.write_text(
                    re.sub(r'(Disable\w+" oor:op="fuse"><value>)true', r"\1false", told), encoding="utf-8"
                )
            profile = f"-env:UserInstallation={(tmp_path / f'{name}-profile').as_uri()}"
            command = [SOFFICE, profile, "--headless", "--norestore", "--nologo", tmp_path / name / file]
            began.append(
                subprocess.Popen(
                    command,
                    env=headless(),
                    start_new_session=True,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
            )
        waited(tmp_path / "careless" / "basic.txt")
        waited(tmp_path / "ours" / ".~lock.macro.odt#")  # it has been opened
        time.sleep(2)
        assert sorted(listed(tmp_path / "ours")) == [".~lock.macro.odt#", "macro.odt"]
    finally:
        for process in began:
            os.killpg(process.pid, 9)
            process.wait(10)


def waited(path: Path) -> None:
    until = time.monotonic() + 60
    while not path.exists():
        assert time.monotonic() < until, path.name
        time.sleep(0.1)


def test_names_of_members_lead_out_of_a_folder_for_who_joins_them(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    for data in (data for name, data in planting.slips(tmp_path).items() if name.startswith("slip.")):
        with zipfile.ZipFile(io_of(data)) as archive:
            joined = [os.path.normpath(folder / name) for name in archive.namelist()]
        assert any(not Path(path).is_relative_to(folder) for path in joined)


def io_of(data: bytes) -> object:
    from io import BytesIO

    return BytesIO(data)


# The run


def test_every_planted_file_has_its_row(attacked: Attacked) -> None:
    rows = attacked.rows("reports")
    assert len(rows) == sum(1 for _ in attacked.planted.iterdir())
    assert not [row["file"] for row in rows if row["status"] == "failed" and not row["error"]]
    crashed = {row["code"] for row in attacked.rows("problems")} & {
        "file.crash",
        "file.crashed",
        "file.timeout",
        "file.memory",
    }
    assert not crashed


def test_nothing_was_fetched(attacked: Attacked) -> None:
    assert attacked.listener.asked == []


def test_no_secret_is_in_any_output(attacked: Attacked) -> None:
    assert SECRET in attacked.secret.read_text(encoding="utf-8")
    for path in (path for path in attacked.out.rglob("*") if path.is_file() and path.suffix != ".parquet"):
        assert SECRET.encode() not in path.read_bytes(), path
    assert SECRET not in attacked.printed


def test_no_text_of_a_planted_file_has_the_secret(attacked: Attacked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAOCAO_SOFFICE", str(attacked.out / "none"))  # the lighter readers
    read = 0
    for path in sorted(attacked.planted.iterdir()):
        try:
            document = parse(path)
        except ParseError as error:
            assert error.problem.code in CATALOGUE
            continue
        read += 1
        assert SECRET not in document.text
    assert read > 100
    assert attacked.listener.asked == []


def test_files_with_links_are_read_for_what_they_say(attacked: Attacked) -> None:
    texts = {row["file"] for row in attacked.rows("consolidated") if row["text"] == "12 lớp"}
    wanted = {
        "link.docx",
        "link-unc.docx",
        "link-file.docx",
        "link.xlsx",
        "link.html",
        "link.mht",
        "slip.docx",
        "slip.xlsx",
    }
    assert wanted <= texts
    assert attacked.report("link.pdf")["status"] == "ok"
    if SOFFICE:
        made = {path.name for path in attacked.planted.glob("made-of-*.doc")}
        assert len(made) == 2
        assert {"link.odt", "link.fodt", "link.rtf", "dde.odt", "macro.odt", "slip.odt"} | made <= texts


def test_no_file_came_up_anywhere(attacked: Attacked) -> None:
    assert attacked.left == ()
    assert not list(Path("/").glob("thoat.txt"))


@linux
def test_what_is_printed_moves_no_cursor(attacked: Attacked) -> None:
    assert "doi ten.docx" in attacked.printed
    assert "broken.docx" in attacked.printed
    assert not re.findall("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", attacked.printed)


@linux
@needs_libreoffice
def test_libreoffice_has_no_network_where_the_kernel_keeps_it_away() -> None:
    trial = ["unshare", "--user", "--map-root-user", "--net", "true"]
    if shutil.which("unshare") is None or subprocess.run(trial, capture_output=True, check=False).returncode:
        pytest.skip("users make no network namespaces here")
    prefix = secluded(Path(str(SOFFICE)))
    assert prefix
    with listening("") as listener:
        asking = f"import urllib.request as r; r.urlopen('{listener.url}', timeout=5)"
        assert subprocess.run([sys.executable, "-c", asking], check=False).returncode == 0
        assert listener.asked == ["GET /"]
        alone = subprocess.run([*prefix, sys.executable, "-c", asking], capture_output=True, check=False)
        assert b"unreachable" in alone.stderr
        assert len(listener.asked) == 1


def test_exports_and_the_summary_hold_texts_alone(attacked: Attacked, tmp_path: Path) -> None:
    for command in (["export", "--xlsx", "-o", str(tmp_path / "so.xlsx")], ["export", "--csv", "-o", str(tmp_path)]):
        assert main([command[0], str(attacked.out), *command[1:]]) == 0
    assert main(["summary", str(attacked.out), "-o", str(tmp_path / "summary.html")]) == 0
    with zipfile.ZipFile(tmp_path / "so.xlsx") as book:
        parts = {name: book.read(name).decode("utf-8") for name in book.namelist() if name.endswith((".xml", ".rels"))}
    assert not [name for name, part in parts.items() if re.search(r"<f[ >]|ddeLink|oleLink|<script", part)]
    outside = {found for part in parts.values() for found in re.findall(r'Target="([^"]*)" TargetMode="Ex', part)}
    assert outside and all(target.startswith(f"FILE://{attacked.planted.as_posix()}/") for target in outside)
    assert len([are_texts(path, ";") for path in tmp_path.glob("*.csv")]) == 4
    page = html.document_fromstring((tmp_path / "summary.html").read_text(encoding="utf-8"))
    assert page.xpath("//script | //img | //iframe") == []
    assert "<img src=x onerror=alert(1)>" in page.text_content()


def are_texts(path: Path, delimiter: str = ",") -> set[str]:
    """Check that no cell of a CSV file is a formula to any spreadsheet, and return how cells begin."""
    seen = set()
    with path.open(encoding="utf-8-sig", newline="") as file:
        for cell in (cell for row in csv.reader(file, delimiter=delimiter) for cell in row):
            assert not re.match(r"[=+@\t\r＝＋＠－]|-(?!\d+([.,]\d+)?$)", cell), (path.name, cell)
            seen.add(cell[:2])
    return seen


def test_no_cell_of_any_table_is_a_formula(attacked: Attacked) -> None:
    begun = set().union(*(are_texts(path) for path in attacked.out.glob("*.csv")))
    assert {"'=", "'@", "'+", "'-", "'＝"} <= begun
