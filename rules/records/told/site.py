"""Entries of a quarantine site: its rounds, its staff, and its state."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from typing import Any, ClassVar

from dutyboard.frozen import frozen
from dutyboard.rules.law.facts import TestResult
from dutyboard.rules.records.codes import DisinfectionMethod, EntryKind, SiteState


@frozen
class RoundDone:
    """A round without figures: a patrol. `symptoms` are those told of people, `person-12` to text; `remarks` are words
    about somebody who had not been found before.

    `people` are those seen, `absent` those looked for and not found, `left` those of the site's people who then still
    had to be: the round goes on. `after` is the number of parts told before this one.
    """

    entry_kind: ClassVar[EntryKind] = "check"
    symptoms: Mapping[str, str] = field(default_factory=dict)
    people: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    after: int = 0
    remarks: Mapping[str, str] = field(default_factory=dict)

    @property
    def part(self) -> bool:
        """True if the round was not whole by then."""
        return bool(self.left)

    @property
    def met(self) -> frozenset[str]:
        """Names of those who were seen, well or not."""
        return frozenset((*self.people, *self.symptoms))


@frozen
class Disinfected:
    """A disinfection: areas, agent, concentration in mg/L, minutes of effect, who checked it, how, and since when.

    It ended when it happened. None: nobody said.
    """

    entry_kind: ClassVar[EntryKind] = "check"
    TEXTS: ClassVar[tuple[str, ...]] = ("area", "agent", "method", "checked_by")
    NUMBERS: ClassVar[tuple[str, ...]] = ("mg_l", "minutes")
    area: str | None
    agent: str | None
    mg_l: int | None
    minutes: int | None
    checked_by: str | None
    method: DisinfectionMethod | None = None
    started_at: datetime | None = None

    @property
    def details(self) -> dict[str, str]:
        """Words that were stated, by name."""
        return {name: text for name in self.TEXTS if (text := getattr(self, name)) is not None}

    @property
    def figures(self) -> dict[str, int | float]:
        """Numbers that were stated, by name."""
        return {name: number for name in self.NUMBERS if (number := getattr(self, name)) is not None}


@frozen
class TemperatureTaken:
    """A temperature round: people there, people measured, and the highest reading in °C (None: nobody measured).

    `readings` are those told one by one, `person-12` to °C. A number is kept as it was typed, 37 or 37.0. `first` holds
    what was read of a person before the reading in `readings`; `symptoms` what people told, `person-12` to text.
    `absent` were not there. `too_close` are of `readings` but too near to the round before, and count in that one.
    `people` are those measured who were told as totals only. `part`: the round was not whole by then, `left` still had
    to be measured. `after` is the number of parts told before this one. `remarks` are words about somebody who was not
    there, or is there again.
    """

    entry_kind: ClassVar[EntryKind] = "check"
    of: int
    measured: int
    highest: int | float | None = None
    readings: Mapping[str, int | float] = field(default_factory=dict)
    first: Mapping[str, int | float] = field(default_factory=dict)
    symptoms: Mapping[str, str] = field(default_factory=dict)
    absent: tuple[str, ...] = ()
    too_close: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    part: bool = False
    left: tuple[str, ...] = ()
    after: int = 0
    remarks: Mapping[str, str] = field(default_factory=dict)

    @property
    def by_totals(self) -> bool:
        """True if it counts people without their names."""
        return self.measured > len(self.readings) or not (self.readings or self.absent or self.symptoms)

    @property
    def met(self) -> frozenset[str]:
        """Names of those who were seen, well or not."""
        return frozenset((*self.readings, *self.symptoms))

    @property
    def named(self) -> frozenset[str]:
        """The people of whom this entry settles the round by name."""
        return (frozenset(self.readings) - frozenset(self.too_close)) | frozenset(self.absent)


@frozen
class StaffChecked:
    """A check of a site's staff: how many, and how many of them with symptoms.

    Where the site has a register it says who: `seen` were well, `absent` did not come, `unwell` had a symptom;
    `remarks` are words about one of them, `readings` temperatures in °C, by `staff-3`.
    """

    entry_kind: ClassVar[EntryKind] = "check"
    checked: int
    abnormal: int
    seen: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    unwell: tuple[str, ...] = ()
    remarks: Mapping[str, str] = field(default_factory=dict)
    readings: Mapping[str, int | float] = field(default_factory=dict)

    @property
    def named(self) -> frozenset[str]:
        """Names of those of whom it says something; none of a check that only counts."""
        return frozenset((*self.seen, *self.absent, *self.unwell, *self.readings))


@frozen
class StaffSet:
    """Somebody written into a site's register, corrected, or taken off from a day on (`until`).

    `changed` names the fields that were corrected.
    """

    entry_kind: ClassVar[EntryKind] = "staff"
    site_id: int
    changed: tuple[str, ...] = ()
    until: date | None = None


@frozen
class OffDutySet:
    """Somebody on a site's staff sent off duty (`off`), or back on it."""

    entry_kind: ClassVar[EntryKind] = "staff"
    off: bool


@frozen
class StaffTested:
    """A PCR sample of some of a site's staff (`staff-3`) on a day, or its result."""

    entry_kind: ClassVar[EntryKind] = "staff_test"
    people: tuple[str, ...]
    sampled_on: date
    result: TestResult


@frozen
class SiteStateSet:
    """A site opened, put on standby or closed."""

    entry_kind: ClassVar[EntryKind] = "site"
    from_: SiteState
    to: SiteState


@frozen
class SiteChanged:
    """The fields of a site that changed, with what stood in them before and after. No phone."""

    entry_kind: ClassVar[EntryKind] = "site"
    changed: tuple[str, ...]
    before: Mapping[str, Any]
    after: Mapping[str, Any]


SiteTelling = (
    RoundDone
    | Disinfected
    | TemperatureTaken
    | StaffChecked
    | StaffSet
    | OffDutySet
    | StaffTested
    | SiteStateSet
    | SiteChanged
)
"""Everything that a round or an act at a site can write into the log."""
