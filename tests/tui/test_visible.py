"""The door out: no character that a terminal obeys leaves the program, but those that the program itself sends."""

import json
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from textual.app import App, ComposeResult
from textual.events import Paste

from dutyboard.rules.records.signs import unfit
from dutyboard.tui.terminal.cells import clip, fit, line_width, pad, plain, width, wrap
from dutyboard.tui.terminal.masking import revealing
from dutyboard.tui.terminal.visible import visible, visible_json, visible_rows
from dutyboard.tui.widgets.text_input import TextInput
from tests.homes import begun
from tests.old_texts import spoil
from tests.payloads import PAYLOADS
from tests.tui.installed import printed, run

ANY = st.text() | st.sampled_from(PAYLOADS)


@given(ANY, st.integers(0, 30))
def test_whatever_is_measured_shows_marks_and_fits(text, cells):
    for shown in (clip(text, cells), pad(text, cells), *wrap(text, max(cells, 2)), plain(((text, "plain"),))):
        assert unfit(shown) is None
    line = fit(((text, "plain"), (text, "late")), cells)
    assert all(unfit(piece) is None for piece, _ in line)
    assert line_width(line) == cells
    assert width(visible(text)) == width(text)


@given(ANY)
def test_json_says_the_same_in_signs_that_no_terminal_obeys(text):
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        return
    with revealing():
        written = visible_json({text: [text]}).decode()
    assert unfit(written) is None
    assert json.loads(written) == {text: [text]}


@given(ANY)
def test_rows_keep_their_ends(text):
    assert visible_rows(text).count("\n") == text.count("\n")
    assert all(unfit(row.replace("\t", "")) is None for row in visible_rows(text).split("\n"))


@pytest.fixture(scope="module")
def old(home: Path) -> Path:
    """A desk from before the door in: its notes, names and phones hold every payload."""
    folder = home / "desk"
    assert run("init", str(begun(folder)), "--sample").returncode == 0
    return spoil(folder)


@pytest.mark.parametrize(
    "words",
    [
        ("board",),
        ("board", "--json"),
        ("person", "1"),
        ("person", "1", "--json"),
        ("person", "5"),
        ("report", "handover"),
        ("report", "roster", "--unit", "1"),
        ("export", "--json", "--reveal", "测试"),
        ("trail", "person-1"),
        ("person", "\x1b[2J无此人"),
        ("log", "\x1b]0;x\x07"),
        ("check", "\x9b2J", "patrol-1"),
        ("report", "screening", "--unit", "\u202e1"),
        ("import", "arrivals", "\x1bc.csv"),
        ("trail", "\x1b[6n"),
        ("\x1bc",),
    ],
)
def test_nothing_that_the_command_line_prints_is_obeyed(old, words):
    done = run(*words, folder=old)
    for out in (done.stdout, done.stderr):
        assert [unfit(line.replace("\t", "")) for line in out.split("\n") if unfit(line.replace("\t", ""))] == []
    assert "Traceback" not in done.stderr


def test_a_report_in_a_file_holds_none(old, tmp_path):
    for form in ("text", "json", "xlsx"):
        file = tmp_path / f"r.{form}"
        assert run("report", "roster", "--unit", "1", "--format", form, "-o", str(file), folder=old).returncode == 0
    assert all(unfit(line) is None for line in (tmp_path / "r.text").read_text().split("\n"))
    assert all(unfit(line) is None for line in (tmp_path / "r.json").read_text().split("\n"))
    assert {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()} == {0o600}, "personal data"
    cells = [cell for row in load_workbook(tmp_path / "r.xlsx").active.values for cell in row]
    assert any("U+" in str(cell) for cell in cells)
    assert all(unfit(str(cell)) is None for cell in cells)


def test_a_refused_text_is_named_in_the_officers_words(old):
    assert "「内容」里有不能保存的字符（U+001B）" in run("log", "\x1b[2J", folder=old).stderr


class OneField(App[None]):
    """An app with a field, prefilled from an old record."""

    def compose(self) -> ComposeResult:
        yield TextInput(f"王芳{PAYLOADS[0]}")


async def test_a_field_shows_what_it_was_given_typed_and_pasted():
    async with OneField().run_test() as pilot:
        field = pilot.app.query_one(TextInput)
        assert field.value == "王芳<U+001B>c"
        for payload in PAYLOADS:
            field.value = ""
            field.insert_text_at_cursor(f"李{payload}")
            field.post_message(Paste(f"四{payload}"))
            await pilot.pause()
            assert unfit(field.value) is None
            assert field.value.startswith("李")


def test_a_sheet_loses_them_with_a_note(tmp_path):
    sheet, folder = tmp_path / "arrivals.csv", tmp_path / "desk"
    assert run("init", str(begun(folder))).returncode == 0
    row = '"甲\u202e","蓝田街道\u200b新塘村\n1组",19900000001,2021-06-06,"广东省\x9b2J深圳市"\n'
    sheet.write_text(f"姓名,现住址,联系电话,到涟时间,来源地\n{row}", encoding="utf-8")
    report = printed("import", "arrivals", str(sheet), "--json", folder=folder)
    assert report["accepted"] == 1
    noted = {each["column"] for each in report["rows"] if each["code"] == "signs_removed"}
    assert noted == {"姓名", "现住址", "来源地"}
    (person,) = printed("export", "--json", "--reveal", "测试", folder=folder)["tables"]["persons"].values()
    assert (person["name"], person["address"]) == ("甲", "蓝田街道新塘村 1组")
