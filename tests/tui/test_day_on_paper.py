"""One day on a real desk: reported, frozen, corrected and handed over on paper, and every page tells the same."""

import json
import re
import subprocess
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
from openpyxl import load_workbook

from dutyboard.tui.export.kinds import KINDS
from dutyboard.tui.text import words
from dutyboard.tui.text.pages.frame import PageKind
from tests.tui.callers import AREAS, SI, SITES, WANG, ZHANG, sheet
from tests.tui.command_line import CommandLine
from tests.tui.test_paper_files import font

DAY: Final = "2021-06-07"
DATA: Final = Path(__file__).parents[1] / "data"
ZH: Final = words("zh")
COUNTED, AGAIN, LATE, MISSING, ZERO = "蓝田街道", "桥头河镇", "伏口镇", "三甲乡", "古塘乡"
"""Units: one sends what the desk counts, one states its report again, one is late, one sends none, one says zero."""
NIGHT: Final = ("陈带班", "王值班")
SHOWN_ABOUT: Final = {"unit": COUNTED, "site": "涟源", "person": "1", "officer": "1"}
NOTHING: Final[tuple[PageKind, ...]] = ("notice-release", "follow-ups", "home-checks", "staff", "tests")
"""Pages of which there is none: nobody was let go, nobody is at home, no sample is due."""


def at(clock: str) -> str:
    return f"{DAY}T{clock}"


def report(desk: CommandLine, *words: str) -> Any:
    """A page as JSON."""
    return desk.printed("report", *words, "--format", "json")


def send(desk: CommandLine, figures: dict[str, int | None], *more: str, kind: str = "screening") -> None:
    """State a report; what is not known is not stated."""
    told = [f"{name}={value}" for name, value in figures.items() if value is not None]
    desk.done("send-report", kind, *told, "--reporter", "周涛", *more)


def morning(desk: CommandLine) -> None:
    """The desk takes in its sheets and its shifts; three people ring, two of them move to the site."""
    desk.done("import", "roster", str(DATA / "roster.xlsx"))
    sheet(desk, "sites", SITES)
    sheet(desk, "areas", AREAS)
    leader = desk.leader()
    desk.done("officer", "add", NIGHT[0], "--role", "leader")
    desk.done("officer", "add", NIGHT[1], "--role", "officer")
    for seat, by_day, by_night in (("leader", leader, NIGHT[0]), ("officer", "officer-1", NIGHT[1])):
        desk.done("shift", seat, by_day, at("08:10"), at("20:00"))
        desk.done("shift", seat, by_night, at("20:00"), "2021-06-08T08:00")
    desk.done("log", "已记", "--caller", "村支书", "--matter", "三人返乡")
    for told in (ZHANG, SI, WANG):
        desk.done("register", "-", typed=json.dumps({**told, "unit": COUNTED}, ensure_ascii=False))
    desk.done("correct", "张三", "health_code=green", "travel_card=green", "pcr=null")
    for number in ("1", "2"):
        desk.done("confirm", number, "--officer", "王芳", "--room", f"涟源:{number}")
    desk.later(minutes=30)
    for number in ("1", "2"):
        ride = ("--left", "08:20", "--arrived", "08:35", "--vehicle", "湘K1", "--driver", "赵", "--received-by", "周涛")
        desk.done("transfer", number, *ride)
    desk.done("check", "涟源", "patrol-1")
    desk.done("check", "涟源", "temperature-am", "--reading", "1=36.6", "--reading", "2=36.8")
    desk.done("presence", "蓝田", "脱岗", "--text", "无人接听")


def afternoon(desk: CommandLine) -> list[str]:
    """Every unit reports but one, one of them late, one again; the sites and the city report too."""
    units = [unit["name"] for unit in desk.tables()["units"].values()]
    desk.at(at("16:00"))
    send(desk, report(desk, "screening", "--unit", COUNTED)["figures"], "--unit", COUNTED)
    send(desk, {}, "--unit", ZERO, "--zero")
    for number, name in enumerate(units):
        if name not in (COUNTED, ZERO, LATE, MISSING):
            send(desk, {"new": 1, "total": number + 1, "at_home": number + 1}, "--unit", name)
    desk.at(at("16:40"))
    send(desk, report(desk, "site", "--site", "涟源")["figures"], "--site", "涟源", kind="site")
    desk.at(at("16:55"))
    send(desk, report(desk, "city")["totals"]["figures"])
    desk.at(at("17:20"))
    send(desk, {"new": 0, "total": 7, "at_home": 7}, "--unit", LATE)
    desk.at(at("18:05"))
    before = report(desk, "screening", "--unit", AGAIN)["figures"]
    send(desk, {**before, "total": before["total"] + 2}, "--unit", AGAIN)
    desk.at(at("18:30"))
    send(desk, report(desk, "city")["totals"]["figures"])
    return units


