"""Rows of a handover: some items face to face by name, all others by the count of their kind (一)."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from dutyboard.frozen import frozen
from dutyboard.rules.people.road import ARRIVAL
from dutyboard.rules.records.ids import DutyId
from dutyboard.rules.records.obligation import OWED, Kind, Obligation, State

_ALWAYS: Final[frozenset[State]] = OWED | {"missed"}
_BEHIND: Final[frozenset[State]] = frozenset({"late", "missed"})
_MISSED: Final[frozenset[State]] = frozenset({"missed"})
_NEVER: Final[frozenset[State]] = frozenset()

FACE_TO_FACE: Final[Mapping[Kind, frozenset[State]]] = MappingProxyType(
    {
        # somebody must act, and he is to hear of it from who knows it
        "seat": _ALWAYS,
        "handover": _ALWAYS,
        "suspected": _ALWAYS,
        "retake": _ALWAYS,
        "trace": _ALWAYS,
        "referral": _ALWAYS,
        "finding": _ALWAYS,
        "call": _ALWAYS,
        # many at once are told by their count, and by name once something went wrong
        "assess": _NEVER,
        "contradiction": _NEVER,
        "history": _NEVER,
        "transfer": _BEHIND,
        "test": _MISSED,
        "release": _NEVER,
        "advice": _NEVER,
        "follow_up": _NEVER,
        "patrol": _BEHIND,
        "temperature": _BEHIND,
        "disinfection": _BEHIND,
        "staff_check": _BEHIND,
        "staff_test": _NEVER,
        "home_check": _BEHIND,
        "site_report": _NEVER,
        "screening_report": _NEVER,
        "roster": _NEVER,
        "rescreen": _NEVER,
        "rooms": _NEVER,
    }
)
"""States in which an item of a kind is told by name. What is red, abnormal, shelved or on the road is so in each."""


@frozen(eq=False)
class HandoverRow:
    """One row of the list: an item told by name, or all of a kind told by their count.

    `key` is the item's id, or the kind.
    """

    key: str
    kind: Kind
    by_name: bool
    items: tuple[Obligation, ...]

    @property
    def ids(self) -> frozenset[str]:
        """The ids of what stands in the row."""
        return frozenset(item.id for item in self.items)


def goes_over(board: Iterable[Obligation]) -> tuple[DutyId, ...]:
    """Return the ids of what goes over, in the board's order: doable now, or missed and not accepted.

    Not the handover itself, nor a seat that is held: nobody owes anything there. An item that grows late stays the same
    item, so that the list shown and the list signed differ only by what really happened between.
    """
    return tuple(each.id for each in board if _goes_over(each))


def _goes_over(item: Obligation) -> bool:
    if item.state == "missed":
        return not item.accepted
    if item.kind == "handover" or (item.kind == "seat" and item.state == "open"):
        return False
    return item.state in OWED


def told_by_name(item: Obligation) -> bool:
    """Return True if an item is told face to face by its name, and not by a count."""
    if item.priority == "red" or item.abnormal or item.shelved or (item.kind == "transfer" and item.slot == ARRIVAL):
        return True
    return item.state in FACE_TO_FACE[item.kind]


def handover_rows(board: Iterable[Obligation]) -> tuple[HandoverRow, ...]:
    """Return the rows of what goes over: names in the board's order, then kinds in the table's."""
    named: list[HandoverRow] = []
    counted: dict[Kind, list[Obligation]] = {kind: [] for kind in FACE_TO_FACE}
    for item in board:
        if not _goes_over(item):
            continue
        if told_by_name(item):
            named.append(HandoverRow(key=item.id, kind=item.kind, by_name=True, items=(item,)))
        else:
            counted[item.kind].append(item)
    return (*named, *_groups(counted))


def _groups(counted: Mapping[Kind, list[Obligation]]) -> Iterator[HandoverRow]:
    for kind, items in counted.items():
        if items:
            yield HandoverRow(key=kind, kind=kind, by_name=False, items=tuple(items))


@frozen
class TakenOver:
    """Items that the incoming officer has accepted: by name, or in the row of their kind.

    An item that was counted and has come to be told by name is not accepted any more: nobody has told of it yet.
    """

    named: frozenset[str] = frozenset()
    counted: frozenset[str] = frozenset()

    def left(self, row: HandoverRow) -> tuple[Obligation, ...]:
        """Return the items of a row that are not accepted."""
        taken = self.named if row.by_name else self.counted
        return tuple(item for item in row.items if item.id not in taken)

    def took(self, row: HandoverRow) -> "TakenOver":
        """Return what is accepted once a row is, exactly as it stood."""
        if row.by_name:
            return TakenOver(named=self.named | row.ids, counted=self.counted)
        return TakenOver(named=self.named, counted=self.counted | row.ids)

    def still(self, rows: Iterable[HandoverRow]) -> "TakenOver":
        """Return what is accepted of a newer list: an item that left it, or its half, is accepted no more."""
        named, counted = set[str](), set[str]()
        for row in rows:
            (named if row.by_name else counted).update(row.ids)
        return TakenOver(named=self.named & named, counted=self.counted & counted)
