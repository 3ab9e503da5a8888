"""Every command that tells of the past goes through the one rule for telling late (`rules/records/timely.py`).

A new field of a command that is an instant or a day is either told of the past and named in `TELLS`, or stands here.
"""

from dataclasses import fields
from datetime import date, datetime
from typing import Any, Final, get_args, get_type_hints

import pytest

from dutyboard.rules.records.commands import Command
from dutyboard.rules.records.timely import TELLS

NOT_PAST: Final = frozenset(
    {
        "starts",  # a plan
        "ends",
        "due",
        "until",  # the first day without an officer
        "from_on",  # the first day of somebody on a site's staff
        "last",  # the last day of a stage, today at the earliest
        "effective_from",
        "practice_starts",  # a desk's clock
        "practice_since",
    }
)
"""Fields that tell of what is to come, or of no act at all."""
BESIDE: Final = frozenset(
    {
        ("SendReport", "day"),
        ("RecordTest", "sampled_on"),
        ("RecordStaffTest", "sampled_on"),
        ("Transfer", "arrived_at"),
        *((ride, "announced_at") for ride in ("Transfer", "StartTransfer", "EndTransfer")),
        ("Discharge", "started_at"),
    }
)
"""Fields beside the one that `TELLS` names: they say which day is meant, or follow it."""


def instants(command: type[Any]) -> set[str]:
    """Return the fields of a command that hold an instant or a day."""
    hints = get_type_hints(command)
    return {each.name for each in fields(command) if {date, datetime} & {hints[each.name], *get_args(hints[each.name])}}


@pytest.mark.parametrize("command", get_args(Command), ids=lambda each: each.__name__)
def test_every_command_with_an_instant_goes_through_the_rule(command: type[Any]) -> None:
    beside = {name for of, name in BESIDE if of == command.__name__}
    left = instants(command) - NOT_PAST - beside - {TELLS.get(command, "")}
    assert not left, (
        f"{command.__name__}: name {sorted(left)} in TELLS of rules/records/timely.py, or say here what it is"
    )


@pytest.mark.parametrize("command", TELLS, ids=lambda each: each.__name__)
def test_every_command_of_the_rule_has_a_field_for_the_reason(command: type[Any]) -> None:
    names = {each.name for each in fields(command)}
    assert TELLS[command] in names and names & {"reason", "text"}
