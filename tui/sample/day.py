"""The past of the sample's desk.

Every duty was discharged in its window, except two or three late and two missed rounds.

The board says what was owed, and the rules decide each act at its time, as if an officer had done it then.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Final

from dutyboard.frozen import frozen
from dutyboard.rules.board import board, handover_items
from dutyboard.rules.decide import decide
from dutyboard.rules.duties.post.reports import REPORT_KINDS
from dutyboard.rules.duties.report_figures import report_figures
from dutyboard.rules.people.officers import holder, leaders_of
from dutyboard.rules.people.rooms import residents
from dutyboard.rules.people.stage import at_home, in_room, to_be_moved
from dutyboard.rules.records.commands import Actor, Command
from dutyboard.rules.records.commands.person import Merge, PersonData, Register, StartTransfer, TakeReading
from dutyboard.rules.records.commands.post import Discharge, HandOver, OpenMatter, SendReport, WriteLog
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Person, subject_id
from dutyboard.rules.records.obligation import Kind, Obligation
from dutyboard.rules.records.refusals import Refusal, signer_asked
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.post import Called
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.sample.crowd import LATE

ONE_KEY: frozenset[Kind] = frozenset({"patrol", "disinfection", "home_check"})
"""Kinds that Enter may discharge."""
ROUNDS: frozenset[Kind] = frozenset({"patrol", "temperature", "disinfection"})
LATE_ROUNDS = 2
MISSED = 2
LEFT_OPEN = 3
BEFORE_DUE = timedelta(hours=3)
ENTERED_AFTER = timedelta(minutes=4)
"""Time until an officer writes down what was phoned in."""
FEVER_AGO = timedelta(minutes=12)
LEFT_AGO = timedelta(minutes=20)
NOTES: tuple[tuple[int, str], ...] = (
    (21, "气象台发布雷电预警，已通知各隔离点检查门窗和备用电源。"),
    (16, "桥头河集中隔离点来电：送餐车晚点 20 分钟，已补送。"),
    (11, "市疾控中心来电核对密接名单，已回复。"),
    (7, "人民公园酒店隔离点 306 室要求增加被褥，已转后勤。"),
    (3, "高速出口检查点来电：今日外省返乡车辆增多，请各乡镇做好接收。"),
)
"""Hours ago, and the text of the note."""
FOUND = "村口检查点夜间无人值守，已电话通知"
CALL: Final = Called(
    caller="肖建平",
    unit="安平镇",
    phone="0738-4420000",
    matter="外省返乡务工人员大巴停靠何处",
    handler="王芳",
    answer_needed=True,
)


@frozen(kw_only=False)
class Done:
    """Something that happened `at` an instant. `command` makes its act from the snapshot of that time."""

    at: datetime
    command: Callable[[Snapshot], Command]


def live_through(snapshot: Snapshot, now: datetime, random: Random) -> Snapshot:
    """Return the desk after all that was done until now. Raises AssertionError for an act that the rules refuse."""
    owed = list(board(snapshot, now).obligations)
    left = _left_open(owed, now) | _missed(owed)
    happened = [done for each in owed if each.id not in left and (done := _discharged(each, now, random)) is not None]
    happened += _odd_readings(snapshot, owed, now)
    happened += [_noted(now - timedelta(hours=hours), text) for hours, text in NOTES]
    happened += _matters(now)
    happened += _registered_twice(snapshot, now)
    happened += _driven(snapshot, now)
    for done in sorted(happened, key=lambda each: each.at):
        entered_at = min(done.at + ENTERED_AFTER, now)
        command = done.command(snapshot)
        answer = signed_by_all(command, snapshot, entered_at, _acting(command, snapshot, done.at))
        assert isinstance(answer, Accepted), (done, answer)
        snapshot = snapshot.applied(snapshot.seq + 1, answer.changes)
    return snapshot


def late_rounds(snapshot: Snapshot, now: datetime) -> int:
    """Return the number of rounds that the sample leaves late.

    It is two, or three late in the evening, when nothing else is left for Enter. It is none at an hour at which no
    round can be late.
    """
    return len(_left_late(board(snapshot, now).obligations, now))


def _left_late(owed: Iterable[Obligation], now: datetime) -> list[Obligation]:
    one_key = sorted(
        (each for each in owed if each.kind in ONE_KEY), key=lambda each: (each.kind == "home_check", each.due, each.id)
    )
    most = LATE_ROUNDS if any(each.due > now for each in one_key) else LATE
    return _one_a_subject(each for each in one_key if each.state == "late")[:most]


def _left_open(owed: list[Obligation], now: datetime) -> set[str]:
    """Return the ids of the duties that stay open.

    First the late rounds, one for each site; then the next ones by due time that Enter may discharge.
    """
    can = [each for each in owed if each.kind in ONE_KEY and each.state in ("late", "due_soon", "open")]
    can.sort(key=lambda each: (each.kind == "home_check", each.due, each.id))
    late = _left_late(owed, now)
    soon = [each for each in can if each.state != "late"][:LEFT_OPEN]
    return {each.id for each in (*late, *soon)}


def _missed(owed: list[Obligation]) -> set[str]:
    """Return the ids of the two rounds whose windows closed last, at two sites."""
    closed = [each for each in owed if each.kind in ROUNDS and each.state == "missed"]
    closed.sort(key=lambda each: (each.closes or each.due, each.id), reverse=True)
    return {each.id for each in _one_a_subject(closed)[:MISSED]}


def _one_a_subject(owed: Iterable[Obligation]) -> list[Obligation]:
    first: dict[str, Obligation] = {}
    for each in owed:
        first.setdefault(each.subject_id, each)
    return list(first.values())


def signed_by_all(command: Command, snapshot: Snapshot, at: datetime, who: Actor) -> Accepted | Refusal:
    """Return the answer to an act that whoever must sign has signed; of several leaders the first, or who leads."""
    while True:
        answer = decide(command, snapshot, at, who)
        signer = signer_asked(answer, who.signed)
        if isinstance(answer, Refusal) and answer.code == "leader_needed":
            signer = signer or leaders_of(snapshot, at)[0].id
        if signer is None:
            return answer
        who = replace(who, signed=(*who.signed, signer))


def _acting(command: Command, snapshot: Snapshot, at: datetime) -> Actor:
    """Return who enters an act: who takes over enters the handover, the officer on duty all else."""
    if isinstance(command, HandOver):
        return Actor(login=snapshot.officers[command.incoming_id].login or "", officer_id=command.incoming_id)
    return _on_duty(snapshot, at)


def _on_duty(snapshot: Snapshot, at: datetime) -> Actor:
    """Return the officer who sat then and entered the acts."""
    shift = holder(snapshot, "officer", at)
    assert shift is not None
    return Actor(login=snapshot.officers[shift.officer_id].login or "", officer_id=shift.officer_id)


def _discharged(owed: Obligation, now: datetime, random: Random) -> Done | None:
    """Return the act that discharged an obligation some time before it was due; None if it is not done yet."""
    if owed.kind not in _COMMANDS:
        return None
    part = random.uniform(0.3, 0.9)
    opens = max(owed.opens, owed.due - BEFORE_DUE)
    at = (opens + (owed.due - opens) * part).replace(second=0, microsecond=0)
    if at + ENTERED_AFTER > now:
        return None
    # A seed for each act, so that its figures do not depend on the acts before it.
    command, seed = _COMMANDS[owed.kind], random.random()
    return Done(at, lambda snapshot: command(snapshot, owed, at, Random(seed)))


def _noted(at: datetime, text: str) -> Done:
    return Done(at, lambda _: WriteLog(text=text, happened_at=at))


def _odd_readings(snapshot: Snapshot, owed: list[Obligation], now: datetime) -> list[Done]:
    """Return the fever of one resident of whom nothing else is owed, and the cough of the next."""
    named = {each.subject_id for each in owed}
    quiet = [p for p in snapshot.persons.values() if in_room(p) and subject_id(p) not in named]
    (feverish, coughing), at = quiet[:2], now - FEVER_AGO
    return [
        Done(at, lambda _: TakeReading(person_id=feverish.id, temp_c=37.6, device="额温枪", happened_at=at)),
        Done(at, lambda _: TakeReading(person_id=coughing.id, temp_c=37.1, symptom="咳嗽", happened_at=at)),
    ]


def _matters(now: datetime) -> Iterator[Done]:
    """Yield a finding and a call to be answered, both still open."""
    found, rang, due = now - timedelta(hours=2), now - timedelta(hours=1), now + timedelta(hours=6)
    town = Subject("unit", 1)
    yield Done(found, lambda _: OpenMatter(subject=town, text=FOUND, owner="王芳", due=due, happened_at=found))
    call = replace(CALL, due=due)
    yield Done(rang, lambda _: WriteLog(text="", call=call, happened_at=rang))


def _registered_twice(snapshot: Snapshot, now: datetime) -> Iterator[Done]:
    """Yield the second registration of somebody at home, with another phone, and the merge of both records."""
    whom = max((person for person in snapshot.persons.values() if at_home(person)), key=lambda each: each.id)
    rang, merged, second = now - timedelta(minutes=9), now - timedelta(minutes=1), snapshot.next_id("persons")
    told = PersonData(name=whom.name, phone="19900009001")
    yield Done(rang, lambda _: Register(person=told))
    yield Done(merged, lambda _: Merge(person_id=second, into_id=whom.id, reason="同一人", agreed=True))


def _driven(snapshot: Snapshot, now: datetime) -> Iterator[Done]:
    """Yield the departure of whom a transfer is owed: he is on the road, and his arrival is waited for."""
    at = now - LEFT_AGO
    (one,) = [person.id for person in snapshot.persons.values() if to_be_moved(person)]
    yield Done(at, lambda _: StartTransfer(person_id=one, left_at=at, vehicle="湘K3271", driver="谢师傅"))


def _at_site(snapshot: Snapshot, site: Subject) -> list[Person]:
    return list(residents(snapshot, site.number))


def _checked(snapshot: Snapshot, owed: Obligation, at: datetime, random: Random) -> Command:
    """Say that a round was done: temperatures by name, a disinfection with all that its form asks."""
    if owed.kind == "temperature":
        readings = {
            str(subject_id(person)): round(random.uniform(36.2, 37.0), 1)
            for person in _at_site(snapshot, owed.subject_id)
        }
        return Discharge(obligation=owed.id, readings=readings, happened_at=at)
    if owed.kind == "disinfection":
        areas = "、".join(snapshot.sites[owed.subject_id.number].areas)
        details = {"agent": "84", **({"area": areas} if areas else {})}
        return Discharge(obligation=owed.id, figures={"mg_l": 500, "minutes": 30}, details=details, happened_at=at)
    seen = tuple(each.number for each in owed.left) if owed.kind in ("home_check", "staff_check") else ()
    return Discharge(obligation=owed.id, seen=seen, happened_at=at)


def _reported(snapshot: Snapshot, owed: Obligation, at: datetime, _: Random) -> Command:
    """State a report with the desk's own figures."""
    kind, day = REPORT_KINDS[owed.kind], snapshot.day_of(owed.opens)
    counted = report_figures(snapshot, kind, owed.subject_id, day, at)
    stated = {name: value for name, value in counted.items() if value is not None}
    return SendReport(
        kind=kind,
        subject=owed.subject_id,
        day=day,
        figures=stated,
        zero=not any(stated.values()),
        reporter=owed.owed_by or "值班员",
        sent_at=at,
    )


def _handed_over(snapshot: Snapshot, owed: Obligation, at: datetime, _: Random) -> Command:
    """Return the handover between the leaving and the coming officer, with the list of that time."""
    coming = holder(snapshot, "officer", owed.due)
    assert coming is not None
    entered_at = at + ENTERED_AFTER
    return HandOver(
        obligation=owed.id, incoming_id=coming.officer_id, items=handover_items(snapshot, entered_at), text="已逐项交接"
    )


_COMMANDS: dict[Kind, Callable[[Snapshot, Obligation, datetime, Random], Command]] = {
    **dict.fromkeys(("patrol", "temperature", "disinfection", "staff_check", "home_check"), _checked),
    **dict.fromkeys(REPORT_KINDS, _reported),
    "handover": _handed_over,
}
