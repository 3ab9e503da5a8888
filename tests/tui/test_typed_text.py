"""`-` in place of any text on the command line: read from standard input, and so in no list of processes."""

from pathlib import Path

import click
import pytest

from dutyboard.tui import cli
from dutyboard.tui.commands.framework import DESK_FILE, OUTPUT_FILE, TYPED_TEXT, global_options
from dutyboard.tui.text import words
from tests.tui.command_line import CommandLine, leaves

GLOBAL = {each.name for each in global_options()}
NO_TEXT = {
    "temp_c": "`-` says that no temperature was taken",
    "signer": "the name of an officer beside --pin-stdin",
    "keys_file": "a file",
    "notices_or_file": "the file itself",
}


def test_every_text_of_every_command_may_stand_on_standard_input() -> None:
    plain = {
        (command.name, each.name)
        for name in cli._COMMANDS
        for _, command in leaves(name)
        for each in command.params
        if each.type is click.STRING and each.name not in GLOBAL | NO_TEXT.keys()
    }
    assert plain - {("door", "login"), ("door", "key")} == set()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    return CommandLine(tmp_path / "desk", "2021-06-07T09:00", monkeypatch)


def test_a_note_a_name_and_a_reason_come_from_standard_input(desk: CommandLine) -> None:
    desk.done("log", "-", typed="张三来电\n")
    desk.done("officer", "add", "-", "--role", "leader", typed="李带班\n")
    desk.done("officer", "change", "李带班", "--reason", "-", "--phone", "13800138000", typed="换号\n")
    assert "张三来电" in [each.get("text") for each in desk.tables()["entries"].values()]
    assert "李带班" in [each["name"] for each in desk.tables()["officers"].values()]
    assert "换号" in [each.get("text") for each in desk.tables()["entries"].values()]


def test_the_pin_is_the_first_line_and_the_text_the_rest(desk: CommandLine) -> None:
    desk.done("log", "-", "--pin-stdin", typed="246810\n张三来电\n")
    assert "张三来电" in [each.get("text") for each in desk.tables()["entries"].values()]


TWICE = (
    ("log", "-", "--reason", "-"),
    ("register", "-", "--reveal", "-"),
    ("batch", "-", "--reveal", "-"),
    ("check", "temperature-am/site-1/2021-06-07", "--readings", "-", "--note", "-"),
    ("import", "roster", "-", "--reveal", "-"),
    ("verify", "--heads", "-", "--reveal", "-"),
    ("person", "-", "--reveal", "-"),
    ("keys", "add", "wangfang", "-", "--officer", "-"),
    ("rules", "check", "-", "--reveal", "-"),
)


@pytest.mark.parametrize("typed", TWICE)
def test_standard_input_is_read_once(desk: CommandLine, typed: tuple[str, ...]) -> None:
    """Two texts, a file and a text, a file or a text and the reason of `--reveal`."""
    assert words("zh").cli.text_twice in desk.refused(*typed, code=2)


def test_an_output_takes_no_standard_input(desk: CommandLine) -> None:
    told = desk.call("report", "roster", "--unit", "-", "--format", "json", "-o", "-", typed="无此镇\n")
    assert "无此镇" in told.stderr, told.output


def test_every_file_counts_but_the_one_that_is_written() -> None:
    """`rules check` gives standard input away by itself: its words are notices or files."""
    files = {
        (command.name, each.name): each.type
        for name in cli._COMMANDS
        for _, command in leaves(name)
        for each in command.params
        if str(each.metavar).endswith("FILE|-")
    }
    assert len(files) > 5
    assert {name for name, kind in files.items() if kind is not DESK_FILE} == {
        ("import", "report_to"),
        ("overview", "output"),
        ("report", "output"),
        ("template", "file"),
    }
    assert files["report", "output"] is files["template", "file"] is files["import", "report_to"] is OUTPUT_FILE


def test_a_reading_without_a_temperature_stays_one() -> None:
    ((_, command),) = leaves("reading")
    assert {each.name for each in command.params if each.type is TYPED_TEXT} >= {"person", "symptom", "reason"}
