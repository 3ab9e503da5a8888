"""The screening report and the city sheet as they print: what was stated, changed since, and is missing."""

from typing import Any

import pytest
from openpyxl import load_workbook

from dutyboard.rules.duties.pairs import ORIGINS, PAIRED
from dutyboard.rules.duties.post.screening.counts import screening_counts
from dutyboard.rules.records.commands.post import SendReport
from dutyboard.rules.records.ids import POST, Subject
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.export.kinds import make_page
from dutyboard.tui.export.page import Maker, NoPage, Page, PageAsked
from dutyboard.tui.export.page_text import as_text
from dutyboard.tui.export.workbook import write_workbook
from dutyboard.tui.terminal.cells import width
from dutyboard.tui.text import words
from tests.rules.desks import DAY, act, desk, person, t, unit
from tests.tui.goldens import assert_golden

EVENING = t("20:00")
FIRST = {"abroad_today": 1, "abroad": 3, "new": 1, "total": 3, "at_site_today": 0, "at_site": 2, "tests_due": 2}
AGAIN = FIRST | {"abroad_today": 2, "abroad": 4, "new": 2, "total": 4, "lost": 1}


def send(snapshot: Snapshot, number: int, clock: str, figures: dict[str, int], **more: Any) -> Snapshot:
    subject = Subject("unit", number) if number else POST
    given: dict[str, Any] = {"zero": not any(figures.values()), "reporter": "李倩", "sent_at": t(clock)}
    report = SendReport(kind="screening", subject=subject, day=DAY, figures=figures, **(given | more))
    return act(snapshot, report, EVENING)


def sent_desk() -> Snapshot:
    """Three units: one reported and supplemented, one stated zero at 17:00, one nothing. A person is of none."""
    units = [unit(1, name="蓝田街道", kind="street"), unit(2, name="桥头河镇"), unit(3, name="茅塘镇")]
    snapshot = desk(*units, person(1), person(2, unit_id=1))
    snapshot = send(snapshot, 1, "16:40", FIRST)
    snapshot = send(snapshot, 1, "18:05", AGAIN, checked_by="周涛", responsible="陈晨")
    return send(snapshot, 2, "17:00", dict.fromkeys(FIRST, 0), reporter="王芳")


def page(kind: Any, snapshot: Snapshot, number: int = 0, language: Any = "zh") -> Page:
    subject = Subject("unit", number) if number else None
    asked = PageAsked(kind=kind, subject=subject, first=DAY, last=DAY)
    return make_page(asked, snapshot, EVENING, Maker("wangfang", "7:" + "ab" * 32), words(language))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_report_shows_pairs_supplements_as_deltas_and_who_signs(language: str) -> None:
    assert_golden(f"screening_report_{language}", as_text(page("screening", sent_desk(), 1, language)))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_city_sheet_has_every_unit_and_sums_only_those_that_reported(language: str) -> None:
    assert_golden(f"city_sheet_{language}", as_text(page("city", sent_desk(), language=language)))


def test_the_report_keeps_its_keys_and_tells_its_supplements() -> None:
    told = page("screening", sent_desk(), 1).json
    keys = ("kind", "unit", "date", "revision", "zero", "figures", "due", "frozen_at", "sent_at", "late")
    assert {"scope", "from", "to", "made_at", "made_by", "seq", "head", "rows", "totals", *keys} <= told.keys()
    assert (told["revision"], told["late"], told["figures"]) == (2, False, AGAIN)
    assert (told["reporter"], told["checked_by"], told["responsible"]) == ("李倩", "周涛", "陈晨")
    (again,) = told["supplements"]
    assert [(each["figure"], each["before"], each["after"], each["delta"]) for each in again["changes"]] == [
        ("abroad_today", 1, 2, 1),
        ("abroad", 3, 4, 1),
        ("new", 1, 2, 1),
        ("total", 3, 4, 1),
        ("lost", None, 1, None),
    ]
    assert {"figure": "abroad", "today": 2, "total": 4} in told["rows"]
    assert {"figure": "tests_due", "today": None, "total": 2} in told["rows"]


def test_what_nobody_stated_is_the_desk_s_own_count_and_no_report() -> None:
    told, counted = page("screening", sent_desk(), 3).json, screening_counts(sent_desk(), 3, DAY, EVENING)
    assert (told["revision"], told["sent_at"], told["late"], told["supplements"]) == (0, None, True, [])
    assert told["figures"] == {name: counted[name] for name in told["figures"]}
    assert sum(told["figures"][name] for name in ORIGINS) == told["figures"]["total"]


def test_an_old_report_with_totals_alone_is_read_and_leaves_today_blank() -> None:
    old = send(sent_desk(), 3, "16:00", {"abroad": 2, "total": 2, "new": 0})
    told = page("screening", old, 3)
    assert {"figure": "abroad", "today": None, "total": 2} in told.json["rows"]
    (table,) = told.tables
    assert table.rows[0][1:] == (None, 2)
    assert not any(part in told.json["figures"] for part in PAIRED.values() if part != "new")


def test_the_city_sheet_as_json_names_the_missing_and_never_counts_them_as_zero() -> None:
    told = page("city", sent_desk()).json
    assert [each["unit"] for each in told["rows"]] == ["蓝田街道", "桥头河镇", "茅塘镇"]
    totals = told["totals"]
    assert (totals["reported"], totals["owing"], totals["missing"]) == (2, 3, ["茅塘镇"])
    assert (totals["figures"]["total"], totals["figures"]["lost"], totals["stated_by"]["lost"]) == (4, 1, 1)
    assert told["rows"][2]["total"] is None and told["rows"][1]["total"] == 0


def test_a_desk_without_units_has_no_city_sheet() -> None:
    with pytest.raises(NoPage):
        page("city", desk())


def test_in_the_workbook_figures_are_numbers_and_the_missing_are_blank(tmp_path: Any) -> None:
    target = tmp_path / "city.xlsx"
    with target.open("wb") as file:
        write_workbook(page("city", sent_desk()), file)
    sheet = load_workbook(target).active
    rows = {row[0].value: row for row in sheet.iter_rows() if row[0].value}  # type: ignore[union-attr]
    assert [cell.value for cell in rows["蓝田街道"] if isinstance(cell.value, int)][:2] == [2, 4]
    assert not any(isinstance(cell.value, int) for cell in rows["茅塘镇"])
    heads = [cell.value for cell in rows["单位"]]
    assert "境外（含港澳台）" in heads and "失联" in heads


@pytest.mark.parametrize("language", ["zh", "en"])
def test_in_text_the_heading_of_a_group_begins_where_its_first_column_does(language: str) -> None:
    made = page("city", sent_desk(), language=language)
    (table,) = made.tables
    above, heads = as_text(made)[len(made.above) + 1 :][:2]
    at, before, seen = 0, "", 0
    for column in table.columns:
        if column.group not in ("", before):
            assert tail(above, at).startswith(column.group)
            seen += 1
        before, rest = column.group, tail(heads, at).removeprefix(column.head)
        at += width(column.head) + width(rest) - width(rest.lstrip())
    assert seen == len({each.group for each in table.columns} - {""})


def tail(line: str, cells: int) -> str:
    """What stands in a line from a cell on."""
    at = next(at for at in range(len(line) + 1) if width(line[:at]) >= cells)
    return line[at:]
