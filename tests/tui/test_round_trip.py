"""The round trip: what the desk writes comes in again and changes nothing, masked or whole, in either language."""

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dutyboard.rules.duties.sheets.roster import decide_import_roster
from dutyboard.rules.records.codes import SheetKind
from dutyboard.rules.records.commands import Command
from dutyboard.rules.records.model import DeskSettings, Entry, NoticeInForce, Officer, Unit, subject_id
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.commands.sheets import KINDS
from dutyboard.tui.export.kinds import KINDS as PAGES
from dutyboard.tui.export.page import Maker, Page, PageAsked, made_line
from dutyboard.tui.export.post.roster import roster_page
from dutyboard.tui.export.template import template_fields
from dutyboard.tui.export.workbook import write_workbook
from dutyboard.tui.sheets.headings import own_headings
from dutyboard.tui.sheets.notes import Intake
from dutyboard.tui.sheets.reader import child, files
from dutyboard.tui.sheets.reader.grids import Grid
from dutyboard.tui.sheets.reader.intake_error import IntakeError
from dutyboard.tui.sheets.sheet_command import read_sheet
from dutyboard.tui.sheets.word_lists import word_list
from dutyboard.tui.terminal.masking import masked_text, revealing
from dutyboard.tui.text import LANGUAGES, words
from tests.rules.desks import ADMIN, t
from tests.rules.fact_sets import notice
from tests.tui.command_line import CommandLine
from tests.tui.drawn_sheets.people import sound_number

NOW = t("10:00")
EMPTY = Snapshot(notices_known={notice().id: notice()}).applied(
    1, [DeskSettings(opened_at=t("00:00")), NoticeInForce(id=1, notice=notice().id, effective_from=t("00:00"))]
)
TOWN = Unit(id=1, name="蓝田街道", kind="street", registered_at=t("00:00"))


@pytest.fixture(autouse=True, scope="module")
def in_this_process() -> Any:
    """Read files here: a child process costs more than a sheet."""

    def read(raw: bytes, name: str) -> tuple[Grid, ...]:
        try:
            return child.grids_of(raw)
        except IntakeError as error:
            raise IntakeError(error.code, **{**error.fields, "file": name}) from None

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "read_apart", read)
        yield


def written(page: Page, folder: Path) -> Path:
    made = BytesIO()
    write_workbook(page, made)
    path = folder / "report.xlsx"
    path.write_bytes(made.getvalue())
    return path


def roster(desk: Snapshot, language: str) -> Page:
    """Return the roster of the town as it is printed."""
    asked = PageAsked(kind="roster", subject=subject_id(TOWN), first=NOW.date(), last=NOW.date())
    return roster_page(asked, desk, NOW, Maker("root", "0f3a"), words(language))


def taken(intake: Intake[Any], command: Command, desk: Snapshot) -> Accepted:
    assert not [note for note in intake.notes if note.level == "error"], intake.notes
    answer = decide_import_roster(command, desk, NOW, ADMIN)  # type: ignore[arg-type]
    assert isinstance(answer, Accepted)
    return answer


NAMES = st.text(st.sampled_from("王李测甲乙丙丁文武强敏欧阳"), min_size=2, max_size=4)
USUAL = "办公室主任 协助办公室主任 卫生院院长、专班主任 兼职 不专职 - 1.查 （是办公室主任） 2021-06-07 36.5 组长：查"
ODD = ["", "=1+1", "'=1+1", '="7"', "_x0041_", "'引", "-1"]
SIGNS = st.text(st.sampled_from("排查登记组副长员'\"=+-@（）()、，：;12aB "), max_size=10)
TEXTS = st.one_of(st.sampled_from(USUAL.split() + ODD), SIGNS.map(lambda each: " ".join(each.split())))
PHONES = st.sampled_from(["", "13800001542", "13911110000", "0738-4463255", "4463255"])
MEMBERS = st.builds(
    dict, name=NAMES, title=TEXTS, phone=PHONES, duty=TEXTS, note=TEXTS, director=st.booleans(), full_time=st.booleans()
).filter(lambda each: {each["title"], each["phone"], each["duty"], each["note"]} - {"", "-"})
"""Members of a roster. A name beside dashes alone is named as a row that was left."""


