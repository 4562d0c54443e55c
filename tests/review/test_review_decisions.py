"""What a press decides: nothing that others corrected is lost by it, and nothing is agreed to that was not shown."""

from __future__ import annotations

import pytest

from pipeline.decisions import (
    Action,
    Decision,
    Overtaken,
    Subject,
    SubjectKind,
    added_row,
    addition_id,
    current_tables,
    field_id,
    open_log,
)
from pipeline.review.additions import found_again
from pipeline.review.desk import Desk
from pipeline.review.opening import Asked
from pipeline.review.query import Query
from pipeline.review.refusals import Refused
from tests.decisions.making import REPORT, Made

TEXT = REPORT.format(n=1)


@pytest.fixture
def made(tmp_path):
    made = Made(tmp_path)
    made.write("a.txt", TEXT)
    made.run()
    return made


class Reviewer:
    """Somebody at a desk, who decides on rows as they are shown."""

    def __init__(self, desk, name):
        self.desk, self.name = desk, name

    def row(self, **wanted):
        rows = self.desk.rows(Query(limit=500), self.name)["rows"]
        return next(row for row in rows if all(row[name] == value for name, value in wanted.items()))

    def decide(self, row, action, said=None, note="", like=0):
        seen = row["own"]["number"] if row["own"] else 0
        return self.desk.decide(row["key"], action, said or {}, note, seen, row["shown"], self.name, like)

    def add(self, words, kind="count", value="3", seen=0):
        at = text_of(self.desk).index(words)
        return self.desk.add(0, kind, at, at + len(words), {"value": value}, "", self.name, seen)


def text_of(desk):
    """Return the text of the report, as it is read."""
    return desk.text(0, 0, 20_000)["words"]


@pytest.fixture
def desk(made):
    desk = Desk(Asked(made.out))
    yield desk
    desk.close()


@pytest.fixture
def an(desk):
    return Reviewer(desk, "An")


@pytest.fixture
def binh(desk):
    return Reviewer(desk, "Bình")


def report_of(made):
    return next(current_tables(made.out)).report


def counts_of(made):
    return {row["text"]: row for row in next(current_tables(made.out)).items if row["kind"] == "count"}


def write(made, subject, action, seen, said=None, reviewer="An"):
    with open_log(made.out) as log:
        log.append([Decision(subject, Action(action), reviewer, seen, said or {})])


def field(made, name):
    report = made.report("a.txt").report
    return Subject(SubjectKind.FIELD, field_id(report["report_id"], name), report["report_id"], "a.txt")


# What was corrected stays so


def test_accepting_a_letterhead_keeps_what_was_corrected_in_it(made, desk, an):
    an.decide(an.row(type="letterhead"), "corrected", {"issuer": "UBND xã Sửa Tay"})
    write(made, field(made, "subject"), "accepted", {"subject": "as older rules read it"})
    desk.changes(0, "An")
    row = an.row(type="letterhead")
    assert row["state"] == "changed"
    form = {one["name"]: one["value"] for one in desk.evidence(row["key"], "An")["form"]}
    assert form["issuer"] == "UBND xã Sửa Tay"
    an.decide(row, "accepted")
    assert report_of(made)["issuer"] == "UBND xã Sửa Tay" and report_of(made)["review"] == "corrected"


def test_accepting_a_disputed_letterhead_keeps_what_both_corrected_alike(made, an, binh):
    for one, subject in ((an, "Trích yếu An"), (binh, "Trích yếu Bình")):
        one.decide(one.row(type="letterhead"), "corrected", {"issuer": "UBND xã A", "subject": subject})
    row = an.row(type="letterhead")
    assert row["state"] == "disputed"
    an.decide(row, "accepted")
    assert report_of(made)["issuer"] == "UBND xã A"


def test_correcting_one_field_of_a_letterhead_keeps_the_others(made, an):
    an.decide(an.row(type="letterhead"), "corrected", {"issuer": "UBND xã A"})
    an.decide(an.row(type="letterhead"), "corrected", {"signer": "Trần Văn B"})
    assert (report_of(made)["issuer"], report_of(made)["signer"]) == ("UBND xã A", "Trần Văn B")
    an.decide(an.row(type="letterhead"), "corrected", {"issuer": made.report("a.txt").report["issuer"]})
    assert report_of(made)["issuer"] != "UBND xã A" and report_of(made)["signer"] == "Trần Văn B"


def test_accepting_a_corrected_item_agrees_with_the_correction(made, an, binh):
    an.decide(an.row(kind="count"), "corrected", {"value": "99"})
    told = binh.decide(binh.row(kind="count"), "accepted")["row"]
    assert (told["state"], told["value"]) == ("corrected", "99")
    assert next(iter(counts_of(made).values()))["reviewer"] == "An; Bình"


def test_correcting_an_item_again_keeps_its_other_cells(an):
    an.decide(an.row(kind="count"), "corrected", {"value": "99", "unit": "lượt"})
    told = an.decide(an.row(kind="count"), "corrected", {"value": "98"})["row"]
    assert (told["value"], told["unit"]) == ("98", "lượt")


