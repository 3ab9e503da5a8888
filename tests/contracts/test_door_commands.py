"""The door: each command has its row, and no parameter of one that is let through can name a file."""

import click
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from dutyboard.tui.cli import _COMMANDS, program
from dutyboard.tui.commands.framework import DESK_FILE, OUTPUT_FILE
from dutyboard.tui.commands.invocation import Invocation
from dutyboard.tui.commands.server.door_commands import AT_THE_DOOR, DoorRefused, checked, taken_apart
from dutyboard.tui.link.identity import Identity
from dutyboard.tui.text import words
from tests.tui.command_line import leaves

ALLOWED = sorted(name for name, verdict in AT_THE_DOOR.items() if verdict == "allowed" and name in _COMMANDS)
FILE_BY_HAND = {("rules", "notices_or_file")}
"""Arguments that are a file for one of their acts only; the command itself asks (tested below)."""


def at_door() -> Invocation:
    return Invocation(identity=Identity("wangfang", address="10.0.3.7"))


def test_every_command_has_a_row() -> None:
    assert set(_COMMANDS) <= set(AT_THE_DOOR)
    assert set(AT_THE_DOOR) - set(_COMMANDS) <= {"pin"}, "a row without a command"
    for own in (words("zh"), words("en")):
        assert {verdict for verdict in AT_THE_DOOR.values() if verdict != "allowed"} <= set(own.cli.door)


@pytest.mark.parametrize("name", ALLOWED)
def test_a_command_that_is_let_through_can_name_no_file(name: str) -> None:
    for path, command in leaves(name):
        for param in command.params:
            if param.name == "data":
                continue
            assert not isinstance(param.type, click.Path | click.File), (path, param.name)
            told = (param.metavar or "").upper()
            if ("FILE" in told or "DIR" in told) and (name, param.name) not in FILE_BY_HAND:
                assert param.type in (DESK_FILE, OUTPUT_FILE), (path, param.name)


@pytest.mark.parametrize(
    "line",
    [
        "assess /etc/passwd",
        "batch /etc/passwd",
        "register ./x",
        "import arrivals /etc/passwd",
        "import roster - --data /tmp",
        "report handover -o /tmp/x",
        "report handover -o/tmp/x",
        "report handover --output=/tmp/x",
        "rules check /etc/passwd",
        "verify --heads /etc/passwd",
        "check 1 patrol-1 --readings /etc/passwd",
        "board --as root",
        "board --as=root",
        "board --data=/tmp",
    ],
)
def test_a_file_a_folder_or_another_login_is_refused_where_it_is_read(line: str) -> None:
    told = CliRunner().invoke(program, line.split(), obj=at_door())
    assert told.exit_code == 1, told.output
    assert told.stderr.count("\n") == 1
    assert any(word in told.stderr for word in ("/etc/passwd", "./x", "/tmp/x", "--as", "--data"))
    assert "从门外" in told.stderr


WORDS = st.one_of(
    st.sampled_from(
        [
            *AT_THE_DOOR,
            *(
                "--data",
                "--dat",
                "--d=/tmp",
                "--data=/tmp",
                "--as",
                "--a",
                "--as=root",
                "--",
                "-o",
                "-o/tmp/x",
                "--help",
            ),
            *(
                "--lang",
                "zh",
                "--lang=en",
                "--plain",
                "-",
                "/etc/passwd",
                "--output",
                "--heads",
                "--readings",
                "--json",
            ),
            *("roster", "handover", "check", "--format", "xlsx", "1", "patrol-1", "sh", "-c", "id;", "$(id)", "`id`"),
        ]
    ),
    st.text(max_size=8),
)


@given(st.lists(WORDS, max_size=8))
def test_nothing_else_gets_through(asked: list[str]) -> None:
    """Whatever is asked: only an allowed command is called, with no file, on no other desk, for nobody else."""
    called: list[tuple[str, dict[str, object], Invocation]] = []
    try:
        line = checked(asked)
    except DoorRefused:
        return

    def record(_: click.Command, ctx: click.Context) -> None:
        called.append((ctx.command_path, dict(ctx.params), ctx.ensure_object(Invocation)))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(click.Command, "invoke", record)
        CliRunner().invoke(program, list(line), obj=at_door())
    for path, params, call in called:
        assert (call.data, call.acting_as, call.identity.login) == (None, None, "wangfang")
        name = path.split()[1] if " " in path else ""
        assert name == "" or AT_THE_DOOR[name] == "allowed"
        for key, value in params.items():
            if key in ("file", "heads", "output", "target"):
                assert value in (None, "-"), (path, key)


@given(st.text(max_size=40))
def test_a_line_is_words_or_refused(line: str) -> None:
    try:
        apart = taken_apart(line)
    except DoorRefused as refused:
        assert refused.fault == "not_a_line"
        return
    assert all(isinstance(word, str) for word in apart)


@pytest.mark.parametrize(
    ("line", "apart"),
    [
        ("", ()),
        ("log '甲 乙' $(id) `id` ; rm -rf ~ | sh > x", None),
        ('log "a\'b"', ("log", "a'b")),
        ("board # --json", ("board", "#", "--json")),
    ],
)
def test_a_line_is_taken_apart_without_a_shell(line: str, apart: tuple[str, ...] | None) -> None:
    assert taken_apart(line) == (apart if apart is not None else ("log", "甲 乙", *line.split()[3:]))


@pytest.mark.parametrize("line", ["log 'x", "log \\", "x" * 65537, "log \0"])
def test_a_line_that_cannot_be_read_is_refused(line: str) -> None:
    with pytest.raises(DoorRefused) as refused:
        taken_apart(line)
    assert refused.value.fault == "not_a_line"


@pytest.mark.parametrize(
    ("asked", "fault"),
    [
        *(([name], verdict) for name, verdict in AT_THE_DOOR.items() if verdict != "allowed"),
        (["--plain", "init", "x"], "of_the_server"),
        (["--lang", "en", "keys"], "of_the_server"),
        (["--lang", "init", "board"], "option"),
        (["--verbose"], "option"),
        (["--", "board"], "option"),
        (["internal-sftp"], "no_such_command"),
        (["scp", "-t", "x"], "no_such_command"),
        (["BOARD"], "no_such_command"),
        ([""], "no_such_command"),
        (["log", "x", "--data", "/tmp"], "option"),
        (["log", "x", "--data=/tmp"], "option"),
        (["log", "x", "--dat=/tmp"], "option"),
        (["log", "x", "--as", "root"], "option"),
        (["log", "x", "--as=root"], "option"),
        (["log", "x" * 65537], "not_a_line"),
    ],
)
def test_what_is_refused_and_why(asked: list[str], fault: str) -> None:
    with pytest.raises(DoorRefused) as refused:
        checked(asked)
    assert refused.value.fault == fault


@pytest.mark.parametrize(
    "asked", [[], ["--plain"], ["--lang", "en", "board"], ["report", "ledger", "--date", "x"], ["log", "x"]]
)
def test_what_goes_through(asked: list[str]) -> None:
    assert checked(asked) == tuple(asked)
