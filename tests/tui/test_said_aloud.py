"""「无」 said aloud in a sheet, against a blank and against a word that nobody understands: contact, case and 三非."""

from pathlib import Path
from typing import Any

import pytest

from dutyboard.tui.sheets.kinds.arrivals import read_arrivals
from tests.tui.command_line import CommandLine

HEADINGS = "姓名,身份证号,联系电话,来源地,到涟时间"
ROW = "测甲,431302199003038014,19900000001,广州市荔湾区,2021-06-06"
NONE = {"contact": "none", "case_status": "none", "sanfei": "no"}


@pytest.mark.parametrize(
    ("heading", "cell", "facts", "denied"),
    [
        # a blank says nothing; the facts stand as they are and nobody is said to have been asked
        ("人员类别", "", {}, ()),
        ("人员类别", "-", {}, ()),
        ("是否密接", "", {}, ()),
        # no said aloud: of one fact by its own heading or word, of all three in the column of categories
        ("人员类别", "无", {}, ("case_status", "contact", "sanfei")),
        ("人员类别", "均无", {}, ("case_status", "contact", "sanfei")),
        ("人员类别", "非密接", {}, ("contact",)),
        ("是否密接", "否", {}, ("contact",)),
        ("是否接触过确诊病例", "没有", {}, ("contact",)),
        ("是否确诊", "否", {}, ("case_status",)),
        ("是否三非人员", "否", {}, ("sanfei",)),
        ("三非", "×", {}, ("sanfei",)),
        # a category that says nothing of the three
        ("人员类别", "返乡学生", {}, ()),
        # yes
        ("三非", "是", {"sanfei": "yes"}, ()),
        ("是否密接", "是", {"contact": "close"}, ()),
        ("是否密接或次密接", "是", {"contact": "unspecified"}, ()),
        ("是否确诊", "是", {"case_status": "confirmed"}, ()),
        ("人员类别", "密接，非三非", {"contact": "close"}, ("sanfei",)),
        # a word that nobody understands opens what it may be about, and is noted
        ("人员类别", "重点关注", dict.fromkeys(NONE, "unknown"), ()),
        ("是否密接", "待判定", dict.fromkeys(NONE, "unknown"), ()),
        ("三非", "待查", dict.fromkeys(NONE, "unknown"), ()),
    ],
)
def test_a_blank_a_no_and_a_word(
    tmp_path: Path, heading: str, cell: str, facts: dict[str, str], denied: tuple[str, ...]
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"{HEADINGS},{heading}\n{ROW},{cell}\n", "utf-8")
    read = read_arrivals(path)
    (person,) = read.records
    assert {key: getattr(person.facts, key) for key in NONE} == {**NONE, **facts}
    assert tuple(sorted(person.asked)) == denied
    noted = [note for note in read.notes if note.code == "value_unread"]
    assert bool(noted) == ("unknown" in facts.values())
    assert [each.text for each in person.as_written] == [note.text for note in noted]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    return CommandLine(tmp_path / "desk", "2021-06-07T19:40", monkeypatch)


def send(desk: CommandLine, kind: str, cell: str) -> dict[str, Any]:
    path = desk.folder.parent / f"{kind}-{cell or 'blank'}.csv"
    path.write_text(f"{HEADINGS},{kind}\n{ROW},{cell}\n", "utf-8")
    told: dict[str, Any] = desk.printed("import", "arrivals", str(path), "--json")
    return told


@pytest.mark.parametrize(
    ("heading", "yes", "no", "field", "stands", "other"),
    [
        ("是否密接", "是", "否", "contact", "close", "none"),
        ("是否确诊", "是", "否", "case_status", "confirmed", "none"),
        ("是否三非人员", "是", "否", "sanfei", "yes", "no"),
    ],
)
def test_a_no_against_a_yes_is_an_officers_to_settle_and_a_blank_is_not(
    desk: CommandLine, heading: str, yes: str, no: str, field: str, stands: str, other: str
) -> None:
    send(desk, heading, yes)
    assert send(desk, heading, "")["contradictions"] == []
    (found,) = send(desk, heading, no)["contradictions"]
    assert (found["field"], found["stands"], found["other"]) == (field, stands, other)
    assert send(desk, heading, no)["contradictions"] == []
    (person,) = desk.tables()["persons"].values()
    assert person["facts"][field] == stands
    assert "contradiction/person-1/2021-06-07" in desk.done("board", "--json")
    desk.done("settle", "1", field, "--other", "--reason", "电话核实")
    (person,) = desk.tables()["persons"].values()
    assert person["facts"].get(field, other) == other
    assert person["asked"] == [field]
    assert "contradiction/person-1/2021-06-07" not in desk.done("board", "--json")


def test_a_no_of_yesterday_is_no_news_once_a_yes_was_told(desk: CommandLine) -> None:
    send(desk, "是否密接", "否")
    told = send(desk, "是否密接", "是")
    (changed,) = told["changes"]
    assert (changed["field"], changed["old"], changed["new"]) == ("contact", "none", "close")
    again = send(desk, "是否密接", "否")
    assert (again["contradictions"], again["changes"], again["duplicates"]) == ([], [], 1)
