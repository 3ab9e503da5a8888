"""No act tells of a year or of a number that cannot be meant, whichever command it is."""

from dataclasses import fields, replace
from datetime import date, datetime
from math import inf, nan
from typing import Any, get_args, get_type_hints

import pytest

from dutyboard.rules.decide import decide
from dutyboard.rules.law.facts import ArrivalPcr, Facts, Linked, PcrCert, Stay, read_facts
from dutyboard.rules.law.facts import Test as Sample
from dutyboard.rules.law.impossible import EARLIEST, impossible
from dutyboard.rules.people.identity import with_birth_doubted
from dutyboard.rules.records.bounds import AHEAD, MOST, unfit_value
from dutyboard.rules.records.commands import Command
from dutyboard.rules.records.commands.person import PersonData, Register, TakeReading
from dutyboard.rules.records.commands.post import Discharge, WriteLog
from dutyboard.rules.records.commands.sheets import ImportArrivals, ImportSites, SiteData
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.outcome import ImportTally
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.transaction import Accepted
from tests.rules.desks import ADMIN, ZONE, desk, notice, t

NOW = t("12:00")
FAR = (date.min, date.max, date(2018, 12, 31), (NOW + AHEAD).date().replace(year=NOW.year + 3))


def holds(hint: Any, kind: type) -> bool:
    return hint is kind or kind in get_args(hint)


DATED = [
    (command, each.name)
    for command in get_args(Command)
    for each in fields(command)
    if each.name != "practice_since"
    and any(holds(get_type_hints(command)[each.name], kind) for kind in (date, datetime))
]


def bare(command: type[Any], **said: Any) -> Any:
    """A command of which nothing is said but this: what is looked at before anybody asks what it means."""
    made = object.__new__(command)
    for each in fields(command):
        object.__setattr__(made, each.name, said.get(each.name))
    return made


@pytest.mark.parametrize(("command", "field"), DATED)
@pytest.mark.parametrize("day", FAR)
def test_every_date_of_every_command_is_of_these_years(command: type[Any], field: str, day: date) -> None:
    at = datetime(day.year, day.month, day.day, tzinfo=ZONE)
    for told in (day, at):
        refused = unfit_value(bare(command, **{field: told}), NOW)
        assert refused is not None and refused.code == "out_of_years" and refused.fields["name"] == field


@pytest.mark.parametrize(("command", "field"), DATED)
@pytest.mark.parametrize("day", [EARLIEST, NOW.date(), NOW.date() + AHEAD])
def test_the_years_of_the_epidemic_pass(command: type[Any], field: str, day: date) -> None:
    assert unfit_value(bare(command, **{field: day}), NOW) is None


@pytest.mark.parametrize(
    "number",
    [MOST + 1, -MOST - 1, 10**5000, inf, -inf, nan],
    ids=lambda each: f"{each:.0e}" if abs(each) < 1e9 else "huge",
)
def test_every_number_is_bounded(number: float) -> None:
    told = Discharge(
        obligation="temperature-am/site-1/2021-06-07",
        figures={"measured": number},
        readings={Subject("person", 1): number},
    )
    for command in (
        told,
        replace(told, figures={}),
        TakeReading(person_id=1, temp_c=number),
        bare(Discharge, figures={"a": (1, [number])}),
    ):
        refused = unfit_value(command, NOW)
        assert refused is not None and refused.code == "bad_figure"
        assert len(str(refused.fields)) < 200


def test_the_door_of_every_act_asks() -> None:
    answer = decide(WriteLog(text="从前", happened_at=datetime(1, 1, 2, tzinfo=ZONE)), desk(), NOW, ADMIN)
    assert isinstance(answer, Refusal) and answer.code == "out_of_years"


