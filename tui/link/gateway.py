"""The only door to the store: it keeps one Snapshot current and submits commands to the rules.

It returns and raises codes; the sentences are in `tui/text`. Every call may wait for the disk or for another officer's
lock. The screens therefore make the calls in a worker thread.
"""

import json
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from dutyboard import store
from dutyboard.rules.belonging import belongs
from dutyboard.rules.decide import decide, foreseen
from dutyboard.rules.duties.post.pins import tries_forgotten
from dutyboard.rules.permissions import NOT_HIS, may_not_read
from dutyboard.rules.records.commands import Actor, Command, SheetAct
from dutyboard.rules.records.commands.post import OpenDesk
from dutyboard.rules.records.model import Entry, Officer, Person, Record
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.transaction import Accepted
from dutyboard.rules.sight import Sight
from dutyboard.tui.link import witness
from dutyboard.tui.link.account import is_owner
from dutyboard.tui.link.care import back_up, faults_of, look_for_desk
from dutyboard.tui.link.clock import RealClock, desk_now, real_clock
from dutyboard.tui.link.engine.answering import Answering
from dutyboard.tui.link.folder import has_desk
from dutyboard.tui.link.identity import Identity
from dutyboard.tui.link.looks import Look, LookAct, read_looks, write_look
from dutyboard.tui.link.pace import PACE, Pace, too_fast
from dutyboard.tui.link.picture import FollowedPicture
from dutyboard.tui.link.pins import ActsAtOnce, Given, Tried, TriedWrong, compared, first_wrong, tell_wrong, with_hash
from dutyboard.tui.link.records import changes_of, kept_record, puts_of, saved_act
from dutyboard.tui.link.rid import new_rid, rid_of
from dutyboard.tui.link.steps import STEPS
from dutyboard.tui.link.stops import hold_stops
from dutyboard.tui.link.trail import RecordChange, record_changes, with_layer
from dutyboard.tui.link.trouble import StoreTrouble, trouble_of, troubles

if TYPE_CHECKING:
    from dutyboard.tui.link.board.kept_board import KeptBoard

T = TypeVar("T")
_NEVER_EXPORTED = frozenset({"secrets"})
"""Tables that no export holds. A backup does: it is the whole desk, and as private as the desk."""


