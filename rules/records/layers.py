"""A frozen mapping that costs what changed: a base that many pictures share, and the changes above it.

A copy of a table of 100,000 records costs milliseconds, and each process pays it for each line of everybody.
"""

from collections.abc import ItemsView, Iterator, Mapping, MutableMapping, ValuesView
from types import MappingProxyType
from typing import Any, Final, Generic, TypeVar

Id = TypeVar("Id")
Held = TypeVar("Held")

SMALL: Final = 2048
"""Records up to which a table is copied whole: it takes microseconds, and a plain dictionary is read fastest."""
THICK: Final = 512
"""Changes above a base from which both become a new base."""


class _Values(ValuesView[Held]):
    _mapping: "Layers[Any, Held]"

    def __iter__(self) -> Iterator[Held]:
        return (value for _, value in self._mapping.pairs())


class _Items(ItemsView[Id, Held]):
    _mapping: "Layers[Id, Held]"

    def __iter__(self) -> Iterator[tuple[Id, Held]]:
        return self._mapping.pairs()


class Layers(Mapping[Id, Held]):
    """A mapping that nobody changes: `base`, and `above` it the values that replace or follow those of the base.

    Keys come in order of first insertion, as those of a dictionary do.
    """

    __slots__ = ("_length", "above", "base")

    def __init__(self, base: Mapping[Id, Held], above: Mapping[Id, Held]) -> None:
        self.base = base
        self.above = above
        self._length = len(base) + sum(1 for key in above if key not in base)

    def __getitem__(self, key: Id) -> Held:
        above = self.above
        return above[key] if key in above else self.base[key]

    def __contains__(self, key: object) -> bool:
        return key in self.above or key in self.base

    def __iter__(self) -> Iterator[Id]:
        return (key for key, _ in self.pairs())

    def __len__(self) -> int:
        return self._length

    def pairs(self) -> Iterator[tuple[Id, Held]]:
        """Yield the keys with their values, those of the base first."""
        above = self.above
        for key, value in self.base.items():
            yield key, above.get(key, value)
        for key, value in above.items():
            if key not in self.base:
                yield key, value

    def values(self) -> ValuesView[Held]:
        return _Values(self)

    def items(self) -> ItemsView[Id, Held]:
        return _Items(self)


class Changing(MutableMapping[Id, Held], Generic[Id, Held]):
    """A mapping as one transaction changes it. What it began from stays as it is."""

    def __init__(self, before: Mapping[Id, Held]) -> None:
        self._base: Mapping[Id, Held] = {}
        self._above: dict[Id, Held]
        if isinstance(before, Layers):
            self._base, self._above = before.base, dict(before.above)
        elif len(before) > SMALL:
            self._base, self._above = before, {}
        else:
            self._above = dict(before)

    def frozen(self) -> Mapping[Id, Held]:
        """Return the mapping as it stands now. Change it no more after that."""
        if self._base and len(self._above) <= THICK:
            return Layers(self._base, self._above)
        return MappingProxyType({**self._base, **self._above} if self._base else self._above)

    def __getitem__(self, key: Id) -> Held:
        above = self._above
        return above[key] if key in above else self._base[key]

    def __contains__(self, key: object) -> bool:
        return key in self._above or key in self._base

    def __setitem__(self, key: Id, value: Held) -> None:
        self._above[key] = value

    def __delitem__(self, key: Id) -> None:
        """Take a key out. A seldom act: a key of the base costs a copy of the base."""
        if key in self._base:
            self._base, self._above = {}, {**self._base, **self._above}
        del self._above[key]

    def __iter__(self) -> Iterator[Id]:
        return iter(Layers(self._base, self._above))

    def __len__(self) -> int:
        return len(Layers(self._base, self._above))

    def values(self) -> ValuesView[Held]:
        return Layers(self._base, self._above).values()