@pytest.mark.parametrize("shown", [False, True], ids=["masked", "revealed"])
@pytest.mark.parametrize("language", ["zh", "en"])
@given(
    members=st.lists(MEMBERS, min_size=1, max_size=4, unique_by=lambda each: each["name"]),
    first=st.one_of(st.just(""), NAMES),
)
@settings(max_examples=60, deadline=None)
def test_a_roster_that_was_printed_comes_in_again_and_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, language: str, shown: bool, members: list[dict[str, Any]], first: str
) -> None:
    town = replace(TOWN, first_responsible=first)
    officers = [Officer(id=number, unit_id=1, role="town", **each) for number, each in enumerate(members, start=1)]
    desk = EMPTY.applied(2, [town, *officers])
    with revealing(shown):
        path = written(roster(desk, language), tmp_path_factory.mktemp("roster"))
    intake, command = read_sheet("roster", path, None)
    answer = taken(intake, command, desk)
    assert not [each for each in answer.changes if isinstance(each, Unit | Officer)], answer.changes
    assert (answer.outcome.duplicates, answer.outcome.accepted) == (len(officers), 0)  # type: ignore[union-attr]
    said = {note.code for note in intake.notes}
    fresh = [each for each in taken(intake, command, EMPTY).changes if isinstance(each, Officer)]
    unseen = [each.phone for each in officers if not shown and masked_text(each.phone) != each.phone]
    assert ("phone_masked" in said) == bool(unseen)
    bare = [replace(each, phone="" if each.phone in unseen else each.phone) for each in officers]
    assert [replace(each, id=0, unit_id=1) for each in fresh] == [replace(each, id=0) for each in bare]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shown", [False, True], ids=["masked", "revealed"])
def test_the_rosters_of_all_units_come_in_again_from_one_workbook(tmp_path: Path, language: str, shown: bool) -> None:
    towns = [
        replace(TOWN, id=number, name=name) for number, name in enumerate(("蓝田街道", "石马山镇", "空镇"), start=1)
    ]
    officers = [
        Officer(id=at, name=f"王测{at}", unit_id=1 + at % 2, role="town", phone=f"1380000154{at}", duty="=排查")
        for at in range(1, 5)
    ]
    desk = EMPTY.applied(2, [*towns, *officers])
    asked = PageAsked(kind="roster", first=NOW.date(), last=NOW.date())
    with revealing(shown):
        page = roster_page(asked, desk, NOW, Maker("root", "0f3a"), words(language))
        path = written(page, tmp_path)
    assert page.json["totals"] == {"units": 3, "members": 4}
    assert [each["unit"] for each in page.json["forms"]] == [each.name for each in towns]
    intake, command = read_sheet("roster", path, None)
    answer = taken(intake, command, desk)
    assert not [each for each in answer.changes if isinstance(each, Unit | Officer)], answer.changes
    assert answer.outcome.duplicates == 4  # type: ignore[union-attr]


def test_namesakes_of_a_unit_stay_two_when_their_phones_are_masked(tmp_path: Path) -> None:
    told = ({"title": "村医", "phone": "13800001542"}, {"title": "村长", "phone": "13800001543"})
    officers = [Officer(id=at, name="王测", unit_id=1, role="town", **each) for at, each in enumerate(told, start=1)]
    desk = EMPTY.applied(2, [TOWN, *officers])
    intake, command = read_sheet("roster", written(roster(desk, "zh"), tmp_path), None)
    assert not [each for each in taken(intake, command, desk).changes if not isinstance(each, Entry)]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_roster_written_by_report_is_taken_by_import_as_nothing_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    line = CommandLine(tmp_path / "desk", "2021-06-07T10:00", monkeypatch)
    sheet = tmp_path / "roster.csv"
    head = "填报单位：蓝田街道  第一责任人：王测乙"
    rows = f"{head}\n姓名,职务,联系电话,职责分工,备注\n王测甲,院长,13800001542,'=排查,兼职\n"
    sheet.write_text(rows, "utf-8")
    line.done("import", "roster", str(sheet))
    before = line.printed("verify", "--json")["lines"]
    report = str(tmp_path / "report.xlsx")
    line.done("--lang", language, "report", "roster", "--unit", "蓝田街道", "--format", "xlsx", "-o", report)
    told = line.printed("import", "roster", report, "--json")
    assert (told["accepted"], told["updated"], told["duplicates"], told["rejected"]) == (0, 0, 1, 0)
    assert [row["code"] for row in told["rows"]] == ["phone_masked"], "who made it is nobody of the roster"
    assert line.printed("verify", "--json")["lines"] == before
    (officer,) = [each for each in line.tables()["officers"].values() if each["name"] == "王测甲"]
    assert (officer["duty"], officer["note"], officer["full_time"]) == ("=排查", "兼职", False)
    other = CommandLine(tmp_path / "other", "2021-06-07T10:00", monkeypatch)
    other.done("import", "roster", report)
    (unit,) = other.tables()["units"].values()
    assert (unit["name"], unit["first_responsible"]) == ("蓝田街道", "王测乙")