def test_what_was_corrected_can_be_put_back(an):
    before = an.row(kind="count")["value"]
    an.decide(an.row(kind="count"), "corrected", {"value": "99"})
    told = an.decide(an.row(kind="count"), "corrected", {"value": before})["row"]
    assert (told["state"], told["value"]) == ("accepted", before)


def test_what_was_corrected_since_it_was_shown_is_not_agreed_to(an, binh):
    shown = binh.row(kind="count")
    an.decide(an.row(kind="count"), "corrected", {"value": "99"})
    with pytest.raises(Refused) as refused:
        binh.decide(shown, "accepted")
    assert refused.value.code == "changed"


# Agreeing with one of several


def test_agreeing_with_a_verdict_ends_the_dispute(made, an, binh):
    an.decide(an.row(kind="count"), "corrected", {"value": "1.234,5", "unit": "lượt"})
    shown = binh.row(kind="count")
    disputed = binh.decide(shown, "rejected")["row"]
    assert (disputed["state"], disputed["value"]) == ("disputed", "7")
    verdicts = binh.desk.evidence(disputed["key"], "Bình")["verdicts"]
    his = next(one["number"] for one in verdicts if one["reviewer"] == "An")
    told = binh.decide(disputed, "corrected", like=his)["row"]
    assert (told["state"], told["value"], told["unit"]) == ("corrected", "1.234,5", "lượt")
    assert {entry.decision.said["value"] for entry in binh.desk._loaded.ledger.of(told["id"])} == {"1234.5"}


def test_agreeing_with_a_verdict_on_a_letterhead_takes_all_its_fields(made, an, binh):
    an.decide(an.row(type="letterhead"), "corrected", {"issuer": "UBND xã A", "subject": "Trích yếu An"})
    binh.decide(binh.row(type="letterhead"), "corrected", {"issuer": "UBND xã A", "subject": "Trích yếu Bình"})
    row = binh.row(type="letterhead")
    verdicts = binh.desk.evidence(row["key"], "Bình")["verdicts"]
    his = next(one["number"] for one in verdicts if one["reviewer"] == "An")
    assert binh.decide(row, "corrected", like=his)["row"]["state"] == "corrected"
    assert (report_of(made)["issuer"], report_of(made)["subject"]) == ("UBND xã A", "Trích yếu An")


def test_a_verdict_that_is_none_is_not_agreed_with(an, binh):
    an.decide(an.row(kind="count"), "rejected")
    with pytest.raises(Refused) as refused:
        binh.decide(binh.row(kind="count"), "accepted", like=77)
    assert refused.value.code == "changed"


# Accepting many


def test_rows_that_changed_are_not_accepted_with_others(made, desk, an):
    item = made.item("a.txt", an.row(kind="count")["text"])
    made.decide({**item, "object": "cái khác"}, "corrected", {"value": "9"})
    desk.changes(0, "An")
    assert an.row(kind="count")["state"] == "changed"
    total = desk.account()["total"]
    assert desk.untouched(Query()) == total - 1
    desk.accept_all(Query(), total - 1, "An")
    assert an.row(kind="count")["state"] == "changed" and desk.untouched(Query()) == 0
    assert [entry.decision.said for entry in desk._loaded.ledger.of(item["item_id"])] == [{"value": "9"}]


# What was added


def added(made, words, text_id="000000000000", start=20, sentence="", reviewer="An"):
    """Have something added to a report whose text was another then."""
    report = made.report("a.txt").report
    subject = addition_id(report["report_id"], "count", start, start + len(words))
    place = {"kind": "count", "text": words, "sentence": sentence or words, "section": "", "page": ""}
    place |= {"start": str(start), "end": str(start + len(words))}
    about = Subject(SubjectKind.ADDITION, subject, report["report_id"], "a.txt")
    said = added_row(report, place, {"value": "3"})
    write(made, about, "added", {"text_id": text_id or report["text_id"]}, said, reviewer)
    return about, said


SENTENCE = next(line for line in TEXT.splitlines() if "chiếu phim" in line)


@pytest.mark.parametrize("who", ["An", "Bình"])
def test_an_addition_is_found_again_in_another_text(made, desk, who):
    about, _ = added(made, "buổi chiếu", sentence=SENTENCE)
    desk.changes(0, "An")
    reviewer = Reviewer(desk, who)
    row = reviewer.row(rule="review/added")
    assert row["state"] == "changed"
    evidence = desk.evidence(row["key"], who)["text"]
    assert evidence["words"][evidence["start"] - evidence["from"] : evidence["end"] - evidence["from"]] == "buổi chiếu"
    told = reviewer.decide(row, "accepted")
    assert told["former"] == row["key"] and told["row"]["state"] == "added"
    (item,) = [one for one in next(current_tables(made.out)).items if one["rule"] == "review/added"]
    assert text_of(desk)[int(item["start"]) : int(item["end"])] == item["text"] == "buổi chiếu"
    assert item["value"] == "3" and item["sentence"] == SENTENCE
    assert item["item_id"] != about.id
    tables = next(current_tables(made.out))
    assert not [one for one in tables.problems if one["code"].startswith("review.")]
    desk.undo(who)
    assert reviewer.row(rule="review/added")["state"] == "changed"


