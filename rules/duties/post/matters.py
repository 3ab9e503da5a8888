"""Matters: findings, and calls to be answered. Each is owed by its owner until somebody closes it with words (一)."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from dutyboard.rules.duties.duty import ToSee
from dutyboard.rules.duties.post.seats import next_shift_end
from dutyboard.rules.records.codes import MatterCause
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.post import AssignMatter, CloseMatter, OpenMatter
from dutyboard.rules.records.ids import POST, DutyId, Subject
from dutyboard.rules.records.model import Entry, Matter, subject_id
from dutyboard.rules.records.obligation import Kind, Obligation, Window, obligation, standing
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot, desk_of, unknown_subject
from dutyboard.rules.records.told.post import Called, MatterAssigned, MatterClosed, MatterOpened
from dutyboard.rules.records.transaction import Accepted, Transaction

KINDS: Final[tuple[Kind, ...]] = ("finding", "call")
RED_CAUSES: Final = frozenset(
    {"staff_positive", "sheet_positive", "sheet_unclear", "sheet_suspected", "sheet_fever", "sheet_contact"}
)
"""Causes that stand above all that is not red."""


def owed(snapshot: Snapshot, now: datetime) -> Iterator[Obligation]:
    """Yield every open matter. It never closes by the clock; it is late once its hour has passed."""
    for matter in snapshot.matters.values():
        if matter.closed_at is None:
            yield _owed(matter, snapshot, now)


def _owed(matter: Matter, snapshot: Snapshot, now: datetime) -> Obligation:
    daily, window = snapshot.daily_at(now), Window(matter.opened_at, max(matter.due, matter.opened_at))
    about = Subject.parse(matter.subject) or POST
    return replace(
        obligation(
            matter.kind,
            matter_duty(matter, snapshot),
            subject_id(matter),
            window,
            standing(window, None, now, daily.duty.due_soon),
            None,
            subject=matter.caller or about_name(matter.subject, snapshot),
            clause=daily.clauses.matter,
            owed_by=matter.owner,
            priority="red" if matter.cause in RED_CAUSES else "normal",
        ),
        text=placed_words(matter),
        people=(about,) if about.kind == "person" else (),
    )


def placed_words(matter: Matter) -> str:
    """Return the words of a matter, with the place of the row that told them."""
    if not matter.row:
        return matter.what
    return f"{matter.what} ({' '.join(filter(None, (matter.sheet, f'#{matter.row}')))})"


def matter_duty(matter: Matter, snapshot: Snapshot) -> DutyId:
    """Return the id under which a matter is owed: `finding/matter-7/2021-06-07`, of the day on which it was opened."""
    return DutyId(matter.cause or matter.kind, subject_id(matter), snapshot.day_of(matter.opened_at))


def about_name(subject: str, snapshot: Snapshot) -> str:
    """Return the name of whom a matter is about; the desk's own where it is about nobody."""
    named = Subject.parse(subject)
    if named is None or named == POST:
        return desk_of(snapshot).desk
    table, number = named.record
    name: str = getattr(getattr(snapshot, table).get(number), "name", subject)
    return name


def open_finding(
    transaction: Transaction,
    subject: str,
    what: str,
    *,
    owner: str = "",
    cause: MatterCause | None = None,
    entry: Entry | None = None,
    due: datetime | None = None,
    happened_at: datetime | None = None,
    late_reason: str = "",
    sheet: str = "",
    row: int = 0,
) -> Matter:
    """Open a finding as part of an act, and return it. `entry` is the one that tells of it; None: it gets its own.

    Without an owner it is the officer's who writes; without an hour it is due at the next change of shift. `sheet` and
    `row` are the place of a row that tells it.
    """
    opened_at = happened_at or (entry.happened_at if entry else transaction.now)
    matter = Matter(
        id=transaction.new_id("matters"),
        kind="finding",
        cause=cause,
        subject=subject,
        what=what,
        owner=owner.strip() or transaction.writer,
        opened_at=opened_at,
        due=due or next_shift_end(transaction.snapshot, opened_at),
        entry=entry.id if entry else None,
        sheet=sheet,
        row=row,
    )
    transaction.put(matter)
    if entry is None:
        told = MatterOpened(matter=matter.id, owner=matter.owner, due=matter.due)
        transaction.log(
            told,
            happened_at=opened_at,
            subject=subject,
            abnormal=True,
            text=placed_words(matter),
            late_reason=late_reason,
        )
    return matter


def open_found(transaction: Transaction, found: ToSee, entry: Entry) -> None:
    """Open a matter for what a check has found. One of the same cause that is open already is enough."""
    known = transaction.snapshot.matters.values()
    if found.cause and any(
        each.closed_at is None and (each.subject, each.cause) == (found.subject, found.cause) for each in known
    ):
        return
    due = entry.happened_at + found.within if found.within is not None else None
    what = found.what.strip()
    open_finding(transaction, found.subject, what, owner=found.owner, cause=found.cause, entry=entry, due=due)


