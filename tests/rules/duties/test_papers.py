"""Papers of a person: which there are, and their numbers: one a kind and year, the same when printed again."""

from dataclasses import replace

import pytest

from dutyboard.rules.duties.person.papers import last_ride, next_number, paper_about, papers_of
from dutyboard.rules.records.codes import PAPER_KINDS, PaperKind
from dutyboard.rules.records.commands.amending import Amend
from dutyboard.rules.records.commands.person import Confirm, EndTransfer, PrintPaper, StartTransfer
from dutyboard.rules.records.papers.issued import PaperNumber
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import Printed
from tests.rules.desks import LI, WANG, act, actor, refused, t
from tests.rules.duties.test_care import HOME, done_with_tests
from tests.rules.duties.test_queue import someone, the_desk

NOW = t("20:30")
LATER = t("10:00", 22)


def placed(number: int = 1, *others: int) -> Snapshot:
    """A desk where people were assessed and wait for their transfer to a site."""
    snapshot = the_desk(*(someone(each, "3.5") for each in (number, *others)))
    for room, each in enumerate((number, *others), start=1):
        where = Confirm(person_id=each, clause="3.5", officer_name="王芳", site_id=1, room=room)
        snapshot = act(snapshot, where, t("19:40"))
    return snapshot


def home() -> Snapshot:
    return act(done_with_tests(), HOME, t("09:00", 22))


def printed(snapshot: Snapshot, kind: PaperKind, number: int = 1) -> Snapshot:
    return act(snapshot, PrintPaper(person_id=number, paper=kind), NOW)


def told(snapshot: Snapshot) -> Printed:
    what = snapshot.entries[max(snapshot.entries)].told
    assert isinstance(what, Printed)
    return what


def test_each_kind_counts_for_itself_and_a_reprint_keeps_its_number() -> None:
    snapshot = printed(placed(1, 2), "notice-isolation")
    assert told(snapshot) == Printed(paper="notice-isolation", year=2021, serial=1, copy=1)
    snapshot = printed(snapshot, "notice-isolation", 2)
    assert told(snapshot).serial == 2
    snapshot = printed(snapshot, "transfer")
    assert told(snapshot) == Printed(paper="transfer", year=2021, serial=1, copy=1)
    snapshot = printed(snapshot, "notice-isolation")
    assert told(snapshot) == Printed(paper="notice-isolation", year=2021, serial=1, copy=2)
    assert [(each.kind, each.serial, each.copies) for each in papers_of(snapshot.persons[1], snapshot)] == [
        ("notice-isolation", 1, 2),
        ("transfer", 1, 1),
    ]


def test_a_new_year_begins_at_one() -> None:
    snapshot = placed(1, 2)
    last_year = {each.id: replace(each, year=2020, serial=77) for each in printed(snapshot, "record").papers.values()}
    snapshot = snapshot.applied(snapshot.seq + 1, last_year.values())
    assert next_number("record", snapshot.persons[2], snapshot, NOW) == PaperNumber(year=2021, serial=1)


def test_another_assessment_is_another_paper() -> None:
    snapshot = printed(placed(), "notice-isolation")
    made = snapshot.persons[1].assessment
    assert made is not None
    anew = replace(snapshot.persons[1], assessment=replace(made, at=t("20:00")))
    snapshot = snapshot.applied(snapshot.seq + 1, (anew,))
    assert next_number("notice-isolation", anew, snapshot, NOW) == PaperNumber(year=2021, serial=2)


def test_a_number_that_was_given_out_meanwhile_is_refused() -> None:
    snapshot = placed(1, 2)
    seen = next_number("notice-isolation", snapshot.persons[1], snapshot, NOW)
    mine = PrintPaper(person_id=1, paper="notice-isolation", seen=seen)
    assert refused(printed(snapshot, "notice-isolation", 2), mine, NOW).code == "number_given"
    assert told(act(snapshot, mine, NOW)).serial == 1


def test_a_paper_taken_back_counts_no_more_and_its_number_is_never_given_again() -> None:
    snapshot = printed(placed(), "notice-isolation")
    back = act(snapshot, Amend(entry_id=max(snapshot.entries), reason="打错人"), NOW)
    assert list(papers_of(back.persons[1], back)) == []
    assert told(printed(back, "notice-isolation")) == Printed(paper="notice-isolation", year=2021, serial=2, copy=1)


def test_a_reprint_taken_back_counts_one_less() -> None:
    snapshot = printed(printed(placed(), "record"), "record")
    back = act(snapshot, Amend(entry_id=max(snapshot.entries), reason="没有打出来"), NOW)
    assert [each.copies for each in papers_of(back.persons[1], back)] == [1]


def test_no_entry_of_a_print_holds_a_number_of_a_person() -> None:
    known = replace(placed().persons[1], id_no="11010119900307811X", phone="13800000001")
    snapshot = printed(placed().applied(99, (known,)), "notice-isolation")
    written = str((snapshot.entries[max(snapshot.entries)], snapshot.papers))
    assert known.id_no not in written and known.phone not in written


@pytest.mark.parametrize("kind", PAPER_KINDS)
def test_of_whom_nobody_has_assessed_there_is_the_record_alone(kind: PaperKind) -> None:
    snapshot = the_desk(someone(1, "3.5"))
    if kind == "record":
        assert told(printed(snapshot, kind)).serial == 1
    else:
        said = refused(snapshot, PrintPaper(person_id=1, paper=kind), NOW)
        assert (said.code, said.fields) == ("no_paper", {"person": snapshot.persons[1].name, "paper": kind})


def test_at_home_he_is_given_no_order_for_a_site_and_his_letter_is_that_of_the_release() -> None:
    snapshot, inside = home(), done_with_tests()
    person = snapshot.persons[1]
    assert paper_about("notice-isolation", person, snapshot, LATER) is None
    assert paper_about("notice-release", person, snapshot, LATER) == f"entry-{max(snapshot.entries)}"
    assert paper_about("notice-home", person, snapshot, LATER) is not None
    assert paper_about("notice-release", inside.persons[1], inside, LATER) is None


def test_a_ride_is_one_paper_from_the_order_to_the_arrival() -> None:
    snapshot = placed()
    left = act(snapshot, StartTransfer(person_id=1, vehicle="湘K1", driver="赵"), t("20:00"))
    there = act(left, EndTransfer(person_id=1, received_by="负责人1"), t("20:20"))
    about = {paper_about("transfer", each.persons[1], each, NOW) for each in (snapshot, left, there)}
    assert about == {"ride-0"}
    ride = last_ride(there, there.persons[1])
    assert ride is not None and ride.departed is not None and ride.arrived is not None


def test_a_town_prints_papers_of_its_own_people_alone() -> None:
    snapshot = placed()
    town = replace(snapshot.officers[WANG], role="town", unit_id=1)
    snapshot = snapshot.applied(snapshot.seq + 1, (town, replace(snapshot.persons[1], unit_id=2)))
    command = PrintPaper(person_id=1, paper="record")
    assert refused(snapshot, command, NOW, actor(WANG)).code == "not_permitted"
    own = snapshot.applied(snapshot.seq + 1, (replace(snapshot.persons[1], unit_id=1),))
    assert told(act(own, command, NOW, actor(WANG))).copy == 1
    assert told(act(own, command, NOW, actor(LI))).copy == 1
