"""Sheets as a desk gets them: arrivals, results, paper of past days; sent again, worse or milder, taken back."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from stdnum.cn.ric import calc_check_digit

from dutyboard.rules.law.facts import ArrivalPcr, Facts
from dutyboard.rules.people.stage import on_desk, site_of
from dutyboard.rules.records.commands.person import PersonData
from dutyboard.rules.records.commands.sheets import (
    AreaData,
    ImportAreas,
    ImportArrivals,
    ImportResults,
    ImportRounds,
    ImportTemperatures,
    ReadingRow,
    ResultData,
    RoundRow,
    RowPerson,
    SlotTold,
    UndoImport,
)
from dutyboard.rules.records.model import Person, subject_id
from tests.rules.courses.night import TOWN, Night, facts_of

MILDER: Final[Mapping[str, object]] = {
    "symptoms": "none",
    "health_code": "green",
    "travel_card": "green",
    "contact": "secondary",
    "case_status": "suspected",
}
"""A mild word of each fact that may be grave."""
GRAVE: Final[Mapping[str, object]] = {
    "symptoms": "present",
    "health_code": "red",
    "travel_card": "red",
    "contact": "close",
    "case_status": "confirmed",
}
"""The gravest word of each of them."""
PAPER: Final = "纸质登记"


def id_of(number: int) -> str:
    """Return a sound number of nobody, for each number another one."""
    start = f"431382199001{1 + number % 28:02}{number % 999:03}"
    return start + calc_check_digit(start)


def newcomer(night: Night, row: int) -> PersonData:
    """Somebody whom the desk does not know, half of them with a number."""
    number = night.snapshot.next_id("persons") + row
    return PersonData(
        name=f"人员{number}",
        id_no=id_of(number) if night.chance(0.5) else "",
        phone=f"1990000{number:04}",
        facts=facts_of(night),
        row=row,
    )


def told_of(night: Night, person: Person, row: int) -> PersonData:
    """Somebody whom the desk knows: as he is, worse, milder, tested, or with the facts of another day."""
    at = {"arrival_at": person.facts.arrival_at, "no_arrival": person.facts.no_arrival}
    pick = night.random.choice
    changes: dict[str, Any] = {}
    known = person.facts
    match pick(("as he is", "milder", "milder", "worse", "tested", "another day", "came again")):
        case "milder":
            keys = [key for key, word in GRAVE.items() if getattr(known, key) == word] or [*MILDER]
            changes = {key: MILDER[key] for key in keys}
        case "worse":
            key = pick([*GRAVE])
            changes = {key: GRAVE[key]}
        case "tested":
            result = pick(("negative", "negative", "positive", "pending"))
            known = replace(Facts(), **at)
            changes = {"arrival_pcr": ArrivalPcr(result=result, sampled_on=night.today)}
        case "another day":
            known = replace(facts_of(night), **at)
        case "came again":
            known = facts_of(night)
    return PersonData(
        name=person.name,
        id_no=person.id_no,
        phone=person.phone if person.id_no == "" or night.chance(0.5) else "",
        facts=replace(known, **changes),
        row=row,
    )


def import_arrivals(night: Night) -> None:
    """Read a sheet of arrivals: somebody new, and people whom the desk knows."""
    rows = [newcomer(night, 2)] if night.chance(0.5) else []
    known = list(night.snapshot.persons.values())
    fresh = [each for each in known if on_desk(each) and each.assessment is None]  # all that is told of them is taken
    for row in range(3, 3 + night.random.choice((1, 2, 4))):
        if known:
            among = fresh if fresh and night.chance(0.5) else known
            rows.append(told_of(night, night.random.choice(among), row))
    if rows:
        night.say(ImportArrivals(persons=tuple(rows)))


def import_areas(night: Night) -> None:
    """List an area where some people were, or raise it."""
    starts = night.today - timedelta(days=night.random.choice((0, 2, 9)))
    level: Any = "high" if night.chance(0.5) else "medium"
    area = AreaData(code=TOWN[1], name=TOWN[0], level=level, starts=starts, ends=None, source="省疾控", row=2)
    night.say(ImportAreas(areas=(area,)))


def import_results(night: Night) -> None:
    """Read a laboratory's list: people by name and phone, by room, or by the code of their tube."""
    pick = night.random.choice
    rows: list[ResultData] = []
    for row in range(2, 2 + pick((1, 3, 5))):
        if not night.snapshot.persons:
            break
        person = pick(list(night.snapshot.persons.values()))
        sampled = night.today - timedelta(days=pick((0, 0, 1, 3)))
        whom = RowPerson(name=person.name, id_no=person.id_no, phone=person.phone)
        there = site_of(person)
        if there is not None and night.chance(0.3):
            whom = RowPerson(site=f"隔离点{there}", room=str(person.room))
        rows.append(
            ResultData(
                whom=whom,
                type="serum" if night.chance(0.2) else "pcr",
                result=pick(("pending", "negative", "negative", "negative", "indeterminate", "positive", "invalid")),
                sampled_on=sampled if night.chance(0.9) else None,
                result_at=night.now - timedelta(minutes=30) if night.chance(0.3) else None,
                sample_code=f"C{person.id}-{sampled:%m%d}" if night.chance(0.3) else "",
                row=row,
            )
        )
    if rows:
        night.say(ImportResults(results=tuple(rows)))


