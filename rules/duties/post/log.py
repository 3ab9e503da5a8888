"""Notes and phone calls."""

from dataclasses import replace
from datetime import datetime

from dutyboard.rules.duties.post.matters import open_call
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.post import WriteLog
from dutyboard.rules.records.ids import DutyId
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot, unknown_subject
from dutyboard.rules.records.told.post import Called, Noted
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
        if call.urges and (refused := _misnamed(call, snapshot)) is not None:
            return refused
        if call.due is not None and call.due < (command.happened_at or now):
            return Refusal("ends_before_start")
    elif not command.text.strip():
        return Refusal("text_needed")
    if call is not None and command.for_handover:
        return Refusal("figures_unknown", {"names": ["for_handover"]})
    transaction = Transaction(snapshot, now, actor)
    entry = transaction.log(
        call or Noted(for_handover=command.for_handover),
        happened_at=command.happened_at,
        subject=command.subject,
        text=command.text.strip(),
        late_reason=command.reason.strip(),
    )
    if call is not None and call.stays_open:
        open_call(transaction, call, entry)
    return transaction.accepted()


def _misnamed(call: Called, snapshot: Snapshot) -> Refusal | None:
    """Return what a call about something owed lacks: what is owed, who was called, if he was reached."""
    duty = DutyId.parse(call.urges)
    if duty is None or unknown_subject(snapshot, duty.subject) is not None:
        return Refusal("unknown_obligation", {"obligation": call.urges})
    missing = [name for name, there in (("told", call.told), ("answered", call.answered is not None)) if not there]
    return Refusal("figures_needed", {"names": missing}) if missing else None


def _stripped(call: Called) -> Called:
    texts = ("caller", "matter", "unit", "phone", "handler", "instruction", "outcome")
    told = call.told.strip() or None if call.told else None
    return replace(call, told=told, **{name: getattr(call, name).strip() for name in texts})