# ---------------------------------------------------------------- files of ours that are no list


def test_the_line_and_the_titles_by_which_the_desk_knows_its_own_are_those_that_it_prints() -> None:
    known, lists = word_list("headings")["own_reports"], word_list("headings")["own_lists"]
    own = [words(each) for each in LANGUAGES]
    assert set(lists["titles"]) == {each.people_pages.titles["residents"] for each in own}
    assert set(known["roster"]) == {each.reports.titles["roster"] for each in own}
    for each in own:
        assert re.fullmatch(known["made"], made_line(EMPTY, NOW, Maker("王芳 ,x", "0f3a" * 16), each))
        assert re.fullmatch(known["made"], made_line(EMPTY, NOW, Maker("root", ""), each))


def test_a_paper_sheet_of_rounds_with_the_title_of_a_printed_one_comes_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = a_desk(tmp_path, monkeypatch)
    file = tmp_path / "rounds.csv"
    rows = "日期,隔离点,时段,时间,巡查人,情况\n2021-06-07,涟源宾馆,早餐巡查,07:30,周涛,正常\n"
    file.write_text(f"{ZH_PATROLS}\n{rows}制表：周涛\n", "utf-8")
    told = line.printed("import", "rounds", str(file), "--json")
    assert told["accepted"] == 1, told


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_of_the_desk_that_is_no_list_is_named_with_what_takes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    line = CommandLine(tmp_path / "desk", "2021-06-07T10:00", monkeypatch)
    sheet = tmp_path / "roster.csv"
    sheet.write_text("填报单位：蓝田街道\n姓名,职务,联系电话,职责分工,备注\n王测甲,院长,13800001542,排查,\n", "utf-8")
    line.done("import", "roster", str(sheet))

    def said(file: str, kind: str = "arrivals") -> str:
        before = line.printed("verify", "--json")["lines"]
        told = line.refused("--lang", language, "import", kind, str(tmp_path / file))
        assert line.printed("verify", "--json")["lines"] == before
        assert len(told.strip().splitlines()) == 1
        return told

    for kind in ("screening", "ledger", "handover"):
        for form in ("xlsx", "text"):
            line.done("--lang", language, "report", kind, "--format", form, "-o", str(tmp_path / f"{kind}.{form}"))
            for asked in KINDS if form == "xlsx" else ("arrivals",):
                assert words(language).reports.titles[kind] in said(f"{kind}.{form}", asked)
        line.done("report", kind, "--format", "json", "-o", str(tmp_path / f"{kind}.json"))
        assert "JSON" in said(f"{kind}.json")
    line.done("report", "villages", "--unit", "蓝田街道", "--format", "xlsx", "-o", str(tmp_path / "villages.xlsx"))
    assert "村组排查情况" in said("villages.xlsx")
    (tmp_path / "export.json").write_text(line.done("export", "--json"), "utf-8")
    assert "export" in said("export.json") and "restore" in said("export.json")
    line.done("backup", str(tmp_path / "copy"))
    assert "restore" in said("copy")
    (tmp_path / "journal.jsonl").write_bytes(next((tmp_path / "copy" / "journal").iterdir()).read_bytes())
    assert "restore" in said("journal.jsonl")
    (tmp_path / "act.json").write_text('{"act": "log", "text": "测"}', "utf-8")
    assert "batch" in said("act.json")
    line.done("report", "roster", "--unit", "蓝田街道", "-o", str(tmp_path / "roster.txt"))
    assert "xlsx" in said("roster.txt", "roster")
    line.done("report", "roster", "--unit", "蓝田街道", "--format", "xlsx", "-o", str(tmp_path / "roster.xlsx"))
    assert "import roster" in said("roster.xlsx")
    assert "import roster" in said("roster.csv", "sites")


def test_a_text_that_begins_with_a_bracket_is_no_json() -> None:
    for text in ("[表1],姓名\n1,测甲\n", "{测},姓名\n", "[1] 姓名,来源地\n"):
        assert child.grids_of(text.encode())[0].rows


# ---------------------------------------------------------------- everything that is written

