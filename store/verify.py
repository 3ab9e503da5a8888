"""Check every byte: the chain through all segments, the checkpoint, the archives.

Nothing is changed by it, but that the mirror of a desk on an engine follows it first, as at every start.

The long walk goes on beside writers, up to the published mark. Writers are kept out of its short end alone, checkpoints
and archives until their files are read, so that what they are doing just then is never taken for damage.
"""

import stat
from array import array
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field, replace
from datetime import datetime, timedelta
from io import BufferedReader
from pathlib import Path
from typing import Any, Final

import orjson

from dutyboard.frozen import frozen
from dutyboard.store import dbfile
from dutyboard.store.drafts import FOLDER as DRAFTS
from dutyboard.store.engine.check import flaws
from dutyboard.store.engine.mirrored import engine_of
from dutyboard.store.engine.port import Engine
from dutyboard.store.errors import Corrupt, StoreError, TooNew, Unsafe
from dutyboard.store.files.folder import PRIVATE_FILE, TMP, Folder
from dutyboard.store.files.lock import kept_out, maintenance, published
from dutyboard.store.files.segments import packed_name, reader, segment_name, segments, standing_name
from dutyboard.store.journal import CONTAINER, MAX_LINE, ZERO, Flaw, LineRecord, decode, ends_act, joins
from dutyboard.store.opening import bring_up
from dutyboard.store.views import FOLDER as VIEWS

NOTED: Final = ("cut", "aside", "recover", "restored", "rolled", "salvaged")
"""Keys of lines that tell of damage which was met before, and what was done."""
_MOST_NAMED: Final = 1000  # problems; a file made of nothing else names them in vain
_CLOCK_BACK: Final = timedelta(seconds=2)


@frozen(kw_only=False)
class Damage:
    """One damaged or noted place. `file` relative to the folder; `line` counts from 1 (0: the file as a whole).

    what, of a problem: `hash` (this line or the one before was changed), `form`, `gap` (a number is missing or comes
    twice), `part` (a line is missing of an act of several), `torn` (no newline at the end), `after_seal`,
    `missing_seal`, `missing_segment`, `packed` (no whole gzip file of the desk's), `too_large` (it is or unpacks to
    more than the desk writes there), `name` (a segment not named by its first line), `missing_bytes` (shorter than what
    was acknowledged), `beyond_mark` (bytes that no commit wrote), `unknown_file`, `missing`, `checksum`,
    `older_than_journal`, `not_in_journal`, `not_this_chain` (the line holds the hash of an earlier one, and there is
    none with it), `lost` (the line stands for damaged ones, and no `salvaged` line names it), `views_short` (the view
    log is missing, shorter or another than the line says; a note behind an act of salvage), `no_journal`, a reason
    of `Away` (what is on the engine could not be checked), or a reason of `Unsafe`.

    what, of a note: a key of `NOTED`, `clock_back` (the line is older than the one before), `unfinished` (a killed
    writer's bytes; the next one sets them aside), `behind` (the mirror could not be brought up to its engine; `line`
    is its last), `open_mode` (others than the desk's own may read or write it),
    `closed_mode` (a colleague of a shared desk may not), `lost` (damaged lines stood here and were set aside), or a
    reason of `Unsafe` (in the place of a folder that holds no evidence).
    """

    file: str
    line: int
    what: str


@frozen(kw_only=False)
class Verification:
    """Result of a check. `head` is the hash of the last good line, to be compared with the handover sheets.

    `heads` are the hashes of the lines that were asked for; a line that is not there, or not good, is left out.
    `fmt` is the format of the documents.
    """

    ok: bool
    lines: int
    head: str
    segments: int
    problems: tuple[Damage, ...]
    notes: tuple[Damage, ...] = ()
    fmt: int = 1
    heads: Mapping[int, str] = field(default_factory=dict)


@frozen(kw_only=False)
class _HeldViews:
    """A line of the view log, by number and hash, that a line of the desk's journal holds.

    `salvaged`: an act of salvage came behind it, and whoever asked for it was told if the log lacks it.
    """

    n: int
    head: str
    place: Damage
    salvaged: bool = False


_Examined = tuple[Verification, list[_HeldViews]]
_NO_VIEWS: Final = Verification(True, 0, ZERO, 0, ())
Claims = Callable[[str, Mapping[str, Any]], str | None]
"""Return the hash of an earlier line that a document holds; None if it holds none."""


