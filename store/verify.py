"""Check every byte: the chain through all segments, the checkpoint, the archives."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path

import orjson

from dutyboard.store import dbfile
from dutyboard.store.journal import ZERO, Flaw, LineRecord, decode, segment_path, segments


@dataclass(frozen=True, slots=True)
class Damage:
    """One damaged place. `file` relative to the folder; `line` counts from 1 (0: the file as a whole).

    what: `hash` (this line or the one before was changed), `form`, `gap` (a number is missing or comes twice), `torn`
    (no newline at the end), `after_seal`, `missing_seal`, `missing_segment`, `name` (a segment not named by its first
    line), `missing_bytes` (shorter than what was acknowledged), `beyond_mark` (bytes that no commit wrote),
    `unknown_file`, `missing`, `checksum`, `older_than_journal`, `not_in_journal`.
    """

    file: str
    line: int
    what: str


@dataclass(frozen=True, slots=True)
class Verification:
    """Result of a check. `head` is the hash of the last good line, to be compared with the handover sheets."""

    ok: bool
    lines: int
    head: str
    segments: int
    problems: tuple[Damage, ...]


def verify(folder: Path, *, mark: int | None = None) -> Verification:
    """Walk the whole chain. With `mark`, lines from that offset on are left out: a commit may be under way there."""
    chain = _Chain(folder, mark)
    chain.walk()
    problems = [*chain.problems, *_checkpoint(folder, chain), *_archives(folder, chain)]
    return Verification(not problems, chain.n, chain.head, len(segments(folder)), tuple(problems))


class _Chain:
    """The walk along the lines. After a bad line it goes on with the number and hash that line claims, to name every
    one."""

    def __init__(self, folder: Path, mark: int | None) -> None:
        self.folder = folder
        self.n = 0
        self.head = ZERO
        self.problems: list[Damage] = []
        self.announced: dict[int, str] = {}  # checkpoints: n → sha256
        self.kept = 0
        self.archives: dict[str, str] = {}
        self._mark = mark
        self._offset = 0

    def walk(self) -> None:
        firsts = segments(self.folder)
        if firsts[:1] != [1]:
            self._add(segment_path(self.folder, 1), 0, "missing_segment")
        for first, following in zip(firsts, [*firsts[1:], None]):
            self._segment(first, following)
        if self._mark is not None and self._offset < self._mark and firsts:
            self._add(segment_path(self.folder, firsts[-1]), 0, "missing_bytes")
        known = {segment_path(self.folder, first).name for first in firsts}
        for path in sorted((self.folder / "journal").iterdir()):
            if path.name not in known:
                self._add(path, 0, "unknown_file")

    def _segment(self, first: int, following: int | None) -> None:
        path = segment_path(self.folder, first)
        if first != self.n + 1:
            self._add(path, 0, "name")
        seal = None
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if self._mark is not None and self._offset >= self._mark:
                    break
                self._offset += len(line)
                if seal is not None:
                    self._add(path, number, "after_seal")
                if not line.endswith(b"\n"):
                    self._add(path, number, "torn")
                    break
                record = self._line(path, number, line[:-1])
                seal = record.get("seal", seal) if record else seal
        if seal is None and following is not None:
            self._add(path, 0, "missing_seal")
        if seal is not None and seal != following:
            self._add(segment_path(self.folder, seal), 0, "missing_segment")

    def _line(self, path: Path, number: int, line: bytes) -> LineRecord | None:
        try:
            record, self.head = decode(line, self.n + 1, self.head)
        except Flaw as flaw:
            n, head = claims(line)
            gap = n is not None and n != self.n + 1
            self._add(path, number, "gap" if gap else flaw.what)
            self.n = self.n + 1 if n is None else n
            self.head = head
            return None
        self.n += 1
        if "ckpt" in record:
            self.announced[record["ckpt"]["n"]] = record["ckpt"]["sha256"]
        if "kept" in record:
            self.kept = record["kept"]
        if "arch" in record:
            self.archives[record["arch"]["file"]] = record["arch"]["sha256"]
        return record

    def _add(self, path: Path, line: int, what: str) -> None:
        self.problems.append(Damage(str(path.relative_to(self.folder)), line, what))


def claims(line: bytes) -> tuple[int | None, str]:
    """The number and hash that a bad line gives itself."""
    try:
        n = orjson.loads(line)["n"]
    except (ValueError, KeyError, TypeError):
        n = None
    return n if isinstance(n, int) else None, line[-66:-2].decode(errors="replace")


def _checkpoint(folder: Path, chain: _Chain) -> Iterator[Damage]:
    """Yield the damage of db.json: the journal must have announced it, and put no newer one in place."""
    path = folder / dbfile.FILE
    if not path.exists():
        if chain.kept:
            yield Damage(dbfile.FILE, 0, "missing")
        return
    digest = checksum(path)
    stands = [n for n, announced in chain.announced.items() if announced == digest]
    if not stands:
        yield Damage(dbfile.FILE, 0, "not_in_journal")
    elif max(stands) < chain.kept:
        yield Damage(dbfile.FILE, 0, "older_than_journal")


def _archives(folder: Path, chain: _Chain) -> Iterator[Damage]:
    for name, expected in chain.archives.items():
        path = folder / "archive" / name
        if not path.exists():
            yield Damage(f"archive/{name}", 0, "missing")
        elif checksum(path) != expected:
            yield Damage(f"archive/{name}", 0, "checksum")
    for path in sorted((folder / "archive").glob("*")):
        if path.name not in chain.archives:
            yield Damage(f"archive/{path.name}", 0, "unknown_file")


def checksum(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
