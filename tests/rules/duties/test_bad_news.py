"""Bad news of rejected rows: it is named in the tally and stays on the board until an officer closes it."""

import ast
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from dutyboard.rules.board import board
from dutyboard.rules.decide import decide
from dutyboard.rules.duties import sheets
from dutyboard.rules.law.facts import Facts, PcrCert
from dutyboard.rules.records.commands import Command
from dutyboard.rules.records.commands.person import PersonData
from dutyboard.rules.records.commands.post import CloseMatter, Discharge
from dutyboard.rules.records.commands.sheets import (
    ContactData,
    ImportArrivals,
    ImportContacts,
    ImportLayer,
    ImportResults,
    ImportRounds,
    ImportTemperatures,
    ReadingRow,
    RoundRow,
    RowPerson,
    UndoImport,
)
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import DeskSettings, Matter
from dutyboard.rules.records.outcome import LeftToSee
from dutyboard.rules.records.secrets import Secret
from dutyboard.rules.records.snapshot import Snapshot, table_of
from tests.rules.desks import ADMIN, act, t
from tests.rules.duties import test_result_lists as lab
from tests.rules.duties.test_backlog import NOW, PM, WHOLE, a_desk, codes, patrol, reading, resident, temperatures, told

DESK: Final = a_desk()
MEASURED: Final = told(temperatures(*WHOLE), DESK)[0]
PATROLLED: Final = act(DESK, Discharge(obligation="patrol-1/site-1/2021-06-08"), t("08:00", 8))
FOUND: Final = act(DESK, Discharge(obligation="patrol-1/site-1/2021-06-08", abnormal=True, text="漏水"), t("08:00", 8))
AWAY: Final = act(
    DESK,
    Discharge(obligation="patrol-1/site-1/2021-06-08", absent=(3,), remarks={"person-3": "外出"}),
    t("08:00", 8),
)
HOT_TOTALS: Final = told(
    ImportRounds(rounds=(patrol("temperature-am", figures={"of": 3, "measured": 3, "highest": 38.1}, text="复测"),)),
    DESK,
)[0]
TWINS: Final = a_desk(resident(1, name="同名"), resident(2, name="同名", room="102"))


def of_temperatures(*rows: ReadingRow) -> ImportTemperatures:
    return ImportTemperatures(readings=rows)


def of_rounds(*rows: RoundRow) -> ImportRounds:
    return ImportRounds(rounds=rows)


def fever(name: str = "人员1", **fields: Any) -> ReadingRow:
    return reading(name, 38.2, **fields)


def early(row: Any) -> Any:
    return replace(row, slot=replace(row.slot, day=date(2018, 6, 8)))


def positive(whom: RowPerson, **more: Any) -> ImportResults:
    return ImportResults(results=(lab.row(whom, more.pop("result", "positive"), 1, **more),))


UNKNOWN: Final = RowPerson(name="周测戊", id_no=lab.OTHER_ID)


def arrivals(**told_: Any) -> ImportArrivals:
    return ImportArrivals(persons=(PersonData(**({"name": "", "phone": "19900000071", "row": 1} | told_)),))


def contacts(**told_: Any) -> ImportContacts:
    person = PersonData(**({"name": "", "phone": "19900000072", "row": 1} | told_))
    return ImportContacts(contacts=(ContactData(person=person),))


