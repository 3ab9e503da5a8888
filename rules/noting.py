"""Picture of the desk that notes what is read of it. What was made of it is kept until one of those things changes.

A part of the board rests on few records. Each is noted as it is read: nobody has to name them, and none is forgotten.
"""

from collections.abc import Callable, ItemsView, Iterator, KeysView, Mapping, ValuesView
from dataclasses import replace
from typing import Any, Final, TypeVar, TypeVarTuple

from dutyboard.frozen import frozen
from dutyboard.rules.records.layers import Layers
from dutyboard.rules.records.snapshot import Memo, Snapshot

_Key = TypeVar("_Key")
_Held = TypeVar("_Held")
_Keeper = TypeVar("_Keeper")
_Made = TypeVar("_Made")
_Rests = TypeVarTuple("_Rests")

TableSource = str | Callable[..., Any]
"""A table of the desk by its name, or the function by which a table is made of others."""
TableRead = tuple[TableSource, object]
"""A source, and the key that was read in it. None: all of it."""
TABLES: Final = (
    *("units", "officers", "shifts", "sites", "persons", "entries", "reports", "matters", "staff", "contradictions"),
    *("done", "beside", "parts", "amended", "readings", "settled", "restated", "last_reports"),
)
"""The tables whose records are noted one by one."""
UNKNOWN: Final[TableRead] = ("", None)
"""Read by a part that rests on something nobody can follow: it is made again for each picture."""
BENEATH: Final = ("notices_known", "notices", "setting_changes", "settings", "areas", "own")
"""Parts of a picture on which everything rests: they change seldom."""


class NotedTable(Mapping[_Key, _Held]):
    """A table that notes each key that is asked for, and that it was gone through as a whole."""

    __slots__ = ("_notes", "held", "source")

    def __init__(self, source: TableSource, held: Mapping[_Key, _Held], notes: set[TableRead]) -> None:
        self.source = source
        self.held = held
        self._notes = notes

    def __getitem__(self, key: _Key) -> _Held:
        self._notes.add((self.source, key))
        return self.held[key]

    def get(self, key: _Key, default: Any = None) -> Any:
        """Return the value of a key, or `default`."""
        self._notes.add((self.source, key))
        return self.held.get(key, default)

    def __contains__(self, key: object) -> bool:
        self._notes.add((self.source, key))
        return key in self.held

    def _whole(self) -> Mapping[_Key, _Held]:
        self._notes.add((self.source, None))
        return self.held

    def __iter__(self) -> Iterator[_Key]:
        return iter(self._whole())

    def __len__(self) -> int:
        return len(self._whole())

    def keys(self) -> KeysView[_Key]:
        """Return all keys."""
        return self._whole().keys()

    def values(self) -> ValuesView[_Held]:
        """Return all values."""
        return self._whole().values()

    def items(self) -> ItemsView[_Key, _Held]:
        """Return all pairs."""
        return self._whole().items()


class _NotingMemo(Memo):
    """A memo whose results are noted too: a table by its keys, anything else as a whole.

    What is made of `beneath` alone is not noted: where that is another, nothing is kept.
    """

    def __init__(
        self, whole: Snapshot, beneath: list[object], notes: set[TableRead], made_of: dict[TableSource, "_MadeOf"]
    ) -> None:
        super().__init__()
        self._memo = whole.memo
        self._beneath = beneath
        self._notes = notes
        self._made_of = made_of

    def of(self, keeper: type[_Keeper]) -> _Keeper:
        """Return the keeper of the desk. It asks the picture for what its results rest on, each time."""
        return self._memo.of(keeper)

    def made(self, make: Callable[[*_Rests], _Made], *rests: *_Rests) -> _Made:
        """Return what a function makes of whole tables, and keep of which."""
        bare: Any = [each.held if isinstance(each, NotedTable) else each for each in rests]
        found: Any = self._memo.made(make, *bare)
        if not any(isinstance(each, NotedTable) or self._is_foreign(each) for each in rests):
            return found  # type: ignore[no-any-return]
        if any(self._is_foreign(each) for each in rests):
            self._notes.add(UNKNOWN)  # a table of another picture: nobody can say when it changes
            return found  # type: ignore[no-any-return]
        self._made_of[make] = _MadeOf(
            tuple(each.source if isinstance(each, NotedTable) else _Given(each) for each in rests), found
        )
        if isinstance(found, Mapping):
            return NotedTable(make, found, self._notes)  # type: ignore[return-value]
        self._notes.add((make, None))
        return found  # type: ignore[no-any-return]

    def _is_foreign(self, rest: object) -> bool:
        """Return True for a table that is none of this picture."""
        if isinstance(rest, NotedTable) or not isinstance(rest, Mapping):
            return False
        return not any(rest is each for each in self._beneath)


