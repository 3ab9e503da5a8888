"""Printed reports: what was sent and what was not, the annex form, and cells that can be no formula."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from dutyboard.rules.board import board
from dutyboard.rules.decide import decide
from dutyboard.rules.people.stage import stands
from dutyboard.rules.records.codes import ReportKind
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.post import OpenDesk, SendReport
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.post import HandedOver
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.export.board import board_json
from dutyboard.tui.export.kinds import make_page
from dutyboard.tui.export.page import Maker, NoPage, Page, PageAsked, PageColumn, PageKind, PageTable
from dutyboard.tui.export.page_text import as_text
from dutyboard.tui.export.workbook import write_workbook
from dutyboard.tui.link.picture import known_notices
from dutyboard.tui.sample import busy_desk
from dutyboard.tui.text import words
from dutyboard.tui.views.entry.duty_names import duty_name

NOW = datetime.fromisoformat("2026-11-24T10:00:00+08:00")
ZH = words("zh")
WORDS = ZH.reports
MAKER = Maker("root", "cd513c88c81b6d1b" + "0" * 48)


def made(
    desk: Snapshot, kind: PageKind, subject: str | None = None, at: datetime = NOW, day: date | None = None
) -> Page:
    """Return a page of a day as it is printed; without one the newest."""
    named, of_day = Subject.parse(subject or ""), day or at.date()
    return make_page(
        PageAsked(kind=kind, subject=named, first=of_day, last=of_day, said_days=day is not None), desk, at, MAKER, ZH
    )


@pytest.fixture(scope="module")
def desk() -> Snapshot:
    command = OpenDesk(desk="疫情防控", admin_name="", notice="lianyuan-2021-07")
    return Snapshot(notices_known=known_notices()).applied(7, busy_desk(command, NOW, "root", known_notices()))


def sent(desk: Snapshot, at: datetime, total: int, *, zero: bool = False) -> Snapshot:
    return stated(desk, at, "screening", "unit-1", {"total": total}, zero=zero)


def stated(
    desk: Snapshot, at: datetime, kind: ReportKind, subject: str, figures: dict[str, int | None], *, zero: bool = False
) -> Snapshot:
    command = SendReport(
        kind=kind,
        subject=subject,
        day=NOW.date(),
        figures=figures,
        zero=zero,
        reporter="梁斌敏",
        sent_at=at,
    )
    bound = next(officer.id for officer in desk.officers.values() if officer.login == "root")
    answer = decide(command, desk, at, Actor(login="root", officer_id=bound))
    assert isinstance(answer, Accepted), answer
    return desk.applied(desk.seq + 1, answer.changes)


def test_an_unsent_report_says_so_and_is_no_zero_report(desk: Snapshot) -> None:
    page = made(desk, "screening", "unit-1")
    assert (page.json["revision"], page.json["zero"], page.json["sent_at"], page.json["late"]) == (
        0,
        False,
        None,
        False,
    )
    assert WORDS.not_sent in page.above
    late = made(desk, "screening", "unit-1", NOW.replace(hour=17))
    assert (late.json["late"], late.json["frozen_at"]) == (True, "2026-11-24T17:00:00+08:00")


def test_a_sent_report_is_printed_as_it_was_sent(desk: Snapshot) -> None:
    at = NOW.replace(hour=16, minute=59)
    page = made(sent(desk, at, 31), "screening", "unit-1", at)
    assert page.json["figures"] == {"total": 31}
    assert (page.json["revision"], page.json["late"], page.json["sent_at"]) == (1, False, "2026-11-24T16:59:00+08:00")
    strictly = sent(desk, NOW.replace(hour=17), 31)
    assert made(strictly, "screening", "unit-1", NOW.replace(hour=17)).json["late"]


def test_a_zero_report_says_zero(desk: Snapshot) -> None:
    at = NOW.replace(hour=16)
    page = made(sent(desk, at, 0, zero=True), "screening", "unit-1", at)
    assert page.json["zero"] is True
    assert WORDS.zero in page.above


def test_a_site_report_stated_in_time_is_not_late_for_its_supplement(desk: Snapshot) -> None:
    """The first statement is what is held against the hour; a supplement after it is shown as one."""
    first = stated(desk, NOW.replace(hour=16), "site", "site-1", {"vacant": 8})
    told = stated(first, NOW.replace(hour=18), "site", "site-1", {"vacant": 7})
    page = made(told, "site", "site-1", NOW.replace(hour=18))
    assert page.json["late"] is False
    assert WORDS.late not in page.above
    (supplement,) = page.json["supplements"]
    assert supplement["changes"] == [{"figure": "vacant", "before": 8, "after": 7, "delta": -1}]
    assert any(table.heading == ZH.screening_pages.supplements for table in page.tables)


def test_a_site_report_and_the_whole_city_count_the_desk(desk: Snapshot) -> None:
    site = made(desk, "site", "site-1")
    counted = {name: site.json["figures"][name] for name in ("rooms", "used", "kept", "vacant", "occupied", "abnormal")}
    assert counted == {"rooms": 62, "used": 53, "kept": 1, "vacant": 8, "occupied": 53, "abnormal": 0}
    city = made(desk, "screening")
    assert city.json["figures"]["total"] == sum(map(stands, desk.persons.values()))


def test_the_page_names_who_gets_the_report(desk: Snapshot) -> None:
    working_group, office = "报送：市疫情防控工作指挥部网格化工作组", "报送：市疫情防控工作指挥部办公室"
    assert working_group in made(desk, "screening").above
    assert office in made(desk, "site", "site-1").above


def test_a_site_report_has_one_set_of_figures(desk: Snapshot) -> None:
    """What the sample sent, what the page prints of an unsent one, and what the notice asks."""
    asked = list(desk.daily_at(NOW).site_report.figures)
    sent_figures = [list(report.figures) for report in desk.reports.values() if report.kind == "site"]
    assert sent_figures and all(stated == [each for each in asked if each in stated] for stated in sent_figures)
    assert {name for stated in sent_figures for name in stated} >= {*asked} - {"staff_unwell"}, "checked after it"
    assert list(made(desk, "site", "site-1").json["figures"]) == asked


def test_the_roster_is_the_annex_form(desk: Snapshot) -> None:
    lines = as_text(made(desk, "roster", "unit-5"))
    assert lines[0] == "乡镇（街道）新冠肺炎疫情防控工作专班花名册"
    assert lines[1].startswith("填报单位（盖章）：杨市镇  第一责任人：未定  制表：root")
    assert lines[2].split() == ["姓", "名", "职", "务", "联系电话", "职责分工", "备", "注"]
    assert len(lines) == 3 + sum(officer.unit_id == 5 for officer in desk.officers.values()), "nothing stands below"


def test_the_handover_list_carries_the_head_of_the_journal(desk: Snapshot) -> None:
    page = made(desk, "handover")
    assert page.above[:2] == ("2026-11-24 10:00", "草稿，尚未签字：交班人 王芳  接班人（排班）张强  带班领导 李建国")
    assert page.made.startswith("制表：root  2026-11-24 10:00  依据日志第 7 行（链头 cd51 3c88 c81b 6d1b）")
    named, counted = page.json["by_name"], page.json["by_count"]
    in_kinds = [item for each in counted for item in each["items"]]
    assert [item["id"] for item in page.json["items"]] == [*named, *in_kinds]
    assert len(page.tables[0].rows) - 2 == len(named) + len(counted) > 0, "beside two headings"
    tests = next(each for each in counted if each["kind"] == "test")
    assert tests["count"] > 1 and (f"检测 {tests['count']}", "", "", "", "") in page.tables[0].rows
    again = {item["id"]: item["carried"] for item in page.json["items"]}
    assert any(each and each["times"] > 1 for each in again.values())


def test_a_cell_that_looks_like_a_formula_is_text(tmp_path: Path) -> None:
    rows = (("=HYPERLINK(1)", "@x"), ("-2+3", "+86 13800000000"))
    table = PageTable((PageColumn("a", "=A1", "=B1"), PageColumn("b", "+b", "=B1")), rows, "=heading")
    page = Page(title="=1+1", above=("=above",), tables=(table,), below=("=below",), made="=made", name="=name")
    with (tmp_path / "r.xlsx").open("wb") as file:
        write_workbook(page, file)
    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx").active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert [cell.data_type for cell in cells] == ["s"] * len(cells)
    assert cells[0].value == "=1+1"


def test_board_json_writes_every_instant_with_the_desks_offset(desk: Snapshot) -> None:
    printed = board_json(board(desk, NOW))
    assert printed["now"] == "2026-11-24T10:00:00+08:00"
    stamps = [owed[key] for owed in printed["obligations"] for key in ("opens", "due")]
    assert all(stamp.endswith("+08:00") for stamp in stamps)
    empty = replace(desk, shifts={})
    gaps = board_json(board(empty, NOW))["seats"]
    assert [(seat["officer"], seat["state"]) for seat in gaps] == [(None, "gap"), (None, "gap")]


def test_a_past_day_prints_the_handovers_that_were_signed(desk: Snapshot) -> None:
    day = NOW.date() - timedelta(days=1)
    page = made(desk, "handover", day=day)
    entries = [desk.entries[each["entry"]] for each in page.json["signed"]]
    assert [entry.obligation for entry in entries] == [f"handover-0800/post/{day}", f"handover-2000/post/{day}"]
    told = entries[0].told
    assert isinstance(told, HandedOver)
    names = [desk.officers[number].name for number in (told.outgoing, told.incoming)]
    assert page.tables[0].heading.startswith(f"交班 {names[0]} -> 接班 {names[1]}，")
    assert page.tables[0].rows[0][1:3] == tuple(names) and names[0] in page.below[0]
    named, counted = (list(table.rows) for table in page.tables[1:3])
    assert told.by_name
    assert [row[0] for row in named] == [duty_name(item, desk, ZH) for item in told.by_name]
    assert sum(int(str(row[1])) for row in (*named, *counted)) == len(told.items), "the rest is counted"
    matter = next(iter(desk.matters.values()))
    about = replace(told, items=("call/matter-1/2026-11-23",), by_name=("call/matter-1/2026-11-23",))
    one = made(replace(desk, entries={1: replace(entries[0], told=about)}), "handover", day=day)
    assert matter.id == 1 and matter.what in str(one.tables[1].rows[0][0]), "no officer knows a matter by its number"
    older = replace(desk, entries={1: replace(entries[0], told=replace(told, by_name=None))})
    before = made(older, "handover", day=day)
    assert len(before.tables[1].rows) == len(told.items), "an older one names each"
    with pytest.raises(NoPage, match="没有签过字的交接"):
        made(desk, "handover", day=NOW.date() - timedelta(days=300))
