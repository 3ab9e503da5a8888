"""A CDC's list of contacts: who is registered and worsened, whose contact each is, and that nobody is guessed."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dutyboard.rules.decide import decide
from dutyboard.rules.duties.person.positive import consequences
from dutyboard.rules.law.facts import Facts, Linked, PcrCert
from dutyboard.rules.people.course import course_of
from dutyboard.rules.records.commands.person import Correct, PersonData, RecordTest, Release
from dutyboard.rules.records.commands.sheets import ContactData, ImportArrivals, ImportContacts, RowPerson
from dutyboard.rules.records.model import AsWritten, Person
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.transaction import Accepted
from dutyboard.rules.records.unlike import contradictions_of
from tests.rules.desks import ADMIN, LI, act, desk, owed, refused, t, unit
from tests.rules.duties.test_care import LEADER, sample
from tests.rules.duties.test_positive import into_room
from tests.rules.duties.test_queue import facts_of, someone, the_desk
from tests.rules.duties.test_result_lists import counts, tally
from tests.shares import SHARES

A_ID, B_ID, C_ID = "11010519491231002X", "110105194912310038", "431302199003038014"
NOW = t("19:40")
MORNING, SAMPLED, ARRIVED, EARLIER = map(
    datetime.fromisoformat, ("2021-06-07T09:00", "2021-06-06T09:00", "2021-06-06T10:00", "2021-06-05T10:00")
)
EMPTY = desk(unit(name="金石镇"))


def row(name: str, grade: str, number: int = 3, *of: RowPerson, **more: Any) -> ContactData:
    """A row of the list: its person, his grade and whose contact he is."""
    facts = {"contact": grade} | {key: more.pop(key) for key in [*more] if key in Facts.__dataclass_fields__}
    written = tuple(AsWritten(row=number, field="close_name", heading="密接姓名", text=each.name) for each in of)
    return ContactData(
        person=PersonData(name=name, row=number, facts=Facts(**facts), **more),  # type: ignore[arg-type]
        of=of,
        column="close_name" if grade == "secondary" else "case_name",
        cells=written,
    )


def named(name: str, id_no: str = "", phone: str = "", **more: Any) -> RowPerson:
    return RowPerson(name=name, id_no=id_no, phone=phone, **more)


def importing(before: Snapshot, *rows: ContactData, now: datetime = NOW) -> tuple[Accepted, Snapshot]:
    answer = decide(ImportContacts(contacts=rows), before, now, ADMIN)
    assert isinstance(answer, Accepted), answer
    return answer, before.applied(before.seq + 1, answer.changes)


def codes(answer: Accepted, *, links: bool = True) -> list[tuple[int, str]]:
    """What is said of rows: of links alone, or of all else but addresses."""
    told = tally(answer).rows
    return [
        (each.row, each.code) for each in told if each.code.startswith("link_") == links and each.code != "unit_unknown"
    ]


def whose(after: Snapshot, name: str) -> list[str]:
    """The links of the one person of a name."""
    (person,) = [each for each in after.persons.values() if each.name == name]
    return [each.id for each in person.facts.linked or ()]


def one(after: Snapshot, name: str) -> Person:
    (person,) = [each for each in after.persons.values() if each.name == name]
    return person


CLOSE = row("赵甲", "close", 3, id_no=A_ID, last_exposure_on=date(2021, 6, 5))


# ---------------------------------------------------------------- who is registered


def test_a_list_registers_people_who_wait_to_be_assessed() -> None:
    answer, after = importing(EMPTY, CLOSE, row("钱乙", "secondary", 4, named("赵甲", A_ID), phone="19900000002"))
    assert counts(answer) == (2, 0, 0, 0) and (tally(answer).linked, tally(answer).unlinked) == (1, 0)
    close, second = one(after, "赵甲"), one(after, "钱乙")
    assert (close.facts.contact, close.facts.last_exposure_on) == ("close", date(2021, 6, 5))
    assert [each.id for each in second.facts.linked or ()] == [f"person-{close.id}"]
    waiting = {each.subject: each for each in owed(after, NOW).values() if each.kind == "assess"}
    assert {"赵甲", "钱乙"} <= set(waiting)
    assert {each.window.due for each in waiting.values()} == {t("21:40")}
    (entry,) = [each for each in after.entries.values() if each.id not in EMPTY.entries]
    assert (entry.told.sheet, entry.told.accepted) == ("contacts", 2)  # type: ignore[union-attr]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_a_secondary_is_linked_whether_his_close_contact_stands_above_or_below(order: tuple[int, ...]) -> None:
    rows = [
        row("孙丙", "none", 5, id_no=C_ID, case_status="confirmed"),
        row("赵甲", "close", 3, named("孙丙", C_ID), id_no=A_ID),
        row("钱乙", "secondary", 4, named("赵甲", A_ID), phone="19900000002"),
    ]
    _, after = importing(EMPTY, *(rows[at] for at in order))
    assert whose(after, "钱乙") == [f"person-{one(after, '赵甲').id}"]
    assert whose(after, "赵甲") == [f"person-{one(after, '孙丙').id}"]
    assert not after.persons[one(after, "钱乙").id].as_written


DESK = importing(
    EMPTY,
    CLOSE,
    row("李丁", "close", 4, phone="19900000004"),
    row("周同", "close", 5, phone="19900000005"),
    row("周同", "close", 6, phone="19900000006"),
    row("吴次", "secondary", 7, named("赵甲", A_ID), id_no=B_ID),
)[1]
"""A desk with a close contact by number, one by phone, two namesakes, and a secondary contact."""


@pytest.mark.parametrize(
    ("whom", "links", "said"),
    [
        (named("赵甲", A_ID), ["person-1"], []),
        (named("", A_ID), ["person-1"], []),
        (named("赵 甲", A_ID), ["person-1"], []),
        (named("李丁", phone="19900000004"), ["person-2"], ["link_by_traits"]),
        (named("周同", phone="19900000006"), ["person-4"], ["link_by_traits"]),
        (named("李丁"), ["李丁"], ["link_name_alone"]),
        (named("赵甲"), ["赵甲"], ["link_name_alone"]),
        (named("周同"), ["周同"], ["link_several"]),
        (named("无名氏"), ["无名氏"], ["link_unknown"]),
        (named("赵甲", C_ID), ["赵甲"], ["link_unknown"]),
        (named("赵佳", A_ID), ["赵佳"], ["link_contradicts"]),
        (named("", C_ID), [], ["link_unknown"]),
        (named("吴次", B_ID), ["吴次"], ["link_other_grade"]),
        (named("王新"), [], ["link_himself"]),
        (named("person-1"), [], ["link_unknown"]),  # no cell becomes a record by looking like its number
        (named("3"), [], ["link_unknown"]),
    ],
)
def test_whom_the_desk_knows_is_linked_by_evidence_and_anybody_else_kept_by_name(
    whom: RowPerson, links: list[str], said: list[str]
) -> None:
    answer, after = importing(DESK, row("王新", "secondary", 3, whom, phone="19900000009"))
    assert whose(after, "王新") == links
    assert [code for _, code in codes(answer)] == said
    linked = bool(links) and links[0].startswith("person-")
    kept = [each.text for each in one(after, "王新").as_written]
    assert kept == ([] if linked else [whom.name])
    assert (tally(answer).linked, tally(answer).unlinked) == ((1, 0) if linked else (0, 1))


def test_a_name_that_the_list_has_once_is_linked_weakly_and_one_that_it_has_twice_is_not() -> None:
    second = row("钱乙", "secondary", 9, named("冯戊"), phone="19900000009")
    close = row("冯戊", "close", 3, phone="19900000011")
    answer, after = importing(DESK, close, second)
    assert (codes(answer), whose(after, "钱乙")) == ([(9, "link_by_traits")], [f"person-{one(after, '冯戊').id}"])
    twice, after = importing(DESK, close, row("冯戊", "close", 4, phone="19900000012"), second)
    assert (codes(twice), whose(after, "钱乙")) == ([(9, "link_several")], ["冯戊"])
    # One of the list and another one of the desk are two as well.
    other, after = importing(
        DESK, row("李丁", "close", 3, phone="19900000013"), row("钱乙", "secondary", 9, named("李丁"))
    )
    assert (codes(other), whose(after, "钱乙")) == ([(9, "link_several")], ["李丁"])


def test_the_case_of_a_close_contact_is_kept_by_name_without_a_question() -> None:
    answer, after = importing(EMPTY, row("赵甲", "close", 3, named("张某"), id_no=A_ID))
    assert (codes(answer), whose(after, "赵甲"), one(after, "赵甲").as_written) == ([], ["张某"], ())
    assert (tally(answer).linked, tally(answer).unlinked) == (0, 0)
    numbered, after = importing(EMPTY, row("赵甲", "close", 3, named("张某", C_ID), id_no=A_ID))
    assert [each.text for each in one(after, "赵甲").as_written] == ["张某"] and codes(numbered) == []
    # Who is no case on the desk makes no close contacts.
    answer, after = importing(DESK, row("王新", "close", 3, named("赵甲", A_ID), phone="19900000009"))
    assert (codes(answer), whose(after, "王新")) == ([(3, "link_other_grade")], ["赵甲"])


def test_a_name_becomes_a_person_once_evidence_names_him() -> None:
    second = row("王新", "secondary", 3, named("郑庚", phone="19900000021"), phone="19900000009")
    _, after = importing(EMPTY, second)
    assert whose(after, "王新") == ["郑庚"]
    _, after = importing(after, row("郑庚", "close", 4, phone="19900000021"))
    answer, linked = importing(after, second)
    assert whose(linked, "王新") == [f"person-{one(linked, '郑庚').id}"]
    assert [each.field for each in tally(answer).changes] == ["linked"]
    assert importing(linked, second)[0].changes == ()
    # A later list that has the name alone says nothing new.
    assert whose(
        importing(linked, row("王新", "secondary", 3, named("郑庚"), phone="19900000009"))[1], "王新"
    ) == whose(linked, "王新")


def test_two_rows_name_two_close_contacts() -> None:
    rows = (
        row("钱乙", "secondary", 5, named("赵甲", A_ID), id_no=B_ID),
        row("钱乙", "secondary", 6, named("孙丙", C_ID), id_no=B_ID),
    )
    _, after = importing(EMPTY, CLOSE, row("孙丙", "close", 4, id_no=C_ID), *rows)
    assert whose(after, "钱乙") == [f"person-{one(after, name).id}" for name in ("赵甲", "孙丙")]


# ---------------------------------------------------------------- adds and worsens, lowers never


def test_a_close_contact_is_never_lowered_to_a_secondary_one() -> None:
    answer, after = importing(DESK, row("赵甲", "secondary", 3, named("李丁", phone="19900000004"), id_no=A_ID))
    assert after.persons[1].facts == DESK.persons[1].facts
    assert [each.field for each in contradictions_of(after.persons[1], after)] == ["contact"]
    assert codes(answer) == [(3, "link_left")]
    assert [each.text for each in after.persons[1].as_written] == ["李丁"]
    assert (
        importing(after, row("赵甲", "secondary", 3, named("李丁", phone="19900000004"), id_no=A_ID))[0].changes == ()
    )


def test_a_secondary_contact_becomes_a_close_one_and_a_later_day_of_contact_stands() -> None:
    worse = row("吴次", "close", 3, id_no=B_ID, last_exposure_on=date(2021, 6, 6))
    answer, after = importing(DESK, worse)
    assert counts(answer) == (0, 1, 0, 0)
    assert (after.persons[5].facts.contact, after.persons[5].facts.last_exposure_on) == ("close", date(2021, 6, 6))
    earlier, left = importing(
        after,
        replace(worse, person=replace(worse.person, facts=Facts(contact="close", last_exposure_on=date(2021, 6, 1)))),
    )
    assert left.persons[5].facts == after.persons[5].facts
    assert [each.field for each in tally(earlier).contradictions] == ["last_exposure_on"]


def test_what_an_officer_corrected_stands_and_gets_no_link_of_another_grade() -> None:
    wrong = importing(
        EMPTY,
        row("赵甲", "close", 3, named("孙丙", C_ID), id_no=A_ID),
        row("孙丙", "none", 4, id_no=C_ID, case_status="confirmed"),
    )[1]
    person = one(wrong, "赵甲")
    said = PersonData(
        name=person.name, id_no=person.id_no, facts=Facts(contact="secondary", linked=(Linked(id="李某"),))
    )
    corrected = act(wrong, Correct(person_id=person.id, person=said, reason="疾控更正"), NOW)
    answer, after = importing(corrected, row("赵甲", "close", 3, named("孙丙", C_ID), id_no=A_ID))
    assert after.persons[person.id].facts == corrected.persons[person.id].facts
    assert codes(answer) == [(3, "link_left")]


def test_name_and_phone_name_somebody_who_arrived_weakly() -> None:
    arrival = PersonData(name="何辛", phone="19900000031", row=3, facts=Facts(arrival_at=ARRIVED))
    before = act(EMPTY, ImportArrivals(persons=(arrival,)), NOW)
    answer, after = importing(before, row("何辛", "close", 3, phone="19900000031"))
    assert (counts(answer), codes(answer, links=False)) == ((0, 1, 0, 0), [(3, "same_by_traits")])
    assert after.persons[1].facts.contact == "close" and len(after.persons) == 1
    # Of two of that name and phone nobody is chosen.
    twin = replace(arrival, facts=Facts(arrival_at=EARLIER))
    two = act(before, ImportArrivals(persons=(twin,)), NOW)
    answer, after = importing(two, row("何辛", "close", 3, phone="19900000031"))
    assert counts(answer) == (1, 0, 0, 0) and (3, "namesake") in codes(answer, links=False)
    assert importing(after, row("何辛", "close", 3, phone="19900000031"))[0].changes == ()


def assessed() -> Snapshot:
    """A desk where two people have been assessed: one in room 1 as a close contact, one in room 3 for a stay."""
    close = someone(1, "none", name="赵甲", id_no=A_ID, facts=facts_of("none", contact="close"))
    other = someone(2, "3.5", name="钱乙", id_no=B_ID)
    return into_room(into_room(the_desk(close, other, LEADER), 1, "3.2a", 1), 2, "3.5", 3)


def test_a_contact_who_was_assessed_already_is_to_be_assessed_again() -> None:
    before = assessed()
    answer, after = importing(before, row("钱乙", "close", 3, id_no=B_ID, last_exposure_on=date(2021, 6, 6)))
    assert "concerns_assessed" in [code for _, code in codes(answer, links=False)]
    assert after.persons[2].facts.contact == "close"
    due = [each for each in owed(after, t("20:00")).values() if each.subject == "钱乙"]
    assert "reassess" in {each.id.partition("/")[0] for each in due} or "assess" in {each.kind for each in due}
    lowered, same = importing(before, row("赵甲", "secondary", 3, id_no=A_ID))
    assert same.persons[1].facts == before.persons[1].facts
    assert [each.field for each in tally(lowered).contradictions] == ["contact"]


# ---------------------------------------------------------------- what the link does afterwards


def test_the_way_from_the_sheet_to_the_conversion_of_the_secondary_contact() -> None:
    before = assessed()
    _, after = importing(
        before,
        row(
            "孙丙",
            "secondary",
            3,
            named("赵甲", A_ID),
            phone="19900000003",
            arrival_at=MORNING,
            border="none",
            health_code="green",
            travel_card="green",
            symptoms="none",
            stays=(),
        ),
    )
    second = one(after, "孙丙")
    assert course_of(second, after, t("20:00")).result.clause == "3.2b"
    positive = act(
        after, RecordTest(person_id=1, type="pcr", sampled_on=date(2021, 6, 8), result="positive"), t("20:00", 8)
    )
    follows = {(each.kind, each.person_id) for each in consequences(positive, positive.persons[1], t("20:00", 8))}
    assert ("convert", second.id) in follows
    assert course_of(positive.persons[second.id], positive, t("20:00", 8)).result.clause == "3.2a"


def test_a_positive_of_the_list_is_told_and_converts_the_secondaries_of_the_same_list() -> None:
    held = PcrCert(result="positive", sampled_at=SAMPLED)
    answer, after = importing(
        EMPTY,
        row("钱乙", "secondary", 3, named("赵甲", A_ID), id_no=B_ID),
        row("赵甲", "close", 4, id_no=A_ID, pcr=held),
    )
    (found,) = tally(answer).positives
    assert (found.row, found.person_id, found.sampled_on) == (4, one(after, "赵甲").id, date(2021, 6, 6))
    follows = consequences(after, one(after, "赵甲"), NOW, found.sampled_on)
    assert ("convert", one(after, "钱乙").id) in {(each.kind, each.person_id) for each in follows}
    assert any(each.kind == "trace" for each in owed(after, NOW).values())
    again, _ = importing(after, row("赵甲", "close", 4, id_no=A_ID, pcr=held))
    assert (again.changes, tally(again).positives) == ((), ())
    undated, after = importing(EMPTY, row("赵甲", "close", 4, id_no=A_ID, pcr=PcrCert(result="positive")))
    assert [each.sampled_on for each in tally(undated).positives] == [None]


def test_a_close_contact_of_a_name_that_no_case_bears_is_kept_by_it_and_the_same_again() -> None:
    """Somebody of that name in the same list is no case: the second time he is known, and still no case."""
    told = (row("甲", "close", 3, id_no=A_ID), row("乙", "close", 4, named("甲"), id_no=B_ID))
    answer, after = importing(EMPTY, *told)
    assert not any(each.code.startswith("link_") for each in tally(answer).rows)
    assert [each.id for each in one(after, "乙").facts.linked or ()] == ["甲"]
    again, _ = importing(after, *told)
    assert again.changes == ()


def test_a_row_without_a_name_or_of_a_day_to_come_is_rejected() -> None:
    answer, _ = importing(EMPTY, row("", "close", 3), row("甲", "close", 4, last_exposure_on=date(2021, 6, 9)))
    assert counts(answer) == (0, 0, 0, 2)
    assert [(each.row, each.cause) for each in tally(answer).left_to_see] == [
        (3, "sheet_contact"),
        (4, "sheet_contact"),
    ]
    assert not any(isinstance(each, Person) for each in answer.changes)
    assert [(each.column, each.code) for each in tally(answer).rows] == [
        ("name", "name_missing"),
        ("last_exposure_on", "future_date"),
    ]


# ---------------------------------------------------------------- properties

PEOPLE = [
    ("甲", A_ID, ""),
    ("乙", B_ID, ""),
    ("丙", "", "19900000001"),
    ("丁", "", "19900000002"),
    ("丁", "", "19900000003"),
    ("戊", "", ""),
]
WHOM = st.sampled_from(
    [
        *(named(name, id_no, phone) for name, id_no, phone in PEOPLE),
        named("甲"),
        named("丁"),
        named("己"),
        named("乙", A_ID),
    ]
)


@st.composite
def rows(draw: st.DrawFn) -> ContactData:
    name, id_no, phone = draw(st.sampled_from(PEOPLE))
    grade = draw(st.sampled_from(["close", "close", "secondary", "secondary", "unspecified", "unknown", "none"]))
    of = draw(st.lists(WHOM, max_size=2)) if grade in ("close", "secondary") else []
    more: dict[str, Any] = {}
    if draw(st.booleans()):
        more["last_exposure_on"] = date(2021, 6, draw(st.integers(1, 7)))
    if draw(st.integers(0, 4)) == 0:
        more["case_status"] = "confirmed"
    if draw(st.integers(0, 4)) == 0:
        more["pcr"] = PcrCert(result=draw(st.sampled_from(["positive", "negative"])), sampled_at=SAMPLED)
    return row(name, grade, draw(st.integers(3, 30)), *of, id_no=id_no, phone=phone, **more)


SHEETS = st.lists(rows(), min_size=1, max_size=7)
ORDER = ("none", "unknown", "secondary", "unspecified", "close")


def strict(person: Person) -> int:
    return ORDER.index(person.facts.contact)


def test_whoever_a_list_links_is_released_with_his_close_contact_and_the_list_brings_nobody_back() -> None:
    """密接解除，次密接自动解除: a secondary contact of two waits for the other one too."""

    def told(each: ContactData) -> ContactData:
        facts = facts_of("none", contact=each.person.facts.contact)
        return replace(each, person=replace(each.person, facts=facts))

    met = named("赵甲", A_ID)
    second = row("钱乙", "secondary", 4, met, phone="19900000002")
    third = row("孙丙", "secondary", 5, met, named("王某"), phone="19900000003")
    sheet = [told(each) for each in (row("赵甲", "close", 3, id_no=A_ID), second, third)]
    _, snapshot = importing(the_desk(LEADER), *sheet, now=t("19:00"))
    for number, clause in ((1, "3.2a"), (2, "3.2b")):
        snapshot = into_room(snapshot, number, clause, number)
    for number, days in ((1, (8, 11, 14, 21)), (2, (8, 11, 14))):
        for day in days:
            snapshot = act(snapshot, sample(day, number=number), t("20:00", day))
        snapshot = act(snapshot, sample(days[-1], "serum", number=number), t("20:10", days[-1]))
    released = Release(person_id=1, leader_id=LI, cadres=("镇干部", "周干部"), vehicle="湘K1", linked=(2,))
    assert refused(snapshot, replace(released, linked=(2, 3)), t("09:00", 22)).fields["blockers"] == ["waits_for"]
    after = act(snapshot, released, t("09:00", 22))
    assert {number: each.stage for number, each in after.persons.items()} == {1: "home", 2: "closed", 3: "pending"}
    assert importing(after, *sheet, now=t("10:00", 22))[0].changes == ()


def people(after: Snapshot) -> Iterable[Person]:
    return after.persons.values()


@settings(max_examples=SHARES["rules"]["importing"]["examples"] // 8, deadline=None)
@given(SHEETS, SHEETS)
def test_a_list_sent_again_changes_nothing_and_no_list_lowers_anybody(
    first: list[ContactData], other: list[ContactData]
) -> None:
    _, after = importing(EMPTY, *first)
    again, _ = importing(after, *first)
    assert again.changes == () and tally(again).accepted == 0
    assert sum(counts(again)) == len(first)
    _, later = importing(after, *other)
    for person in people(after):
        now = later.persons[person.id]
        assert strict(now) >= strict(person)
        assert not (person.facts.case_status == "confirmed" and now.facts.case_status != "confirmed")
        assert (now.facts.last_exposure_on or date.min) >= (person.facts.last_exposure_on or date.min)
        # A link is never taken away; a name may have become the person who bears it.
        names = {one_.id for one_ in now.facts.linked or ()}
        bearers = {
            later.persons[int(each.removeprefix("person-"))].name for each in names if each.startswith("person-")
        }
        assert all(each.id in names or each.id in bearers for each in person.facts.linked or ())


@settings(max_examples=SHARES["rules"]["importing"]["examples"] // 8, deadline=None)
@given(SHEETS, SHEETS)
def test_each_link_rests_on_evidence_or_is_a_name_that_a_row_wrote(
    before: list[ContactData], sheet: list[ContactData]
) -> None:
    _, first = importing(EMPTY, *before)
    _, after = importing(first, *sheet)
    told = {each.name for one_ in (*before, *sheet) for each in one_.of}
    numbers = {each.id_no for one_ in (*before, *sheet) for each in one_.of}
    phones = {each.phone for one_ in (*before, *sheet) for each in one_.of}
    listed = {one_.person.name for one_ in (*before, *sheet)}
    for person in people(after):
        for link in person.facts.linked or ():
            if not link.id.startswith("person-"):
                assert link.id in told
                continue
            contact = after.persons[int(link.id.removeprefix("person-"))]
            assert contact.id != person.id and contact.name in told
            assert contact.id_no in numbers - {""} or contact.phone in phones - {""} or contact.name in listed
            assert contact.facts.contact in ("close", "unspecified", "unknown", "none", "secondary")


@settings(max_examples=SHARES["rules"]["importing"]["examples"] // 16, deadline=None)
@given(SHEETS, st.randoms())
def test_the_order_of_rows_decides_no_grade_and_no_link_by_number(sheet: list[ContactData], random: Any) -> None:
    shuffled = [*sheet]
    random.shuffle(shuffled)

    def told(after: Snapshot) -> set[tuple[Any, ...]]:
        found = set()
        for person in people(after):
            links = frozenset(
                after.persons[int(each.id.removeprefix("person-"))].id_no
                for each in person.facts.linked or ()
                if each.id.startswith("person-")
            ) - {""}
            if person.id_no:
                found.add((person.id_no, person.facts.contact, person.facts.last_exposure_on, links))
        return found

    assert told(importing(EMPTY, *sheet)[1]) == told(importing(EMPTY, *shuffled)[1])
