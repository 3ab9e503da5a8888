"""Rows left beside the checkpoint change no board, however old, torn or foreign they are."""

import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

import orjson
import pytest

from dutyboard.rules.board_rows import BoardRows, made_anew, next_turn
from dutyboard.rules.duties.every_duty import DUTIES
from dutyboard.rules.law.facts import Linked
from dutyboard.rules.people.course import Courses
from dutyboard.rules.records.clock import midnight
from dutyboard.rules.records.model import Area, Person, SettingChange
from dutyboard.rules.records.snapshot import Memo, Snapshot
from dutyboard.store import Store, Table
from dutyboard.tui.link.board import boards, kept_board
from dutyboard.tui.link.board.kept_board import KeptBoard
from dutyboard.tui.link.gateway import Gateway
from dutyboard.tui.link.identity import own_identity
from dutyboard.tui.link.records import document
from tests.homes import begun
from tests.rules.courses.course import minutes_that_matter, worked
from tests.rules.desks import DAY, WANG, desk, person, site, t, unit
from tests.shares import SHARES
from tests.tui.installed import PRACTICE, run

SHARE = SHARES["tui"]["kept_board"]
HOUR = timedelta(hours=1)


class Beside:
    """A store that holds the documents of a picture and the rows beside them, in memory."""

    def __init__(self, snapshot: Snapshot, rows: bytes = b"") -> None:
        self.snapshot, self.rows, self.writes = snapshot, rows, 0

    def standing(self, table: str) -> Table:
        """Return the documents of a table."""
        held = getattr(self.snapshot, table)
        return Table(b"", {str(number): orjson.dumps(document(record)) for number, record in held.items()})

    def kept_rows(self) -> bytes:
        """Return what is kept."""
        return self.rows

    def keep_rows(self, text: bytes) -> bool:
        """Keep a text."""
        self.rows, self.writes = text, self.writes + 1
        return True


def kept_in(beside: Beside) -> KeptBoard:
    return KeptBoard(cast(Store, beside))


def left(snapshot: Snapshot, now: datetime) -> Beside:
    """Return what a session leaves that has shown the board of an instant."""
    beside, rows = Beside(snapshot), BoardRows()
    rows.of(snapshot, now, DUTIES)
    assert kept_in(beside).leave(rows.people(), snapshot, now)
    return beside


def taken(beside: Beside, snapshot: Snapshot, now: datetime) -> int:
    """Return of how many people a new process takes over the rows. Its board is the one made anew."""
    fresh, rows = replace(snapshot, memo=Memo()), BoardRows()
    beside.snapshot = fresh
    count = kept_in(beside).take_over(rows, fresh, now)
    assert list(rows.of(fresh, now, DUTIES)) == made_anew(snapshot, now, DUTIES)
    return count


@pytest.mark.parametrize("seed", range(SHARE["seeds"]))
def test_a_board_by_rows_of_any_age_is_the_one_made_anew(seed: int) -> None:
    """Every session goes on for a while as well, so that what was taken over is seen to change."""
    beside, over, whole = Beside(Snapshot(notices_known={})), 0, 0
    session: tuple[Snapshot, BoardRows] | None = None
    for number, night in enumerate(worked(seed, SHARE["steps"])):
        now = night.now
        if number % 3 == 0 or session is None:
            fresh, rows = replace(night.snapshot, memo=Memo()), BoardRows()
            beside.snapshot = fresh
            over += kept_in(beside).take_over(rows, fresh, now)
            whole += len(fresh.persons)
        else:
            fresh, rows = replace(night.snapshot, memo=session[0].memo), session[1]
            beside.snapshot = fresh
        session = fresh, rows
        expected = made_anew(night.snapshot, now, DUTIES)
        assert list(rows.of(fresh, now, DUTIES)) == expected, night.told[-1:]
        if number % 7 == 0:
            kept_in(beside).leave(rows.people(), fresh, now)
            for minute in sorted(minutes_that_matter(night, now + 2 * HOUR))[:4]:
                taken(beside, night.snapshot, minute)
    assert over > whole / 4, "most rows of people outlive an act"


@pytest.fixture
def three() -> Snapshot:
    """Three people, the second the contact of the third."""
    contact = replace(person(3).facts, contact="secondary", linked=(Linked(id="person-2"),))
    return desk(unit(1), site(1), person(1), person(2), replace(person(3), facts=contact))


NOW = t("19:40")


