"""Every command has exactly one function that decides it."""

import re
from typing import get_args

import pytest

from dutyboard.rules.decide import DECIDERS
from dutyboard.rules.records.commands import Command


@pytest.mark.parametrize("command", get_args(Command), ids=lambda c: c.__name__)
def test_every_command_is_decided_by_the_function_of_its_name(command: type) -> None:
    snake = re.sub(r"(?=[A-Z])", "_", command.__name__).lower()
    assert DECIDERS[command].__name__ == f"decide{snake}"


def test_nothing_but_a_command_is_decided() -> None:
    assert set(DECIDERS) <= set(get_args(Command))