def verify(
    path: Path,
    *,
    asked: frozenset[int] = frozenset(),
    claims: Claims = lambda _table, _document: None,
    seconds: float = 30.0,
) -> Verification:
    """Check the desk in a folder. `asked` are numbers of lines whose hashes are wanted.

    Whoever rewrites the past and chains it anew must also find every document that holds a hash of before: `claims`
    tells them. `seconds` is how long a checkpoint, an archive, a backup and a commit under way are waited for.

    Raises Busy, TooNew(`container`), Unsafe for the folder itself, OSError if it cannot be read.
    """
    with Folder.top(path) as folder:
        engine = engine_of(folder)

        def examined() -> tuple[Verification, Verification, list[_HeldViews]]:
            found, held = _found(lambda: _examined(folder, asked, claims, seconds, engine is not None))
            lines = frozenset(each.n for each in held)
            views, _ = _found(lambda: _examined_views(folder, lines, claims, seconds, engine is not None))
            return found, views, held

        found, views, held = examined()
        behind = list[Damage]()
        if engine is not None and found.ok and views.ok:
            moved, behind = _brought_up(folder, engine, found.lines, views.lines)
            found, views, held = examined() if moved else (found, views, held)
        gone = [each for each in held if views.heads.get(each.n) != each.head and (not behind or each.n <= views.lines)]
        problems = [*found.problems, *views.problems, *(each.place for each in gone if not each.salvaged)]
        if engine is not None:
            chains = {"desk": (found.lines, found.head), "views": (views.lines, views.head)}
            problems += (Damage(*each) for each in flaws(engine, chains))
        notes = (*found.notes, *views.notes, *behind, *(each.place for each in gone if each.salvaged))
        return replace(found, ok=not problems, problems=tuple(problems), notes=notes)


def _brought_up(folder: Folder, engine: Engine, desk: int, views: int) -> tuple[bool, list[Damage]]:
    """Bring the chains of a sound mirror up. Return whether one moved, and the notes of those that could not."""
    moved, behind = False, list[Damage]()
    for chain, name, n in (("desk", "", desk), ("views", VIEWS, views)):
        try:
            moved |= bring_up(folder, name, engine.again(chain), n) > n
        except (StoreError, OSError):
            behind.append(Damage(f"engine:{chain}", n, "behind"))
    return moved, behind


def _found(examine: Callable[[], _Examined]) -> _Examined:
    """Return what the check of a chain found, or what stands in its way and hides no other chain."""
    try:
        return examine()
    except Unsafe as unsafe:
        return Verification(False, 0, ZERO, 0, (Damage(unsafe.file, 0, unsafe.reason),)), []


def _examined_views(folder: Folder, asked: frozenset[int], claims: Claims, seconds: float, mirror: bool) -> _Examined:
    if folder.has(VIEWS) and _begun(folder.inner(VIEWS)):
        return _examined(folder.inner(VIEWS), asked, claims, seconds, mirror)
    return _NO_VIEWS, []


def _begun(folder: Folder) -> bool:
    """Return False for a folder in which no line was ever acknowledged: its maker may have been killed."""
    written = folder.has("journal") and bool(segments(folder.inner("journal")))
    return written or bool(published(folder)) or folder.has(dbfile.FILE)


def _examined(folder: Folder, asked: frozenset[int], claims: Claims, seconds: float, mirror: bool) -> _Examined:
    """Check one chain with all that lies beside it: the desk's own, or the view log.

    Return what it holds of the view log as well. `mirror`: the chain tells of the checkpoints of other mirrors too.
    """
    if not folder.has("journal") or not segments(folder.inner("journal")):
        return Verification(False, 0, ZERO, 0, (Damage(folder.place("journal"), 0, "no_journal"),)), []
    chain = _Chain(folder.inner("journal"), asked, claims)
    chain.walk(published(folder))
    with maintenance(folder, seconds):
        with kept_out(folder, seconds) as still:
            mark = published(folder)
            chain.walk(None if still else mark, mark)
            chain.look_round()
        chain.hold_claims()
        problems = dict.fromkeys([*chain.problems, *_checkpoint(folder, chain, mirror), *_archives(folder, chain)])
    notes = [*chain.notes, *_modes(folder)]
    count = len(segments(folder.inner("journal")))
    found = Verification(
        not problems, chain.n, chain.head, count, tuple(problems), tuple(notes), chain.fmt, chain.heads
    )
    return found, chain.views


