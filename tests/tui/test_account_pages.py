"""Pages that give account: the ledger with its proof, what is to be asked about, statistics."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from dutyboard.rules.account.ledger import COLUMNS
from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.model import Entry
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.site import RoundDone
from dutyboard.tui.export.account.ledger import ledger_page
from dutyboard.tui.export.account.marks import marks_page
from dutyboard.tui.export.account.statistics import statistics_page
from dutyboard.tui.export.page import Maker, Page, PageAsked, PageKind
from dutyboard.tui.export.page_text import as_text
from dutyboard.tui.text import words
from tests.rules.desks import DAY, LIU, act, actor, desk, site, t
from tests.tui.callers import MORNING, SITES, sheet
from tests.tui.command_line import CommandLine

SHOWN, HIDDEN = Maker("root", "ab" * 32, asks=True), Maker("root", "ab" * 32)


@pytest.fixture
def line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    return CommandLine(tmp_path / "desk", MORNING, monkeypatch)


def asked(kind: PageKind, subject: Any = None) -> PageAsked:
    return PageAsked(kind=kind, subject=subject, first=DAY, last=DAY, said_days=True)


def burst() -> Snapshot:
    """A desk on which somebody told five patrols within a minute, hours after they were done."""
    told = [
        Entry(
            id=n,
            happened_at=t("08:00"),
            entered_at=t("11:00") + timedelta(seconds=9 * n),
            entered_by=LIU,
            login="login-3",
            done_by="刘敏",
            subject=f"site-{n}",
            obligation=f"patrol-1/site-{n}/{DAY}",
            told=RoundDone(),
        )
        for n in range(1, 6)
    ]
    return desk(*(site(n) for n in range(1, 6))).applied(2, told)


def written(page: Page) -> str:
    return "\n".join(as_text(page))


# ------------------------------------------------------------ the ledger


def test_the_totals_of_the_ledger_are_those_of_its_rows() -> None:
    page = ledger_page(asked("ledger"), burst(), t("12:00"), HIDDEN, words("zh"))
    rows, totals = page.json["rows"], page.json["totals"]["all"]
    states = {"due_soon": "open", "upcoming": "open", "gap": "missed"}
    for column in COLUMNS:
        assert totals[column] == sum(states.get(row["state"], row["state"]) == column for row in rows)
    summary, things = page.tables
    assert len(things.rows) == len(rows)
    assert summary.rows[-1][2:] == tuple(totals[column.key] for column in summary.columns[2:])


def test_a_missed_round_says_what_its_people_said_of_it() -> None:
    told = Discharge(obligation=f"patrol-1/site-1/{DAY}", happened_at=t("11:35"), reason="人手不够", done_by="王芳")
    snapshot = act(desk(site()), told, t("11:40"), actor(LIU))
    page = ledger_page(asked("ledger"), snapshot, t("12:00"), HIDDEN, words("zh"))
    [row] = [row for row in written(page).splitlines() if "早餐巡查" in row]
    assert all(each in row for each in ("漏办 时限后补记", "06-07 11:35", "王芳", "06-07 11:40", "刘敏", "人手不够"))
    assert "没有核验" in written(page)


def test_who_may_not_read_the_marks_sees_none_in_the_ledger() -> None:
    for maker, shown in ((SHOWN, True), (HIDDEN, False)):
        page = ledger_page(asked("ledger"), burst(), t("12:00"), maker, words("zh"))
        assert ("待核实" in written(page)) == shown
        assert ("依据是什么？" in written(page)) == shown
        assert all(("ask" in row) == shown for row in page.json["rows"])


def test_the_proof_of_a_ledger_is_the_line_and_hash_that_verify_knows(line: CommandLine) -> None:
    sheet(line, "sites", SITES)
    line.done("check", "涟源", "patrol-1", "--at", "08:10")
    told = line.printed("report", "ledger", "--site", "涟源", "--format", "json")
    verified = line.printed("verify", "--json")
    assert told["verify"] == {"ok": True, "lines": verified["lines"], "head": verified["head"], "problems": 0}
    [patrol] = [row["done"] for row in told["rows"] if row["done"] is not None]
    assert patrol["line"] == verified["lines"]
    line.done("verify", "--head", f"{patrol['line']}:{patrol['hash']}")
    line.refused("verify", "--head", f"{patrol['line']}:{'0' * 16}")
    assert {row["place"] for row in told["rows"]} == {"site-1"}
    page = line.done("report", "ledger", "--site", "涟源")
    assert patrol["hash"] in page
    assert "日志核验：完好" in page


def test_a_ledger_of_a_period_an_officer_and_nobody(line: CommandLine) -> None:
    sheet(line, "sites", SITES)
    whole = line.printed("report", "ledger", "--from", "2021-06-07", "--to", "2021-06-07", "--format", "json")
    assert whole["rows"] == line.printed("report", "ledger", "--format", "json")["rows"]
    assert "没有应办事项" in line.refused("report", "ledger", "--officer", "1")
    line.refused("report", "ledger", "--site", "不存在")


# ------------------------------------------------------------ to be asked about


def test_what_is_asked_about_is_a_question_with_its_figures() -> None:
    page = marks_page(asked("marks"), burst(), t("12:00"), SHOWN, words("zh"))
    [table] = page.tables
    assert len(table.rows) == 5
    assert "45 秒" not in written(page)
    assert "36 秒内补记 5 条，最早的晚了 3 小时，依据是什么？" in written(page)
    assert page.json["totals"] == {"entries": 5, "questions": 1}
    assert "不是结论" in written(page)
    english = written(marks_page(asked("marks"), burst(), t("12:00"), SHOWN, words("en")))
    assert "on what do they rest?" in english


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_question_is_a_question_and_accuses_nobody(language: str) -> None:
    for question in words(language).account.questions.values():
        assert question.endswith(("？", "?"))
        assert not any(word in question for word in ("造假", "虚假", "false", "fake"))


def test_where_nothing_is_to_be_asked_about_the_page_says_so() -> None:
    page = marks_page(asked("marks"), desk(site()), t("12:00"), SHOWN, words("zh"))
    assert "没有待核实的登记" in written(page)
    assert (page.tables[0].rows, page.json["rows"]) == ((), [])


# ------------------------------------------------------------ statistics


def test_of_what_there_is_none_the_statistics_are_blank_and_never_0() -> None:
    page = statistics_page(asked("statistics"), desk(site()), t("00:30"), HIDDEN, words("zh"))
    late, spans, alarms = page.tables
    assert [row[-3:] for row in late.rows if row[0] == "隔离点1"] == [(None, None, None)]
    assert all(row[1:5] == (0, None, None, None) for row in spans.rows)
    assert alarms.rows[0][1] == 2, "both seats are empty"
    none = {"n": 0, "median": None, "ninety": None, "longest": None}
    assert all(each["took"] == none for each in page.json["totals"]["spans"])


def test_beside_each_alarm_figure_stands_a_line_with_its_source() -> None:
    page = statistics_page(asked("statistics"), burst(), t("12:00"), HIDDEN, words("zh"))
    assert "ISA-18.2" in written(page)
    assert "EEMUA 191" in written(page)
    [_, place, *_] = page.tables[0].rows
    assert place[0] == "隔离点1"