EARLY = date(2018, 12, 31)
EARLY_FACTS = (
    Facts(arrival_at=datetime.combine(EARLY, datetime.min.time())),
    Facts(admitted_on=EARLY),
    Facts(assessed_on=EARLY),
    Facts(discharged_on=EARLY),
    Facts(last_exposure_on=EARLY),
    Facts(pcr=PcrCert(sampled_at=datetime.combine(EARLY, datetime.min.time()))),
    Facts(arrival_pcr=ArrivalPcr(sampled_on=EARLY)),
    Facts(stays=(Stay(left_on=EARLY),)),
    Facts(tests=(Sample(sampled_on=EARLY),)),
    Facts(linked=(Linked(positive_on=EARLY),)),
)


@pytest.mark.parametrize("facts", EARLY_FACTS)
def test_no_fact_is_of_before_2019(facts: Facts) -> None:
    found = impossible(facts, NOW.replace(tzinfo=None), notice().daily.thresholds)
    assert [each.code for each in found] == ["out_of_years"]
    answer = decide(Register(person=PersonData(name="张三", facts=facts)), desk(), NOW, ADMIN)
    assert isinstance(answer, Refusal) and answer.code == "out_of_years"
    rows = (PersonData(name="张三", facts=facts, row=3), PersonData(name="李四", row=4))
    taken = decide(ImportArrivals(persons=rows), desk(), NOW, ADMIN)
    assert isinstance(taken, Accepted) and isinstance(taken.outcome, ImportTally)
    assert (taken.outcome.accepted, taken.outcome.rejected) == (1, 1)
    assert "early_date" in [row.code for row in taken.outcome.rows if row.row == 3]


def test_days_are_bounded_at_the_door_and_not_in_an_old_record() -> None:
    facts = read_facts({"isolation_days_done": 10**9})
    assert [each.code for each in impossible(facts, NOW.replace(tzinfo=None), notice().daily.thresholds)] == [
        "too_many_days"
    ]
    answer = decide(Register(person=PersonData(name="张三", facts=facts)), desk(), NOW, ADMIN)
    assert isinstance(answer, Refusal) and answer.code == "bad_figure"
    taken = decide(ImportArrivals(persons=(PersonData(name="张三", facts=facts, row=3),)), desk(), NOW, ADMIN)
    assert isinstance(taken, Accepted) and isinstance(taken.outcome, ImportTally)
    assert "days_unlikely" in [row.code for row in taken.outcome.rows]


def test_nothing_is_told_of_before_the_first_day() -> None:
    known = desk(opened=t("08:00", 5))
    early = WriteLog(text="从前", happened_at=t("23:59", 4), reason="补记")
    answer = decide(early, known, NOW, ADMIN)
    assert isinstance(answer, Refusal) and answer.code == "before_desk"
    assert isinstance(decide(replace(early, happened_at=t("00:00", 5)), known, NOW, ADMIN), Accepted)


@pytest.mark.parametrize(("born", "doubted"), [("20210607", False), ("20210608", True), ("29991231", True)])
def test_a_birth_that_is_to_come_is_kept_and_noted(born: str, doubted: bool) -> None:
    told = PersonData(name="张三", id_no=f"431382{born}0019")
    noted = with_birth_doubted(told, NOW)
    assert (noted.id_no, noted.warnings) == (told.id_no, ("id_date",) if doubted else ())
    assert with_birth_doubted(noted, NOW) == noted


@pytest.mark.parametrize(
    "rooms", [0, 10_000, 2_000_000_000, 10**30, tuple(map(str, range(10_000))), ()], ids=lambda each: str(each)[:9]
)
def test_a_sheet_gives_no_site_more_rooms_than_a_site_has(rooms: int | tuple[str, ...]) -> None:
    site = SiteData(name="甲", unit="蓝田", rooms=rooms, state="active", areas=(), keeper="", phone="", row=3)
    answer = decide(ImportSites(sites=(replace(site, name="乙", rooms=9999), site)), desk(), NOW, ADMIN)
    if isinstance(answer, Refusal):
        assert answer.code == "bad_figure" and rooms > MOST  # type: ignore[operator]
        return
    assert isinstance(answer.outcome, ImportTally) and answer.outcome.rejected == 1
    assert [row.code for row in answer.outcome.rows if row.level == "error"] == ["rooms_unlikely"]
