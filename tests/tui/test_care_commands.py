"""What care needs, from the command line: said, corrected, shown, exported; no number of a contact leaves unmasked."""

import json
from dataclasses import fields
from pathlib import Path

import pytest

from dutyboard.rules.records.commands.person import PersonData
from dutyboard.rules.records.effects import HIDDEN
from dutyboard.rules.records.model import Person
from dutyboard.tui.terminal.masking import SECRET
from tests.tui.callers import MORNING, ZHANG
from tests.tui.command_line import CommandLine

CARE = {
    "emergency_name": "赵六",
    "emergency_phone": "138 0000 0001",
    "companions": "李四、孙八",
    "vehicle": "G6078",
    "seat_no": "05车12F",
    "workplace": "某厂",
    "illness": "高血压",
    "medicine": "降压药",
    "special_need": "孕28周",
    "nation": "苗族",
}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    line = CommandLine(tmp_path / "desk", MORNING, monkeypatch)
    for told in ({**ZHANG, **CARE}, {"name": "李四", "phone": "19900000004"}):
        line.done("register", "-", typed=json.dumps(told, ensure_ascii=False))
    return line


def test_what_is_said_is_on_the_record_and_corrected_there(desk: CommandLine) -> None:
    held = desk.printed("person", "1", "--json", "--reveal", "核对")
    assert {name: held[name] for name in CARE} == {**CARE, "emergency_phone": "13800000001"}
    assert held["companions_known"] == [{"name": "李四", "persons": ["person-2"]}, {"name": "孙八", "persons": []}]
    desk.done("correct", "张三", "seat_no=01A", "emergency_phone=13900000002")
    after = desk.printed("person", "1", "--json", "--reveal", "核对")
    assert (after["seat_no"], after["emergency_phone"], after["vehicle"]) == ("01A", "13900000002", "G6078")
    (corrected,) = [each for each in after["history"] if each["kind"] == "correct"]
    assert "13900000002" not in str(corrected) and "13800000001" not in str(corrected)


def test_a_contacts_number_is_masked_as_any_other(desk: CommandLine) -> None:
    for words in (("person", "1"), ("person", "1", "--json"), ("export", "--json")):
        assert "13800000001" not in desk.done(*words), words
    assert "138****0001" in desk.done("person", "1")
    shown = desk.done("person", "1")
    assert "同行人 李四（person-2 待研判）、孙八" in shown
    assert "被列为同行人：张三（person-1 待研判）" in desk.done("person", "2")


@pytest.mark.parametrize("kind", [Person, PersonData])
def test_every_number_of_a_person_is_secret_and_no_entry_holds_it(kind: type[Person] | type[PersonData]) -> None:
    numbers = {each.name for each in fields(kind) if each.name == "id_no" or each.name.endswith("phone")}
    assert len(numbers) == 3
    assert numbers <= SECRET
    assert numbers <= HIDDEN


def test_a_sheet_sent_again_neither_loses_nor_doubles_them(desk: CommandLine) -> None:
    file = desk.folder.parent / "a.csv"
    heads = "姓名,联系电话,来源地,到涟时间,紧急联系人及电话,同行人,车次/航班,座位号,"
    heads += "工作单位,基础疾病,用药,特殊需求,民族,发现方式"
    cells = "测甲,19900000009,广州荔湾,2021-06-06,测妈13800000001,李四、测乙,G6078,12F,某厂,无,无,忌辣,苗族,网格"
    file.write_text(f"{heads}\n{cells}\n", "utf-8")
    first = desk.printed("import", "arrivals", str(file), "--json")
    assert (first["accepted"], first["unread"]) == (1, [])
    assert "companion_unknown" in [row["code"] for row in first["rows"]]
    before = desk.printed("person", "测甲", "--json", "--reveal", "核对")
    assert (before["emergency_name"], before["emergency_phone"]) == ("测妈", "13800000001")
    assert [before[name] for name in ("vehicle", "seat_no", "illness", "found_by")] == ["G6078", "12F", "无", "grid"]
    again = desk.printed("import", "arrivals", str(file), "--json")
    assert (again["accepted"], again["updated"], again["duplicates"]) == (0, 0, 1)
    assert desk.printed("person", "测甲", "--json", "--reveal", "核对")["companions"] == "李四、测乙"