@frozen(kw_only=False)
class _Given:
    """A thing that a table is made of and that is no table. It stays as long as what lies beneath."""

    value: object


@frozen(kw_only=False)
class _MadeOf:
    """Sources of a table that a function makes of others, and the table as it was read."""

    rests: tuple["TableSource | _Given", ...]
    table: Any


class Noting:
    """Notes of what is read of one picture, part by part, and of what is another in the next picture."""

    def __init__(self, whole: Snapshot) -> None:
        self._notes: set[TableRead] = set()
        self._made_of: dict[TableSource, _MadeOf] = {}
        self._look_at(whole)

    def _look_at(self, whole: Snapshot) -> None:
        self.whole = whole
        tables: dict[str, Any] = {name: NotedTable(name, getattr(whole, name), self._notes) for name in TABLES}
        beneath = [getattr(whole, name) for name in BENEATH]
        self.seen = replace(whole, memo=_NotingMemo(whole, beneath, self._notes, self._made_of), **tables)

    def note(self, source: TableSource) -> None:
        """Note something that is no table as read."""
        self._notes.add((source, None))

    def taken(self) -> frozenset[TableRead]:
        """Return what was read since this was last asked."""
        taken = frozenset(self._notes)
        self._notes.clear()
        return taken

    def move_to(self, whole: Snapshot) -> set[TableRead] | None:
        """TableRead the next picture from now on; return what is another in it. None: what lies beneath is another."""
        before = self.whole
        if whole is before:
            return set()
        if any(_is_other(getattr(before, name), getattr(whole, name)) for name in BENEATH):
            return None
        others: set[TableRead] = {UNKNOWN}
        for name in TABLES:
            others.update(_others(name, getattr(before, name), getattr(whole, name)))
        if before.handed_over_at != whole.handed_over_at:
            others.add(("handed_over_at", None))
        self._look_at(whole)
        for make, known in self._made_of.items():
            new = self._table(make)
            others.update(_others(make, known.table, new))
            self._made_of[make] = replace(known, table=new)
        return others

    def _table(self, source: "TableSource | _Given") -> Any:
        """Return a table of this picture, or what a function makes of such tables."""
        if isinstance(source, _Given):
            return source.value
        if isinstance(source, str):
            return getattr(self.whole, source)
        return self.whole.memo.made(source, *map(self._table, self._made_of[source].rests))


def _is_other(old: object, new: object) -> bool:
    """Return True unless both are one object or equal: a town's picture names its own anew each time."""
    return old is not new and old != new


def _others(source: TableSource, old: Any, new: Any) -> Iterator[TableRead]:
    """Yield the keys of a table under which another thing stands in its place."""
    if old is new:
        return
    if not isinstance(new, Mapping):
        if _is_other(old, new):
            yield source, None
        return
    keys = changed_keys(old, new)
    if keys:
        yield source, None
    yield from ((source, key) for key in keys)


def changed_keys(old: Mapping[Any, Any], new: Mapping[Any, Any]) -> set[Any]:
    """Return the keys under which another thing stands in the second table, or none, or one for the first time."""
    if isinstance(old, Layers) and isinstance(new, Layers) and old.base is new.base:
        old, new = old.above, new.above
    absent = object()
    found = {key for key, held in new.items() if (was := old.get(key, absent)) is not held and was != held}
    found.update(key for key in old if key not in new)
    return found