def not_found(snapshot: Snapshot, at: datetime) -> dict[str, Matter]:
    """Return by name (`person-12`) the open findings, made by an instant, that somebody was not found."""
    known = snapshot.matters.values()
    return {
        each.subject: each
        for each in known
        if each.cause == "absent" and each.closed_at is None and each.opened_at <= at
    }


def close_found_again(transaction: Transaction, met: Collection[str], remarks: Mapping[str, str], entry: Entry) -> None:
    """Close what says that somebody was not found, by the words of a check that has met him.

    They are those about him; the note of a check is about him where it met nobody else. Without words it stays open.
    """
    for subject, matter in not_found(transaction.snapshot, entry.happened_at).items():
        words = remarks.get(subject, "").strip() or (entry.text if len(met) == 1 else "")
        if subject in met and words:
            _close(transaction, matter, entry.happened_at, words)


def open_call(transaction: Transaction, call: Called, entry: Entry) -> None:
    """Open a call that must be answered, as its entry tells it: its handler's, else the officer's who took it."""
    transaction.put(
        Matter(
            id=transaction.new_id("matters"),
            kind="call",
            subject=entry.subject,
            what=call.matter,
            caller=call.caller,
            owner=call.handler or transaction.writer,
            opened_at=entry.happened_at,
            due=call.due or next_shift_end(transaction.snapshot, entry.happened_at),
            entry=entry.id,
        )
    )


def decide_open_matter(command: OpenMatter, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Open a finding about a person, a site, a unit, an officer or the command post."""
    happened_at = command.happened_at or now
    refused = unknown_subject(snapshot, command.subject)
    if refused:
        return refused
    what = command.text.strip()
    if not what:
        return Refusal("text_needed")
    if command.due is not None and command.due < happened_at:
        return Refusal("ends_before_start")
    transaction = Transaction(snapshot, now, actor)
    open_finding(
        transaction,
        command.subject,
        what,
        owner=command.owner,
        due=command.due,
        happened_at=happened_at,
        late_reason=command.reason.strip(),
    )
    return transaction.accepted("open")


def decide_assign_matter(command: AssignMatter, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Give an open matter to another owner, or another hour, with the reason."""
    matter = _open(command.matter_id, snapshot)
    if isinstance(matter, Refusal):
        return matter
    owner, due = command.owner.strip(), command.due or matter.due
    if not owner:
        return Refusal("figures_needed", {"names": ["owner"]})
    if not command.reason.strip():
        return Refusal("reason_needed")
    if due < matter.opened_at:
        return Refusal("ends_before_start")
    transaction = Transaction(snapshot, now, actor)
    transaction.put(replace(matter, owner=owner, due=due))
    told = MatterAssigned(matter=matter.id, from_=matter.owner, to=owner, due=due)
    transaction.log(told, subject=matter.subject, text=command.reason.strip())
    return transaction.accepted("open")


def decide_close_matter(command: CloseMatter, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Close a matter with words: what came of it, and who was told."""
    matter = _open(command.matter_id, snapshot)
    if isinstance(matter, Refusal):
        return matter
    happened_at, outcome, told = command.happened_at or now, command.outcome.strip(), command.told.strip()
    if happened_at < matter.opened_at:
        return Refusal("ends_before_start")
    if not outcome:
        return Refusal("text_needed")
    transaction = Transaction(snapshot, now, actor)
    _close(transaction, matter, happened_at, outcome, told, command.reason.strip())
    return transaction.accepted("done_late" if happened_at > max(matter.due, matter.opened_at) else "done")


def _close(
    transaction: Transaction, matter: Matter, happened_at: datetime, outcome: str, told: str = "", late_reason: str = ""
) -> None:
    closed_by = transaction.writer
    transaction.put(replace(matter, closed_at=happened_at, closed_by=closed_by, outcome=outcome, told=told))
    transaction.log(
        MatterClosed(matter=matter.id, outcome=outcome, told=told),
        happened_at=happened_at,
        subject=matter.subject,
        obligation=matter_duty(matter, transaction.snapshot),
        late_reason=late_reason,
    )


def about_whom(named: Subject, snapshot: Snapshot) -> Subject:
    """Return whom a subject is about in the end: of a matter whom it is about, of anything else itself."""
    matter = snapshot.matters.get(named.number) if named.kind == "matter" else None
    return (Subject.parse(matter.subject) if matter is not None else None) or named


def _open(matter_id: int, snapshot: Snapshot) -> Matter | Refusal:
    matter = snapshot.matters.get(matter_id)
    if matter is None:
        return Refusal("unknown_matter", {"matter": matter_id})
    if matter.closed_at is not None:
        subject = about_name(matter.subject, snapshot)
        return Refusal("already_done", {"subject": subject, "by": matter.closed_by, "at": matter.closed_at})
    return matter