def test_an_addition_that_is_where_it_was_stays_one(made, desk, an):
    at = text_of(desk).index("buổi chiếu")
    about, _ = added(made, "buổi chiếu", sentence=SENTENCE, start=at)
    desk.changes(0, "An")
    told = an.decide(an.row(rule="review/added"), "accepted")
    assert "former" not in told and told["row"]["id"] == about.id and told["row"]["state"] == "added"


def test_an_addition_that_is_not_found_is_to_be_marked_anew(made, desk, an):
    added(made, "ba lớp")
    desk.changes(0, "An")
    row = an.row(rule="review/added")
    evidence = desk.evidence(row["key"], "An")
    assert "Bác bỏ" in evidence["messages"][0] and evidence["text"]["start"] == -1
    with pytest.raises(Refused) as refused:
        an.decide(row, "accepted")
    assert refused.value.code == "unplaced"
    an.decide(row, "rejected")
    assert not [one for one in next(current_tables(made.out)).items if one["rule"] == "review/added"]


@pytest.mark.parametrize(
    ("text", "words", "sentence", "place"),
    [
        ("Có ba lớp.", "ba lớp", "Có ba lớp.", (3, 9)),
        ("Có\n ba\n  lớp. Hết.", "ba lớp", "Có ba lớp.", (4, 12)),
        ("Có ba lớp. Có ba lớp.", "ba lớp", "Có ba lớp.", None),
        ("Có ba lớp, ba lớp.", "ba lớp", "Có ba lớp, ba lớp.", None),
        ("Có ba lớp.", "ba lớp", "Mở ba lớp.", None),
        ("", "ba lớp", "ba lớp", None),
    ],
)
def test_words_are_found_in_their_sentence_alone(text, words, sentence, place):
    assert found_again(text, {"text": words, "sentence": sentence}) == place


def test_an_addition_that_was_said_otherwise_since_it_was_shown_is_not_agreed_to(made, desk, binh):
    about, said = added(made, "buổi chiếu", text_id="", start=text_of(desk).index("buổi chiếu"))
    desk.changes(0, "Bình")
    shown = binh.row(rule="review/added")
    write(made, about, "added", {"text_id": made.report("a.txt").report["text_id"]}, {**said, "value": "300"})
    with pytest.raises(Refused) as refused:
        binh.decide(shown, "accepted")
    assert refused.value.code == "changed"
    assert binh.decide(binh.row(rule="review/added"), "accepted")["row"]["value"] == "300"


def test_what_the_machine_has_is_not_added(made, an):
    item = next(iter(counts_of(made).values()))
    with pytest.raises(Refused) as refused:
        an.desk.add(0, "count", int(item["start"]), int(item["end"]), {"value": "3"}, "", "An")
    assert refused.value.code == "machine" and refused.value.detail["key"] == f"item/0/{item['item_id']}"
    assert "hãy sửa mục đó" in refused.value.message("vi")
    told = an.desk.add(0, "activity", int(item["start"]), int(item["end"]), {"value": "training"}, "", "An")
    assert told["row"]["state"] == "added"


def test_what_another_has_added_is_not_added_again(an, binh):
    key = an.add("buổi chiếu")["row"]["key"]
    with pytest.raises(Refused) as refused:
        binh.add("buổi chiếu", value="30")
    assert (refused.value.code, refused.value.detail["key"]) == ("there", key)


def test_what_was_added_in_another_window_is_not_overruled_unseen(an):
    row = an.add("buổi chiếu")["row"]
    with pytest.raises(Overtaken):
        an.add("buổi chiếu", value="30")
    assert an.row(rule="review/added")["value"] == "3"
    an.desk.undo("An")
    assert an.add("buổi chiếu", value="30")["row"]["value"] == "30"
    own = an.row(rule="review/added")
    an.decide(own, "rejected")
    assert an.add("buổi chiếu", value="31")["row"]["key"] == row["key"]


# What many entries come to


def test_changes_are_told_by_the_rows_that_they_bear_on(desk, an):
    start = desk.changes(0, "An")["last"]
    row = an.row(kind="count")
    an.decide(row, "accepted")
    told = desk.changes(start, "Bình")
    assert [one["key"] for one in told["rows"]] == [row["key"]] and not told["many"]
    desk.undo("An")
    again = desk.changes(told["last"], "Bình")
    assert [one["state"] for one in again["rows"]] == [""]
    assert desk.changes(again["last"], "Bình")["rows"] == []


def test_what_was_decided_before_is_told_as_many(made, desk, an):
    an.decide(an.row(kind="count"), "accepted")
    desk.close()
    later = Desk(Asked(made.out))
    try:
        assert later.changes(0, "An")["many"] and not later.changes(1, "An")["many"]
    finally:
        later.close()
