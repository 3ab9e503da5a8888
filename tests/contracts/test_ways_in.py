"""Every command of the rules has a way in. A command that nothing builds is an act that nobody can do (H1: for months
no officer could open a standby site)."""

from typing import get_args

from dutyboard.rules.records.commands import Command
from dutyboard.tui.commands.acts import ACTS


def test_every_command_has_the_name_of_an_act() -> None:
    assert {act.command for act in ACTS.values()} == set(get_args(Command))
