"""Door of every check: the duty that a `Discharge` names is found by its kind, and the entry written."""

from datetime import datetime
from typing import Final

from dutyboard.rules.duties.duty import Check, ToSee
from dutyboard.rules.duties.every_duty import BY_KIND
from dutyboard.rules.duties.post import reports
from dutyboard.rules.duties.post.matters import close_found_again, open_found
from dutyboard.rules.records.clock import midnight
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.ids import DutyId
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot, desk_of
from dutyboard.rules.records.timely import untimely
from dutyboard.rules.records.told.person import HomeChecked
from dutyboard.rules.records.told.site import RoundDone, TemperatureTaken
from dutyboard.rules.records.transaction import Accepted, Transaction

_OF_SOME: Final = ("readings", "first", "seen", "absent", "refused", "unwell", "remarks", "started_at")
"""Fields of a `Discharge` that are read by some kinds only."""


def decide_discharge(
    command: Discharge, snapshot: Snapshot, now: datetime, actor: Actor, *, on_paper: bool = False
) -> Accepted | Refusal:
    """Say that a round or a check was done. Its state follows `happened_at`, not the time of entry.

    A report is sent and not checked; asked for one that is in already, the answer names who sent it and when.
    `on_paper`: a sheet tells it, which may tell of days before the desk too.
    """
    named = DutyId.parse(command.obligation)
    check = check_of(named, snapshot) if named is not None else None
    if named is None or check is None:
        return _not_checked(command.obligation, named, snapshot, now)
    if not on_paper and named.day < snapshot.day_of(desk_of(snapshot).opened_at):
        return Refusal("unknown_obligation", {"obligation": named})
    duty = check.find(snapshot, named, now)
    if isinstance(duty, Refusal):
        return duty
    happened_at = command.happened_at or now
    refused = untimely(snapshot, duty, happened_at, now, command.reason)
    if refused:
        return refused
    unknown = _not_asked(command, check.takes.get(duty.kind, frozenset()))
    if unknown:
        return Refusal("figures_unknown", {"names": unknown})
    found = check.read(command, duty, snapshot, happened_at)
    if isinstance(found, Refusal):
        return found
    text = command.text.strip()
    if ((found.abnormal and found.found is None) or found.note_needed) and not text:
        return Refusal("note_needed")
    done_by = command.done_by.strip() or duty.owed_by
    transaction = Transaction(snapshot, now, actor)
    accepted = transaction.discharge(
        duty,
        found.told,
        happened_at,
        abnormal=found.abnormal,
        text=text,
        late_reason=command.reason.strip(),
        done_by=done_by,
    )
    for record in found.changes:
        transaction.put(record)
    alone = (ToSee(subject=duty.subject_id, what=text, owner=duty.owed_by),) if found.abnormal else ()
    for each in alone if found.found is None else found.found:
        open_found(transaction, each, accepted.entry)
    if isinstance(found.told, HomeChecked | RoundDone | TemperatureTaken):
        close_found_again(transaction, found.told.met, command.remarks, accepted.entry)
    return transaction.accepted(duty.state if found.part else accepted.state)


def _not_asked(command: Discharge, takes: frozenset[str]) -> list[str]:
    """Return the names of what was told and is not read: it is refused, never dropped."""
    told = {*command.figures, *command.details, *(name for name in _OF_SOME if getattr(command, name))}
    return sorted(told - takes)


def _not_checked(asked: str, named: DutyId | None, snapshot: Snapshot, now: datetime) -> Refusal:
    """Return why a duty that no `Discharge` says to be done is refused."""
    done = snapshot.done.get(asked)
    owed = reports.of_day(snapshot, named.day, now) if named else ()
    report = next((each for each in owed if each.id == asked), None)
    if done is not None and named is not None:
        place = report.subject if report else str(named.subject)
        return Refusal("already_done", {"subject": place, "by": done.done_by, "at": done.happened_at})
    if report is not None:
        return Refusal("sent_as_report", {"subject": report.subject})
    return Refusal("unknown_obligation", {"obligation": asked})


def check_of(named: DutyId, snapshot: Snapshot) -> Check | None:
    """Return how a duty is checked, found by the kind of its slot; None: by no `Discharge`.

    A duty without a slot in the notice is named by its kind, `follow-up`.
    """
    slot = snapshot.daily_at(midnight(named.day, snapshot.zone)).find_slot(named.slot)
    duty = BY_KIND.get(slot.kind if slot else named.slot.replace("-", "_"))
    return duty.check if duty else None
