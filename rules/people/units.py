"""Units by name: what kind one is, and one made that the desk does not have."""

from collections.abc import Iterable

from dutyboard.rules.records.codes import UnitKind
from dutyboard.rules.records.model import Unit
from dutyboard.rules.records.transaction import Transaction

_KINDS: tuple[tuple[str, UnitKind], ...] = (
    ("镇", "town"),
    ("乡", "town"),
    ("街道", "street"),
    ("管理处", "management"),
    ("管理区", "management"),
)


class Units:
    """Units by name; one that the desk does not have is made."""

    def __init__(self, transaction: Transaction, units: Iterable[Unit]) -> None:
        self._transaction = transaction
        self._by_name = {unit.name: unit for unit in units}

    def has(self, name: str) -> bool:
        return name in self._by_name

    def named(self, name: str) -> Unit:
        unit = self._by_name.get(name)
        if unit is None:
            unit = Unit(
                id=self._transaction.new_id("units"),
                name=name,
                kind=unit_kind(name),
                registered_at=self._transaction.now,
            )
            self._by_name[name] = unit
            self._transaction.put(unit)
        return unit


def unit_kind(name: str) -> UnitKind:
    """Return the kind of a unit by the end of its name; any other is a city office (市直单位)."""
    return next((kind for suffix, kind in _KINDS if name.endswith(suffix)), "city_office")
