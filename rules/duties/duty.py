"""Form of a duty: what is owed of it, which acts discharge it, and who decides a check of it."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta

from dutyboard.frozen import frozen
from dutyboard.rules.records.codes import MatterCause
from dutyboard.rules.records.commands import Command
from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.ids import DutyId, Subject
from dutyboard.rules.records.model import Person, Record, Site
from dutyboard.rules.records.obligation import Kind, Obligation
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot, named_in
from dutyboard.rules.records.told import Telling


@frozen(kw_only=False)
class EachDay:
    """Owed on each local day, and looked for on past days until a handover has accepted what was missed.

    `eve`: one of tomorrow that is due soon is shown already, so that midnight hides nothing. `anew`: its rows change at
    instants that they do not name, so that each board asks for them anew.
    """

    owed: Callable[[Snapshot, date, datetime], Iterable[Obligation]]
    eve: bool = False
    anew: bool = False


@frozen(kw_only=False)
class AtSite:
    """Owed at each site on each local day, and looked for on past days as above."""

    owed_at: Callable[[Site, Snapshot, date, datetime], Iterable[Obligation]]

    def owed(self, snapshot: Snapshot, day: date, now: datetime) -> Iterator[Obligation]:
        """Yield what all sites owe."""
        for site in snapshot.sites.values():
            yield from self.owed_at(site, snapshot, day, now)


@frozen(kw_only=False)
class UntilDone:
    """Owed at an instant, whatever the day; it never closes. `leaves`: once done, it leaves the board with its day."""

    owed: Callable[[Snapshot, datetime], Iterable[Obligation]]
    leaves: bool = False


@frozen(kw_only=False)
class OfPerson:
    """Owed to one person at an instant, whatever the day; it never closes. `leaves` as above."""

    owed_for: Callable[[Person, Snapshot, datetime], Obligation | Iterable[Obligation] | None]
    leaves: bool = False

    def to(self, person: Person, snapshot: Snapshot, now: datetime) -> Iterable[Obligation]:
        """Return what one person is owed."""
        found = self.owed_for(person, snapshot, now)
        return () if found is None else (found,) if isinstance(found, Obligation) else found

    def owed(self, snapshot: Snapshot, now: datetime) -> Iterator[Obligation]:
        """Yield what everybody is owed."""
        for person in snapshot.persons.values():
            yield from self.to(person, snapshot, now)


@frozen
class ToSee:
    """A thing that a check has found about one record. `within` says how soon it is due (None: by the shift's end)."""

    subject: Subject
    what: str
    owner: str = ""
    cause: MatterCause | None = None
    within: timedelta | None = None


@frozen(kw_only=False)
class Finding:
    """Result of a check. `note_needed`: it left somebody out, or the note is the answer.

    An abnormal one needs a note in any case, unless it says one by one what was found. Each `found` becomes a matter;
    None: the note does, if it is abnormal. `part`: somebody is still left, so that the duty stays owed.
    `changes` are records that it writes with its entry.
    """

    told: Telling
    abnormal: bool = False
    note_needed: bool = False
    found: tuple[ToSee, ...] | None = None
    part: bool = False
    changes: tuple[Record, ...] = ()


@frozen(kw_only=False)
class Check:
    """Decision of a `Discharge`: `find` returns what is owed, `read` what its form states at an instant.

    `takes` are the names, by kind, of the figures, details and lists that it reads; all others are refused.
    """

    find: Callable[[Snapshot, DutyId, datetime], Obligation | Refusal]
    read: Callable[[Discharge, Obligation, Snapshot, datetime], Finding | Refusal]
    takes: Mapping[str, frozenset[str]]


@frozen
class Duty:
    """One duty. `kinds` are the kinds of its obligations, `by` the acts that discharge it.

    `check` None: no `Discharge` says that it is done.
    """

    kinds: tuple[Kind, ...]
    owed: EachDay | AtSite | UntilDone | OfPerson
    by: tuple[type[Command], ...]
    check: Check | None = None


def misstated(
    figures: Mapping[str, int | float],
    counts: Mapping[str, tuple[int, int | float]],
    readings: Mapping[str, tuple[float, float]] | None = None,
) -> Refusal | None:
    """Return why figures cannot be: one is missing, is no whole number where heads are counted, or out of range.

    `counts` and `readings` are the least and the most of each figure.
    """
    limits: dict[str, tuple[float, float]] = {**counts, **(readings or {})}
    missing = [name for name in limits if figures.get(name) is None]
    if missing:
        return Refusal("figures_needed", {"names": missing})
    for name, (low, high) in limits.items():
        value = figures[name]
        fits = isinstance(value, int) if name in counts else isinstance(value, int | float)
        if isinstance(value, bool) or not fits or not low <= value <= high:
            return Refusal("bad_figure", {"name": name, "value": value, "low": low, "high": high})
    return None


def not_on_row(named: Iterable[str], duty: Obligation, snapshot: Snapshot) -> Refusal | None:
    """Return the refusal of somebody named who is not on the row of a check; None: all of them are."""
    stranger = next((each for each in named if each not in duty.people), None)
    if stranger is None:
        return None
    return Refusal("not_on_row", {"person": named_in(snapshot, stranger), "subject": duty.subject})


def said_twice(groups: Iterable[Iterable[str]], snapshot: Snapshot) -> Refusal | None:
    """Return the refusal of somebody in two of the groups, who cannot be both at once; None: nobody is."""
    times = Counter(each for group in groups for each in dict.fromkeys(group))
    twice = min((each for each, many in times.items() if many > 1), default=None)
    return Refusal("said_twice", {"person": named_in(snapshot, twice)}) if twice is not None else None
