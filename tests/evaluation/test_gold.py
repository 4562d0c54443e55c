"""Gold files: what is read of them, and planted faults, each refused with its file and key."""

from __future__ import annotations

import json

import pytest

from pipeline.evaluation.gold import gold_files, read_gold
from pipeline.problems import BaocaoError

COUNT = {"kind": "count", "text": "12 lớp", "value": 12, "unit": ["lớp"], "qualifier": "exact"}
DEED = {"kind": "activity", "value": "training", "anchor": "mở 12 lớp", "status": "done"}
GOLD = {"id": "a", "report": {"number": "5"}, "segments": [{"from": "", "to": "", "items": [COUNT, DEED]}]}


def written(folder, gold):
    path = folder / "a.json"
    path.write_text(gold if isinstance(gold, str) else json.dumps(gold), encoding="utf-8")
    return path


def changed(at, key, value):
    """Return the gold with `key` of its item `at` set, or taken out for None."""
    gold = json.loads(json.dumps(GOLD))
    item = gold["segments"][0]["items"][at]
    item.pop(key, None)
    return gold | ({} if value is None else item.update({key: value}) or {})


def read(folder, gold):
    [report] = read_gold(written(folder, gold))
    return report


def test_a_report_is_read_with_every_right_value(tmp_path):
    item = COUNT | {
        "value_alt": [13],
        "qualifier_alt": "about",
        "total": 15,
        "note": "?",
        "column": "Số",
        "optional": 1,
    }
    report = read(tmp_path, GOLD | {"segments": [{"from": "", "to": "", "items": [item]}]})
    [segment] = report.segments
    [said] = segment.items
    assert (said.values, said.totals, said.qualifiers, said.units) == (
        ("12", "13"),
        ("15",),
        ("exact", "about"),
        ("lớp",),
    )
    assert said.optional and segment.whole
    assert segment.kinds == ("document_number", "date", "count"), "no activity was annotated"
    assert read(tmp_path, GOLD).segments[0].kinds[-1] == "activity"
    assert read(tmp_path, GOLD | {"kinds": ["date"]}).segments[0].kinds == ("date",)
    assert report.fields == {"number": ("5",)}


def test_a_total_that_may_be_left_out_is_not_asked_for(tmp_path):
    gold = changed(0, "total", 15)
    assert read(tmp_path, gold).segments[0].items[0].totals == ("15",)
    gold["segments"][0]["items"][0]["total_optional"] = True
    assert read(tmp_path, gold).segments[0].items[0].totals is None


def test_a_file_may_hold_several_reports_and_fields_beside_the_segments(tmp_path):
    path = written(tmp_path, {"x": {"number": "7", "basis": ["1/KH", "2/KH"]}, "y": GOLD})
    x, y = read_gold(path)
    assert (x.id, x.fields, x.segments) == ("x", {"number": ("7",), "basis": ("1/KH", "2/KH")}, ())
    assert y.id == "a"


@pytest.mark.parametrize(
    ("gold", "code", "key"),
    [
        ("{", "gold.unreadable", None),
        ([], "gold.no_object", "{}"),
        ({"segments": []}, "gold.missing", "id"),
        (GOLD | {"id": 5}, "gold.no_text", "id"),
        (GOLD | {"kinds": ["counts"]}, "gold.unknown", "kinds"),
        (GOLD | {"report": {"number": {}}}, "gold.no_text", "report.number"),
        (GOLD | {"segments": {}}, "gold.no_list", "segments"),
        (GOLD | {"segments": [5]}, "gold.no_object", "segments[0]"),
        (GOLD | {"segments": [{"from": "", "to": ""}]}, "gold.missing", "segments[0].items"),
        (GOLD | {"segments": [{"to": "", "items": []}]}, "gold.missing", "segments[0].from"),
        (GOLD | {"segments": [{"from": "Mở", "to": "", "items": []}]}, "gold.one_end", "segments[0].to"),
        (changed(0, "kind", "counts"), "gold.unknown", "segments[0].items[0].kind"),
        (changed(0, "kind", None), "gold.missing", "segments[0].items[0].kind"),
        (changed(0, "value", None), "gold.missing", "segments[0].items[0].value"),
        (changed(0, "value", "1.250,5"), "gold.no_number", "segments[0].items[0].value"),
        (changed(0, "value", None) | {}, "gold.missing", "segments[0].items[0].value"),
        (changed(0, "value_alt", [True]), "gold.no_text", "segments[0].items[0].value_alt"),
        (changed(0, "total", "x"), "gold.no_number", "segments[0].items[0].total"),
        (changed(0, "unit", [["lớp"]]), "gold.no_text", "segments[0].items[0].unit"),
        (changed(1, "anchor", None), "gold.missing", "segments[0].items[1].anchor"),
        (changed(1, "status", None), "gold.missing", "segments[0].items[1].status"),
    ],
)
def test_a_fault_is_told_with_file_and_key(tmp_path, gold, code, key):
    with pytest.raises(BaocaoError) as raised:
        read_gold(written(tmp_path, gold))
    detail = dict(raised.value.problem.detail)
    assert (raised.value.problem.code, detail.get("key")) == (code, key)
    assert detail["file"] == str(tmp_path / "a.json")


def test_folders_give_their_gold_files_each_once(tmp_path):
    path = written(tmp_path, GOLD)
    assert gold_files([tmp_path, path]) == [path]
    (tmp_path / "bare").mkdir()
    with pytest.raises(BaocaoError, match="bare"):
        gold_files([tmp_path / "bare"])
    with pytest.raises(BaocaoError, match="nowhere"):
        read_gold(tmp_path / "nowhere.json")
