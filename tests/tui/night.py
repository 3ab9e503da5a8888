"""A desk in memory for the screens: the real rules, a frozen clock, no store. The night of 2021-06-07, 19:42."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from dutyboard.rules import law
from dutyboard.rules.decide import decide, foreseen
from dutyboard.rules.duties.meanwhile import changed_since
from dutyboard.rules.law.facts import Facts
from dutyboard.rules.law.notice import load_notice
from dutyboard.rules.permissions import may_not_read
from dutyboard.rules.records.commands import Actor, Command
from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.commands.sheets import ImportLayer, UndoImport
from dutyboard.rules.records.model import DeskSettings, NoticeInForce, Officer, Person, Record, Shift, Site, Unit
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot, table_of
from dutyboard.rules.records.transaction import Accepted
from dutyboard.rules.together import one_of_all
from dutyboard.tui.link.looks import Look, LookAct
from dutyboard.tui.link.pins import Given, tell_wrong, tried, with_hash
from tests.rules.desks import signed

T = TypeVar("T")
ZONE = ZoneInfo("Asia/Shanghai")
NOTICE = "lianyuan-2021-07"
MIDNIGHT = datetime(2021, 6, 7, tzinfo=ZONE)
NIGHT = MIDNIGHT.replace(hour=19, minute=42)
ME = "wangfang"


def at(hour: int, minute: int = 0) -> datetime:
    """An instant of 2021-06-07 in the desk's zone; 24 and more lie in the next days."""
    return MIDNIGHT + timedelta(hours=hour, minutes=minute)


