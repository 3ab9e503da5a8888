"""Calls about a risk area added or raised, to everybody registered whose stays touch it (二, 4 and 7).

The list is computed from the areas and the stays; who was called, when, and what he said stands in the log.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from dutyboard.frozen import frozen
from dutyboard.rules.law.facts import Stay
from dutyboard.rules.people.areas import Touch, Touches
from dutyboard.rules.people.returning import reopened
from dutyboard.rules.people.stage import on_desk, stands
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.post import CallTouched
from dutyboard.rules.records.ids import POST, CallId, DutyId
from dutyboard.rules.records.model import Area, Entry, Person, subject_id
from dutyboard.rules.records.obligation import Obligation, Window, obligation, standing
from dutyboard.rules.records.outcome import CallsMade
from dutyboard.rules.records.refusals import NameOf, Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.post import CalledTouched
from dutyboard.rules.records.transaction import Accepted, Transaction

RESCREEN = "rescreen"
_TRIED = "rescreen-tried"


@frozen
class Call:
    """One person to call about one area. `touch`: he stayed inside it, or elsewhere in its county. `answered` is the
    entry of the answer, `tried` that of the last call nobody took."""

    person: Person
    stay: Stay
    touch: Touch
    answered: Entry | None
    tried: Entry | None


@frozen
class CallList:
    """Everybody to call about one area, those inside it first; `called` of `total` have answered."""

    area: Area
    calls: tuple[Call, ...]

    @property
    def called(self) -> int:
        """Number of people who have answered."""
        return sum(call.answered is not None for call in self.calls)

    @property
    def total(self) -> int:
        """Number of people on the list."""
        return len(self.calls)


def touched(
    snapshot: Snapshot, areas: tuple[Area, ...], now: datetime, touches: Touches
) -> dict[int, list[tuple[Person, Stay, Touch]]]:
    """Return by area everybody registered before the desk learned of it whose stays touch it.

    He left on its first day or later, within the look-back before that day, or on a day nobody knows. A stay inside it
    goes before one in its county.
    """
    found: dict[int, dict[int, tuple[Person, Stay, Touch]]] = {area.id: {} for area in areas}
    if not areas or not snapshot.persons:
        return {area.id: [] for area in areas}
    look_back = timedelta(days=snapshot.notice_at(now).section_three.settings.look_back_days)
    for person in snapshot.persons.values():
        if not person.facts.stays or not stands(person):
            continue
        for area, stay, touch in touches.of(person.id, person.facts.stays, areas):
            before = area.listed_at is not None and person.registered_at <= area.listed_at
            near = stay.left_on is None or stay.left_on >= area.starts - look_back
            if before and near and (touch == "inside" or person.id not in found[area.id]):
                found[area.id][person.id] = (person, stay, touch)
    return {area_id: list(people.values()) for area_id, people in found.items()}


def touched_by(areas: Iterable[Area], snapshot: Snapshot, now: datetime) -> int:
    """Return how many people are to be called about these new areas; section two's named counties are none."""
    listed = tuple(area for area in areas if _listed(area, now))
    lists = touched(snapshot, listed, now, Touches()).values()
    return len({person.id for people in lists for person, _, _ in people})


def call_lists(snapshot: Snapshot, now: datetime) -> tuple[CallList, ...]:
    """The lists still to be worked, and those of today that are done, the newest area first. Computed each time, so
    that a person corrected meanwhile is never missed."""
    today = snapshot.day_of(now)
    areas = tuple(area for area in snapshot.areas.values() if _listed(area, now))
    people = touched(snapshot, areas, now, snapshot.memo.of(Touches))
    lists = [_call_list(snapshot, area, people[area.id]) for area in areas]
    shown = [
        each
        for each in lists
        if each.total
        and (each.called < each.total or (each.area.listed_at and snapshot.day_of(each.area.listed_at) == today))
    ]
    return tuple(sorted(shown, key=lambda each: (each.area.listed_at, each.area.id), reverse=True))


def _call_list(snapshot: Snapshot, area: Area, people: list[tuple[Person, Stay, Touch]]) -> CallList:
    calls = [
        Call(
            person=person,
            stay=stay,
            touch=touch,
            answered=snapshot.done.get(CallId(RESCREEN, person.id, area.id)),
            tried=snapshot.done.get(CallId(_TRIED, person.id, area.id)),
        )
        for person, stay, touch in people
    ]
    return CallList(area=area, calls=tuple(sorted(calls, key=lambda c: (c.touch != "inside", c.person.id))))


def _listed(area: Area, now: datetime) -> bool:
    return area.listed_at is not None and area.listed_at <= now and area.level != "named"


def owed(snapshot: Snapshot, now: datetime) -> Iterator[Obligation]:
    """Yield one row a list, n of m called, due within the hours of the setting; it never closes."""
    daily = snapshot.daily_at(now)
    for each in call_lists(snapshot, now):
        listed_at = each.area.listed_at or now
        window = Window(listed_at, listed_at + snapshot.daily_at(listed_at).duty.rescreen)
        answers = [call.answered for call in each.calls if call.answered is not None]
        last = max(answers, key=lambda entry: entry.happened_at) if each.called == each.total else None
        yield obligation(
            "rescreen",
            DutyId(RESCREEN, subject_id(each.area), snapshot.day_of(listed_at)),
            POST,
            window,
            standing(window, last, now, daily.duty.due_soon),
            last,
            subject=each.area.name,
            clause=daily.clauses.rescreen,
            count=each.called,
            total=each.total,
        )


def decide_call_touched(command: CallTouched, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Write down a call about an area: the answer, or that nobody took it, and so it is still owed.

    Whoever was there, or cannot say, is told of in a note.
    """
    person, area = snapshot.persons.get(command.person_id), snapshot.areas.get(command.area_id)
    if person is None:
        return Refusal("unknown_person", {"person": command.person_id})
    lists = {each.area.id: each for each in call_lists(snapshot, now)}
    listed = lists.get(command.area_id)
    call = next((each for each in listed.calls if each.person.id == person.id), None) if listed else None
    if call is None or area is None or listed is None or area.listed_at is None:
        return Refusal("unknown_obligation", {"obligation": CallId(RESCREEN, person.id, command.area_id)})
    happened_at = command.happened_at or now
    if call.answered is not None:
        done = call.answered
        return Refusal("already_done", {"subject": NameOf(person), "by": done.done_by, "at": done.happened_at})
    if happened_at < area.listed_at:
        return Refusal("not_open_yet", {"subject": NameOf(person), "opens": area.listed_at})
    if command.answer in ("was_there", "unsure") and not command.text.strip():
        return Refusal("note_needed")
    reached = command.answer != "no_answer"
    transaction = Transaction(snapshot, now, actor)
    if command.answer == "was_there" and not on_desk(person):
        transaction.put(reopened(person, snapshot, now))  # he is assessed anew: the area concerns him (O50)
    transaction.log(
        CalledTouched(area_id=area.id, answer=command.answer),
        happened_at=happened_at,
        subject=subject_id(person),
        obligation=CallId(RESCREEN if reached else _TRIED, person.id, area.id),
        abnormal=command.answer == "was_there",
        text=command.text.strip(),
        late_reason=command.reason.strip(),
    )
    return transaction.accepted(outcome=CallsMade(called=listed.called + int(reached), total=listed.total))
