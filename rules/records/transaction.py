"""Changes of an act, gathered before the commit: records with their ids, and the entry that says who did it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from dutyboard.frozen import frozen
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.effects import earlier
from dutyboard.rules.records.ids import POST
from dutyboard.rules.records.model import Earlier, Entry, Record
from dutyboard.rules.records.obligation import Obligation, State, standing
from dutyboard.rules.records.outcome import Outcome
from dutyboard.rules.records.snapshot import Snapshot, table_of
from dutyboard.rules.records.told import Telling


@frozen(kw_only=False)
class Accepted:
    """The records to write, in order; `created` are those that did not exist before.

    `state` is the one of the obligation that the act discharges, `outcome` what it answers beyond the records. `again`
    is the line in which the act stood already, of one that was sent twice. `removed` are records (table, id) that are
    taken out of their tables.
    """

    changes: tuple[Record, ...]
    created: tuple[Record, ...] = ()
    state: State = "done"
    outcome: Outcome | None = None
    again: int = 0
    removed: tuple[tuple[str, int], ...] = ()

    def on(self, snapshot: Snapshot) -> Snapshot:
        """Return the picture with what the act writes and takes away."""
        return snapshot.applied(snapshot.seq, self.changes, self.removed)

    def said_together(self, first: int | None) -> "Accepted":
        """Return the act as one of several said at once. `first` is the entry of the first one (None: it is)."""
        head = first if first is not None else self.entry.id
        changes = tuple(replace(each, together=head) if isinstance(each, Entry) else each for each in self.changes)
        created = tuple(replace(each, together=head) if isinstance(each, Entry) else each for each in self.created)
        return replace(self, changes=changes, created=created)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The log entries of the act, the act's own first."""
        return tuple(each for each in self.changes if isinstance(each, Entry))

    @property
    def entry(self) -> Entry:
        """The act's own entry. Raises LookupError where nothing was written."""
        return self.entries[0]


class Transaction:
    """Gathers the records of one act. Ids come from the snapshot's counters, which the store keeps under its lock."""

    def __init__(self, snapshot: Snapshot, now: datetime, actor: Actor) -> None:
        self.snapshot = snapshot
        self.now = now
        self.actor = actor
        self.changes: list[Record] = []
        self.removed: list[tuple[str, int]] = []
        self._next: dict[str, int] = {}

    @property
    def writer(self) -> str:
        """Name of the officer who acts; his login where the desk does not know him."""
        officer = self.snapshot.officers.get(self.actor.officer_id or 0)
        return officer.name if officer else self.actor.login

    def new_id(self, table: str) -> int:
        """An id for a new record of a table."""
        taken = self._next.get(table, self.snapshot.next_id(table))
        self._next[table] = taken + 1
        return taken

    def put(self, record: Record) -> None:
        """Write this record as a whole."""
        self.changes.append(record)

    def take_over(self, records: Iterable[Record]) -> None:
        """Write records of acts that were decided each by itself. Their numbers are taken."""
        for each in records:
            table = table_of(each)
            self._next[table] = max(self._next.get(table, self.snapshot.next_id(table)), each.id + 1)
            self.put(each)

    def remove(self, record: Record) -> None:
        """Take this record out of its table. Only of one that an act made and nothing names may that be asked."""
        self.removed.append((table_of(record), record.id))

    def log(
        self,
        told: Telling,
        *,
        happened_at: datetime | None = None,
        subject: str = POST,
        obligation: str | None = None,
        beside: str | None = None,
        abnormal: bool = False,
        text: str = "",
        late_reason: str = "",
        done_by: str = "",
        amends: int | None = None,
        reason: str = "",
        first_entered_at: datetime | None = None,
    ) -> Entry:
        """Write a log entry with the actor, the time of entry and what it tells; return it."""
        officer = self.snapshot.officers.get(self.actor.officer_id or 0)
        entry = Entry(
            id=self.new_id("entries"),
            happened_at=happened_at or self.now,
            entered_at=self.now,
            entered_by=self.actor.officer_id,
            login=self.actor.login,
            by_login=self.actor.by_login,
            address=self.actor.address,
            key=self.actor.key,
            signed=self.actor.signed,
            done_by=done_by or (officer.name if officer else ""),
            subject=subject,
            obligation=obligation,
            beside=beside,
            abnormal=abnormal,
            text=text,
            late_reason=late_reason,
            told=told,
            amends=amends,
            reason=reason,
            first_entered_at=first_entered_at,
        )
        self.put(entry)
        return entry

    def discharge(
        self,
        duty: Obligation,
        told: Telling,
        happened_at: datetime,
        *,
        abnormal: bool = False,
        text: str = "",
        late_reason: str = "",
        done_by: str = "",
    ) -> Accepted:
        """Write the entry that discharges a duty; accept the act with how the duty stands then.

        Of a thing done after its window the entry is kept beside the duty, which stays missed.
        """
        after = duty.window.closed(happened_at)
        entry = self.log(
            told,
            happened_at=happened_at,
            subject=duty.subject_id,
            obligation=None if after else duty.id,
            beside=duty.id if after else None,
            abnormal=abnormal,
            text=text,
            late_reason=late_reason,
            done_by=done_by,
        )
        stands = standing(duty.window, None if after else entry, self.now, timedelta())
        return self.accepted(stands.state)

    def accepted(
        self, state: State = "done", outcome: Outcome | None = None, *, before: tuple[Earlier, ...] | None = None
    ) -> Accepted:
        """Return the act as decided. Its own entry keeps what it changed, and the others name that entry.

        `before`: what the act changed, where it is not what differs from the records of now.
        """
        changes = self._linked(before)
        created = tuple(each for each in changes if each.id >= self.snapshot.next_id(table_of(each)))
        return Accepted(changes, created, state, outcome, removed=tuple(self.removed))

    def _linked(self, before: tuple[Earlier, ...] | None) -> tuple[Record, ...]:
        own = next((each for each in self.changes if isinstance(each, Entry)), None)
        if own is None:
            return tuple(self.changes)
        if before is None:
            before = earlier(self.snapshot, self.changes) if own.kind != "import" else ()
        entries = {
            each.id: replace(each, before=before) if each is own else replace(each, part_of=own.id)
            for each in self.changes
            if isinstance(each, Entry)
        }
        return tuple(entries[each.id] if isinstance(each, Entry) else each for each in self.changes)