class FakeGateway:
    """A gateway without a store. `trouble`: if set, every save fails with it; `clock` is moved by hand."""

    def __init__(self, records: list[Record], clock: datetime = NIGHT, login: str = ME) -> None:
        self.clock = clock
        self.login = login
        self.trouble: Exception | None = None
        self.drafts: dict[str, Mapping[str, Any]] = {}
        self.commands: list[Command] = []
        self.saved: dict[str, Accepted] = {}
        self.looked: list[tuple[str, str, str, bool]] = []
        self.view_trouble: Exception | None = None
        self.closed = False
        self.asks_pins = False
        self.head = "0f3a9c"
        self.layers: dict[int, ImportLayer] = {}
        self.snapshot = Snapshot(notices_known=_notices()).applied(1, records)
        self.watched = threading.Event()
        self._wake: Callable[[], None] = lambda: None

    @property
    def folder(self) -> Path:
        """No folder holds it: there is no journal to be checked."""
        return Path("nowhere")

    @property
    def actor(self) -> Actor:
        """Who acts."""
        bound = (o.id for o in self.snapshot.officers.values() if o.login == self.login)
        return Actor(login=self.login, officer_id=next(bound, None))

    def may_not_read(self, what: str) -> Refusal | None:
        """The refusal of a read by the role of who acts, as the real one gives it."""
        officer = self.snapshot.officers.get(self.actor.officer_id or 0)
        return may_not_read(what, officer.role if officer is not None else None, self.login)

    def now(self) -> datetime:
        """The frozen clock."""
        return self.clock

    def saved_as(self, rid: str) -> Accepted | None:
        """The act that was saved under a name."""
        if self.trouble is not None:
            raise self.trouble
        return self.saved.get(rid)

    def submit(
        self, command: Command, rid: str = "", given: Sequence[Given] = (), over: Sequence[Record] = ()
    ) -> Accepted | Refusal:
        """Decide and apply at once, with the PINs compared as the real one does.

        Unless it `asks_pins`, everybody who must sign stands by and does.
        """
        if self.trouble is not None:
            raise self.trouble
        if rid in self.saved:
            return self.saved[rid]
        if changed := changed_since(over, self.snapshot):
            return changed
        command = self._filled(with_hash(command))
        tries = tried(given, command, self.snapshot, self.clock, self.actor)
        if isinstance(tries, Refusal):
            return tries
        wrong = next((each for each in tries if not each.right), None)
        if wrong is not None:
            told, written = tell_wrong(wrong, self.snapshot, self.clock, self.actor)
            self.snapshot = self.snapshot.applied(self.snapshot.seq + 1, written)
            return told
        who = replace(
            self.actor,
            signed=tuple(each.officer_id for each in tries if each.use == "pin"),
            codes=tuple(each.secret.id for each in tries if each.use != "pin" and each.secret is not None),
        )
        answer = (decide if self.asks_pins else signed)(command, self.snapshot, self.clock, who)
        if isinstance(answer, Accepted):
            self.commands.append(command)
            held = (getattr(self.snapshot, table_of(each)).get(each.id) for each in answer.changes)
            if answer.entries:
                layer = ImportLayer(answer.changes, tuple(each for each in held if each is not None))
                self.layers[answer.entry.id] = layer
            self.snapshot = self.snapshot.applied(self.snapshot.seq + 1, answer.changes, answer.removed)
            if rid:
                self.saved[rid] = replace(answer, again=self.snapshot.seq)
        return answer

    def foresee(self, ask: Callable[[Snapshot, datetime, Actor], T]) -> T:
        """Ask what is foreseen of the desk."""
        return ask(self.snapshot, self.clock, self.actor)

    def heard(self, answer: Accepted | Refusal) -> Accepted | Refusal:
        """Everybody here sees everybody."""
        return answer

    def submit_all(
        self, acts: Sequence[Callable[[Snapshot], Command | Refusal]], rid: str = "", *, together: bool = False
    ) -> tuple[list[Accepted], Refusal | None]:
        """Decide all as the real one does, all or none."""
        if self.trouble is not None:
            raise self.trouble
        if rid in self.saved:
            return [self.saved[rid]], None
        picture, accepted, commands = self.snapshot, list[Accepted](), list[Command]()
        for act in acts:
            command = act(picture)
            answer = command if isinstance(command, Refusal) else decide(command, picture, self.clock, self.actor)
            if isinstance(answer, Refusal):
                return accepted, answer
            assert not isinstance(command, Refusal)
            commands.append(command)
            first = accepted[0].entry.together if accepted else None
            accepted.append(answer.said_together(first) if together else answer)
            picture = accepted[-1].on(picture)
        self.commands += commands
        self.snapshot = replace(picture, seq=picture.seq + 1)
        self.saved[rid] = one_of_all(accepted)
        return accepted, None

    def _filled(self, command: Command) -> Command:
        """The command with what the journal would tell of it."""
        if not isinstance(command, UndoImport):
            return command
        return replace(command, layer=self.layers.get(command.entry_id))

    def preview(self, command: Command) -> Accepted | Refusal:
        """Decide and write nothing."""
        return foreseen(self._filled(command), self.snapshot, self.clock, self.actor)

    def elsewhere(self, command: Command, login: str) -> None:
        """A colleague does something on another terminal."""
        officer = next(o.id for o in self.snapshot.officers.values() if o.login == login)
        answer = signed(command, self.snapshot, self.clock, Actor(login=login, officer_id=officer))
        assert isinstance(answer, Accepted), answer
        self.snapshot = self.snapshot.applied(self.snapshot.seq + 1, answer.changes)
        self._wake()

    def look(self, act: LookAct, about: str = "", reason: str = "", *, revealed: bool = False) -> None:
        """Keep the look, or fail as the view log does."""
        if self.view_trouble is not None:
            raise self.view_trouble
        self.looked.append((act, about, reason, revealed))

    def looks(self, about: str = "", officer: int | None = None, most: int | None = None) -> list[Look]:
        """The looks at a subject that were kept."""
        told = [
            Look.by(self.actor, self.clock, act, whom, reason, revealed=revealed)
            for act, whom, reason, revealed in self.looked
            if whom == about
        ]
        return [each for each in told if officer in (None, each.officer)][-(most or 0) :]

    def found(self) -> list[Exception]:
        """Nothing is wrong with it."""
        return []

    def with_archived(self, *_: str) -> Snapshot:
        """Nothing is archived."""
        return self.snapshot

    stopped_at: datetime | None = None

    def kept_board(self) -> None:
        """Nothing is kept."""

    def refresh(self) -> Snapshot:
        """Nothing to read."""
        return self.snapshot

    def watch(self, wake: Callable[[], None], stop: threading.Event) -> None:
        """Wake when `elsewhere` is called."""
        self._wake = wake
        self.watched.set()
        stop.wait()

    def trail(self, table: str, number: int) -> list[Any]:  # noqa: ARG002 - memory has no journal
        """Nothing is kept of what was."""
        return []

    def save_draft(self, key: str, values: Mapping[str, Any]) -> None:
        """Keep a draft."""
        if self.trouble is not None:
            raise self.trouble
        self.drafts[key] = dict(values)

    def load_drafts(self, key: str) -> Sequence[tuple[str, Mapping[str, Any]]]:
        """The kept drafts of a form, the newest first."""
        return [
            (name, self.drafts[name]) for name in reversed(self.drafts) if name == key or name.startswith(f"{key}.")
        ]

    def drop_draft(self, key: str) -> None:
        """Forget a draft."""
        self.drafts.pop(key, None)

    def close(self) -> None:
        """The app has ended."""
        self.closed = True


