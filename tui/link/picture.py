"""The whole picture of an open desk, made of its documents and kept current commit by commit."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeVar, cast

from dutyboard.rules import law
from dutyboard.rules.law.notice import Notice, parsed_notice, read_notice
from dutyboard.rules.records.model import TABLES, Person
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.store import Commit, Store, Table
from dutyboard.tui.link.records import kept_number, kept_record, kept_text
from dutyboard.tui.link.trouble import StoreTrouble

MANY: Final = 100
"""People of one commit. Of more, each is read when he is first asked for, where people are read so."""

K = TypeVar("K")
V = TypeVar("V")


class ByNeed(Mapping[K, V]):
    """Values by their keys, each made when it is first asked for."""

    def __init__(self, keys: Iterable[K], make: Callable[[K], V]) -> None:
        self._keys, self._make = dict.fromkeys(keys), cache(make)

    def __getitem__(self, key: K) -> V:
        if key not in self._keys:
            raise KeyError(key)
        return self._make(key)

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[K]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


@cache
def known_notices() -> Mapping[str, Notice]:
    """Return every notice that the program carries, by its id, which names its file too.

    A file is read once, when its notice is first asked for, with the files of its bases.
    """
    files = {file.stem: file for file in sorted((Path(law.__path__[0]) / "notices").glob("*.toml"))}
    texts = ByNeed(files, lambda name: files[name].read_text(encoding="utf-8"))
    trees = ByNeed(files, lambda name: parsed_notice(texts[name], files[name].name))
    return ByNeed(files, lambda name: read_notice(trees[name], files[name].name, texts[name], trees))


class FollowedPicture:
    """The picture that follows the commits of an open desk, own and foreign ones.

    It is the same as one made anew of the documents. What a commit does not tell as records (a table dropped, a record
    that cannot be read) leaves `picture` behind; the next `caught_up` makes it anew.
    """

    def __init__(self, opened: Store, *, by_need: bool = False) -> None:
        """Make the picture and follow the desk. Raises as `caught_up`.

        `by_need`: a person is read when he is first asked for, which raises StoreTrouble if he cannot be read.
        """
        self._store = opened
        self._by_need = by_need
        self._behind = False
        self.picture = self._whole()
        opened.listen(self._follow)

    def caught_up(self) -> Snapshot:
        """Return the picture, made anew if it stayed behind. Raises StoreTrouble for what still cannot be read."""
        if self._behind:
            self.picture = self._whole()
            self._behind = False
        return self.picture

    def _whole(self) -> Snapshot:
        """Return the snapshot of all documents that are there now. Raises StoreTrouble for one that is no record."""
        puts = [
            kept_text(table, kept_number(table, key), held.raw(key))
            for table, held in ((table, self._store.standing(table)) for table in TABLES)
            if not (self._by_need and table == "persons")
            for key in held
        ]
        empty = Snapshot(notices_known=known_notices())
        if self._by_need:
            empty = replace(empty, persons=_persons_of(self._store.standing("persons")))
        return self._counted(_ruled(empty.applied(self._store.seq, puts)))

    def _counted(self, picture: Snapshot) -> Snapshot:
        """Return the picture with the ids that the store gives out next."""
        following = self._store.following
        return replace(picture, next_ids=MappingProxyType({table: following.get(table, 1) for table in TABLES}))

    def _follow(self, commit: Commit) -> None:
        """Add one more commit. A table that another program keeps in the folder is none of ours.

        A fault here does not undo the commit: the picture then stays behind.
        """
        self._behind = self._behind or not commit.anew.isdisjoint(TABLES)
        if self._behind:
            return
        try:
            apart = self._by_need and sum(put.table == "persons" for put in commit.puts) > MANY
            tables = TABLES.keys() - {"persons"} if apart else TABLES.keys()
            puts = [kept_record(put.table, put.doc_id, put.doc) for put in commit.puts if put.table in tables]
            gone = [(table, number) for table, number in commit.deletes if table in TABLES]
            picture = _ruled(self.picture.applied(commit.seq, puts, gone))
            if apart:
                picture = replace(picture, persons=_persons_of(self._store.standing("persons")))
            if apart or not commit.puts:
                picture = self._counted(picture)  # or ids may have been skipped
            self.picture = picture
        except Exception:
            self._behind = True


def _persons_of(held: Table) -> Mapping[int, Person]:
    """Return the people of a table, each read when he is first asked for."""
    keys = {kept_number("persons", key): key for key in held}
    return ByNeed(keys, lambda number: cast(Person, kept_text("persons", number, held.raw(keys[number]))))


def _ruled(picture: Snapshot) -> Snapshot:
    """Return a picture by whose notice a board can be made. Raises StoreTrouble for a desk without any."""
    if picture.desk is not None and not picture.notices:
        raise StoreTrouble("bad_record", {"table": "notices", "id": 1, "path": "notice", "problem": "missing"})
    return picture
