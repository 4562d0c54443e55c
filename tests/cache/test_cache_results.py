"""Results that are kept: given back for the same content, code, rules, programs and language alone."""

from __future__ import annotations

import ast
import hashlib
import importlib
import os
import shutil
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from pipeline.cache import DocumentCache, ResultKey, Share, keys, result_key
from pipeline.cache.database import FORMER, NAME
from pipeline.cache.documents import _LOOK
from pipeline.cache.info import Kind
from pipeline.cache.store import Store
from pipeline.cache.version import READING, digest_of, rules_versions
from pipeline.rulebook import Pack, load_pack
from pipeline.rulebook.pack import _loaded, forget_packs
from pipeline.rulebook.places import Home
from pipeline.tables import ReportResult
from pipeline.tables.portion import Portion, portion_of

ROOT = Path(__file__).parents[2]
CONTENT = hashlib.sha256(b"a report").hexdigest()
PACK = "id: {name}\ntitle: Bộ\nversion: '1'\n"
RULE = """rules:
  - id: cay
    finds: count
    title: Cây
    pattern: '(?P<n>[0-9]+) cây'
    reads: number
    priority: 9
    hook: mau_so.luat:doc
    examples: [{text: 'trồng 40 cây', value: '40'}]
    rejects: ['trồng 40 hoa']
"""


@pytest.fixture
def cache(tmp_path: Path) -> DocumentCache:
    return DocumentCache(tmp_path / "cache")


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    return make_pack(tmp_path, "mot")


def make_pack(folder: Path, name: str) -> Pack:
    (folder / name).mkdir(exist_ok=True)
    (folder / name / "pack.yaml").write_text(PACK.format(name=name), encoding="utf-8")
    forget_packs()
    return load_pack(str(folder / name))


def key_of(pack: Pack, content: str = CONTENT, suffix: str = ".docx", lang: str = "vi") -> ResultKey:
    key = result_key(content, suffix, (pack,), lang)
    assert key is not None
    return key


def kept_under(key: ResultKey | None) -> bytes:
    """Return the key of the result by the pack that `portion` is read with."""
    assert key is not None
    return key.results["mot"]


def portion(content: str = CONTENT, lasting: bool = True, rule_pack: str = "mot") -> Portion:
    result = ReportResult("năm/2023.docx", content[:12], error="một", rule_pack=rule_pack)
    return portion_of(result, content, 8, lasting)


def test_a_result_comes_back_for_its_content_under_no_name(cache: DocumentCache, pack: Pack) -> None:
    key = key_of(pack)
    assert cache.result(key) is None
    cache.keep(key, portion())
    assert cache.result(key) == portion().named("")
    assert cache.result(key_of(pack, suffix=".DOCX")) == portion().named("")
    assert (cache.info().results.entries, cache.info().documents.entries) == (1, 0)


def test_what_may_be_read_otherwise_another_time_is_not_kept(cache: DocumentCache, pack: Pack) -> None:
    key = key_of(pack)
    cache.keep(key, portion(lasting=False))
    cache.keep(key, portion("0" * 64))
    cache.keep(key, portion(rule_pack="hai"))
    cache.keep(None, portion())
    assert (cache.result(key), cache.result(None), cache.info().results) == (None, None, Share())


def test_any_other_file_language_or_rules_have_another_key(pack: Pack, tmp_path: Path) -> None:
    other = make_pack(tmp_path, "hai")
    keyed = {
        "as it is": key_of(pack),
        "other bytes": key_of(pack, content="0" * 64),
        "a suffix": key_of(pack, suffix=".pdf"),
        "a language": key_of(pack, lang="en"),
        "a choice": result_key(CONTENT, ".docx", (pack, other), "vi"),
        "the other order": result_key(CONTENT, ".docx", (other, pack), "vi"),
    }
    (tmp_path / "mot" / "words.yaml").write_text("words:\n  more_than: [trên]\n", encoding="utf-8")
    keyed["a changed rule"] = key_of(make_pack(tmp_path, "mot"))
    assert len({kept_under(key) for key in keyed.values()}) == len(keyed)
    assert "mot" not in key_of(other).results
    assert keyed["a language"].document == keyed["as it is"].document
    assert result_key("", ".docx", (pack,), "vi") is None


