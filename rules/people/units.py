"""Units by name: the kind of one, the one that an address names, and a new one made."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Final

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

    def name_of(self, number: int) -> str:
        """Return the name of a unit by its number; "": there is none."""
        return next((unit.name for unit in self._by_name.values() if unit.id == number), "")

    def put(self, unit: Unit) -> None:
        """Write a unit that has changed."""
        self._by_name[unit.name] = unit
        self._transaction.put(unit)

    def named(self, name: str) -> Unit:
        unit = self._by_name.get(name)
        if unit is None:
            unit = Unit(
                id=self._transaction.new_id("units"),
                name=name,
                kind=unit_kind(name),
                registered_at=self._transaction.now,
            )
            self.put(unit)
        return unit


def unit_kind(name: str) -> UnitKind:
    """Return the kind of a unit by the end of its name; any other is a city office (市直单位)."""
    return next((kind for suffix, kind in _KINDS if name.endswith(suffix)), "city_office")


_ELSEWHERE: Final = re.compile("[省市县区州盟旗]")
_SUFFIX: Final = re.compile("(?:镇|乡|街道办事处|街道|办事处|管理处|管理区)$")
_NO_TOWN: Final = re.compile("[村组路街巷社小大]")
"""Signs that make a short name before them a village or a road: 伏口村 may lie in any town."""
_TODAY: Final = str.maketrans(
    "鎮鄉區縣橋龍藍蓮楓龜豐慶興場東門雙馬嶺灣溝澗廟樓廣陽", "镇乡区县桥龙蓝莲枫龟丰庆兴场东门双马岭湾沟涧庙楼广阳"
)


_LEVEL: Final = re.compile("(?:省|市|自治[区州县]|地区|区|县|州|盟|旗)$")


@cache
def _lead(home: tuple[str, ...]) -> re.Pattern[str]:
    """Return the form of what may stand before a unit: each of these places whole, short (湖南) or left out."""
    parts = []
    for place in home:
        stem = _LEVEL.sub("", place)
        parts.append(f"(?:{re.escape(stem)}(?:{re.escape(place.removeprefix(stem))})?)?")
    return re.compile("(?:中国)?" + "".join(parts))


def unit_of(address: str, units: Iterable[Unit], home: tuple[str, ...]) -> int | None:
    """Return the unit that an address names, the longest where several do; None where none does.

    The places of `home`, from the province down to the county of the desk, may stand before it. A whole name (金石镇)
    may stand further on, a short one (金石新塘村, 蓝田办事处) only first, and a village alone tells no town. A town of
    another county is none.
    """
    known = list(units)
    folded = re.sub(r"[\s\-,、]+", "", unicodedata.normalize("NFKC", address)).translate(_TODAY)
    lead = _lead(home).match(folded)
    rest = folded[lead.end() :] if lead else folded
    placed = [(at, unit) for unit in known if (at := rest.find(unit.name)) >= 0]
    within = [(at, unit) for at, unit in placed if not _ELSEWHERE.search(rest[:at])]
    if within:
        first = min(at for at, _ in within)
        return max((unit for at, unit in within if at == first), key=lambda unit: len(unit.name)).id
    if placed:
        return None
    short = {unit.id: _SUFFIX.sub("", unit.name) for unit in known}
    begun = {number: name for number, name in short.items() if len(name) >= 2 and rest.startswith(name)}
    longest = max(map(len, begun.values()), default=0)
    found = [number for number, name in begun.items() if len(name) == longest]
    if len(found) != 1:
        return None
    behind = rest[longest:]
    other = next((kind for kind in ("镇", "乡") if behind.startswith(kind)), "")
    return None if other or _NO_TOWN.match(behind) else found[0]