REJECTED: Final[list[tuple[str, Snapshot, Command, str, str]]] = [
    ("site_unknown", DESK, of_temperatures(fever(site="无此点")), "sheet_fever", "post"),
    ("slot_unknown", DESK, of_temperatures(fever(slot="temperature-night")), "sheet_fever", "site-1"),
    ("future_date", DESK, of_temperatures(fever(day=11)), "sheet_fever", "site-1"),
    ("early_date", DESK, of_temperatures(early(fever())), "sheet_fever", "site-1"),
    ("hour_outside", DESK, of_temperatures(fever(minute=300)), "sheet_fever", "site-1"),
    ("person_unknown", DESK, of_temperatures(fever("无此人")), "sheet_fever", "site-1"),
    ("person_unknown", DESK, of_temperatures(reading("无此人", absent="外出")), "sheet_absent", "site-1"),
    ("person_unknown", DESK, of_temperatures(reading("无此人", 36.5, symptom="咳嗽")), "sheet_fever", "site-1"),
    ("person_several", TWINS, of_temperatures(fever("同名")), "sheet_fever", "site-1"),
    ("temperature_unlikely", DESK, of_temperatures(reading("人员1", 50.0)), "sheet_fever", "person-1"),
    (
        "rows_differ",
        DESK,
        of_temperatures(fever(), reading("人员1", 36.5, first=37.0, row=2)),
        "sheet_fever",
        "person-1",
    ),
    ("told_otherwise", MEASURED, of_temperatures(reading("人员1", absent="外出")), "sheet_absent", "person-1"),
    ("site_unknown", DESK, of_rounds(patrol(site="", abnormal=True, text="漏水")), "sheet_abnormal", "post"),
    ("slot_unknown", DESK, of_rounds(patrol("patrol-9", absent=(("人员1", ""),))), "sheet_absent", "site-1"),
    ("future_date", DESK, of_rounds(patrol(day=11, abnormal=True, text="漏水")), "sheet_abnormal", "site-1"),
    ("early_date", DESK, of_rounds(early(patrol(abnormal=True, text="漏水"))), "sheet_abnormal", "site-1"),
    ("note_needed", DESK, of_rounds(patrol(abnormal=True)), "sheet_abnormal", "site-1"),
    ("person_unknown", DESK, of_rounds(patrol(absent=(("无此人", "外出"),))), "sheet_absent", "site-1"),
    ("person_several", TWINS, of_rounds(patrol(absent=(("同名", ""),))), "sheet_absent", "site-1"),
    ("figures_needed", DESK, of_rounds(patrol("temperature-am", figures={"highest": 38.5})), "sheet_fever", "site-1"),
    (
        "figure_unlikely",
        DESK,
        of_rounds(patrol("temperature-am", figures={"of": 3, "measured": 3, "highest": 50.0})),
        "sheet_fever",
        "site-1",
    ),
    (
        "rows_differ",
        DESK,
        of_rounds(patrol(), patrol(row=2, abnormal=True, text="漏水")),
        "sheet_abnormal",
        "site-1",
    ),
    ("told_otherwise", PATROLLED, of_rounds(patrol(abnormal=True, text="漏水")), "sheet_abnormal", "site-1"),
    ("told_otherwise", PATROLLED, of_rounds(patrol(absent=(("人员3", "外出"),))), "sheet_absent", "person-3"),
    ("told_otherwise", FOUND, of_rounds(patrol(abnormal=True, text="有人翻窗")), "sheet_abnormal", "site-1"),
    ("told_otherwise", FOUND, of_rounds(patrol()), "sheet_otherwise", "site-1"),
    ("told_otherwise", AWAY, of_rounds(patrol()), "sheet_otherwise", "site-1"),
    (
        "told_otherwise",
        HOT_TOTALS,
        of_rounds(patrol("temperature-am", figures={"of": 3, "measured": 3, "highest": 36.8})),
        "sheet_otherwise",
        "site-1",
    ),
    (
        "told_otherwise",
        HOT_TOTALS,
        of_rounds(patrol("temperature-am", figures={"of": 3, "measured": 3, "highest": 39.1})),
        "sheet_fever",
        "site-1",
    ),
    ("nobody_fits", lab.DESK, positive(UNKNOWN), "sheet_positive", "post"),
    ("nobody_fits", lab.DESK, positive(UNKNOWN, result="indeterminate"), "sheet_unclear", "post"),
    ("name_alone", lab.DESK, positive(RowPerson(name="赵测甲")), "sheet_positive", "post"),
    ("several_fit", lab.DESK, positive(RowPerson(site=lab.SITE, room="1")), "sheet_positive", "post"),
    ("contradicts", lab.DESK, positive(RowPerson(name="钱测乙", id_no=lab.CLOSE_ID)), "sheet_positive", "post"),
    ("sample_day_missing", lab.DESK, positive(lab.MATE, sampled_on=None), "sheet_positive", "person-2"),
    ("early_date", lab.DESK, positive(lab.MATE, sampled_on=date(2018, 6, 8)), "sheet_positive", "person-2"),
    ("future_date", lab.DESK, positive(lab.MATE, result_at=t("10:00", 20)), "sheet_positive", "person-2"),
    ("sample_before_arrival", lab.DESK, positive(lab.MATE, sampled_on=date(2021, 1, 8)), "sheet_positive", "person-2"),
    (
        "name_missing",
        DESK,
        arrivals(facts=Facts(pcr=PcrCert(sampled_at=t("08:00", 8).replace(tzinfo=None), result="positive"))),
        "sheet_positive",
        "post",
    ),
    ("name_missing", DESK, arrivals(facts=Facts(pcr=PcrCert(result="indeterminate"))), "sheet_unclear", "post"),
    ("name_missing", DESK, contacts(facts=Facts(case_status="suspected")), "sheet_suspected", "post"),
    ("name_missing", DESK, arrivals(facts=Facts(symptoms="present")), "sheet_fever", "post"),
    ("name_missing", DESK, arrivals(address="乡镇11组", facts=Facts(temp_c=38.4)), "sheet_fever", "post"),
    (
        "future_date",
        DESK,
        arrivals(name="甲", facts=Facts(contact="close", last_exposure_on=date(2031, 6, 8))),
        "sheet_contact",
        "post",
    ),
    ("name_missing", DESK, contacts(facts=Facts(contact="secondary")), "sheet_contact", "post"),
    ("name_missing", DESK, contacts(facts=Facts(case_status="confirmed")), "sheet_positive", "post"),
]