def evening(desk: CommandLine) -> None:
    """The shift is handed over with both signatures."""
    desk.at(at("19:55"))
    desk.done("handover", "--incoming", NIGHT[1], "--yes", "--text", "平稳")
    desk.at(at("20:10"))


def options(kind: PageKind) -> list[str]:
    """The words that ask for a page of the day."""
    asked = KINDS[kind]
    about = [f"--{asked.about[0]}", SHOWN_ABOUT[asked.about[0]]] if asked.needed else []
    return [*about, *(["--date", DAY] if asked.days != "none" else [])]


@dataclass(frozen=True)
class Told:
    """The day as each page tells it."""

    desk: CommandLine
    units: Mapping[str, Any]
    board: Any
    pages: Mapping[str, Any]

    @property
    def owed(self) -> Mapping[str, str]:
        """The state of each duty on the board."""
        return {each["id"]: each["state"] for each in self.board["obligations"]}


@pytest.fixture(scope="module")
def told(home: Path) -> Iterator[Told]:
    """The day is worked once; every page of it is printed from the same line of the journal."""
    with pytest.MonkeyPatch.context() as patch:
        desk = CommandLine(home / "desk", at("08:10"), patch)
        morning(desk)
        names = afternoon(desk)
        evening(desk)
        units = {name: report(desk, "screening", "--unit", name) for name in names}
        board = desk.printed("board", "--json")
        pages = {kind: report(desk, kind, *options(kind)) for kind in KINDS if kind not in NOTHING}
        yield Told(desk, units, board, pages)


def test_each_unit_stands_as_it_reported(told: Told) -> None:
    assert {name for name, page in told.units.items() if page["late"]} == {LATE, MISSING}
    assert {name for name, page in told.units.items() if not page["revision"]} == {MISSING}
    assert {name for name, page in told.units.items() if page["zero"]} == {ZERO}
    assert {page["frozen_at"] for page in told.units.values()} == {f"{DAY}T17:00:00+08:00"}
    again = told.units[AGAIN]
    assert (again["stated_at"][11:16], again["sent_at"][11:16], again["revision"]) == ("16:00", "18:05", 2)
    [supplement] = again["supplements"]
    assert [(each["figure"], each["delta"]) for each in supplement["changes"]] == [("total", 2)]


def test_the_city_sheet_sums_what_is_stated_and_names_who_is_missing(told: Told) -> None:
    totals, whole = told.pages["city"]["totals"], told.pages["screening"]
    stated = [page["figures"] for page in told.units.values() if page["revision"]]
    sums: Counter[str] = Counter()
    for figures in stated:
        sums.update(figures)
    assert totals["figures"] == sums and totals["missing"] == [MISSING]
    assert [totals[key] for key in ("reported", "owing", "zero", "late", "corrected")] == [19, 20, 1, 1, 1]
    by_unit = {row["unit"]: row["total"] for row in told.pages["city"]["rows"]}
    assert by_unit == {
        name: page["figures"].get("total") if page["revision"] else None for name, page in told.units.items()
    }
    assert whole["figures"] == sums, "what the city sent is the sum"
    [supplement] = whole["supplements"]
    changed = {each["figure"]: each["delta"] for each in supplement["changes"]}
    assert changed == {"total": 2 + 7, "at_home": 7}, "a supplement, and one who was late"


