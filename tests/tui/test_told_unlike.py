"""A sheet that tells a person otherwise than his record: on the board, on his page, and settled both ways."""

from pathlib import Path
from typing import Any, Literal

import pytest

from dutyboard.rules.records.commands.post import ChangeOfficer
from dutyboard.rules.records.outcome import ImportRow
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.app import DutyApp
from dutyboard.tui.link.gateway import Gateway
from dutyboard.tui.link.identity import Identity
from dutyboard.tui.link.user import os_login
from dutyboard.tui.sheets.notes import SheetReport
from dutyboard.tui.text import words
from dutyboard.tui.views.intake import row_text
from tests.tui.command_line import CommandLine
from tests.tui.screen_text import text, until, until_shown

HEADINGS = "姓名,身份证号,联系电话,来源地,到涟时间,核酸采样时间,核酸结果"
ROW = "测甲,431302199003038014,19900000001,广州市荔湾区,2021-06-06,2021-06-05 09:00"
DUTY = "contradiction/person-1/2021-06-07"
SIZE = (120, 40)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """A desk on which today's sheet said 阳性, and an older one is sent again that said 阴性."""
    desk = CommandLine(tmp_path / "desk", "2021-06-07T19:40", monkeypatch)
    send(desk, "今日.csv", "阳性")
    send(desk, "昨日.csv", "阴性")
    return desk


def send(desk: CommandLine, name: str, result: str) -> Any:
    path = desk.folder.parent / name
    path.write_text(f"人员登记表\n{HEADINGS}\n{ROW},{result}\n", "utf-8")
    return desk.printed("import", "arrivals", str(path), "--json")


def result_of(desk: CommandLine) -> str:
    (person,) = desk.tables()["persons"].values()
    result: str = person["facts"]["pcr"]["result"]
    return result


def test_the_page_names_the_sheets_row_and_both_values(desk: CommandLine) -> None:
    assert result_of(desk) == "positive"
    (found,) = desk.printed("person", "1", "--json", "--reveal", "核对")["contradictions"]
    assert (found["field"], found["row"], found["entry"]) == ("pcr", 3, 3)
    assert found["stands"]["result"] == "positive" and found["other"]["result"] == "negative"
    assert "sheet" in found
    page = desk.done("person", "1")
    line = next(each for each in page.splitlines() if each.lstrip().startswith("[说法不一]"))
    assert "阳性" in line and "阴性" in line
    assert "第 3 行" in page.replace("\n", "")
    assert DUTY in desk.done("board", "--json")


@pytest.mark.parametrize(("other", "stands"), [(["--other"], "negative"), ([], "positive")])
def test_it_is_settled_both_ways_on_the_command_line(desk: CommandLine, other: list[str], stands: str) -> None:
    desk.done("settle", "1", "pcr", *other, "--reason", "化验单核对")
    assert result_of(desk) == stands
    assert DUTY not in desk.done("board", "--json")
    assert send(desk, "昨日.csv", "阴性")["contradictions"] == []


@pytest.mark.parametrize(("answer", "stands"), [("y", "negative"), ("n", "positive")])
async def test_it_is_settled_both_ways_on_the_board(desk: CommandLine, answer: str, stands: str) -> None:
    gateway = Gateway.open(desk.folder, Identity(os_login()), clock=lambda: desk.now)
    whoever_made_it = ChangeOfficer(officer_id=1, reason="报姓名", name="王芳")  # else the board asks
    assert isinstance(gateway.submit(whoever_made_it), Accepted)
    async with DutyApp(lambda: gateway, words("zh")).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        pilot.app.screen.table.select(DUTY)  # type: ignore[attr-defined]
        await pilot.press("enter")
        await until_shown(pilot, "说法不一，请定夺")
        shown = text(pilot.app)
        assert "阳性" in shown and "阴性" in shown and "第 3 行" in shown
        await pilot.press(answer, "enter", *"核对", "f9")
        await until(pilot, lambda: gateway.snapshot.contradictions[1].settled_at is not None, "the settling")
    assert result_of(desk) == stands


def test_the_trail_tells_old_and_new_values(desk: CommandLine) -> None:
    desk.done("settle", "1", "pcr", "--other", "--reason", "化验单核对")
    lines = desk.done("trail", "person-1").splitlines()
    assert "新建" in lines[0]
    assert "阳性" in lines[-1] and "阴性" in lines[-1] and "改为" in lines[-1]
    (change,) = (each for each in desk.printed("trail", "person-1", "--json") if each["values"])
    (value,) = (each for each in change["values"] if each["field"] == "pcr")
    assert (value["old"]["result"], value["new"]["result"]) == ("positive", "negative")


def test_no_number_of_a_person_is_told_in_a_trail(desk: CommandLine) -> None:
    desk.batch({"act": "correct", "person": 1, "phone": "19900000009", "reason": "核对"})
    for told in (desk.done("trail", "person-1"), desk.done("trail", "person-1", "--json")):
        assert "19900000001" not in told and "19900000009" not in told
    assert "199****0009" in desk.done("trail", "person-1")


@pytest.mark.parametrize(
    ("language", "said"), [("zh", "阴性 / 阳性"), ("en", "negative / positive"), ("zh", "阴性 / 待复核")]
)
def test_two_results_of_one_sample_are_told_in_words(language: Literal["zh", "en"], said: str) -> None:
    other = "positive" if "待" not in said else "待复核"
    row = ImportRow(3, "检测结果", "result_raised", "warning", "", f"negative / {other}")
    report = SheetReport(counts={}, rows=(row,))
    assert said in row_text(row, report, words(language))