class Broken(Exception):
    """A store that cannot save."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
        self.fields: dict[str, Any] = {"errno": 28}


@cache
def _notices() -> Mapping[str, Any]:
    file = Path(law.__path__[0]) / "notices" / f"{NOTICE}.toml"
    notice = load_notice(file.read_text(encoding="utf-8"), file.name)
    return {notice.id: notice}


def officers() -> list[Record]:
    """Two leaders, two duty officers; 王芳 signs on silently, 刘敏 works on another terminal."""
    names = ["王芳", "李建国", "陈卫东", "刘敏", "张强"]
    logins = [ME, None, None, "liumin", None]
    return [
        Officer(id=i, name=name, login=login, role="admin" if i == 1 else "leader" if i in (2, 3) else "officer")
        for i, (name, login) in enumerate(zip(names, logins), 1)
    ]


def shifts() -> list[Record]:
    """Both seats around the clock, but for 08:00 to 10:00 at the leader's."""
    return [
        Shift(id=1, seat="leader", officer_id=2, starts=at(-4), ends=at(8)),
        Shift(id=2, seat="leader", officer_id=3, starts=at(10), ends=at(20)),
        Shift(id=3, seat="leader", officer_id=2, starts=at(20), ends=at(32)),
        Shift(id=4, seat="officer", officer_id=4, starts=at(-4), ends=at(8)),
        Shift(id=5, seat="officer", officer_id=1, starts=at(8), ends=at(20)),
        Shift(id=6, seat="officer", officer_id=5, starts=at(20), ends=at(32)),
    ]


def night() -> list[Record]:
    """The whole desk: two towns, two sites with people in six rooms."""
    units: list[Record] = [
        Unit(id=1, name="蓝田街道", kind="street", registered_at=at(0)),
        Unit(id=2, name="桥头河镇", kind="town", registered_at=at(0)),
    ]
    sites: list[Record] = [
        _site(1, "涟源宾馆隔离点", "涟宾", "周涛"),
        _site(2, "桥头河集中隔离点", "桥头", "杨敏"),
    ]
    people: list[Record] = [
        Person(
            id=i,
            name=f"旅客{i}",
            unit_id=1,
            facts=Facts(),
            registered_at=at(1),
            stage="site",
            site_id=1 if i <= 4 else 2,
            room=i if i <= 4 else i - 4,
        )
        for i in range(1, 7)
    ]
    desk = DeskSettings(desk="涟源市疫情防控", opened_at=at(0))
    in_force = NoticeInForce(id=1, notice=NOTICE, effective_from=MIDNIGHT)
    return [desk, in_force, *units, *officers(), *shifts(), *sites, *people]


def _site(site_id: int, name: str, label: str, keeper: str) -> Site:
    return Site(
        id=site_id,
        name=name,
        label=label,
        unit_id=site_id,
        rooms=30,
        state="active",
        areas=("走廊", "电梯"),
        keeper=keeper,
        registered_at=at(0),
    )


def desk_at_night() -> FakeGateway:
    """The desk with the day's rounds done, but for those that 19:42 still owes."""
    desk = FakeGateway(night())
    for hour, slot in ((8, "patrol-1"), (8, "temperature-am"), (10, "disinfection-am"), (12, "patrol-2")):
        for site in (1, 2):
            desk.clock = at(hour, 15)
            data = {"measured": 4, "of": 4, "highest": 36.8} if slot.startswith("temp") else {}
            answer = desk.submit(Discharge(obligation=f"{slot}/site-{site}/2021-06-07", figures=data))
            assert isinstance(answer, Accepted), answer
    desk.clock = NIGHT
    desk.commands.clear()
    return desk
