"""Who is the same person, what a newer row changes, and what no sheet may undo."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dutyboard.rules.duties.sheets.areas import decide_import_areas
from dutyboard.rules.duties.sheets.arrivals import decide_import_arrivals
from dutyboard.rules.duties.sheets.roster import decide_import_roster
from dutyboard.rules.duties.sheets.sites import decide_import_sites, site_label
from dutyboard.rules.law.facts import ArrivalPcr, Facts, PcrCert, Stay
from dutyboard.rules.people.units import unit_kind
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.person import PersonData
from dutyboard.rules.records.commands.sheets import (
    AreaData,
    ImportAreas,
    ImportArrivals,
    ImportRoster,
    ImportSites,
    RosterSheet,
    SiteData,
)
from dutyboard.rules.records.model import (
    Assessment,
    AsWritten,
    DeskSettings,
    Entry,
    NoticeInForce,
    Officer,
    Person,
    Site,
    Unit,
)
from dutyboard.rules.records.outcome import ImportRow, ImportTally
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import Corrected
from dutyboard.rules.records.told.post import Imported
from dutyboard.rules.records.transaction import Accepted
from dutyboard.rules.records.unlike import contradictions_of
from tests.rules.desks import desk as new_desk
from tests.rules.desks import t
from tests.rules.fact_sets import notice
from tests.shares import SHARES

ACTOR = Actor(login="duty", officer_id=None)
NOW = datetime(2021, 6, 7, 19, 40, tzinfo=ZoneInfo("Asia/Shanghai"))
ARRIVED = datetime.fromisoformat("2021-06-01T10:30")
EMPTY = Snapshot(notices_known={notice().id: notice()}).applied(
    1, [DeskSettings(opened_at=t("00:00")), NoticeInForce(id=1, notice=notice().id, effective_from=t("00:00"))]
)
DRAFT = PersonData(
    name="张三",
    id_no="11010519491231002X",
    phone="13800001542",
    address="蓝田街道1号",
    origin="广州市荔湾区",
    facts=Facts(
        arrival_at=ARRIVED,
        stays=(Stay(place="广州市荔湾区", left_on=date(2021, 5, 31), code="440103"),),
        health_code="green",
        release_cert="unknown",
    ),
    row=3,
)


def importing(desk: Snapshot, *drafts: PersonData, now: datetime = NOW) -> tuple[Accepted, Snapshot]:
    accepted = decide_import_arrivals(ImportArrivals(persons=drafts), desk, now, ACTOR)
    return accepted, desk.applied(desk.seq + 1, accepted.changes)


def counts(accepted: Accepted) -> dict[str, int]:
    return {key: getattr(accepted.outcome, key) for key in ("accepted", "updated", "duplicates", "rejected")}


def rows_of(accepted: Accepted) -> tuple[ImportRow, ...]:
    return accepted.outcome.rows if isinstance(accepted.outcome, ImportTally) else ()


def codes(accepted: Accepted) -> list[tuple[int, str, str, str]]:
    return [(row.row, row.column, row.code, row.level) for row in rows_of(accepted)]


def with_facts(draft: PersonData, **facts: Any) -> PersonData:
    return replace(draft, facts=replace(draft.facts, **facts))


@pytest.mark.parametrize(
    ("second", "same"),
    [
        (DRAFT, True),
        (replace(DRAFT, name="张三丰", phone="", facts=Facts()), True),  # the ID alone
        (replace(DRAFT, id_no=""), True),  # name, phone, arrival
        (replace(DRAFT, id_no="1101051949123100", warnings=("id_length",)), True),
        (replace(DRAFT, id_no="110105194912310038"), False),  # two sound IDs are two people
        (replace(DRAFT, id_no="", phone="13800001543"), False),
        (replace(DRAFT, id_no="", name="张四"), False),
        (with_facts(replace(DRAFT, id_no=""), arrival_at=ARRIVED + timedelta(hours=1)), False),
        (
            with_facts(
                replace(DRAFT, id_no=""), arrival_at=datetime.fromisoformat("2021-06-01"), arrival_hour_unknown=True
            ),
            True,
        ),
        (replace(DRAFT, id_no="", phone=""), False),
    ],
)
def test_the_same_person(second: PersonData, same: bool) -> None:
    _, desk = importing(EMPTY, DRAFT)
    _, desk = importing(desk, replace(second, row=4))
    assert len(desk.persons) == (1 if same else 2)


def test_two_people_of_one_name_without_id_or_phone_are_two() -> None:
    bare = PersonData(name="李四", origin="广州", address="蓝田街道1号", row=3)
    accepted, desk = importing(EMPTY, bare, replace(bare, origin="深圳", row=4))
    assert counts(accepted)["accepted"] == 2
    again, _ = importing(desk, bare, replace(bare, origin="深圳", row=4))
    assert again.changes == ()


def test_no_later_list_changes_how_he_was_found() -> None:
    _, desk = importing(EMPTY, DRAFT)
    assert desk.persons[1].found_by == ""
    _, desk = importing(desk, replace(DRAFT, found_by="himself"))
    _, desk = importing(desk, replace(DRAFT, found_by="police"), DRAFT)
    assert desk.persons[1].found_by == "himself"


def test_silence_erases_nothing() -> None:
    _, desk = importing(EMPTY, DRAFT)
    _, desk = importing(desk, with_facts(DRAFT, release_cert="yes"))
    silent = PersonData(name="张三", id_no=DRAFT.id_no, facts=Facts(release_cert="unknown"), row=9)
    accepted, _ = importing(desk, silent)
    assert counts(accepted) == {"accepted": 0, "updated": 0, "duplicates": 1, "rejected": 0}
    assert accepted.changes == ()


def test_a_date_alone_says_nothing_new_of_a_known_hour() -> None:
    _, desk = importing(
        EMPTY, with_facts(DRAFT, pcr=PcrCert(result="negative", sampled_at=datetime.fromisoformat("2021-05-31T08:00")))
    )
    vague = with_facts(
        DRAFT,
        arrival_at=datetime.fromisoformat("2021-06-01"),
        arrival_hour_unknown=True,
        pcr=PcrCert(result=None, sampled_at=datetime.fromisoformat("2021-05-31")),
    )
    assert importing(desk, vague)[0].changes == ()


def test_what_is_new_updates_and_is_logged_once() -> None:
    _, desk = importing(EMPTY, DRAFT)
    accepted, desk = importing(desk, with_facts(DRAFT, symptoms="present", release_cert="yes"))
    assert counts(accepted)["updated"] == 1
    assert (desk.persons[1].facts.symptoms, desk.persons[1].facts.release_cert) == ("present", "yes")
    assert [entry.kind for entry in desk.entries.values()] == ["import", "import"]
    assert [entry.told.updated for entry in desk.entries.values() if isinstance(entry.told, Imported)] == [0, 1]


def test_the_same_id_under_another_name_keeps_the_first_name() -> None:
    _, desk = importing(EMPTY, DRAFT)
    accepted, desk = importing(desk, replace(DRAFT, name="章三"))
    assert ("name", "name_differs", "warning") in [row[1:] for row in codes(accepted)]
    assert [row.text for row in rows_of(accepted) if row.code == "name_differs"] == ["张三 / 章三"]
    assert desk.persons[1].name == "张三"
    (found,) = contradictions_of(desk.persons[1], desk)
    assert (found.field, found.other, found.row) == ("name", "章三", 3)
    assert importing(desk, replace(DRAFT, name="章三"))[0].changes == ()


def test_another_place_is_one_more_stay() -> None:
    _, desk = importing(EMPTY, DRAFT)
    elsewhere = Stay(place="深圳市南山区", left_on=date(2021, 5, 29), code="440305")
    _, desk = importing(desk, with_facts(DRAFT, stays=(elsewhere,)))
    assert [stay.place for stay in desk.persons[1].facts.stays or ()] == ["广州市荔湾区", "深圳市南山区"]


def test_a_border_crossed_is_not_undone_by_a_stay() -> None:
    _, desk = importing(EMPTY, with_facts(DRAFT, stays=None, border="hongkong"))
    _, desk = importing(desk, with_facts(DRAFT, border="none"))
    assert desk.persons[1].facts.border == "hongkong"
    assert desk.persons[1].facts.stays is not None


def test_a_later_row_of_the_same_sheet_is_an_update_or_a_duplicate() -> None:
    accepted, desk = importing(EMPTY, DRAFT, replace(DRAFT, row=4), with_facts(replace(DRAFT, row=5), symptoms="none"))
    assert counts(accepted) == {"accepted": 1, "updated": 1, "duplicates": 1, "rejected": 0}
    assert desk.persons[1].facts.symptoms == "none"


def test_rows_that_contradict_each_other_add_nothing_the_second_time() -> None:
    rows = (DRAFT, with_facts(replace(DRAFT, row=4), health_code="yellow"))
    first, desk = importing(EMPTY, *rows)
    assert counts(first) == {"accepted": 1, "updated": 1, "duplicates": 0, "rejected": 0}
    second, _ = importing(desk, *rows)
    assert second.changes == ()
    assert counts(second) == {"accepted": 0, "updated": 0, "duplicates": 2, "rejected": 0}


@pytest.mark.parametrize(
    ("draft", "column", "code"),
    [
        (replace(DRAFT, name=""), "name", "name_missing"),
        (with_facts(DRAFT, arrival_at=datetime.fromisoformat("2021-06-07T19:41")), "arrival_at", "future_date"),
        (with_facts(DRAFT, stays=(Stay(left_on=date(2021, 6, 8)),)), "left_on", "future_date"),
        (
            with_facts(DRAFT, pcr=PcrCert(result="negative", sampled_at=datetime.fromisoformat("2021-06-07T19:41"))),
            "sampled_at",
            "future_date",
        ),
    ],
)
def test_a_rejected_row_names_row_and_column_and_stops_nobody(draft: PersonData, column: str, code: str) -> None:
    other = replace(DRAFT, name="李四", id_no="", row=4)
    accepted, _ = importing(
        new_desk(Unit(id=1, name="蓝田街道", kind="street", registered_at=NOW)),
        draft,
        other,
    )
    assert counts(accepted) == {"accepted": 1, "updated": 0, "duplicates": 0, "rejected": 1}
    assert codes(accepted) == [(3, column, code, "error")]


def test_a_place_left_after_the_arrival_is_taken_without_its_day() -> None:
    draft = with_facts(DRAFT, stays=(Stay(place="广州", left_on=date(2021, 6, 5)),))
    draft = with_facts(draft, arrival_at=datetime.fromisoformat("2021-06-03T10:00"))
    accepted, desk = importing(EMPTY, draft)
    assert (3, "left_on", "left_after_arrival", "warning") in codes(accepted)
    assert [stay.left_on for stay in desk.persons[1].facts.stays or ()] == [None]
    assert [(each.field, each.text) for each in desk.persons[1].as_written] == [("left_on", "2021-06-05")]


def test_what_nobody_can_have_is_left_out_and_he_is_taken() -> None:
    told = with_facts(
        DRAFT, temp_c=365.0, arrival_pcr=ArrivalPcr(sampled_on=date(2021, 6, 6), result_on=date(2021, 6, 5))
    )
    accepted, desk = importing(EMPTY, told)
    assert counts(accepted)["accepted"] == 1
    assert {(column, code) for _, column, code, _ in codes(accepted)} >= {
        ("temp_c", "temperature_unlikely"),
        ("arrival_pcr_result_on", "result_before_sample"),
    }
    facts = desk.persons[1].facts
    assert (facts.temp_c, facts.arrival_pcr) == (None, ArrivalPcr(sampled_on=date(2021, 6, 6)))


def test_this_very_minute_and_today_are_not_the_future() -> None:
    here = with_facts(
        DRAFT, arrival_at=datetime.fromisoformat("2021-06-07T19:40"), stays=(Stay(left_on=date(2021, 6, 7)),)
    )
    assert counts(importing(EMPTY, here)[0])["accepted"] == 1


def test_the_clock_is_the_desks_wherever_now_comes_from() -> None:
    here = with_facts(DRAFT, arrival_at=datetime.fromisoformat("2021-06-07T19:40"), stays=None)
    assert counts(importing(EMPTY, here, now=NOW.astimezone(ZoneInfo("UTC")))[0])["accepted"] == 1


def test_the_longest_unit_that_begins_the_address() -> None:
    units = {
        1: Unit(id=1, name="石马", kind="town", registered_at=NOW),
        2: Unit(id=2, name="石马山街道", kind="street", registered_at=NOW),
    }
    desk = new_desk(*units.values())
    accepted, after = importing(
        desk, replace(DRAFT, address="石马山街道3组"), replace(DRAFT, id_no="", name="李四", address="娄底")
    )
    assert [person.unit_id for person in after.persons.values()] == [2, None]
    assert codes(accepted) == [(3, "address", "unit_unknown", "warning")]


def test_a_sheet_lowers_nothing_of_an_assessed_person() -> None:
    _, desk = importing(EMPTY, DRAFT)
    assessment = Assessment(
        notice="n",
        decision="decide",
        clause="3.7b",
        also=(),
        first_place="site",
        provisional=None,
        refer_reason=None,
        by=1,
        at=NOW,
    )
    desk = desk.applied(2, [replace(desk.persons[1], assessment=assessment, stage="site")])
    accepted, after = importing(desk, with_facts(DRAFT, release_cert="yes"))
    assert after.persons[1] == desk.persons[1]
    assert ("already_assessed", "warning") in [row[2:] for row in codes(accepted)]
    assert [(each.field, each.other) for each in contradictions_of(after.persons[1], after)] == [
        ("release_cert", "yes")
    ]
    assert importing(after, with_facts(DRAFT, release_cert="yes"))[0].changes == ()


def test_a_sheet_does_not_undo_what_an_officer_corrected() -> None:
    _, desk = importing(EMPTY, DRAFT)
    corrected = replace(desk.persons[1], facts=replace(desk.persons[1].facts, health_code="yellow"))
    entry = Entry(
        id=desk.next_id("entries"),
        told=Corrected(changed=("health_code",), before={"health_code": "green"}, after={"health_code": "yellow"}),
        happened_at=NOW,
        entered_at=NOW,
        entered_by=1,
        login="duty",
        subject="person-1",
    )
    desk = desk.applied(2, [corrected, entry])
    accepted, after = importing(desk, with_facts(DRAFT, symptoms="none"))
    assert after.persons[1].facts.health_code == "yellow"
    assert after.persons[1].facts.symptoms == "none"
    assert "corrected_by_officer" in [row[2] for row in codes(accepted)]
    assert importing(after, with_facts(DRAFT, symptoms="none"))[0].changes == ()


def test_a_row_without_id_finds_the_same_person_the_second_time() -> None:
    bare = PersonData(name="李四", row=3)
    numbered = replace(bare, id_no="1101", warnings=("id_length",), row=4)
    rows = (bare, numbered, with_facts(replace(numbered, row=5), arrival_at=ARRIVED))
    _, desk = importing(EMPTY, *rows)
    assert importing(desk, *rows)[0].changes == ()


FACTS = st.builds(
    Facts,
    arrival_at=st.sampled_from([None, ARRIVED]),
    health_code=st.sampled_from([None, "green", "yellow", "unknown"]),
    symptoms=st.sampled_from([None, "none", "present"]),
    release_cert=st.sampled_from(["yes", "no", "unknown"]),
    contact=st.sampled_from(["none", "close"]),
    border=st.sampled_from([None, "none", "hongkong"]),
    stays=st.sampled_from([None, (Stay(place="广州", left_on=date(2021, 5, 31)),), (Stay(place="深圳"),)]),
)
# (name, ID, phone, warnings) of people who are told apart in one way or another; the facts told of them vary freely.
PEOPLE = [
    ("", "", "", ()),
    ("张三", "11010519491231002X", "13800001542", ()),
    ("张三", "", "13800001542", ("id_missing",)),
    ("李四", "1101", "", ("id_length",)),
    ("李四", "", "", ("id_missing",)),
    ("李四", "110105194912310000", "", ("id_cut",)),
    ("李四", "110105194912310038", "13800001542", ()),
]
DRAFTS = st.builds(
    lambda who, address, companions, vehicle, facts, row: PersonData(
        name=who[0],
        id_no=who[1],
        phone=who[2],
        warnings=who[3],
        address=address,
        companions=companions,
        vehicle=vehicle,
        facts=facts,
        row=row,
    ),
    st.sampled_from(PEOPLE),
    st.sampled_from(["", "蓝田街道1号"]),
    st.sampled_from(["", "王五", "赵六、王五", "赵六，王五", "无"]),
    st.sampled_from(["", "G6078", "湘K12345"]),
    FACTS,
    st.integers(3, 40),
)


AT_TEN = Facts(arrival_at=datetime(2021, 6, 1, 10))  # noqa: DTZ001  a wall-clock time, as all of a sheet
A_NUMBER_THEN_A_NEW_ADDRESS = [
    PersonData(name="李四", id_no="1101", warnings=("id_length",), facts=AT_TEN),
    PersonData(name="李四", warnings=("id_missing",), facts=AT_TEN),
    PersonData(name="李四", id_no="1101", warnings=("id_length",), address="蓝田街道1号"),
]


@settings(max_examples=SHARES["rules"]["importing"]["examples"], deadline=None)
@example(A_NUMBER_THEN_A_NEW_ADDRESS)
@given(st.lists(DRAFTS, max_size=8))
def test_any_sheet_twice_changes_nothing_and_every_row_is_counted(drafts: list[PersonData]) -> None:
    first, desk = importing(EMPTY, *drafts)
    assert sum(counts(first).values()) == len(drafts)
    assert counts(first)["accepted"] == len(desk.persons)
    assert counts(first)["rejected"] == sum(draft.name == "" for draft in drafts)
    second, _ = importing(desk, *drafts)
    assert sum(counts(second).values()) == len(drafts)
    assert second.changes == ()


# ---------------------------------------------------------------- roster, sites, areas


def roster(desk: Snapshot, *members: Officer, unit: str = "蓝田街道") -> tuple[Accepted, Snapshot]:
    sheet = RosterSheet(unit=unit, members=tuple(enumerate(members, start=4)))
    accepted = decide_import_roster(ImportRoster(sheets=(sheet,)), desk, NOW, ACTOR)
    return accepted, desk.applied(desk.seq + 1, accepted.changes)


LIANG = Officer(id=0, name="梁斌敏", phone="13800001542", duty="办公室主任", director=True)


def test_an_officer_with_a_new_phone_is_the_same_and_keeps_his_login() -> None:
    _, desk = roster(EMPTY, LIANG)
    desk = desk.applied(2, [replace(desk.officers[1], login="liang", role="leader")])
    accepted, desk = roster(desk, replace(LIANG, phone="13800009999"))
    assert counts(accepted)["updated"] == 1
    assert desk.officers[1] == replace(LIANG, id=1, unit_id=1, phone="13800009999", login="liang", role="leader")


def test_two_officers_of_one_name_are_told_apart_by_phone() -> None:
    twin = replace(LIANG, phone="13900000000", duty="数据上报", director=False)
    accepted, desk = roster(EMPTY, LIANG, twin)
    # A sheet that names two of one name and one unit means two: the second is no new phone of the first.
    assert counts(accepted)["accepted"] == 2
    assert roster(desk, LIANG, twin)[0].changes == ()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("桥头河镇", "town"),
        ("三甲乡", "town"),
        ("蓝田街道", "street"),
        ("龙山管理处", "management"),
        ("市卫健局", "city_office"),
    ],
)
def test_unit_kinds(name: str, kind: str) -> None:
    assert unit_kind(name) == kind


HOTEL = SiteData(
    name="涟源宾馆隔离点", unit="蓝田街道", rooms=62, state="active", areas=("走廊",), keeper="毛轩", phone="", row=3
)


def sites(desk: Snapshot, *drafts: SiteData) -> tuple[Accepted, Snapshot]:
    accepted = decide_import_sites(ImportSites(sites=drafts), desk, NOW, ACTOR)
    return accepted, desk.applied(desk.seq + 1, accepted.changes)


@pytest.mark.parametrize("unit", ["蓝田", "蓝田办事处", "涟源市蓝田街道", "蓝田街道办事处"])
def test_a_site_lies_in_the_unit_that_the_desk_has_under_another_form_of_its_name(unit: str) -> None:
    desk = new_desk(Unit(id=1, name="蓝田街道", kind="street", registered_at=NOW))
    accepted, after = sites(desk, replace(HOTEL, unit=unit))
    assert codes(accepted) == []
    assert [*after.units] == [1] == [site.unit_id for site in after.sites.values()]


def test_a_sheet_neither_opens_nor_closes_a_known_site() -> None:
    first, desk = sites(EMPTY, HOTEL)
    assert codes(first) == [(3, "unit", "unit_added", "warning")]
    accepted, desk = sites(desk, replace(HOTEL, state="closed", rooms=64))
    assert (desk.sites[1].state, desk.sites[1].rooms) == ("active", 64)
    assert codes(accepted) == [(3, "state", "state_kept", "warning")]


@pytest.mark.parametrize(
    ("name", "taken", "label"),
    [
        ("涟源宾馆隔离点", [], "涟源宾馆"),
        ("涟源宾馆东楼", ["涟源宾馆"], "涟源东楼"),
        ("涟源宾馆", ["涟源宾馆"], "涟源宾2"),
    ],
)
def test_labels_differ(name: str, taken: list[str], label: str) -> None:
    assert site_label(name, taken) == label


def test_a_raised_level_is_one_more_area() -> None:
    draft = AreaData(
        code="440103", name="荔湾区白鹤洞街道", level="medium", starts=date(2021, 6, 3), ends=None, source="", row=2
    )
    raised = replace(draft, level="high", starts=date(2021, 6, 5))
    accepted = decide_import_areas(ImportAreas(areas=(draft, raised, draft)), EMPTY, NOW, ACTOR)
    assert counts(accepted) == {"accepted": 2, "updated": 0, "duplicates": 1, "rejected": 0}
    desk = EMPTY.applied(1, accepted.changes)
    ended = decide_import_areas(ImportAreas(areas=(replace(draft, ends=date(2021, 6, 20)),)), desk, NOW, ACTOR)
    assert counts(ended)["updated"] == 1
    assert not any(isinstance(record, Site | Person) for record in ended.changes)


# ---------------------------------------------------------------- numbers with stars in them


def masked(id_no: str = "", phone: str = "", **said: Any) -> PersonData:
    """The row of the person whose numbers were masked before it was sent."""
    cells = [
        AsWritten(sheet="", row=3, field=field, heading=field, text=text)
        for field, text in (("id_no", id_no), ("phone", phone))
        if text
    ]
    warnings: Any = [f"{each.field.removesuffix('_no')}_masked" for each in cells]
    return replace(DRAFT, id_no="", phone="", warnings=tuple(warnings), as_written=tuple(cells), **said)


@pytest.mark.parametrize(
    ("id_no", "phone"),
    [
        ("1101**********002X", "138****1542"),
        ("1101**********002X", ""),
        ("", "138****1542"),
        ("110105XXXXXXXX002X", ""),
        ("1101●●●●●●●●002X", "138●●●●1542"),
    ],
)
def test_a_row_with_masked_numbers_is_of_the_one_whose_digits_it_shows_and_changes_nothing(
    id_no: str, phone: str
) -> None:
    _, desk = importing(EMPTY, DRAFT)
    accepted, after = importing(desk, masked(id_no, phone))
    assert counts(accepted) == {"accepted": 0, "updated": 0, "duplicates": 1, "rejected": 0}
    assert after.persons == desk.persons
    assert "same_by_traits" in [row.code for row in rows_of(accepted)]


@pytest.mark.parametrize(
    "row",
    [
        masked("1101**********0021", "138****1542"),  # a digit that is not his
        masked("1101**********002X", "138****0000"),
        masked("1***************", ""),  # too little is left
        masked("***", "***"),
        masked("1101**********002X", "", name="李四"),
        masked("1101**********002X", "", facts=replace(DRAFT.facts, arrival_at=ARRIVED + timedelta(days=3))),
    ],
)
def test_digits_that_a_mask_leaves_decide_nothing_alone(row: PersonData) -> None:
    _, desk = importing(EMPTY, DRAFT)
    accepted, after = importing(desk, row)
    assert counts(accepted)["accepted"] == 1
    new = after.persons[max(after.persons)]
    assert (new.id_no, new.phone) == ("", "") and new.as_written == row.as_written
    assert after.persons[1] == desk.persons[1]


def test_two_people_whose_digits_are_alike_are_not_told_apart_by_a_mask() -> None:
    other = replace(DRAFT, id_no="110105194912310038", phone="13800011542")
    _, desk = importing(EMPTY, DRAFT, other)
    accepted, _ = importing(desk, masked(phone="138****1542"))
    assert counts(accepted)["accepted"] == 1
