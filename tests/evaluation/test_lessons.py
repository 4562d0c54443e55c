"""What review teaches the rules: which examples and rejects it suggests, and which of them today's rules pass."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.cli.messages import Words
from pipeline.cli.rules.learned import text_of
from pipeline.decisions import Action, Decision, Subject, SubjectKind, field_id, machine_tables, open_log, seen_of_field
from pipeline.evaluation.lesson import Lesson, form_of
from pipeline.evaluation.lessons import Lessons, learn
from pipeline.extract.lint import is_error, lint
from tests.evaluation.fair import Fair
from tests.evaluation.pasting import paste

MARKETS = "Huyện đã mở 14 phiên chợ vào mùa xuân."
OPENING = "Khai trương phiên ngày 5/6/2024 theo khoán 45/PH của huyện."


@pytest.fixture
def fair(tmp_path: Path) -> Fair:
    return Fair.run(tmp_path)


def only(lessons: Lessons) -> Lesson:
    (lesson,) = lessons.all
    return lesson


def told(lesson: Lesson) -> tuple[str, bool, str, dict[str, str], str]:
    return lesson.rule_id, lesson.is_reject, lesson.example.text, dict(lesson.example.expected), lesson.trouble


def test_nothing_is_learned_where_nobody_reviewed(fair: Fair) -> None:
    assert learn(fair.out) == Lessons((), (), (), 0, 0, 0, 0, 0)


def test_a_correction_becomes_an_example_of_what_the_rule_must_give(fair: Fair) -> None:
    fair.decide(fair.item("14 phiên chợ"), "corrected", {"value": "41"}, note="viết ngược")
    lesson = only(learn(fair.out))
    assert told(lesson) == ("cho_phien/phien", False, MARKETS, {"value": "41", "unit": "phiên chợ"}, "")
    assert (lesson.passes, lesson.found) == (False, ({"value": "14", "unit": "phiên chợ"},))
    (verdict,) = lesson.verdicts
    assert (verdict.reviewer, verdict.note, verdict.row["file"]) == ("An", "viết ngược", "a.txt")


def test_a_rejected_item_becomes_a_reject_which_passes_once_the_rule_is_mended(fair: Fair) -> None:
    fair.decide(fair.item("5/6/2024"), "rejected")
    lesson = only(learn(fair.out))
    assert told(lesson) == ("cho_phien/ngay_phien", True, OPENING, {}, "")
    assert (lesson.passes, lesson.found) == (False, ({"text": "5/6/2024"},))
    mended = only(learn(fair.out, fair.change("pattern: 'phiên ngày", "pattern: '(?<!trương )phiên ngày")))
    assert (mended.passes, mended.found) == (True, ())


def test_a_reject_leaves_out_what_the_rule_finds_rightly_in_the_sentence(fair: Fair) -> None:
    fair.decide(fair.item("5 phiên chợ"), "rejected")
    assert told(only(learn(fair.out)))[1:3] == (True, "hoãn 5 phiên chợ")


def test_a_reject_has_the_whole_sentence_where_all_in_it_was_rejected(fair: Fair) -> None:
    for text in ("3 phiên chợ", "5 phiên chợ"):
        fair.decide(fair.item(text), "rejected")
    lesson = only(learn(fair.out))
    assert lesson.example.text == "Mở 3 phiên chợ, hoãn 5 phiên chợ."
    assert len(lesson.verdicts) == 2


def test_one_form_of_sentence_in_several_reports_is_told_once(fair: Fair) -> None:
    for text, file in (("5/6/2024", "a.txt"), ("7/8/2025", "b.txt")):
        fair.decide(fair.item(text, file), "rejected")
    assert [verdict.row["file"] for verdict in only(learn(fair.out)).verdicts] == ["a.txt", "b.txt"]


def test_a_reject_tells_how_many_of_its_form_were_accepted(fair: Fair) -> None:
    fair.decide(fair.item("5/6/2024"), "rejected")
    fair.decide(fair.item("7/8/2025", "b.txt"), "accepted")
    assert only(learn(fair.out)).against == 1


def test_what_was_accepted_gives_an_example_of_each_new_form_where_it_is_asked_for(fair: Fair) -> None:
    for text, file in (("45/PH", "a.txt"), ("46/PH", "b.txt"), ("14 phiên chợ", "a.txt")):
        fair.decide(fair.item(text, file), "accepted")
    plain = learn(fair.out)
    assert (plain.all, plain.optional) == ((), 2)
    asked = learn(fair.out, accepted=True)
    assert [(one.rule_id, one.passes, len(one.verdicts)) for one in asked.all] == [
        ("cho_phien/phien", True, 1),
        ("cho_phien/phieu", True, 2),
    ]
    assert asked.optional == 0


def test_what_a_rule_has_among_its_examples_is_not_told_again(fair: Fair) -> None:
    fair.decide(fair.item("5/6/2024"), "rejected")
    fair.decide(fair.item("14 phiên chợ"), "accepted")
    fair.change("'phiên 2/3/2024'", f"'phiên 2/3/2024', '{OPENING}'")
    pack = fair.change("{text: 'mở 4 phiên", "{text: 'Huyện đã mở 7 phiên chợ vào mùa xuân.'}, {text: 'mở 4 phiên")
    lessons = learn(fair.out, pack, accepted=True)
    assert (lessons.all, lessons.verdicts) == ((), 2)


def test_the_role_of_a_section_of_plans_is_told(fair: Fair) -> None:
    fair.decide(fair.item("20 phiên chợ"), "corrected", {"value": "21"})
    assert only(learn(fair.out)).example.role == "plan"


def test_another_activity_is_a_reject_for_one_rule_and_an_example_for_those_of_the_right_one(fair: Fair) -> None:
    fair.decide(fair.item("dạy nghề chợ"), "corrected", {"value": "meeting"})
    reject, example = learn(fair.out).all
    assert told(reject)[:2] == ("cho_phien/day_nghe", True)
    assert (dict(example.example.expected)["value"], example.rule, example.trouble) == ("meeting", None, "unclaimed")


def test_what_no_example_can_tell_is_left_to_a_person(fair: Fair) -> None:
    fair.decide(fair.item("14 phiên chợ"), "corrected", {"unit": ""})
    lesson = only(learn(fair.out))
    assert (lesson.trouble, lesson.untold, lesson.passes) == ("columns", ("unit",), False)


def test_an_addition_goes_to_the_rule_that_came_near(fair: Fair) -> None:
    fair.add("count", "9", "Bán ở gian số lượng 9 trong tháng.", {"value": "9"})
    lesson = only(learn(fair.out))
    assert told(lesson)[:4] == ("cho_phien/gian", False, "Bán ở gian số lượng 9 trong tháng.", {"value": "9"})
    assert not lesson.passes
    assert only(learn(fair.out, fair.change("[dựng]", "[dựng, bán]"))).passes


def test_an_addition_that_no_rule_came_near_is_told_by_its_kind(fair: Fair) -> None:
    fair.add("activity", "phát quà", "Huyện phát quà.", {"value": "training"})
    lesson = only(learn(fair.out))
    assert (lesson.rule, lesson.kind, lesson.trouble, lesson.passes) == (None, "activity", "unclaimed", False)


def test_a_figure_alone_in_a_cell_is_nobodys_example(fair: Fair) -> None:
    fair.add("count", "70,4", "70,4", {"value": "70,4"})
    assert only(learn(fair.out)).trouble == "built_in"


def test_what_reviewers_differ_on_is_told_and_not_suggested(fair: Fair) -> None:
    row = fair.item("14 phiên chợ")
    fair.decide(row, "rejected", reviewer="An")
    fair.decide(row, "accepted", reviewer="Bình")
    lessons = learn(fair.out, accepted=True)
    assert lessons.all == ()
    assert [[entry.reviewer for entry in one.entries] for one in lessons.disputed] == [["An", "Bình"]]


def test_decisions_that_teach_no_rule_are_counted(fair: Fair) -> None:
    report = next(tables.report for tables in machine_tables(fair.out))
    subject = Subject(SubjectKind.FIELD, field_id(report["report_id"], "signer"), report["report_id"], report["file"])
    seen = seen_of_field(report, "signer")
    with open_log(fair.out) as log:
        log.append([Decision(subject, Action.CORRECT, "An", seen, {"signer": "Trần An"})])
    row = fair.item("14 phiên chợ")
    fair.decide({**row, "value": "15"}, "rejected")
    fair.decide({**row, "item_id": "0" * 12}, "rejected")
    lessons = learn(fair.out)
    assert (lessons.all, lessons.others, lessons.changed, lessons.gone) == ((), 1, 1, 1)


def test_a_rule_that_is_no_more_is_named(fair: Fair) -> None:
    fair.decide(fair.item("45/PH"), "rejected")
    lesson = only(learn(fair.out, "core"))
    assert (lesson.rule, lesson.rule_id, lesson.trouble) == (None, "cho_phien/phieu", "unknown")


def taught(fair: Fair) -> Lessons:
    """Return what is learned of a correction and a rejection of a rule of each kind."""
    corrections = {"14 phiên chợ": "41", "5/6/2024": "6/5/2024", "45/PH": "54/PH"}
    for text, value in corrections.items():
        fair.decide(fair.item(text), "corrected", {"value": value}, note="đọc 'nhầm' # {chỗ: này}\nxem lại")
    fair.decide(fair.item("dạy nghề chợ"), "rejected")
    fair.decide(fair.item("5 phiên chợ"), "rejected", note="hoãn")
    for text in ("7/8/2025", "46/PH"):
        fair.decide(fair.item(text, "b.txt"), "rejected")
    return learn(fair.out)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_what_is_written_is_the_form_of_rule_files_for_every_kind(fair: Fair, lang: str) -> None:
    lessons = taught(fair)
    assert {lesson.kind for lesson in lessons.placed} == {"count", "date", "document_number", "activity"}
    text = text_of(lessons, str(fair.out), Words(lang))
    assert paste(text, fair.pack) == 7
    found = lint(str(fair.pack))
    faults = [fault.problem.code for fault in found.faults if is_error(fault)]
    assert set(faults) == {"rules.example", "rules.reject"}, "no fault of grammar"
    assert found.pack is not None
    failing = [lesson for lesson in lessons.placed if not lesson.passes]
    assert len(faults) == len(failing) == 7
    rules = {rule.id: rule for rule in found.pack.rules()}
    for lesson in lessons.placed:
        now = rules[lesson.rule_id]
        texts = [one.text for one in (now.rejects if lesson.is_reject else now.examples)]
        assert lesson.example.text in texts
        assert len(texts) > 1, "those that were there have stayed"
    assert rules["cho_phien/ngay_phien"].rejects[0].text == "phiên ngày mai"


def test_passing_lessons_are_marked_and_hold_where_they_are_pasted(fair: Fair) -> None:
    for text in ("14 phiên chợ", "45/PH"):
        fair.decide(fair.item(text), "accepted")
    text = text_of(learn(fair.out, accepted=True), str(fair.out), Words("vi"))
    assert len(re.findall(r"(?m)^ +# ĐÃ ĐẠT$", text)) == 2
    assert paste(text, fair.pack) == 2
    assert not any(map(is_error, lint(str(fair.pack)).faults))


def test_forms_know_no_numerals_spellings_or_spaces() -> None:
    assert form_of("Thu  1.250 quỹ, ngày 5/6") == form_of("thu 7 quỹ, ngày 10/12")
    assert form_of("thu 7 quỹ") != form_of("chi 7 quỹ")
