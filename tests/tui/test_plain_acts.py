"""By numbered lines every act can be said, every row can be acted on, and every field has a word."""

import os
import re
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest

from dutyboard.tui.acts.names import ACTS, OWN_COMMAND, act_fields
from dutyboard.tui.commands.plain import session
from dutyboard.tui.commands.plain.enter import ABNORMAL, ENTERS
from dutyboard.tui.commands.plain.fields import choice_words, label
from dutyboard.tui.screens import openers
from dutyboard.tui.text import LANGUAGES, words
from tests.tui.command_line import CommandLine

FAULT = "程序出错"


@pytest.fixture(scope="module")
def line(home: Path) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        yield CommandLine(home / "desk", "2021-06-07T19:40", patch)


def typed(line: CommandLine, *lines: str) -> str:
    """What a session says to these lines, then left. No line of it is a fault of the program."""
    read, write = os.pipe()
    os.write(write, "".join(f"{each}\n" for each in lines).encode())
    os.close(write)
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(session, "standard_input", lambda: read)
            said = line.done("--plain")
    finally:
        os.close(read)
    assert FAULT not in said, said
    return said


@pytest.mark.parametrize("name", [name for name in ACTS if name not in OWN_COMMAND])
def test_every_act_is_asked_by_its_name(line: CommandLine, name: str) -> None:
    said = typed(line, f"登记 {name}", ".").partition(words("zh").lines.prompt)[2]
    first = said.lstrip("\n").splitlines()[0]
    assert first.endswith("：") or "起可签" in first or "排" in first, said
    assert words("zh").lines.unknown.format(text=f"登记 {name}") not in said


def test_an_act_of_the_server_says_that_it_has_a_command_of_its_own(line: CommandLine) -> None:
    for name in OWN_COMMAND:
        assert words("zh").lines.not_here.format(name=name) in typed(line, f"登记 {name}")


def test_an_act_is_written_as_the_command_line_writes_it(line: CommandLine) -> None:
    said = typed(line, "登记 officer add", "赵测试", "", "科员", "19900000002", "", "", "", "", "", "", "")
    assert re.search(r"将写入：.*赵测试", said), said
    assert "已写入：" in said


def test_a_wrong_answer_is_asked_again_and_the_others_are_kept(line: CommandLine) -> None:
    said = typed(line, "登记 take-seat", "7", "2", "", ".")
    assert "「值哪个岗」没有「7」这一项" in said
    assert "将写入：" in said


def test_every_row_has_what_enter_has() -> None:
    assert ENTERS.keys() == openers.OPENERS.keys()
    assert ABNORMAL.keys() == openers.ABNORMAL.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_of_an_act_and_every_code_has_a_word(language: str) -> None:
    said, worded = words(language), choice_words(words(language))
    without = set()
    for name, act in ACTS.items():
        hints = get_type_hints(act.command)
        for key, of in act_fields(name).items():
            if name.startswith("import ") and name != "import undo":
                continue  # a file is asked
            if label(said, key) == key and key not in _UNASKED:
                without.add(key)
            without |= {code for code in _codes(hints[of.name]) if code not in worded}
    assert without == set()


_UNASKED = frozenset({"shown", "items", "by_name", "head", "code"})
"""Fields that the program fills."""


def _codes(hint: Any) -> set[str]:
    if get_origin(hint) is Literal:
        return set(get_args(hint))
    return {code for each in get_args(hint) if not isinstance(each, str) for code in _codes(each)}


def test_the_words_of_the_views_are_told_apart() -> None:
    for language in LANGUAGES:
        names = [name for each in words(language).lines.asked.values() for name in each]
        assert len(names) == len(set(names))


def test_who_may_only_look_is_refused_what_he_may_not_do(line: CommandLine) -> None:
    line.done("officer", "add", "李看看", "--role", "viewer")
    line.done("sign-on", "bind", "李看看", "looker", "--reason", "查看")
    line.as_login("looker")
    try:
        said = typed(line, "登记 take-seat", "2", "", ".", "交接", "登记 log", "试一试")
    finally:
        line.login = None
    assert said.count("您的岗位不能这样做") == 2
    assert "已写入" not in said
