"""Files with a password: opened with one of those that are given, which are told to nobody."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from msoffcrypto.method.ecma376_agile import ECMA376Agile
from pypdf import PdfReader, PdfWriter

from pipeline.cli import main
from pipeline.parsers import parse
from pipeline.problems import BaocaoError, ParseError
from tests.hostile.damage import noise
from tests.hostile.made import WORDS, docx, pdf, xlsx
from tests.parsers.test_office import word_file

SECRET = "Mật khẩu số 7-ưởng"
"""A password with Vietnamese letters."""

PLAIN_SECRET = "so7-Huong"
LARGE = {"a.bin": noise(9000, 1)}
"""What makes a package so large that msoffcrypto writes it as it should: its small streams are not."""

WRONG = ("sai-mật-khẩu", "Sai rồi đấy", "so7-huong")


def pdf_locked(algorithm: str, user: str = PLAIN_SECRET, owner: str = "chủ") -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
    writer.encrypt(user, owner, algorithm=algorithm)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def office_locked(data: bytes, password: str = SECRET) -> bytes:
    encrypted: bytes = ECMA376Agile.encrypt(password, io.BytesIO(data), spin_count=1000)
    return encrypted


def of_pdf(algorithm: str, user: str = PLAIN_SECRET) -> Callable[[], bytes]:
    return lambda: pdf_locked(algorithm, user)


LOCKED = {
    "rc4_40.pdf": (of_pdf("RC4-40"), PLAIN_SECRET),
    "rc4_128.pdf": (of_pdf("RC4-128"), PLAIN_SECRET),
    "aes_128.pdf": (of_pdf("AES-128"), PLAIN_SECRET),
    "aes_256.pdf": (of_pdf("AES-256", SECRET), SECRET),
    "aes_256_r5.pdf": (of_pdf("AES-256-R5", SECRET), SECRET),
    "agile.docx": (lambda: office_locked(docx(more=LARGE)), SECRET),
    "agile.xlsx": (lambda: office_locked(xlsx(more=LARGE)), SECRET),
}
"""Files with a password, by name, and the password of each."""


def written(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_bytes(LOCKED[name][0]())
    return path


def code(path: Path, *passwords: str) -> str:
    with pytest.raises(ParseError) as caught:
        parse(path, passwords)
    for password in passwords:
        assert password not in str(caught.value)
    return caught.value.problem.code


@pytest.mark.parametrize("name", LOCKED)
def test_the_right_one_among_wrong_ones_opens_a_file(name: str, tmp_path: Path) -> None:
    path, right = written(tmp_path, name), LOCKED[name][1]
    document = parse(path, (*WRONG, right, "thừa"))
    assert ("12 lop cho 340" if name.endswith("pdf") else WORDS) in document.text
    assert document.problems == ()
    assert code(path) == "file.encrypted"
    assert code(path, *WRONG) == "file.password"


def test_the_password_of_an_owner_opens_a_pdf_too(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_locked("AES-256", "người đọc", "chủ nhân"))
    assert "12 lop" in parse(path, ("chủ nhân",)).text


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
def test_a_pdf_that_only_its_owner_may_change_is_read_without_one(algorithm: str, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_locked(algorithm, "", "chủ"))
    assert "12 lop" in parse(path).text


def test_what_was_in_a_locked_file_is_held_to_the_limits(tmp_path: Path, held: Callable[..., None]) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(office_locked(docx(more={**LARGE, "word/media/a.bin": bytes(25_000_000)})))
    with pytest.raises(ParseError, match="limit unpacked_ratio"):
        parse(path, (SECRET,))


def test_damage_within_a_locked_file_is_damage_or_a_wrong_password(tmp_path: Path) -> None:
    data = LOCKED["agile.docx"][0]()
    for at in (600, 2000, len(data) // 2, len(data) - 700):
        path = tmp_path / "a.docx"
        path.write_bytes(data[:at] + bytes(64) + data[at + 64 :])
        try:
            parse(path, (SECRET,))
        except ParseError as error:
            assert error.problem.code in (
                "file.damaged",
                "file.password",
                "file.encrypted",
                "file.format",
                "file.limit",
            )


@pytest.mark.parametrize("name", ["a.doc", "a.odt"])
def test_what_nobody_here_can_open_says_so(name: str, tmp_path: Path) -> None:
    from tests.parsers.test_office import odt

    path = tmp_path / name
    locked = '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/>'
    path.write_bytes(word_file(0xC1, 0x0100) if name.endswith("doc") else odt(locked))
    assert code(path) == "file.encrypted"
    assert code(path, SECRET) == "file.password"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    for name in ("aes_128.pdf", "agile.docx", "agile.xlsx"):
        written(Path("in"), name)
    Path("in/khac.docx").write_bytes(office_locked(docx(more=LARGE), "mật khẩu khác"))
    Path("in/ro.txt").write_text(WORDS, encoding="utf-8")
    Path("mk.txt").write_text("\ufeff" + "\r\n".join([*WRONG, "", SECRET, PLAIN_SECRET]), encoding="utf-8", newline="")
    return tmp_path


def everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def statuses(out: str) -> dict[str, str]:
    with Path(out, "reports.csv").open(encoding="utf-8-sig", newline="") as lines:
        return {row["file"]: row["status"] for row in csv.DictReader(lines)}


READ = {"aes_128.pdf": "ok", "agile.docx": "ok", "agile.xlsx": "ok", "khac.docx": "failed", "ro.txt": "ok"}


@pytest.mark.usefixtures("forked")
def test_a_run_in_processes_opens_them_and_tells_no_password(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    call = ["run", "in", "-o", "out", "--passwords", "mk.txt", "--workers", "2", "--lang", "en", "--no-cache"]
    assert main(call) == 1
    assert statuses("out") == READ
    with Path("out/problems.csv").open(encoding="utf-8-sig", newline="") as lines:
        told = [(row["file"], row["code"]) for row in csv.DictReader(lines) if row["code"].startswith("file.")]
    assert told == [("khac.docx", "file.password")]
    main([*call, "--json"])
    shown = capfd.readouterr()
    kept = everything(folder / "out") + (shown.out + shown.err).encode()
    for password in (SECRET, PLAIN_SECRET, *WRONG[:1]):
        assert password.encode() not in kept
        assert ascii(password).strip("'").encode() not in kept
    assert not any(SECRET in value or PLAIN_SECRET in value for value in os.environ.values())


@pytest.mark.usefixtures("forked")
def test_a_watch_opens_them(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAOCAO_PASSWORDS", "mk.txt")
    assert main(["watch", "in", "-o", "out", "--once", "--every", "0.1", "--lang", "en"]) == 1
    assert statuses("out") == READ
    assert SECRET.encode() not in everything(folder / "out")


@pytest.mark.parametrize("command", ["text", "explain"])
def test_one_file_is_opened(command: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "in/agile.docx", "--passwords", "mk.txt", "--lang", "en"]) == 0
    assert "340" in capsys.readouterr().out
    assert main([command, "in/agile.docx", "--lang", "en"]) == 1
    assert "password" in capsys.readouterr().err


@pytest.mark.parametrize(
    "command", [["run", "in", "-o", "out"], ["text", "in/agile.docx"], ["explain", "in/agile.docx"]]
)
@pytest.mark.parametrize(("file", "content"), [("none.txt", None), ("in", None), ("bytes.txt", b"\xff\xfe\x00s")])
def test_a_file_of_passwords_that_cannot_be_read_is_told(
    command: list[str], file: str, content: bytes | None, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if content is not None:
        Path(file).write_bytes(content)
    assert main([*command, "--passwords", file, "--lang", "en"]) == 2
    assert f"The file of passwords {file} can't be read" in capsys.readouterr().err


def test_asked_passwords_keep_their_blanks_and_leave_out_empty_lines(tmp_path: Path) -> None:
    from pipeline.cli.options import asked_passwords

    path = tmp_path / "mk.txt"
    path.write_text(" a b \n\n \nc\nc\n", encoding="utf-8")
    assert asked_passwords(str(path)) == (" a b ", "c")
    assert asked_passwords(None) == ()
    with pytest.raises(BaocaoError):
        asked_passwords(str(tmp_path))
