"""Handing over the duty: what goes over item by item, and the act that both officers sign (一)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from dutyboard.frozen import frozen
from dutyboard.rules.duties.post.handover_rows import goes_over, told_by_name
from dutyboard.rules.duties.post.seats import seat_whoever_signed
from dutyboard.rules.people.officers import held, holder, leaders_of, left_by, may_lead, officer_name
from dutyboard.rules.records.clock import midnight
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.post import HandOver
from dutyboard.rules.records.ids import POST, DutyId
from dutyboard.rules.records.model import Entry, Officer, Shift
from dutyboard.rules.records.obligation import OWED, Obligation, Window, obligation, standing
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot, desk_of
from dutyboard.rules.records.timely import untimely
from dutyboard.rules.records.told.post import HandedOver
from dutyboard.rules.records.transaction import Accepted, Transaction


def decide_hand_over(
    command: HandOver, snapshot: Snapshot, now: datetime, actor: Actor, board: Iterable[Obligation]
) -> Accepted | Refusal:
    """Sign a handover: within its window, to another officer, with exactly the items that stand open now.

    Whoever was shown which of them are told by name was shown those that are so now: one that was counted a moment ago
    has not been told of.

    Each side signs by PIN, on his own login or on the other's. Another one than the rota names needs a reason, and sits
    in his place. Once it is overdue a leader may take over alone, with a reason.

    `board` are all obligations of the desk at `now`; the face of the rules gathers them.
    """
    shift = next((s for s in handing_over(snapshot) if handover_id(snapshot, s) == command.obligation), None)
    if shift is None:
        return Refusal("unknown_obligation", {"obligation": command.obligation})
    handover = next(o for o in owed(snapshot, snapshot.day_of(shift.ends), now) if o.id == command.obligation)
    if handover.entry is None and handover.closes is not None and now >= handover.closes:  # it is signed now, not late
        return Refusal("window_closed", {"subject": handover.subject, "closes": handover.closes})
    refused = untimely(snapshot, handover, now, now, "")
    if refused:
        return refused
    incoming = snapshot.officers.get(command.incoming_id)
    if incoming is None:
        return Refusal("unknown_officer", {"officer": command.incoming_id})
    left = left_by(snapshot, incoming, max(shift.ends, now))
    if left is not None:
        return left
    if incoming.id == shift.officer_id:
        return Refusal("same_officer")
    planned = next_on_rota(snapshot, shift)
    reason = command.reason.strip()
    if command.alone and (refused := _not_alone(snapshot, incoming, handover, now, reason)):
        return refused
    if planned not in (None, incoming.id) and not reason:
        return Refusal("not_next_on_rota", {"officer": incoming.name, "planned": officer_name(snapshot, planned)})
    owed_now = {each.id: each for each in board}
    items = goes_over(owed_now.values())
    named = tuple(item for item in items if told_by_name(owed_now[item]))
    changed = _changed(command.items, items)
    if changed is None and command.by_name is not None:
        changed = _changed(command.by_name, named)
    if changed is not None:
        return changed
    transaction = Transaction(snapshot, now, actor)
    transaction.log(
        HandedOver(
            items=items,
            outgoing=shift.officer_id,
            incoming=command.incoming_id,
            head=command.head,
            by_name=named,
            reason=reason,
            alone=command.alone,
            alarms=tuple(item for item in items if owed_now[item].grave),
            shelved=tuple(item for item in items if owed_now[item].shelved),
        ),
        subject=handover.subject_id,
        obligation=handover.id,
        text=command.text.strip(),
        done_by=officer_name(snapshot, shift.officer_id),
    )
    seat_whoever_signed(transaction, shift, incoming.id, reason)
    return transaction.accepted()


def _not_alone(
    snapshot: Snapshot, incoming: Officer, handover: Obligation, now: datetime, reason: str
) -> Refusal | None:
    """Return the refusal of a handover that one signs alone; None: a leader does, overdue, with a reason."""
    if not may_lead(incoming, snapshot, now):
        return Refusal("alone_by_leader", {"leaders": [each.name for each in leaders_of(snapshot, now)]})
    if now <= handover.due:
        return Refusal("alone_too_early", {"opens": handover.due})
    return None if reason else Refusal("reason_needed")


def _changed(shown: Sequence[str], now: Sequence[str]) -> Refusal | None:
    """Return the refusal of a list that is not the one that was shown; None: nothing came and nothing went."""
    if set(shown) == set(now):
        return None
    added, gone = [item for item in now if item not in shown], [item for item in shown if item not in now]
    return Refusal("items_changed", {"added": added, "gone": gone})


def hand_over_again(
    entry: Entry, command: HandOver, snapshot: Snapshot, now: datetime, actor: Actor
) -> Accepted | Refusal:
    """Tell a signed handover again with another text, or another officer who took over. What was shown stays."""
    told = entry.told
    if (
        not isinstance(told, HandedOver)
        or command.items != told.items
        or command.by_name not in (None, told.by_name)
        or command.obligation != entry.obligation
        or command.alone != told.alone
    ):
        return Refusal("amend_only_back", {"entry": entry.id})
    incoming = snapshot.officers.get(command.incoming_id)
    if incoming is None:
        return Refusal("unknown_officer", {"officer": command.incoming_id})
    ended = next((each for each in handing_over(snapshot) if handover_id(snapshot, each) == entry.obligation), None)
    left = left_by(snapshot, incoming, max(ended.ends, entry.happened_at) if ended is not None else entry.happened_at)
    if left is not None:
        return left
    if incoming.id == told.outgoing:
        return Refusal("same_officer")
    if incoming.id != told.incoming and incoming.login is not None and incoming.id != actor.officer_id:
        return Refusal("not_the_incoming", {"officer": incoming.name})
    transaction = Transaction(snapshot, now, actor)
    transaction.log(
        replace(told, incoming=incoming.id, reason=command.reason.strip()),
        happened_at=entry.happened_at,
        subject=entry.subject,
        obligation=entry.obligation,
        text=command.text.strip(),
        done_by=entry.done_by,
    )
    if ended is not None and incoming.id != told.incoming:
        seat_whoever_signed(transaction, ended, incoming.id, command.reason.strip())
    return transaction.accepted()


def handing_over(snapshot: Snapshot) -> list[Shift]:
    """The duty officer's shifts at whose end the duty is handed over, by that end.

    Not one that was relieved (who took it over hands over at its end), nor one that the same officer goes on from.
    """
    opened = desk_of(snapshot).opened_at
    shifts = held(snapshot, "officer")
    goes_on = {a.id for a, b in pairwise(shifts) if a.officer_id == b.officer_id and a.until == b.starts}
    return [s for s in shifts if s.relieved_at is None and s.ends > opened and s.id not in goes_on]


def next_on_rota(snapshot: Snapshot, shift: Shift) -> int | None:
    """Return the officer whose duty begins by the plan while the handover is due; None: nobody is planned there."""
    due = shift.ends + snapshot.daily_at(shift.ends).duty.handover_due_after
    following = (s for s in held(snapshot, "officer") if shift.ends <= s.starts <= due)
    return next((s.officer_id for s in following if s.officer_id != shift.officer_id), None)


def handover_id(snapshot: Snapshot, shift: Shift) -> DutyId:
    """Return the id of the handover at a shift's end, by its local hour and day.

    That of a night shift lies on the morrow.
    """
    return DutyId(f"handover-{shift.ends.astimezone(snapshot.zone):%H%M}", POST, snapshot.day_of(shift.ends))


def owed(snapshot: Snapshot, day: date, now: datetime) -> Iterator[Obligation]:
    """Yield the handovers of a local day. One closes when the window of the next one opens; the last never does."""
    if desk_of(snapshot).opened_at >= midnight(day + timedelta(days=1), snapshot.zone):
        return
    for shift, following in _with_following(snapshot):
        if snapshot.day_of(shift.ends) == day:
            yield _owed_at_end(snapshot, shift, following, now)


def _with_following(snapshot: Snapshot) -> Iterator[tuple[Shift, Shift | None]]:
    """Yield each shift at whose end the duty is handed over, with the one that ends next."""
    shifts = handing_over(snapshot)
    yield from zip(shifts, [*shifts[1:], None])


def _owed_at_end(snapshot: Snapshot, shift: Shift, following: Shift | None, now: datetime) -> Obligation:
    daily = snapshot.daily_at(now)
    due = shift.ends + snapshot.daily_at(shift.ends).duty.handover_due_after
    window = Window(_opens(snapshot, shift), due, _opens(snapshot, following) if following else None)
    duty = handover_id(snapshot, shift)
    signed = snapshot.done.get(duty)
    return obligation(
        "handover",
        duty,
        POST,
        window,
        standing(window, signed, now, daily.duty.due_soon),
        signed,
        subject=desk_of(snapshot).desk,
        clause=daily.clauses.handover,
        owed_by=officer_name(snapshot, shift.officer_id),
    )


@frozen(eq=False)
class HandoverAt:
    """A handover as it stands: the shift that ends, and what is owed at its end.

    `planned` is who follows by the rota (None: nobody), `following` the shift at whose end the duty is handed over next
    (None: none is planned).
    """

    shift: Shift
    owed: Obligation
    planned: int | None
    following: Shift | None


def nearest_handover(snapshot: Snapshot, now: datetime) -> HandoverAt | None:
    """Return the handover that can be signed now, else the next one to come. None: no shift is planned."""
    for shift, following in _with_following(snapshot):
        if following is not None and _opens(snapshot, following) <= now:
            continue  # it has closed
        item = _owed_at_end(snapshot, shift, following, now)
        if item.state in OWED or item.state == "upcoming":
            return HandoverAt(shift=shift, owed=item, planned=next_on_rota(snapshot, shift), following=following)
    return None


def not_relieved(snapshot: Snapshot, officer_id: int, now: datetime) -> HandoverAt | None:
    """Return the handover at the end of an officer's shift that nobody has signed; None: he sits, or was relieved."""
    found = nearest_handover(snapshot, now)
    ended = found is not None and found.shift.officer_id == officer_id and found.shift.ends <= now
    return found if ended else None


def not_signed_in(snapshot: Snapshot, now: datetime) -> Shift | None:
    """Return the duty officer's shift that has begun by the plan alone; None: whoever sits has signed for the duty."""
    found = nearest_handover(snapshot, now)
    if found is None or found.shift.ends > now or found.planned is None:
        return None
    sits = holder(snapshot, "officer", now)
    return sits if sits is not None and sits.officer_id == found.planned else None


def _opens(snapshot: Snapshot, shift: Shift) -> datetime:
    """Return when the handover at a shift's end may first be signed, by the setting of that hour."""
    return shift.ends - snapshot.daily_at(shift.ends).duty.handover_opens_before


def closed_before(snapshot: Snapshot, now: datetime) -> datetime:
    """Return the first of a month, before which every day is closed.

    All that the board may still look at comes later, and so do the days of the setting.
    """
    today = snapshot.day_of(now)
    looked_at = snapshot.day_of(snapshot.handed_over_at or desk_of(snapshot).opened_at)
    kept = min(looked_at, today - timedelta(days=1), today - snapshot.daily_at(now).duty.archive_after)
    return midnight(kept.replace(day=1), snapshot.zone)