class _Chain:
    """The walk along the lines. After a bad line it goes on with the number and hash that line claims, to name every
    one."""

    def __init__(self, journal: Folder, asked: frozenset[int], claims: Claims) -> None:
        self.journal = journal
        self.n = 0
        self.head = ZERO
        self.problems: list[Damage] = []
        self.notes: list[Damage] = []
        self.heads: dict[int, str] = {}
        self.announced: dict[int, str] = {}  # checkpoints: n → sha256
        self.kept = 0
        self.archives: dict[str, str] = {}
        self.fmt = 1
        self.views: list[_HeldViews] = []
        self._asked = asked
        self._claims = claims
        self._claimed: dict[int, list[Damage]] = {}  # hash, by its first 8 bytes → the lines that speak of it
        self._lost: dict[int, Damage] = {}  # lines that stand for damaged ones and that nobody vouched for yet
        self._known = array("Q")  # the hashes of all good lines, likewise
        self._first = 1  # the segment where the walk stands
        self._within = 0  # bytes of it that are behind us
        self._number = 0  # lines of it that are behind us
        self._seal: int | None = None  # the segment that a line of this one names as the next
        self._seal_counts = False  # it was acknowledged, so that the file must be there
        self._offset = 0  # bytes of all segments that are behind us
        self._act: LineRecord | None = None  # the last line of an act that is not whole yet
        self._told = False  # the line before is damaged, and may have been a part of an act
        self._before_act = _Place(0, ZERO, 0, 0)  # where it begins
        self._time: datetime | None = None

    def walk(self, upto: int | None, mark: int | None = None) -> None:
        """Go on to an offset (None: to the end). What lies beyond the mark was never acknowledged.

        Whole lines there are adopted by the next writer, an unfinished one he sets aside: neither is damage. A mark of
        0 was lost, and tells nothing.
        """
        firsts = [first for first in segments(self.journal) if first >= self._first]
        if firsts[:1] != [self._first]:
            self._add(segment_name(self._first), 0, "missing_segment")
        for first, following in zip(firsts, [*firsts[1:], None]):
            self._segment(first, following, upto, mark or None)
            if upto is not None and self._offset >= upto:
                break
        if self._offset < (mark or upto or 0):
            self._add(segment_name(self._first), 0, "missing_bytes")

    def look_round(self) -> None:
        """Name what lies in the folder and is no segment, and a packed one that nothing was sealed behind."""
        firsts = segments(self.journal)
        for name in sorted(set(self.journal.names()) - {standing_name(self.journal, first) for first in firsts}):
            if name in map(packed_name, firsts):
                self.notes.append(Damage(self.journal.place(name), 0, "unfinished"))
            elif not name.endswith(TMP):
                self._add(name, 0, "unknown_file")
        if firsts and (last := standing_name(self.journal, firsts[-1])) != segment_name(firsts[-1]):
            self._add(last, 0, "missing_seal")

    def _segment(self, first: int, following: int | None, upto: int | None, mark: int | None) -> None:
        name = standing_name(self.journal, first)
        if first != self._first or not self._number:
            self._first, self._within, self._number, self._seal = first, 0, 0, None
            if first != self.n + 1:
                self._add(name, 0, "name")
        try:
            with reader(self.journal, first, self._within) as file:
                self._lines(name, file, following is None, upto, mark)
        except Unsafe as unsafe:
            self._add(name, 0, unsafe.reason)
            return
        except Corrupt as damage:
            self._add(name, 0, damage.what)
        if upto is not None and self._offset >= upto:
            return  # how it ends is looked at when writers are kept out
        if self._act is not None and following is None and upto is None:
            if mark is None or self._before_act.offset >= mark:
                self._unfinished(name)
            else:
                self._add(name, self._number, "part")
                self._act = None
        if self._seal is None and following is not None:
            self._add(name, 0, "missing_seal")
        made = following is not None or self._seal_counts  # a writer killed in between has made no file yet
        if self._seal is not None and self._seal != following and made:
            self._add(segment_name(self._seal), 0, "missing_segment")

    def _lines(self, name: str, file: BufferedReader, last: bool, upto: int | None, mark: int | None) -> None:
        """Take in the lines of a segment from here on."""
        for line in iter(lambda: file.readline(MAX_LINE + 1), b""):
            if upto is not None and self._offset >= upto:
                return
            if self._act is None:
                self._before_act = _Place(self.n, self.head, self._number, self._offset)
            beyond = mark is not None and self._before_act.offset >= mark
            self._offset += len(line)
            self._within += len(line)
            self._number += 1
            if not line.endswith(b"\n"):
                if len(line) > MAX_LINE:
                    self._add(name, self._number, "form")
                elif last and (beyond or (mark is None and upto is None)):
                    self._unfinished(name)
                else:
                    self._add(name, self._number, "torn")
                return
            if beyond and not self._follows(line[:-1]):
                self._add(name, 0, "beyond_mark")
                return
            if self._seal is not None:
                self._add(name, self._number, "after_seal")
            if len(self.problems) > _MOST_NAMED:
                return
            record = self._line(name, line[:-1])
            if record and "seal" in record:
                self._seal, self._seal_counts = record["seal"], not (beyond or (mark is None and upto is None))

    def _follows(self, line: bytes) -> bool:
        try:
            return joins(decode(line, self.n + 1, self.head)[0], self._act)
        except Flaw:
            return False

    def _unfinished(self, name: str) -> None:
        """Note the bytes of a killed writer, which do not count, and go back to where they begin."""
        place, self._act = self._before_act, None
        self.notes.append(Damage(self.journal.place(name), place.number + 1, "unfinished"))
        self.n, self.head = place.n, place.head
        self.heads = {n: head for n, head in self.heads.items() if n <= self.n}

    def _line(self, name: str, line: bytes) -> LineRecord | None:
        try:
            record, self.head = decode(line, self.n + 1, self.head)
        except Flaw as flaw:
            n, head = said_of_itself(line)
            gap = n is not None and n != self.n + 1
            self._add(name, self._number, "gap" if gap else flaw.what)
            self.n = self.n + 1 if n is None else n
            self.head, self._act, self._told = head, None, True
            return None
        if not self._told and not joins(record, self._act):
            self._add(name, self._number, "part")
        self._act, self._told = None if ends_act(record) else record, False
        self.n = record["n"]
        if "lost" in record:
            self._lost[self.n] = Damage(self.journal.place(name), self._number, "lost")
        if self.n in self._asked:
            self.heads[self.n] = self.head
        self._known.append(_short(self.head))
        if not self._understood(name, record):
            self._add(name, self._number, "form")
            return None
        return record

    def _understood(self, name: str, record: LineRecord) -> bool:
        """Take in what the store itself says in a line. Return False for a line that no store wrote."""
        try:
            if "ckpt" in record:
                self.announced[record["ckpt"]["n"]] = record["ckpt"]["sha256"]
            if "kept" in record:
                self.kept = int(record["kept"])
            if "arch" in record:
                self.archives[str(record["arch"]["file"])] = record["arch"]["sha256"]
            self.fmt = int(record.get("fmt", self.fmt))
            if record.get("container", 0) > CONTAINER:
                raise TooNew("container", record["container"], CONTAINER)
            for lost in record["salvaged"]["lost"] if "salvaged" in record else ():
                self.notes.append(self._lost.pop(lost["n"]))
            if "salvaged" in record:
                self.views = [replace(each, salvaged=True) for each in self.views]
            if "views" in record:
                place = Damage(self.journal.place(name), self._number, "views_short")
                self.views.append(_HeldViews(record["views"]["n"], record["views"]["head"], place))
            if "restored" in record:
                self._claim(name, record["restored"]["head"])
            for table, documents in record.get("put", {}).items():
                for document in documents.values():
                    self._claim(name, self._claims(table, document))
        except (AttributeError, KeyError, TypeError, ValueError):
            return False
        self._clock(name, record.get("t"))
        for key in NOTED:
            if key in record:
                self.notes.append(Damage(self.journal.place(name), self._number, key))
        return isinstance(record.get("seal", 0), int)

    def _claim(self, name: str, head: str | None) -> None:
        if head:
            place = Damage(self.journal.place(name), self._number, "not_this_chain")
            self._claimed.setdefault(_short(head), []).append(place)

    def hold_claims(self) -> None:
        """Name each line that holds a hash which no line here has, or that stands for others unasked."""
        self.problems += self._lost.values()
        missing = self._claimed.keys() - set(filter(self._claimed.__contains__, self._known))
        self.problems += [place for head in sorted(missing) for place in self._claimed[head]]

    def _clock(self, name: str, text: object) -> None:
        """Note where the clock went back. Order is by number, so that it harms nothing here."""
        try:
            time = datetime.fromisoformat(str(text)).astimezone()
        except ValueError:
            return  # a leap second, or a clock that tells no zone
        if self._time is not None and time < self._time - _CLOCK_BACK:
            self.notes.append(Damage(self.journal.place(name), self._number, "clock_back"))
        self._time = time

    def _add(self, name: str, line: int, what: str) -> None:
        self.problems.append(Damage(self.journal.place(name), line, what))