def slot_of(night: Night, slot: str, row: int) -> SlotTold:
    """A slot of one of the last days, told from paper."""
    return SlotTold(
        site=f"隔离点{night.random.choice((1, 2))}",
        day=night.today - timedelta(days=night.random.choice((0, 1, 1, 2))),
        slot=slot,
        minute=night.random.choice((None, None, 9 * 60, 15 * 60, 20 * 60)),
        done_by="值守员",
        reason=PAPER,
        row=row,
    )


def import_temperatures(night: Night) -> None:
    """Read the temperatures of a round from paper, seldom a high one, and who was not there."""
    pick = night.random.choice
    slot = slot_of(night, pick(("temperature-am", "temperature-pm")), 0)
    people = [each for each in night.snapshot.persons.values() if site_of(each) is not None]
    rows: list[ReadingRow] = []
    for row, person in enumerate(people, 2):
        site = f"隔离点{site_of(person)}" if night.chance(0.9) else slot.site
        told = replace(slot, site=site, row=row)
        absent = "外出采样" if night.chance(0.1) else ""
        rows.append(
            ReadingRow(
                slot=told,
                room=str(person.room or ""),
                name=person.name if night.chance(0.7) else subject_id(person),
                temp_c=None if absent else pick((36.3, 36.5, 36.6, 36.9, 37.5, 38.4)),
                symptom="咳嗽" if not absent and night.chance(0.05) else "",
                absent=absent,
            )
        )
    if rows:
        night.say(ImportTemperatures(readings=tuple(rows)))


def import_rounds(night: Night) -> None:
    """Read patrols and disinfections of past days from paper, with somebody who was not there."""
    rows: list[RoundRow] = []
    for row in range(2, 2 + night.random.choice((1, 2, 4))):
        slot = slot_of(night, night.random.choice(("patrol-1", "patrol-2", "patrol-3", "disinfection-am")), row)
        there = [each for each in night.snapshot.persons.values() if slot.site == f"隔离点{site_of(each)}"]
        missing = slot.slot.startswith("patrol") and there and night.chance(0.2)
        absent = ((night.random.choice(there).name, "不在房内"),) if missing else ()
        abnormal = night.chance(0.1)
        rows.append(RoundRow(slot=slot, abnormal=abnormal, text="门窗损坏" if abnormal else "", absent=absent))
    night.say(ImportRounds(rounds=tuple(rows)))


def send_again(night: Night) -> None:
    """Read a sheet of before once more: yesterday's file, or one that was taken back."""
    if night.sheets:
        night.say(night.random.choice(night.sheets[-6:]))


def undo_import(night: Night) -> None:
    """Take one of the last sheets back."""
    if night.imports:
        number = night.random.choice(list(night.imports)[-4:])
        night.say(UndoImport(entry_id=number, reason="文件发错", layer=night.imports[number]))


SHEET_ACTS: Final[tuple[Callable[[Night], None], ...]] = (
    *(import_arrivals,) * 3,
    *(import_results,) * 3,
    *(send_again,) * 3,
    *(undo_import,) * 3,
    *(import_temperatures,) * 2,
    *(import_rounds,) * 2,
    import_areas,
)
"""Sheets, the frequent ones more often."""


def sheet(night: Night) -> None:
    """Do one thing with a sheet."""
    night.random.choice(SHEET_ACTS)(night)