def findings(snapshot: Snapshot) -> dict[int, Matter]:
    return {each.id: each for each in snapshot.matters.values() if (each.cause or "").startswith("sheet_")}


@pytest.mark.parametrize(
    ("code", "before", "command", "cause", "about"), REJECTED, ids=[f"{each[0]}-{n}" for n, each in enumerate(REJECTED)]
)
def test_bad_news_of_a_rejected_row_stays_on_the_board_until_an_officer_closes_it(
    code: str, before: Snapshot, command: Command, cause: str, about: str
) -> None:
    after, tally = told(command, before)
    assert code in [row.code for row in tally.rows if row.level == "error"], codes(tally)
    [left] = tally.left_to_see
    assert (left.cause, left.about) == (cause, about)
    assert (left.row, code) in [(row.row, row.code) for row in tally.rows if row.level == "error"]
    [finding] = findings(after).values()
    assert (finding.subject, finding.what, finding.row) == (about, left.text, left.row)
    assert re.search("[a-z]{3}", finding.what) is None, "an officer reads words and no code"
    rows = {each.id: each for each in board(after, NOW).obligations}
    [owed] = [each for each in rows.values() if each.subject_id == str(Subject("matter", finding.id))]
    assert left.text in owed.text and f"#{left.row}" in owed.text
    assert (owed.priority == "red") == (cause not in ("sheet_absent", "sheet_abnormal", "sheet_otherwise"))
    assert all(getattr(after, table) == getattr(before, table) for table in ("persons", "readings", "parts"))
    again = decide(command, after, NOW, ADMIN)
    assert not hasattr(again, "code") and again.changes == ()  # type: ignore[union-attr]
    closed = act(after, CloseMatter(matter_id=finding.id, outcome="已核实"), NOW)
    assert told(command, closed)[1].left_to_see == ()


def test_what_is_left_to_see_goes_with_its_import_where_nobody_has_closed_it() -> None:
    answer = decide(of_temperatures(fever("无此人")), DESK, NOW, ADMIN)
    after = DESK.applied(DESK.seq + 1, answer.changes)  # type: ignore[union-attr]
    changed = [each for each in answer.changes if not isinstance(each, DeskSettings | Secret)]  # type: ignore[union-attr]
    layer = ImportLayer(tuple(changed), ())
    number = min(each.id for each in changed if table_of(each) == "entries" and each.id not in DESK.entries)
    undone = act(after, UndoImport(entry_id=number, layer=layer), NOW)
    assert findings(undone) == {}
    assert told(of_temperatures(fever("无此人")), undone)[1].left_to_see != ()


