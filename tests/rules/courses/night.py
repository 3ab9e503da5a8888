"""Desk that is worked: its picture, its clock, what was done and refused, and how somebody's facts are drawn."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, Final, get_args

from dutyboard.rules.law.facts import Facts, PcrCert, Stay, StayCategory
from dutyboard.rules.records.commands import Command
from dutyboard.rules.records.commands.sheets import ImportLayer
from dutyboard.rules.records.model import Person, Unit
from dutyboard.rules.records.snapshot import Snapshot, table_of
from dutyboard.rules.records.transaction import Accepted
from tests.rules.desks import LI, ZONE, actor, desk, notice, shift, signed, site, t
from tests.rules.fact_sets import notices

STARTS: Final = t("08:00")
CADRES: Final = ("镇干部", "村干部")
TOWN: Final = ("广东省广州市天河区", "440106")
"""A place that an area of the desk's list may cover one day."""
OTHER: Final = "national-9-2022"


@dataclass(frozen=True)
class Done:
    """The last act that the rules took: what was said, the picture before it, and what it changed."""

    command: Command
    before: Snapshot
    accepted: Accepted


@dataclass
class Night:
    """A desk that is worked. `last` is the act of this step; None: nothing was done, or it was refused.

    `random` draws what is done, `questions` what is asked of the desk afterwards. `sheets` are those that were read,
    `imports` what each laid over the records, by its entry.
    """

    random: Random
    questions: Random
    snapshot: Snapshot
    now: datetime = STARTS
    last: Done | None = None
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)
    sheets: list[Command] = field(default_factory=list)
    imports: dict[int, ImportLayer] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day of the clock."""
        return self.now.astimezone(ZONE).date()

    def chance(self, often: float) -> bool:
        """Return True that often."""
        return self.random.random() < often

    def say(self, command: Command) -> None:
        """Say an act; the rules take it or refuse it."""
        name = type(command).__name__
        answer = signed(command, self.snapshot, self.now, actor(LI))
        if isinstance(answer, Accepted):
            self.last = Done(command, self.snapshot, answer)
            if is_sheet(command) and answer.entries:
                self.sheets.append(command)
                self.imports[answer.entry.id] = layer_of(answer, self.snapshot)
            self.snapshot = self.snapshot.applied(self.snapshot.seq + 1, answer.changes, answer.removed)
            self.done[name] += 1
            self.told.append(f"{self.now:%m-%d %H:%M} {brief(command)}")
        else:
            self.refused[f"{name} {answer.code}"] += 1


def is_sheet(command: Command) -> bool:
    """Return True for an act that takes a sheet in."""
    return type(command).__name__.startswith("Import")


def layer_of(answer: Accepted, before: Snapshot) -> ImportLayer:
    """Return what an import laid over the records, as the journal tells it."""
    below = (getattr(before, table_of(each)).get(each.id) for each in answer.changes)
    return ImportLayer(answer.changes, tuple(each for each in below if each is not None))


Act = Callable[[Night, Person], Command | None]
"""An act about a person; None: nothing of the kind can be done now."""


def new_desk() -> Snapshot:
    """Two sites, a town, and both seats held for half a year. Another notice may come into force at any time."""
    begun = replace(notices()[OTHER], effective_from=STARTS.replace(tzinfo=None))
    made = desk(
        Unit(id=1, name="蓝田街道", kind="street", registered_at=STARTS),
        site(1, registered=STARTS, rooms=6),
        site(2, registered=STARTS, rooms=4),
        shift(1, "leader", LI, STARTS, STARTS + timedelta(days=200)),
        shift(2, "officer", LI, STARTS, STARTS + timedelta(days=200)),
        opened=STARTS,
    )
    return replace(made, notices_known={notice().id: notice(), OTHER: begun})


def facts_of(night: Night) -> Facts:
    """Draw what somebody says of himself when he comes."""
    pick, today = night.random.choice, night.today
    arrived = datetime.combine(today - timedelta(days=pick((0, 0, 0, 1, 3, 9, 20))), time(pick((1, 7))))
    left = arrived.date() - timedelta(days=pick((0, 1, 5)))
    category = pick(get_args(StayCategory))
    quiet = Facts(
        arrival_at=arrived,
        border="none",
        stays=(),
        health_code="green",
        travel_card="green",
        symptoms="none",
        pcr=None,
        sanfei="no",
    )
    known: tuple[dict[str, object], ...] = (
        {"stays": (Stay(place="某地", category=category, left_on=left),)},
        {"stays": (Stay(place=TOWN[0], code=TOWN[1], left_on=left),)},
        {"contact": pick(("close", "secondary", "unspecified"))},
        {"health_code": pick(("red", "yellow", "none"))},
        {"travel_card": pick(("red", "yellow", "orange"))},
        {"symptoms": pick(("present", None)), "border": "foreign", "isolation_days_done": pick((0, 14, 21))},
        {
            "border": "foreign",
            "isolation_days_done": 21,
            "isolation_proof": "yes",
            "pcr": PcrCert(result="negative", sampled_at=arrived - timedelta(hours=60)),
            "stays": (Stay(place="某地", category=category, left_on=left),),
        },
        {"case_status": pick(("suspected", "confirmed", "discharged"))},
        {"sanfei": pick(("yes", None))},
        {"arrival_at": None},
        {"arrival_at": None, "no_arrival": True, "contact": pick(("none", "close"))},
        {},
    )
    return replace(quiet, **pick(known))  # type: ignore[arg-type]


def brief(told: Any) -> str:
    """Return an act or a record in one line, without the fields that nobody has told."""
    if isinstance(told, tuple):
        return f"({', '.join(map(brief, told))})"
    if not is_dataclass(told) or isinstance(told, type):
        return f"{told:%m-%d %H:%M}" if isinstance(told, datetime) else str(told)
    values = ((each.name, getattr(told, each.name), each.default) for each in fields(told))
    said = (f"{name}={brief(value)}" for name, value, usual in values if value not in (usual, None, "", ()))
    return f"{type(told).__name__}({', '.join(said)})"


def said_of(person: Person, night: Night) -> str:
    """Return a course in lines, for the report of a failure."""
    acts = [line for line in night.told if f"person_id={person.id}," in line or f"person_id={person.id})" in line]
    last = [night.told[-1]] if night.last is not None and is_sheet(night.last.command) else []
    return "\n".join([f"{night.now:%m-%d %H:%M}: {brief(person)}", *acts[-25:], *last])
