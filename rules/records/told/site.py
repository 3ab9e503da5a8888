"""Entries of a quarantine site: its rounds, its staff, and its state."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from dutyboard.rules.records.codes import EntryKind, SiteState


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundDone:
    """A round without figures: a patrol or a disinfection. `symptoms` are those told of people, `person-12` to text."""

    entry_kind: ClassVar[EntryKind] = "check"
    symptoms: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TemperatureTaken:
    """A temperature round: people there, people measured, and the highest reading in °C (None: nobody measured).

    `readings` are those told one by one, `person-12` to °C. A number is kept as it was typed, 37 or 37.0. `first` holds
    what was read of a person before the reading in `readings`; `symptoms` what people told, `person-12` to text.
    """

    entry_kind: ClassVar[EntryKind] = "check"
    of: int
    measured: int
    highest: int | float | None = None
    readings: Mapping[str, int | float] = field(default_factory=dict)
    first: Mapping[str, int | float] = field(default_factory=dict)
    symptoms: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffChecked:
    """A check of a site's staff: how many, and how many of them with symptoms."""

    entry_kind: ClassVar[EntryKind] = "check"
    checked: int
    abnormal: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteStateSet:
    """A site opened, put on standby or closed."""

    entry_kind: ClassVar[EntryKind] = "site"
    from_: SiteState
    to: SiteState