def test_a_finding_has_its_own_number_beside_those_of_the_checks_of_its_sheet() -> None:
    sheet = of_rounds(patrol(absent=(("人员3", "外出"),)), patrol("patrol-2", 2, absent=(("无此人", ""),)))
    after, tally = told(sheet, DESK)
    assert [each.row for each in tally.left_to_see] == [2]
    assert sorted((each.subject, each.cause or "") for each in after.matters.values()) == [
        ("person-3", "absent"),
        ("site-1", "sheet_absent"),
    ]
    assert len({each.id for each in after.entries.values()}) == len(after.entries) - len(DESK.entries) == 3


@pytest.mark.parametrize(
    ("before", "row"),
    [
        (FOUND, patrol(abnormal=True, text="漏水", done_by="另一人")),
        (AWAY, patrol(absent=(("人员3", ""),), done_by="另一人")),
        (PATROLLED, patrol(done_by="另一人")),
        (PATROLLED, patrol(minute=500)),
    ],
)
def test_another_name_or_hour_of_the_same_findings_is_named_and_no_more(before: Snapshot, row: RoundRow) -> None:
    after, tally = told(of_rounds(row), before)
    assert codes(tally) == [(1, "told_otherwise")]
    assert (tally.left_to_see, after.matters) == ((), before.matters)


def test_a_milder_reading_than_a_fever_of_the_desk_is_left_to_an_officer() -> None:
    before, _ = told(temperatures(*WHOLE[:2], reading("人员3", 38.5, 3)), DESK)
    after, tally = told(temperatures(reading("人员3", 36.4, 9)), before)
    assert [(each.row, each.about, each.cause) for each in tally.left_to_see] == [(9, "person-3", "sheet_otherwise")]
    assert after.readings == before.readings
    hot, lower = told(temperatures(reading("人员3", 38.0, 9)), before)
    assert [each.cause for each in lower.left_to_see] == ["sheet_otherwise"] and hot.readings == before.readings


def test_a_round_too_near_to_another_keeps_its_fever() -> None:
    before, _ = told(temperatures(*(replace(each, slot=replace(each.slot, minute=718)) for each in WHOLE)), DESK)
    rows = [
        reading(f"人员{n}", temp, n, slot="temperature-pm", minute=1022)
        for n, temp in ((1, 38.2), (2, 36.6), (3, 36.6))
    ]
    after, tally = told(temperatures(*rows), before)
    assert {row.code for row in tally.rows if row.level == "error"} == {"rounds_too_close"}, codes(tally)
    assert [(each.row, each.about, each.cause) for each in tally.left_to_see] == [(1, "person-1", "sheet_fever")]
    assert PM not in after.parts


WITHOUT_PEOPLE: Final = {"areas.py", "sites.py", "roster.py"}
"""Sheets that tell of nobody's health."""


def test_no_row_of_people_is_rejected_but_where_its_bad_news_is_looked_for() -> None:
    """Each function that counts a rejected row asks for its news."""
    seen = set()
    for path in Path(sheets.__path__[0]).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            said = ast.unparse(node) if isinstance(node, ast.FunctionDef) else ""
            if "counts['rejected'] +=" in said and path.name not in WITHOUT_PEOPLE:
                seen.add(path.name)
                assert "leave_to_see(" in said, path.name
    assert seen == {"backlog.py", "results.py", "people_rows.py"}


def test_a_place_that_the_desk_has_not_is_told_as_it_is_written() -> None:
    _, tally = told(of_temperatures(fever(site="无此点")), DESK)
    assert [each.text for each in tally.left_to_see] == ["无此点 2021-06-08 早间测温 人员1 38.2"]


def test_who_has_no_name_is_told_by_the_end_of_his_number() -> None:
    [left] = told(positive(RowPerson(id_no=lab.OTHER_ID)), lab.DESK)[1].left_to_see
    assert isinstance(left, LeftToSee)
    assert lab.OTHER_ID[-4:] in left.text and lab.OTHER_ID not in left.text