def test_the_board_the_ledger_the_statistics_and_the_day_book_count_the_same(told: Told) -> None:
    ledger, places = told.pages["ledger"], told.pages["statistics"]["rows"]
    states = {row["id"]: row["state"] for row in ledger["rows"]}
    assert told.owed == {name: state for name, state in states.items() if name in told.owed}
    open_states = {"due_soon": "open", "upcoming": "open"}
    columns = Counter(open_states.get(state, state) for state in states.values())
    assert {name: count for name, count in ledger["totals"]["all"].items() if count} == columns
    for place in places:
        of_place = Counter(
            open_states.get(row["state"], row["state"]) for row in ledger["rows"] if row["place"] == place["place"]
        )
        assert {name: place[name] for name in columns} == {name: of_place[name] for name in columns}, place["name"]
    for line in told.pages["daybook"]["counts"]:
        of_kind = Counter(
            open_states.get(row["state"], row["state"])
            for row in ledger["rows"]
            if ZH.duties.kinds[row["kind"]] == line["kind"]
        )
        assert {name: line[name] for name in columns} == {name: of_kind[name] for name in columns}, line["kind"]
    reports = Counter(each["state"] for each in told.board["obligations"] if each["kind"] == "screening_report")
    assert reports == {"done": 19, "done_late": 1, "late": 1}, "the city's own is one of those in time"
    assert told.board["counts"]["unreported"] == len(told.pages["city"]["totals"]["missing"])


def test_the_site_s_report_is_what_its_sheets_and_the_city_tell(told: Told) -> None:
    site, rounds = told.pages["site"], ("patrols", "disinfections", "temperatures")
    occupied = site["figures"]["occupied"]
    assert occupied == told.board["counts"]["in_quarantine"] == told.pages["city"]["totals"]["figures"]["at_site"] == 2
    assert len(told.pages["residents"]["rows"]) == len(told.pages["temperatures"]["rows"]) == occupied
    done = sum(told.pages[kind]["totals"].get("done", 0) for kind in rounds)
    missed = sum(told.pages[kind]["totals"].get("missed", 0) for kind in rounds)
    assert (site["counted"]["rounds_done"], site["counted"]["rounds_missed"]) == (done, missed) == (2, 2)
    assert (
        told.pages["calls"]["totals"] == {"calls": 1, "open": 1} and told.pages["presence"]["totals"]["off_post"] == 1
    )


def test_it_is_handed_over_with_both_signatures(told: Told) -> None:
    [signed] = told.pages["handover"]["signed"]
    entry = told.desk.tables()["entries"][str(signed["entry"])]
    names = {told.desk.tables()["officers"][str(number)]["name"] for number in entry["signed"]}
    assert names == {signed["from"], signed["to"]} and signed["to"] == NIGHT[1]
    missing = f"screening-report/unit-{[*told.units].index(MISSING) + 1}/{DAY}"
    assert missing in signed["items"] and told.owed[missing] == "late"
    assert told.desk.printed("verify", "--json")["ok"]


def test_all_of_it_is_printed_from_one_line_of_the_journal(told: Told, tmp_path: Path) -> None:
    [(seq, head)] = {(page["seq"], page["head"]) for page in told.pages.values()}
    for kind in told.pages:
        text = told.desk.done("report", kind, *options(kind))  # type: ignore[arg-type]
        assert f"依据日志第 {seq} 行" in text and head[:4] in text, kind
    told.desk.done("report", "city", "--date", DAY, "--format", "xlsx", "-o", str(tmp_path / "city.xlsx"))
    sheet = load_workbook(tmp_path / "city.xlsx").active
    rows = {row[0]: row for row in sheet.iter_rows(values_only=True)}
    city = told.pages["city"]
    sums = [city["totals"]["figures"][key] for key in city["rows"][0] if key in city["totals"]["figures"]]
    assert sums and [cell for cell in rows["合计（19 个单位）"] if isinstance(cell, int)] == sums
    font()
    told.desk.done("report", "handover", "--date", DAY, "--format", "pdf", "-o", str(tmp_path / "handover.pdf"))
    read = subprocess.run(["pdftotext", "-layout", tmp_path / "handover.pdf", "-"], capture_output=True, check=True)
    paper = re.sub(r"\s", "", read.stdout.decode())
    assert f"交班管理员->接班{NIGHT[1]}" in paper and f"第{seq}行" in paper


def test_of_what_there_was_none_there_is_no_page(told: Told) -> None:
    for kind in NOTHING:
        assert len(told.desk.refused("report", kind, *options(kind)).splitlines()) == 1