@frozen(kw_only=False)
class _Place:
    """A place in the chain: number and hash of the line before, lines of the segment, bytes of all segments."""

    n: int
    head: str
    number: int
    offset: int


def _short(head: str) -> int:
    return int(head[:16], 16)


def said_of_itself(line: bytes) -> tuple[int | None, str]:
    """The number and hash that a bad line gives itself."""
    try:
        n = orjson.loads(line)["n"]
    except (ValueError, KeyError, TypeError):
        n = None
    return n if isinstance(n, int) else None, line[-66:-2].decode(errors="replace")


def _checkpoint(folder: Folder, chain: _Chain, mirror: bool) -> Iterator[Damage]:
    """Yield the damage of db.json: the journal must have announced it, and put no newer one in place.

    A mirror may have none or an older one: the newest may be another mirror's.
    """
    digest = _checksum(folder, dbfile.FILE)
    if digest is None:
        if chain.kept and not mirror:
            yield Damage(folder.place(dbfile.FILE), 0, "missing")
    elif isinstance(digest, Damage):
        yield digest
    else:
        stands = [n for n, announced in chain.announced.items() if announced == digest]
        if not stands:
            yield Damage(folder.place(dbfile.FILE), 0, "not_in_journal")
        elif max(stands) < chain.kept and not mirror:
            yield Damage(folder.place(dbfile.FILE), 0, "older_than_journal")


