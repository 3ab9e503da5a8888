"""Four sides whose duty a thing is: 属地管理责任、行业监管责任、单位主体责任、个人自我防护 (五).

A notice names one of them for every kind of thing that is owed.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal, cast, get_args

from dutyboard.frozen import frozen
from dutyboard.rules.law.toml_table import TomlTable

DutyKind = Literal[
    "seat",
    "handover",
    "roster",
    "screening_report",
    "site_report",
    "patrol",
    "temperature",
    "disinfection",
    "staff_check",
    "staff_test",
    "assess",
    "history",
    "contradiction",
    "referral",
    "transfer",
    "test",
    "trace",
    "rescreen",
    "home_check",
    "release",
    "advice",
    "rooms",
    "retake",
    "suspected",
    "follow_up",
    "finding",
    "call",
]
"""Kinds of things that are owed."""
Side = Literal["local", "sector", "employer", "individual"]
SIDES: Final[tuple[Side, ...]] = get_args(Side)
"""Sides in the order of the text: the place, the sector's supervisor, the unit itself, each person."""


@frozen
class FourDuties:
    """The side of each kind, and the clause that asks the four of them."""

    clause: str
    sides: Mapping[DutyKind, Side]


def read_four_duties(table: TomlTable) -> FourDuties:
    """Read the table of the four duties; every kind has its word. Raises NoticeError."""
    sides = table.table("sides")
    kinds: tuple[DutyKind, ...] = get_args(DutyKind)
    duties = FourDuties(
        clause=table.text("clause"),
        sides=MappingProxyType({kind: cast(Side, sides.word(kind, SIDES)) for kind in kinds}),
    )
    sides.done()
    table.done()
    return duties