class Refused(Exception):
    """The rules refused a command. It is raised out of a commit, so that nothing is written."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal
        self.code, self.fields = refusal.code, refusal.fields


class Gateway:
    """One desk, opened by one process.

    `snapshot` is always a finished picture and may be read from any thread. The calls may wait and are made one at a
    time. What is decided is decided on all records; what is read is what the login may see (rules/sight).
    """

    def __init__(
        self,
        opened: store.Store,
        identity: Identity,
        clock: RealClock,
        pace: Pace | None = PACE,
        *,
        by_need: bool = False,
    ) -> None:
        self.identity = identity
        self._pace = pace
        self._store = opened
        self._clock = clock
        self._witness = witness.Witness(opened, identity.terminal_login)
        self._rolled: StoreTrouble | None = None
        self._tried: tuple[Command | None, str] = (None, "")
        self._sight = Sight(owner=not opened.shared and is_owner(identity, opened.folder))
        self._followed = FollowedPicture(opened, by_need=by_need)
        self._engine = Answering(opened, self.now, partial(desk_now, self._picture.desk, self._picture.zone))

    @classmethod
    def open(
        cls,
        folder: Path,
        identity: Identity,
        *,
        acting_as: str | None = None,
        create: bool = False,
        clock: RealClock = real_clock,
        pace: Pace | None = PACE,
        by_need: bool = False,
    ) -> "Gateway":
        """Open the desk of a folder and build the snapshot of its records.

        `acting_as`: another login to act for; only the desk's administrator may. `pace`: None for a program that writes
        as fast as it can. `by_need`: for one act or look, people are read as they are asked for (`FollowedPicture`).
        Raises StoreTrouble (`no_desk` unless `create`), Refused(`only_admin`).
        """
        hold_stops()
        with troubles():
            look_for_desk(folder, create=create)
            if not has_desk(folder):
                witness.forget(folder)
            opened = store.open_store(folder, writer=identity.writer, damaged_ok=True, steps=STEPS)
        try:
            gateway = cls(opened, identity, clock, pace, by_need=by_need)
            if opened.damage is not None and gateway._picture.desk is None:  # nothing to be seen before the damage
                raise trouble_of(opened.damage)
            if acting_as is not None and acting_as != identity.login:
                gateway._act_as(acting_as)
            gateway._rolled = gateway._witness.look_back()
        except BaseException:
            opened.close()
            raise
        return gateway

    def _act_as(self, login: str) -> None:
        if self._me is None or self._me.role != "admin":
            raise Refused(Refusal("only_admin"))
        self.identity = self.identity.acting_as(login)
        self._sight = Sight(owner=False)

    @property
    def actor(self) -> Actor:
        """The login that acts now, with the officer bound to it on this desk, if any."""
        return self._actor_on(self._picture)

    @property
    def _picture(self) -> Snapshot:
        """The newest whole picture of the desk."""
        return self._followed.picture

    @property
    def _me(self) -> Officer | None:
        return self._picture.officers.get(self.actor.officer_id or 0)

    @property
    def snapshot(self) -> Snapshot:
        """The newest picture of the desk, as this login may see it."""
        return self._sight.of(self._picture, self._me)

    def may_not_read(self, what: str) -> Refusal | None:
        """Return the refusal of a read, by the name of the screen or command; None: this login may."""
        return may_not_read(what, self._sight.role(self._picture, self._me), self.identity.login)

    def _actor_on(self, picture: Snapshot) -> Actor:
        me = self.identity
        bound = (officer.id for officer in picture.officers.values() if officer.login == me.login)
        officer = next(bound, None)
        return Actor(login=me.login, officer_id=officer, by_login=me.by_login, address=me.address, key=me.key)

    @property
    def folder(self) -> Path:
        """The folder of the desk."""
        return self._store.folder

    @property
    def stopped_at(self) -> datetime | None:
        """The instant of which the picture is, as long as the desk's engine is away; None: it is the newest."""
        return self._engine.stopped_at

    @property
    def head(self) -> str:
        """The hash of the newest line of the journal that the snapshot holds."""
        return self._store.head

    def kept_board(self) -> "KeptBoard | None":
        """Return the rows that sessions leave beside the checkpoint; None: none are kept, or none of this picture.

        They are of the whole desk, and of all its records. In a shared folder nobody could trust them.
        """
        from dutyboard.tui.link.board.kept_board import KeptBoard  # by need: it rests on every duty

        whole = self.snapshot is self._picture and self._picture.seq == self._store.seq
        return KeptBoard(self._store) if whole and not self._store.shared and not self.damaged else None

    def now(self) -> datetime:
        """Return the time of the desk's clock, with its offset."""
        return desk_now(self._picture.desk, self._picture.zone, self._clock())

    def submit(
        self, command: Command, rid: str = "", given: Sequence[Given] = (), over: Sequence[Record] = ()
    ) -> Accepted | Refusal:
        """Decide on the newest records under the lock, and write the decision. `given` are PINs typed for it.

        `rid` names the act (`rid_of`, or one of `new_rid`): what was saved under it is answered and not written twice.
        Without one, only the same command sent again at once after a trouble is known. `over` are the records as they
        stood when the act was begun: another one by now refuses it. Blocks. Raises StoreTrouble.
        """
        if not rid:
            self._tried = self._tried if self._tried[0] == command else (command, new_rid())
            rid = rid_of(self._tried[1], self.identity.login, repr(command))
        filled = self._filled(command)

        def act(_: Snapshot) -> Command | Refusal:
            from dutyboard.rules.duties.meanwhile import changed_since  # by need: the command line has nothing open

            return changed_since(over, self.snapshot) or filled

        accepted, refusal = self.submit_all([act if over else lambda _: filled], rid, [given])
        self._tried = (None, "")
        return refusal or accepted[0]

    def submit_all(
        self, acts: ActsAtOnce, rid: str = "", given: Sequence[Sequence[Given]] = (), *, together: bool = False
    ) -> tuple[list[Accepted], Refusal | None]:
        """Decide several acts and write them as one commit: all or none.

        Each act sees the picture that those before it leave. Returns the accepted acts and the first refusal. If that
        is None, all acts were written; else none was. What was saved under this `rid` (`rid_of`) before is returned as
        one act. `given` are the PINs typed for each act; a wrong one is written as a try, and no act. `together`: their
        entries say that they were said at once. Blocks. Raises StoreTrouble.
        """
        accepted: list[Accepted] = []
        tries = compared(acts, given, self._refreshed(), self.now(), self.actor) if any(given) else []
        if isinstance(tries, Refusal):
            return accepted, tries

        def decided() -> Sequence[store.Put | store.Gone]:
            picture = self._followed.caught_up()
            accepted.clear()
            sheets = False
            who, size = self.identity.terminal_login, self._store.size
            if self._pace and (wait := too_fast(picture, who, self.now(), self._pace, size)):
                raise Refused(wait)
            for number, act in enumerate(acts):
                if accepted:
                    picture = accepted[-1].on(picture)
                command, own = act(picture), tries[number] if tries else ()
                sheets = sheets or isinstance(command, SheetAct)
                bad = first_wrong(own, self._picture, self.now(), self.actor)
                if isinstance(bad, Refusal):
                    raise Refused(bad)
                if bad is not None:
                    raise TriedWrong(bad)
                answer = command if isinstance(command, Refusal) else self._decide(command, picture, own)
                if isinstance(answer, Refusal):
                    raise Refused(answer)
                first = accepted[0].entry.together if accepted else None
                accepted.append(answer.said_together(first) if together else answer)
            changes = changes_of(accepted)
            return store.Large(changes) if sheets else changes

        try:
            with self._engine.asked():
                seq = self._store.commit(decided, rid=rid or new_rid())
                if seq is not None and not accepted:
                    return [saved_act(self._store.line(seq), seq)], None
        except Refused as refused:
            return accepted, self._sight.told(refused.refusal, self._picture, self._me)
        except TriedWrong as wrong:
            return [], self._tell_wrong(wrong.tried)
        except StoreTrouble as trouble:
            if trouble.code == "locked":
                trouble.fields["officer"] = self._name_of(trouble.fields["login"])
            raise
        self._witness.keep()
        if any(entry.kind == "handover" for answer in accepted for entry in answer.entries):
            self._witness.say()
        return accepted, None

    def _name_of(self, login: str) -> str:
        """Return the name of the officer who signs on with a login, or the login if there is none."""
        return next((each.name for each in self._picture.officers.values() if each.login == login), login)

    def _tell_wrong(self, bad: Tried) -> Refusal:
        """Write a wrong try, and return the refusal that says so. It is a line of its own, under no act's name."""
        told: list[Refusal] = []

        def decided() -> list[store.Put]:
            picture = self._followed.caught_up()
            refusal, written = tell_wrong(bad, picture, self.now(), self._actor_on(picture))
            told.append(refusal)
            return puts_of(written)

        with troubles():
            self._store.commit(decided, rid=new_rid())
        return told[-1]

    def saved_as(self, rid: str) -> Accepted | None:
        """Return the act that was saved under a name; None if none was. Blocks. Raises StoreTrouble."""
        with troubles():
            seq = self._store.named(rid)
            return saved_act(self._store.line(seq), seq) if seq is not None else None

    def preview(self, command: Command) -> Accepted | Refusal:
        """Return the answer that `submit` would give with every PIN, and write nothing. Raises StoreTrouble."""
        return self.heard(self.foresee(partial(foreseen, with_layer(command, self._store))))

    def foresee(self, ask: Callable[[Snapshot, datetime, Actor], T]) -> T:
        """Return what is foreseen of the newest records of the desk, now, for who acts. Raises StoreTrouble."""
        return ask(self._refreshed(), self.now(), self.actor)

    def heard(self, answer: Accepted | Refusal) -> Accepted | Refusal:
        """Return an answer as who acts may hear it: a refusal names nobody whom he may not see."""
        return self._sight.told(answer, self._picture, self._me)

    def _filled(self, command: Command) -> Command:
        """Return a command with what the program fills: the hash of a secret, the layer of an import."""
        return with_layer(with_hash(command), self._store)

    def _decide(self, command: Command, picture: Snapshot, tries: Sequence[Tried]) -> Accepted | Refusal:
        now = self.now()
        if isinstance(command, OpenDesk) and command.practice_starts is not None:
            now = command.practice_starts
        signed = tuple(each.officer_id for each in tries if each.use == "pin")
        codes = tuple(each.secret.id for each in tries if each.use != "pin" and each.secret is not None)
        actor = replace(self._actor_on(picture), signed=signed, codes=codes)
        answer = decide(self._filled(command), picture, now, actor)
        if isinstance(answer, Refusal):
            return answer
        return replace(answer, changes=(*answer.changes, *tries_forgotten(picture, answer.changes, actor)))

    def seed(self, records: Iterable[Record]) -> None:
        """Write the records of a sample desk as one commit.

        Raises Refused(`desk_exists`) on a desk that is not empty, and StoreTrouble.
        """

        def decided() -> list[store.Put]:
            if self._followed.caught_up().desk is not None:
                raise Refused(Refusal("desk_exists"))
            return puts_of(records)

        with troubles():
            self._store.commit(decided, rid=new_rid())

    def refresh(self) -> Snapshot:
        """Read all commits of other processes and return the new snapshot. Raises StoreTrouble."""
        self._refreshed()
        return self.snapshot

    def _refreshed(self) -> Snapshot:
        with self._engine.asked():
            self._store.refresh()
        return self._followed.caught_up()

    def watch(self, wake: Callable[[], None], stop: threading.Event) -> None:
        """Call `wake` after each commit of another process, until `stop` is set. Blocks; no record is read."""
        self._store.watch(wake, stop)

    def checkpoint(self) -> None:
        """Write a checkpoint, so that the next start is short. Raises StoreTrouble."""
        with troubles():
            self._store.checkpoint()
        self._witness.say()

    def save_draft(self, key: str, values: Mapping[str, Any]) -> None:
        """Save the text typed into the form `key`, outside the journal. Raises StoreTrouble."""
        with troubles():
            store.save_draft(*self._draft(key), dict(values), here_alone=self.stopped_at is not None)

    def load_drafts(self, key: str) -> Sequence[tuple[str, Mapping[str, Any]]]:
        """Return the texts typed into the form `key` and not sent yet, each with its key, the newest first.

        Raises StoreTrouble.
        """
        with troubles():
            return store.load_drafts(*self._draft(key), here_alone=self.stopped_at is not None)

    def drop_draft(self, key: str) -> None:
        """Delete the draft of the form `key`, after it was sent or thrown away. Raises StoreTrouble."""
        with troubles():
            store.drop_draft(*self._draft(key), here_alone=self.stopped_at is not None)

    def _draft(self, key: str) -> tuple[Path, str, str]:
        return self._store.folder, self.identity.terminal_login, key

    def found(self) -> list[StoreTrouble]:
        """Return the faults of a desk that can still be read, by their codes (tui/link/trouble.py). Blocks."""
        return faults_of(self._store, [*([self._rolled] if self._rolled else []), *self._engine.found()])

    @property
    def damaged(self) -> bool:
        """True if the journal is damaged. Records behind the damage are not shown."""
        return self._store.damage is not None

    def heal(self) -> int | None:
        """Try the disk again after a failed sync, as an act of its own in the journal.

        Returns the line of that act, or None if no sync had failed. Raises StoreTrouble; the desk then stays read-only.
        """
        with troubles():
            return self._store.heal() if self._store.poisoned else self._store.views.heal()

    def archive(self) -> dict[str, dict[str, int]]:
        """Move the closed records (rules/closing.py) to the monthly archives.

        Returns the number of records by file and table. Raises StoreTrouble; months moved before the error stay moved.
        """
        from dutyboard.rules.closing import closed  # by need: it looks at every duty

        moved: dict[str, dict[str, int]] = {}
        months = closed(self._refreshed(), self.now())
        for month in months:
            # The store asks again under its lock: a colleague may have opened a record meanwhile.
            def of_month(month: str = month) -> Mapping[str, Iterable[int]]:
                return closed(self._followed.caught_up(), self.now()).get(month, {})

            with troubles():
                file = self._store.archive(month, of_month)
            if file is not None:
                moved[file] = {table: len(ids) for table, ids in months[month].items()}
        return moved

    def person(self, number: int) -> Person | None:
        """Return a person of the desk or of an archive; None: none that this login sees. Raises StoreTrouble."""
        seen = self.snapshot
        if number in self._picture.persons:
            return seen.persons.get(number)
        with troubles():
            held = self._store.past().table("persons").get(doc_id=number)
        found = cast(Person, kept_record("persons", number, held)) if held is not None else None
        return found if found is None or seen.own is None or belongs(found, seen.own, seen) else None

    def people_named(self, name: str) -> list[Person]:
        """Return the people of this name whom this login sees, of closed months too. Raises StoreTrouble."""
        from tinydb import where  # by need: a start imports no TinyDB

        with troubles():
            past = self._store.past(f'"name":{json.dumps(name, ensure_ascii=False)}').table("persons")
            numbers = dict.fromkeys(each.doc_id for each in past.search(where("name") == name))
        found = [self.person(number) for number in numbers]
        return [person for person in found if person is not None and person.name == name]

    def entries_about(self, subject: str) -> list[Entry]:
        """Return the entries about a subject (`person-12`), oldest first, archived ones too. Raises StoreTrouble."""
        from tinydb import where  # by need: a start imports no TinyDB

        with troubles():
            past = self._store.past(f'"subject":"{subject}"').table("entries")
            told = [kept_record("entries", each.doc_id, each) for each in past.search(where("subject") == subject)]
        return sorted(cast(list[Entry], told), key=lambda entry: entry.id)

    def with_archived(self, *tables: str) -> Snapshot:
        """Return the snapshot with the archived records of some tables added.

        `persons` serves figures that count everybody ever screened, `reports` the report of any day. Raises
        StoreTrouble.
        """
        with troubles():
            past = self._store.past()
            held = [
                kept_record(table, each.doc_id, each)
                for table in tables
                for each in past.table(table)
                if each.doc_id not in getattr(self._picture, table)
            ]
        whole = self._picture.applied(self._picture.seq, held)
        return self._sight.once(whole, self._me) if held else self.snapshot

    def trail(self, table: str, number: int) -> list[RecordChange]:
        """Return the changes of a record, oldest first: it walks the whole journal. Raises StoreTrouble, Refused."""
        held = self.snapshot.own is None or number in getattr(self.snapshot, table)
        if not held and (table != "persons" or self.person(number) is None):
            raise Refused(NOT_HIS)
        clock = partial(desk_now, self._picture.desk, self._picture.zone)
        with troubles():
            return record_changes(self._store.trail(table, number), table, number, clock)

    def backup(self, target: Path) -> None:
        """Copy the desk into a folder that does not exist yet. Raises StoreTrouble; `not_backed_up`: it is damaged."""
        back_up(self._store, target)

    def export(self) -> Iterator[bytes]:
        """Yield all records, archives too, as one JSON text in blocks, without hashes of PINs. Raises StoreTrouble."""
        with troubles():
            yield from self._store.export(_NEVER_EXPORTED)

    def look(self, act: LookAct, about: str = "", reason: str = "", *, revealed: bool = False) -> None:
        """Write into the view log who looks, from where, at what, when and why.

        `about` is a subject or the name of what is shown. Raises StoreTrouble(`not_viewed`); nothing may be shown then.
        """
        write_look(self._store, Look.by(self.actor, self.now(), act, about, reason, revealed=revealed))

    def looks(self, about: str = "", officer: int | None = None, most: int | None = None) -> list[Look]:
        """Return the newest `most` looks at a subject or by an officer, oldest first. Raises StoreTrouble."""
        return read_looks(self._store, about, officer, most)

    def close(self) -> None:
        """Leave the folder. The last process to leave writes a checkpoint if one is due."""
        try:
            if self._store.needs_checkpoint:
                self._store.checkpoint(seconds=0)
                self._witness.say()
        except store.StoreError:
            pass  # a checkpoint only saves time: the journal holds everything
        finally:
            self._witness.keep()
            self._store.close()