def _archives(folder: Folder, chain: _Chain) -> Iterator[Damage]:
    try:
        archives = folder.inner("archive") if folder.has("archive") else None
    except Unsafe as unsafe:
        yield Damage(unsafe.file, 0, unsafe.reason)
        return
    for name, expected in chain.archives.items():
        place = folder.place(f"archive/{name}")
        if not dbfile.ARCHIVE_NAME.fullmatch(name):
            yield Damage(folder.place("archive"), 0, "name")
        elif archives is None or (digest := _checksum(archives, name)) is None:
            yield Damage(place, 0, "missing")
        elif isinstance(digest, Damage):
            yield digest
        elif digest != expected:
            yield Damage(place, 0, "checksum")
    for name in archives.names() if archives else ():
        if name not in chain.archives and not name.endswith(TMP):
            yield Damage(folder.place(f"archive/{name}"), 0, "unknown_file")


def _checksum(folder: Folder, name: str) -> str | Damage | None:
    """Return the hash of a file, its damage if it is none of ours, None if it is not there."""
    try:
        return folder.digest(name, dbfile.MOST)
    except FileNotFoundError:
        return None
    except Unsafe as unsafe:
        return Damage(unsafe.file, 0, unsafe.reason)


def _modes(folder: Folder) -> Iterator[Damage]:
    """Yield the files and folders whose permissions are not those the desk gives."""
    places = [folder]
    for name in ("journal", "archive", "torn", DRAFTS):
        try:
            places += [folder.inner(name)] if folder.has(name) else []
        except Unsafe as unsafe:
            if name != "archive":  # that is damage
                yield Damage(unsafe.file, 0, unsafe.reason)
    for each in places:
        shared = each.shared and each.said != DRAFTS  # what an officer has typed is his own, among colleagues too
        for name in each.names():
            found = each.status(name)
            if found is None or stat.S_ISLNK(found.st_mode):
                continue
            mode, wanted = stat.S_IMODE(found.st_mode), each.file_mode if shared else PRIVATE_FILE
            if stat.S_ISDIR(found.st_mode):
                wanted |= 0o110 if shared else 0o100
            if mode & 0o777 & ~wanted:
                yield Damage(each.place(name), 0, "open_mode")
            elif shared and wanted & ~mode:
                yield Damage(each.place(name), 0, "closed_mode")
