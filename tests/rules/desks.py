"""Small desks for tests: a snapshot built record by record, and acts run on it as the store would."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from dutyboard.rules.board import board
from dutyboard.rules.decide import decide
from dutyboard.rules.duties.duty import OfPerson, UntilDone
from dutyboard.rules.duties.every_duty import DUTIES
from dutyboard.rules.law.notice import Notice, load_notice
from dutyboard.rules.people.officers import leaders_of
from dutyboard.rules.records.codes import Role, Seat
from dutyboard.rules.records.commands import Actor, Command
from dutyboard.rules.records.model import DeskSettings, NoticeInForce, Officer, Person, Record, Shift, Site, Unit
from dutyboard.rules.records.obligation import Obligation
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.transaction import Accepted

ZONE = ZoneInfo("Asia/Shanghai")
DAY = date(2021, 6, 7)
ADMIN = Actor(login="admin", officer_id=1)
ZHANG, LIU, WANG, LI = 2, 3, 4, 5
OFFICERS = {1: "管理员", ZHANG: "张强", LIU: "刘敏", WANG: "王芳", LI: "李建国"}
ROLES: dict[int, Role] = {1: "admin", LI: "leader"}
"""Roles of those of them who are no duty officers."""


def t(clock: str, day: date | int = DAY) -> datetime:
    """`t("19:40")` on 2021-06-07, `t("02:00", 8)` on 2021-06-08, in the desk's time zone; "24:00" is allowed."""
    on = DAY.replace(day=day) if isinstance(day, int) else day
    hours, minutes, *seconds = map(int, clock.split(":"))
    return datetime(on.year, on.month, on.day, tzinfo=ZONE) + timedelta(
        hours=hours, minutes=minutes, seconds=sum(seconds)
    )


@cache
def notice() -> Notice:
    """The notice of 2021-06-07 as the program ships it."""
    name = "lianyuan-2021-07.toml"
    return load_notice((files("dutyboard.rules.law") / "notices" / name).read_text("utf-8"), name)


def actor(officer_id: int) -> Actor:
    """An officer signed on under a login of his own."""
    return Actor(login=f"login-{officer_id}", officer_id=officer_id)


def desk(*records: Record, opened: datetime | None = None) -> Snapshot:
    """An open desk with five officers and what is given. Opened on 2021-06-07 00:00 unless said."""
    opened = opened or t("00:00")
    base: list[Record] = [
        DeskSettings(opened_at=opened, desk="涟源市疫情防控"),
        NoticeInForce(id=1, notice=notice().id, effective_from=t("00:00")),
        *(Officer(id=key, name=name, role=ROLES.get(key, "officer")) for key, name in OFFICERS.items()),
    ]
    return Snapshot(notices_known={notice().id: notice()}).applied(1, [*base, *records])


def site(number: int = 1, registered: datetime | None = None, **fields: Any) -> Site:
    """An active site of ten rooms, registered on 2021-06-07 00:00 unless said."""
    given: dict[str, Any] = {"name": f"隔离点{number}", "keeper": f"负责人{number}", "state": "active", "rooms": 10}
    return Site(id=number, label="", unit_id=1, registered_at=registered or t("00:00"), **(given | fields))


def unit(number: int = 1, registered: datetime | None = None, **fields: Any) -> Unit:
    """A town, registered on 2021-06-07 00:00 unless said."""
    given: dict[str, Any] = {"name": f"乡镇{number}", "kind": "town"}
    return Unit(id=number, registered_at=registered or t("00:00"), **(given | fields))


def shift(number: int, seat: Seat, officer_id: int, starts: datetime, ends: datetime, **fields: Any) -> Shift:
    """One shift."""
    return Shift(id=number, seat=seat, officer_id=officer_id, starts=starts, ends=ends, **fields)


def person(number: int, **fields: Any) -> Person:
    """A person registered on 2021-06-07 00:00 unless said."""
    return Person(**({"id": number, "name": f"人员{number}", "registered_at": t("00:00")} | fields))


def signed(command: Command, snapshot: Snapshot, now: datetime, who: Actor) -> Accepted | Refusal:
    """The answer to an act, each PIN given that the rules ask for, as if everybody were there and had one."""
    while True:
        answer = decide(command, snapshot, now, who)
        if not isinstance(answer, Refusal) or answer.code not in ("pin_needed", "pin_not_set", "leader_needed"):
            return answer
        number = answer.fields["id"] if "id" in answer.fields else leaders_of(snapshot, now)[0].id
        if number in who.signed:
            return answer
        who = replace(who, signed=(*who.signed, number))


def act(snapshot: Snapshot, command: Command, now: datetime, who: Actor = ADMIN) -> Snapshot:
    """The snapshot after an act that must be accepted."""
    answer = signed(command, snapshot, now, who)
    assert isinstance(answer, Accepted), answer
    return snapshot.applied(snapshot.seq + 1, answer.changes, answer.removed)


def refused(snapshot: Snapshot, command: Command, now: datetime, who: Actor = ADMIN) -> Refusal:
    """The refusal of an act that must not be accepted."""
    answer = signed(command, snapshot, now, who)
    assert isinstance(answer, Refusal), answer
    return answer


def owed(snapshot: Snapshot, now: datetime) -> dict[str, Obligation]:
    """The board's obligations by id."""
    return {each.id: each for each in board(snapshot, now).obligations}


def states(obligations: Iterable[Obligation]) -> dict[str, str]:
    """Just the state of each."""
    return {each.id: each.state for each in obligations}


def of_people(snapshot: Snapshot, now: datetime) -> Iterator[Obligation]:
    """What is owed until it is done, but for the rosters: the acts about people, their calls, and rooms."""
    for duty in DUTIES:
        if isinstance(duty.owed, OfPerson | UntilDone) and not duty.owed.leaves:
            yield from duty.owed.owed(snapshot, now)
