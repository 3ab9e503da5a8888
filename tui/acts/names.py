"""Names of acts, and of their fields as an act says them: `person` for `person_id`, `at` for `happened_at`.

An act's name is that of its command on the command line; its fields are those of the command's dataclass.
"""

from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from typing import Any, Final

from dutyboard.rules.records import commands
from dutyboard.rules.records.commands import Correct, PersonData, Register
from dutyboard.rules.records.model import Officer


@dataclass(frozen=True, slots=True)
class Act:
    """The command behind a name, and the fields that the name itself settles."""

    command: type[Any]
    settled: Mapping[str, Any] = field(default_factory=dict)


ACTS: Final[Mapping[str, Act]] = {
    "init": Act(commands.OpenDesk),
    "sign-on": Act(commands.SignOn),
    "shift": Act(commands.PlanShift),
    "take-seat": Act(commands.TakeSeat),
    "handover": Act(commands.HandOver),
    "check": Act(commands.Discharge),
    "log": Act(commands.WriteLog),
    "undo": Act(commands.TakeBack),
    "send-report": Act(commands.SendReport),
    "register": Act(commands.Register),
    "correct": Act(commands.Correct),
    "confirm": Act(commands.Confirm),
    "transfer": Act(commands.Transfer),
    "sample": Act(commands.RecordTest, {"result": "pending"}),
    "result": Act(commands.RecordTest),
    "positive": Act(commands.ActOnPositive),
    "trace": Act(commands.TraceContacts),
    "rescreen": Act(commands.CallTouched),
    "release": Act(commands.Release),
    "handoff": Act(commands.HandOff),
    "site": Act(commands.SetSiteState),
    "rules switch": Act(commands.SwitchNotice),
    "settings": Act(commands.ChangeSetting),
    "import roster": Act(commands.ImportRoster),
    "import sites": Act(commands.ImportSites),
    "import areas": Act(commands.ImportAreas),
    "import arrivals": Act(commands.ImportArrivals),
}
"""Every act by its name. Every command of the rules has one (tests/contracts/test_ways_in.py)."""

_SAID: Final[Mapping[str, str]] = {
    "happened_at": "at",
    "sent_at": "at",
    "officer_name": "officer",
    "home_cadre": "cadre",
}
_SAID_IN: Final[Mapping[type[Any], Mapping[str, str]]] = {
    commands.Discharge: {"text": "note"},
    commands.Transfer: {"text": "reason", "left_at": "left", "arrived_at": "arrived"},
    commands.SendReport: {"text": "reason"},
    commands.TraceContacts: {"text": "reason"},
}
NEVER_SAID: Final[Mapping[type[Any], frozenset[str]]] = {
    commands.OpenDesk: frozenset({"practice_since"}),
    commands.Correct: frozenset({"seen"}),
    PersonData: frozenset({"warnings", "asked"}),
    Officer: frozenset({"id", "login"}),
}
"""Fields that the program fills."""


def said(kind: type[Any], name: str) -> str:
    """Return the name of a command's field in an act."""
    renamed = _SAID_IN.get(kind, {}).get(name) or _SAID.get(name)
    return renamed or (name.removesuffix("_id") if name.endswith("_id") else name)


def act_fields(name: str) -> dict[str, Field[Any]]:
    """Return the fields of an act by their names in it. A person's data is flat and not among them."""
    act = ACTS[name]
    flat = act.command in (Register, Correct)
    never = NEVER_SAID.get(act.command, frozenset()) | act.settled.keys()
    return {
        said(act.command, each.name): each
        for each in fields(act.command)
        if each.name not in never and not (flat and each.name == "person")
    }