def test_other_code_or_programs_have_another_key(pack: Pack, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    told = [key_of(pack)]
    for name in ("parser_version", "result_version"):
        with monkeypatch.context() as patch:
            patch.setattr(keys, name, lambda: "a later one")
            keys._grounds.cache_clear()
            told.append(key_of(pack))
            patch.setattr(keys, name, lambda: None)
            keys._grounds.cache_clear()
            assert result_key(CONTENT, ".docx", (pack,), "vi") is None
    keys._grounds.cache_clear()
    (tmp_path / "soffice").touch()
    monkeypatch.setenv("BAOCAO_SOFFICE", str(tmp_path / "soffice"))
    told.append(key_of(pack))
    os.utime(tmp_path / "soffice", (1, 1))
    told.append(key_of(pack))
    assert len({kept_under(key) for key in told}) == len(told)


@pytest.fixture
def hooked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Return a function that loads the pack of a package with a hook, read anew."""
    package = tmp_path / "site" / "mau_so"
    (package / "bo").mkdir(parents=True)
    for name, text in (("__init__.py", ""), ("luat.py", "def doc(found): return {}\n"), ("bang.csv", "a\n")):
        (package / name).write_text(text, encoding="utf-8")
    (package / "bo" / "pack.yaml").write_text(PACK.format(name="mau_so"), encoding="utf-8")
    (package / "bo" / "rules.yaml").write_text(RULE, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path / "site"))

    def load() -> Pack:
        forget_packs()
        importlib.invalidate_caches()
        return _loaded(Home(package / "bo", "mau_so"))

    return package, load


@pytest.mark.parametrize("file", ["luat.py", "bang.csv", "moi.py"])
def test_the_code_of_a_hook_is_part_of_its_rules(hooked, file: str) -> None:
    package, load = hooked
    before = load()
    version = rules_versions((before,))
    assert version == rules_versions((load(),))
    (package / file).write_text("x = 1\n", encoding="utf-8")
    after = load()
    assert after.digest == before.digest, "it stands beside the pack"
    assert rules_versions((after,)) != version
    assert "mau_so.luat" not in sys.modules, "no code of a pack is run for this"


def test_a_hook_whose_code_is_not_there_keeps_no_result(hooked, monkeypatch: pytest.MonkeyPatch) -> None:
    package, load = hooked
    made = load()
    assert result_key(CONTENT, ".txt", (made,), "vi") is not None
    shutil.rmtree(package)
    importlib.invalidate_caches()
    keys._grounds.cache_clear()
    assert result_key(CONTENT, ".txt", (made,), "vi") is None


def test_installed_packages_are_part_of_rules_with_hooks_alone(
    hooked, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = hooked[1]()
    before = rules_versions((made,)), rules_versions((pack,))
    monkeypatch.setattr("pipeline.cache.version.distributions", list)
    after = rules_versions((made,)), rules_versions((pack,))
    assert (before[0] != after[0], before[1] == after[1]) == (True, True)


@pytest.mark.parametrize("value", [b"", b"no portion", b"\x93\x01\x02\x03"])
def test_a_kept_value_that_is_no_portion_is_dropped(cache: DocumentCache, pack: Pack, value: bytes) -> None:
    key = key_of(pack)
    cache._store.put(kept_under(key), value, Kind.RESULT)
    assert cache.result(key) is None
    assert not cache._store.has(kept_under(key))
    assert [problem.code for problem in cache.remarks()] == ["cache.entry"]


def test_a_result_of_other_bytes_is_not_believed(cache: DocumentCache, pack: Pack) -> None:
    key, other = key_of(pack), key_of(pack, content="0" * 64)
    cache.keep(other, portion("0" * 64))
    cache._store.put(kept_under(key), cache._store.get(kept_under(other)) or b"", Kind.RESULT)
    assert cache.result(key) is None
    assert cache.result(other) is not None


def keys_of(*packs: Pack) -> ResultKey:
    key = result_key(CONTENT, ".docx", packs, "vi")
    assert key is not None
    return key


def test_a_result_is_found_by_the_pack_that_it_was_read_with(cache: DocumentCache, pack: Pack, tmp_path: Path) -> None:
    other = make_pack(tmp_path, "hai")
    before = keys_of(pack, other)
    cache.keep(before, portion())
    (tmp_path / "hai" / "words.yaml").write_text("words:\n  more_than: [trên]\n", encoding="utf-8")
    changed = make_pack(tmp_path, "hai")
    assert cache.result(keys_of(pack, changed)) == portion().named("")
    (tmp_path / "mot" / "words.yaml").write_text("words:\n  more_than: [trên]\n", encoding="utf-8")
    assert cache.result(keys_of(make_pack(tmp_path, "mot"), changed)) is None


def test_what_decides_on_a_pack_is_part_of_all_keys(pack: Pack, tmp_path: Path) -> None:
    other = make_pack(tmp_path, "hai")
    told = {
        "as it is": (pack, other),
        "the other is the first": (other, pack),
        "one more": (pack, other, make_pack(tmp_path, "ba")),
        "known by": (pack, replace(other, recognise=replace(other.recognise, issuer=("sở",)))),
        "not known by": (pack, replace(other, recognise=replace(other.recognise, unless=("sở",)))),
        "built on": (pack, replace(other, lineage=("mot",))),
        "headings": (replace(pack, section_roles=(("result", ("kết quả",)),)), other),
        "structure": (replace(pack, structure={"bodies": ("sở",)}), other),
    }
    assert len({kept_under(keys_of(*packs)) for packs in told.values()}) == len(told)
    assert kept_under(keys_of(pack, other)) == kept_under(keys_of(pack, replace(other, title="Khác", structure={})))


def test_two_packs_of_one_name_are_told_apart_by_neither(pack: Pack, tmp_path: Path) -> None:
    (tmp_path / "khac").mkdir()
    twin = make_pack(tmp_path / "khac", "mot")
    changed = replace(twin, digest="another")
    told = [keys_of(*packs) for packs in ((pack, twin), (pack, changed), (changed, pack), (pack,))]
    assert [list(key.results) for key in told] == [["mot"]] * 4
    assert len({kept_under(key) for key in told}) == len(told)


def test_a_result_of_another_pack_is_not_believed(cache: DocumentCache, pack: Pack, tmp_path: Path) -> None:
    key = keys_of(pack, make_pack(tmp_path, "hai"))
    cache.keep(key, portion())
    cache._store.put(key.results["hai"], cache._store.get(kept_under(key)) or b"", Kind.RESULT)
    cache._store.drop(kept_under(key))
    assert cache.result(key) is None
    assert [problem.code for problem in cache.remarks()] == ["cache.entry"]


def test_the_last_run_is_told_when_it_is_over(cache: DocumentCache, pack: Pack) -> None:
    cache.keep(key_of(pack), portion())
    for content in (CONTENT, CONTENT, "0" * 64):
        cache.result(key_of(pack, content))
    assert (cache.info().asked, cache.info().found) == (0, 0)
    cache.close()
    assert (cache.info().asked, cache.info().found) == (3, 2)
    cache.close()
    assert (cache.info().asked, cache.info().found) == (3, 2)


def fill(store: Store, kind: Kind, entries: int, size: int) -> None:
    for number in range(entries):
        store.put(b"%d %031d" % (kind, number), os.urandom(size), kind)


SHARES = [  # documents and results kept, the limit, and what is left of each, all in thousands of bytes
    ((60, 20), 100, (60, 20)),
    ((60, 20), 60, (40, 20)),
    ((60, 60), 100, (50, 50)),
    ((20, 60), 60, (20, 40)),
    ((60, 20), 30, (15, 15)),
    ((60, 0), 50, (50, 0)),
    ((0, 60), 0, (0, 0)),
]


@pytest.mark.parametrize(("kept", "limit", "left"), SHARES)
def test_neither_kind_pushes_the_other_out(
    tmp_path: Path, kept: tuple[int, int], limit: int, left: tuple[int, int]
) -> None:
    store = Store(tmp_path)
    for kind, size in zip(Kind, kept, strict=True):
        fill(store, kind, size, 1000 - 16)
    store.prune(limit * 1000)
    info = store.info()
    assert (info.documents.size, info.results.size) == (left[0] * 1000, left[1] * 1000)


def test_a_result_that_is_used_keeps_its_document(tmp_path: Path, pack: Pack) -> None:
    cache = DocumentCache(tmp_path / "cache")
    used, unused = (key_of(pack, content) for content in (CONTENT, "0" * 64))
    for key in (used, unused):
        cache._store.put(key.document, os.urandom(1000))
        cache.keep(key, portion(key.content))
    assert cache.result(used) is not None
    cache.prune(2100)
    assert [cache._store.has(key.document) for key in (used, unused)] == [True, False]


def test_a_long_run_does_not_outgrow_the_limit(tmp_path: Path, pack: Pack) -> None:
    one, cache = portion(), DocumentCache(tmp_path / "cache", 20_000)
    for number in range(2 * _LOOK):
        content = f"{number:064x}"
        cache.keep(key_of(pack, content), replace(one, content=content))
        assert number != _LOOK - 2 or cache.info().results.size > 2 * cache.limit
    assert 0 < cache.info().results.size <= cache.limit


def test_what_nobody_uses_any_more_is_removed(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put(b"k" * 32, b"one")
    for name, days in ((FORMER[0], 31), (f"{NAME}.old-1", 2), (f"{NAME}.new-2", 0.5), ("other", 99)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "cache.sqlite").touch()
        for path in (tmp_path / name / "cache.sqlite", tmp_path / name):
            os.utime(path, (path.stat().st_mtime - days * 86400,) * 2)
    store.prune(10**9)
    assert {path.name for path in tmp_path.iterdir()} == {NAME, f"{NAME}.new-2", "other"}
    (tmp_path / FORMER[0]).mkdir()
    store.prune(10**9)
    assert (tmp_path / FORMER[0]).exists(), "an older version may still use it"
    store.clear()
    assert {path.name for path in tmp_path.iterdir()} == {"other"}


SOURCES = [
    ("extract/counts.py", True),
    ("rulebook/reading.py", True),
    ("tables/portion.py", True),
    ("problems/kinds.py", True),
    ("batch/reports.py", True),
    ("parsers/pdf/sheets.py", True),
    ("batch/workers.py", False),
    ("cli/run.py", False),
    ("cache/store.py", False),
]


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("sources") / "pipeline"
    shutil.copytree(ROOT / "pipeline", root, ignore=shutil.ignore_patterns("__pycache__"))
    return root


@pytest.mark.parametrize(("file", "differs"), SOURCES)
def test_the_version_is_that_of_what_makes_results(sources: Path, file: str, differs: bool) -> None:
    before = digest_of(sources, READING)
    path = sources / file
    path.write_text(path.read_text(encoding="utf-8") + "# x\n", encoding="utf-8")
    assert (digest_of(sources, READING) != before) is differs


def test_all_code_that_reads_a_file_is_part_of_the_version() -> None:
    seen: set[Path] = set()
    todo = [ROOT / "pipeline" / "batch" / "reports.py"]
    while todo:
        path = todo.pop()
        if path not in seen:
            seen.add(path)
            todo += imports_of(path)
    names = {path.relative_to(ROOT / "pipeline").as_posix() for path in seen}
    assert {"extract/counts.py", "tables/portion.py", "text/fold.py", "rulebook/pack.py"} <= names
    outside = {name for name in names if not any(name == part or name.startswith(f"{part}/") for part in READING)}
    # Which files there are and where, and what is kept of them, decide nothing of what is read of one.
    assert {name for name in outside if not name.startswith("cache/")} == {"batch/folder.py", "batch/remote.py"}


def imports_of(path: Path) -> list[Path]:
    """Return the modules of the package that a module imports anywhere."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("pipeline"):
            base = ROOT.joinpath(*(node.module or "").split("."))
            modules = [base / f"{alias.name}.py" for alias in node.names]
            found += [base.with_suffix(".py"), *modules]
            found += [] if all(module.is_file() for module in modules) else [base / "__init__.py"]
    return [module for module in found if module.is_file()]