SITE_ROWS = "名称,所在乡镇,房间数,状态,重点消毒区域,负责人,联系电话\n涟源宾馆,蓝田街道,30,启用,走廊,周涛,13800001549\n"
ZH_PATROLS = words("zh").round_pages.titles["patrols"]
ABOUT = {"site": "涟源宾馆", "unit": "蓝田街道", "person": "1"}
SUBJECTS = {kind: (f"--{page.about[0]}", ABOUT[page.about[0]]) for kind, page in PAGES.items() if page.needed}
SUBJECTS["roster"] = ("--unit", ABOUT["unit"])  # one unit's, as the notice asks it


TITLES_ALONE = ("notice-release", "staff", "tests", "home-checks", "follow-ups")
"""Pages of which this desk has nothing to tell; their titles are known, as that of `notice-home` is."""


def a_desk(folder: Path, patch: pytest.MonkeyPatch) -> CommandLine:
    """A desk of which each report has something to tell."""
    line = CommandLine(folder / "desk", "2021-06-07T08:00", patch)
    for kind, text in (
        ("roster", "填报单位：蓝田街道\n姓名,职务,联系电话,职责分工,备注\n王测甲,院长,13800001542,排查,\n"),
        ("sites", SITE_ROWS),
    ):
        (folder / f"{kind}.csv").write_text(text, "utf-8")
        line.done("import", kind, str(folder / f"{kind}.csv"))
    facts = {"contact": "close", "border": "none", "last_exposure_on": "2021-06-06"}
    line.batch({"act": "register", "name": "测甲", "phone": "13800001543", "arrival_at": "2021-06-07T06:00", **facts})
    line.done("log", "已答复", "--caller", "村支书", "--matter", "返乡", "--outcome", "已办")
    line.done("presence", "蓝田街道", "在岗", "--answered-by", "王测甲")
    line.done("shift", "坐班", "officer-1", "08:00", "20:00")
    clause = line.printed("person", "1", "--json")["result"]["clause"]
    line.done("confirm", "1", "--clause", clause, "--officer", "王测甲", "--room", "涟源宾馆:1")
    return line


@pytest.mark.parametrize("form", ["text", "json", "xlsx"])
@pytest.mark.parametrize("report", [each for each in PAGES if each not in TITLES_ALONE])
def test_whatever_a_report_writes_comes_in_unchanged_or_is_refused_in_one_line(
    report: str, form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = a_desk(tmp_path, monkeypatch)
    file = str(tmp_path / f"report.{form}")
    line.done("report", report, *SUBJECTS.get(report, ()), "--format", form, "-o", file)
    before = line.printed("verify", "--json")["lines"]
    for kind in KINDS:
        told = line.call("import", kind, file, "--json")
        comes_in = (report, form, kind) in (("roster", "xlsx", "roster"), ("residents", "xlsx", "arrivals"))
        assert told.exit_code == (0 if comes_in else 1), (kind, told.output)
        assert comes_in or len(told.stderr.strip().splitlines()) == 1
        assert "JSON" in told.stderr or form != "json"
        assert line.printed("verify", "--json")["lines"] == before


NUMBERS = st.one_of(
    st.integers(0, 10**9 - 1).map(lambda tail: f"13{tail:09}"),
    st.integers(1, 9999).map(lambda tail: sound_number(f"43138219900101{tail % 999:03}")),
)


@pytest.mark.parametrize("kind", ["arrivals", "results", "temperatures", "roster", "sites"])
@given(number=NUMBERS)
@settings(max_examples=30, deadline=None)
def test_a_masked_number_is_nobodys_number(kind: SheetKind, number: str, tmp_path_factory: Any) -> None:
    """Whatever leaves the desk with stars comes in as no number at all, and says so."""
    path = tmp_path_factory.mktemp("masked") / "a.csv"
    shown = masked_text(number)
    assert shown != number
    cells = {each.name: each.example for each in template_fields(kind, "zh")}
    cells.update({field: shown for field in ("phone", "id_no") if field in cells})
    heads = [own_headings(kind)[each] for each in cells]
    path.write_text("\n".join(("填报单位：蓝田街道", "\t".join(heads), "\t".join(cells.values()))), "utf-8")
    intake, _ = read_sheet(kind, path, 2021, now=NOW)
    (record,) = intake.records
    said = {note.code for note in intake.notes}
    whom = record.whom if kind == "results" else record.members[0][1] if kind == "roster" else record
    assert getattr(whom, "phone", "") == "" or not {"phone"} & set(cells)
    assert getattr(whom, "id_no", "") == ""
    assert said & {"id_masked", "phone_masked", "value_unread"}
