"""Notes, phone calls, and one's own last tick taken back."""

from dataclasses import replace
from datetime import datetime, timedelta

from dutyboard.rules.duties.post.matters import open_call, withdraw
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.post import TakeBack, WriteLog
from dutyboard.rules.records.model import (
    Entry,
)
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot, unknown_subject
from dutyboard.rules.records.told.post import Called, Noted, TakenBack
from dutyboard.rules.records.transaction import Accepted, Transaction


def decide_write_log(command: WriteLog, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Write a note or a phone call. A call names who called and about what; who was told may be nobody."""
    refused = unknown_subject(snapshot, command.subject)
    if refused:
        return refused
    call = _stripped(command.call) if command.call is not None else None
    if call is not None:
        missing = [name for name in ("caller", "matter") if not getattr(call, name)]
        if missing:
            return Refusal("figures_needed", {"names": missing})
        if call.due is not None and call.due < (command.happened_at or now):
            return Refusal("ends_before_start")
    elif not command.text.strip():
        return Refusal("text_needed")
    transaction = Transaction(snapshot, now, actor)
    entry = transaction.log(
        call or Noted(),
        happened_at=command.happened_at,
        subject=command.subject,
        text=command.text.strip(),
        late_reason=command.reason.strip(),
    )
    if call is not None and call.stays_open:
        open_call(transaction, call, entry)
    return transaction.accepted()


def _stripped(call: Called) -> Called:
    texts = ("caller", "matter", "unit", "phone", "handler", "instruction", "outcome")
    return replace(call, **{name: getattr(call, name).strip() for name in texts})


def decide_take_back(command: TakeBack, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Take back one's own last check within the notice's minutes, as an entry that names it.

    What it discharged is owed again.
    """
    entry = snapshot.entries.get(command.entry_id)
    if entry is None or entry.id in snapshot.amended:
        return Refusal("unknown_entry", {"entry": command.entry_id})
    within = snapshot.daily_at(now).duty.take_back
    last = _last_check_of(snapshot, actor)
    if last is None or last.id != entry.id:
        return Refusal("not_yours", {"entry": entry.id})
    if now - entry.entered_at > within:
        return Refusal("too_late_to_take_back", {"minutes": within // timedelta(minutes=1)})
    transaction = Transaction(snapshot, now, actor)
    withdraw(transaction, entry)
    transaction.log(
        TakenBack(), subject=entry.subject, obligation=entry.obligation, beside=entry.beside, amends=entry.id
    )
    return transaction.accepted()


def _last_check_of(snapshot: Snapshot, actor: Actor) -> Entry | None:
    """The newest check that an officer entered and nobody amended."""
    mine = (e for e in snapshot.entries.values() if e.entered_by == actor.officer_id and e.kind == "check")
    return max((e for e in mine if e.id not in snapshot.amended), key=lambda e: e.id, default=None)