def test_another_process_assesses_nobody_again(three: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    beside = left(three, NOW)
    made: list[Person] = []
    whole = Courses._made
    monkeypatch.setattr(Courses, "_made", lambda self, *asked: made.append(asked[0]) or whole(self, *asked))
    fresh, rows = replace(three, memo=Memo()), BoardRows()
    assert kept_in(beside).take_over(rows, fresh, NOW) == 3
    rows.of(fresh, NOW, DUTIES)
    assert made == []


def test_whose_record_is_another_is_made_anew_and_who_hangs_on_him(three: Snapshot) -> None:
    beside = left(three, NOW)
    assert taken(beside, three, NOW) == 3
    for number, stand in ((1, 2), (2, 1), (3, 2)):
        other = three.applied(three.seq + 1, [replace(three.persons[number], note="B")])
        assert taken(beside, other, NOW) == stand, number
    assert taken(beside, three.applied(three.seq + 1, [person(4)]), NOW) == 3
    assert taken(beside, three.applied(three.seq + 1, (), [("persons", 1)]), NOW) == 2


def test_other_areas_settings_days_and_programs_take_over_nobody(
    three: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside = left(three, NOW)
    area = Area(id=1, code="440305", name="甲县", level="high", starts=DAY)
    assert taken(beside, three.applied(three.seq + 1, [area]), NOW) == 0
    change = SettingChange(
        id=1, name="unassessed_hours", value="1", effective_from=t("12:00"), reason="A", set_by=WANG, set_at=t("12:00")
    )
    assert taken(beside, three.applied(three.seq + 1, [change]), NOW) == 0
    later = replace(change, effective_from=t("20:00"))
    announced = three.applied(three.seq + 1, [later])
    assert taken(left(announced, NOW), announced, t("20:01")) == 0, "it has come into force since"
    assert taken(beside, three, t("23:59") + timedelta(minutes=2)) == 0
    assert taken(beside, three, NOW - timedelta(minutes=1)) == 0, "a clock that went back"
    kept_board.program.cache_clear()
    monkeypatch.setattr(kept_board, "program", lambda: "another")
    assert taken(beside, three, NOW) == 0


@pytest.mark.parametrize("room", ["rules", "store"])
def test_each_file_of_the_rules_and_of_the_store_is_part_of_the_program(
    room: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept_board.program.cache_clear()
    before = kept_board.program()
    (tmp_path / "law").mkdir()
    (tmp_path / "law" / "another.toml").write_text("[a]")
    kept_board.program.cache_clear()
    monkeypatch.setattr(getattr(kept_board, room), "__path__", [str(tmp_path)])
    other = kept_board.program()
    (tmp_path / "law" / "another.toml").write_text("[b]")
    kept_board.program.cache_clear()
    assert len({before, other, kept_board.program()}) == 3
    kept_board.program.cache_clear()


def damaged(text: bytes) -> Iterator[bytes]:
    """Yield a file cut and changed in every kind of place."""
    yield from (b"", b"{}", text[:64], text[64:], text + b" ", text * 2, bytes(len(text)))
    for at in range(0, len(text), 41):
        yield text[:at]
        yield text[:at] + bytes([text[at] ^ 1]) + text[at + 1 :]


def test_a_torn_or_flipped_file_is_none(three: Snapshot) -> None:
    beside = left(three, NOW)
    whole = beside.rows
    for text in damaged(whole):
        beside.rows = text
        beside.snapshot = three
        assert kept_in(beside).take_over(BoardRows(), three, NOW) == 0
    beside.rows = whole
    assert taken(beside, three, NOW) == 3


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        {},
        {"made": "x"},
        {"people": 1},
        {"people": [1]},
        {"people": [[[1, [["none", 1]], None, [], None], ""]]},
    ],
)
def test_a_file_of_another_form_is_none_and_no_fault(three: Snapshot, body: Any) -> None:
    beside = left(three, NOW)
    beneath, held = beside.rows[64:128], orjson.loads(beside.rows[128:])
    text = beneath + orjson.dumps({**held, **body} if isinstance(body, dict) and body else body)
    beside.rows = sha256(text).hexdigest().encode() + text
    assert taken(beside, three, NOW) == 0


def test_a_file_most_of_which_stands_is_left_as_it_is(three: Snapshot) -> None:
    beside = left(three, NOW)
    rows = BoardRows()
    rows.of(three, NOW, DUTIES)
    assert not kept_in(beside).leave(rows.people(), three, NOW)
    other = three.applied(three.seq + 1, [replace(each, note="B") for each in three.persons.values()])
    beside.snapshot = other
    rows.of(other, NOW, DUTIES)
    assert kept_in(beside).leave(rows.people(), other, NOW)
    assert taken(beside, other, NOW) == 3


class At:
    """A desk whose clock stands where a test puts it."""

    def __init__(self, beside: Beside, now: datetime) -> None:
        self.beside, self.moment, self.snapshot = beside, now, beside.snapshot

    def now(self) -> datetime:
        """Return the instant."""
        return self.moment

    def kept_board(self) -> KeptBoard:
        """Return the rows beside the records."""
        return kept_in(self.beside)


def test_sessions_leave_the_rows_of_a_later_day_each_at_its_own_time(
    three: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(boards.os, "getpid", lambda: 100)
    beside = Beside(three)
    desk_at, session = At(beside, NOW), boards.Boards()
    session.of(desk_at)
    session.leave(desk_at)
    assert beside.writes == 1
    day = midnight(three.day_of(NOW) + timedelta(days=1), three.zone)
    for second, writes in ((0, 1), (99, 1), (100, 2), (200, 2)):
        desk_at.moment = day + timedelta(seconds=second)
        session.of(desk_at)
        session.leave(desk_at)
        assert beside.writes == writes, second


def test_what_a_session_prepared_serves_whoever_begins_after_the_turn(
    three: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So does it whoever had begun before it and had no time. The rows of the day stay beside them."""
    beside, session = Beside(three), boards.Boards()
    turn = midnight(three.day_of(NOW) + timedelta(days=1), three.zone)
    desk_at = At(beside, turn - timedelta(minutes=1))
    session.of(desk_at)
    session.leave(desk_at)
    late = boards.Boards()
    desk_at.beside.snapshot = desk_at.snapshot = replace(three, memo=Memo())
    late.of(desk_at)
    while session.prepare(desk_at):
        assert beside.writes == 1, "no part of it is left"
    assert beside.writes == 2
    assert taken(beside, three, desk_at.moment) == 3
    another = boards.Boards()
    while another.prepare(desk_at):
        pass
    assert beside.writes == 2, "one session leaves them for all"
    made: list[Person] = []
    whole = Courses._made
    monkeypatch.setattr(Courses, "_made", lambda self, *asked: made.append(asked[0]) or whole(self, *asked))
    of_late = replace(three, memo=Memo())
    for seconds in (0, 1, 61):
        desk_at.moment = turn + timedelta(seconds=seconds)
        for each, picture in ((late, of_late), (boards.Boards(), replace(three, memo=Memo()))):
            desk_at.beside.snapshot = desk_at.snapshot = picture
            board = each.of(desk_at).board
            assert board is not None
            assert made == [], "nobody is assessed again"
            assert list(board.obligations) == made_anew(three, desk_at.moment, DUTIES)
            made.clear()


@pytest.fixture(scope="module")
def practice(home: Path) -> Path:
    """A desk of the program's own sample."""
    folder = home / "desk"
    assert run("init", str(begun(folder)), "--sample", "--practice", PRACTICE).returncode == 0
    return folder


def test_a_call_leaves_rows_private_to_the_desk_and_the_next_one_says_the_same(
    practice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What stands in the file is no part of a backup, a check or an export."""
    at = orjson.loads(run("board", "--json", folder=practice).stdout)["now"]
    file = practice / "rows.kept"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    first = run("board", "--json", "--at", at, folder=practice).stdout
    made: list[Person] = []
    whole = Courses._made
    monkeypatch.setattr(Courses, "_made", lambda self, *asked: made.append(asked[0]) or whole(self, *asked))
    gateway = Gateway.open(practice, own_identity())
    kept, rows, now = gateway.kept_board(), BoardRows(), gateway.now()
    assert kept is not None
    assert kept.take_over(rows, gateway.snapshot, now) >= len(gateway.snapshot.persons) * 0.9
    assert list(rows.of(gateway.snapshot, now, DUTIES)) == made_anew(gateway.snapshot, now, DUTIES)
    gateway.close()
    file.write_bytes(b"torn")
    assert run("board", "--json", "--at", at, folder=practice).stdout == first
    assert run("verify", folder=practice).returncode == 0
    copy = practice.parent / "copy"
    assert run("backup", str(copy), folder=practice).returncode == 0
    assert not (copy / "rows.kept").exists()


def test_a_checkpoint_leaves_rows_for_who_begins_before_the_turn_and_after_it(practice: Path) -> None:
    (practice / "rows.kept").unlink(missing_ok=True)
    assert run("checkpoint", folder=practice).returncode == 0
    gateway = Gateway.open(practice, own_identity())
    picture, kept = gateway.snapshot, gateway.kept_board()
    assert kept is not None
    for instant in (gateway.now(), next_turn(picture, gateway.now())):
        fresh, rows = replace(picture, memo=Memo()), BoardRows()
        assert kept.take_over(rows, fresh, instant) >= len(picture.persons) * 0.8
        assert list(rows.of(fresh, instant, DUTIES)) == made_anew(picture, instant, DUTIES)
    gateway.close()


def test_colleagues_of_a_shared_folder_keep_none_and_take_none(practice: Path) -> None:
    run("board", folder=practice)
    for each in (practice, *(inner for inner in practice.iterdir() if inner.is_dir())):
        each.chmod(0o2770)
    gateway = Gateway.open(practice, own_identity())
    kept = gateway.kept_board()
    assert kept is None or kept.take_over(BoardRows(), gateway.snapshot, gateway.now()) == 0
    before = (practice / "rows.kept").stat().st_mtime_ns
    gateway.close()
    run("board", folder=practice)
    assert (practice / "rows.kept").stat().st_mtime_ns == before
