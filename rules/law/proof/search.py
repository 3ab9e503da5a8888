"""Search of the cells for the person nearest to the base person who is in the way of no obstacle.

An obstacle is a list of aims of which one must be met: a condition that must be surely true, or must not be. The search
changes one cell at a time, and only where that bears on the obstacle, breadth first. So it reads few facts of the many,
what it finds differs in the fewest cells, and where it finds nobody there is nobody.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator

from dutyboard.frozen import frozen
from dutyboard.rules.law.conditions import Condition
from dutyboard.rules.law.proof.cells import CellChoice, Cells


@frozen(kw_only=False)
class Aim:
    """A condition to be surely true, or not.

    `raised`: of the person after one risk more, not before. `lost`: of him it must not be, and of the other it must.
    """

    condition: Condition
    true: bool
    raised: bool = False
    lost: bool = False


Way = tuple[Condition, ...]
"""A list of conditions that must all hold."""
Obstacle = tuple[Aim, ...]
"""The aims of which one must be met. None to meet: there is no way on from here."""


def broken(way: Iterable[Condition], raised: bool = False) -> Obstacle:
    """Return the obstacle that a list of conditions holds: one of them must not be true."""
    return tuple(Aim(condition, False, raised) for condition in way)


def search(
    cells: Cells,
    starts: Iterable[tuple[CellChoice, frozenset[int]]],
    obstacle: Callable[[CellChoice], Obstacle | None],
    raised: Callable[[CellChoice], CellChoice] = lambda choice: choice,
) -> CellChoice | None:
    """Return the nearest choice without an obstacle, or None: there is none.

    `starts` are choices with the dimensions that must stay as they are; the nearest comes first.
    """
    waiting = deque(starts)
    seen = set(waiting)
    while waiting:
        choice, fixed = waiting.popleft()
        found = obstacle(choice)
        if found is None:
            return choice
        for at, cell in _steps(cells, choice, fixed, found, raised):
            step = (*choice[:at], cell, *choice[at + 1 :]), fixed | {at}
            if step not in seen:
                seen.add(step)
                waiting.append(step)
    return None


def _steps(
    cells: Cells, choice: CellChoice, fixed: frozenset[int], aims: Obstacle, raised: Callable[[CellChoice], CellChoice]
) -> Iterator[tuple[int, int]]:
    """Return the changes of one cell that bear on an aim.

    Each meets the aim, or may meet it with another change of what the condition reads.
    """
    for aim in aims:
        read = [at for at in cells.reads(aim.condition) if at not in fixed]
        before = cells.answer(aim.condition, raised(choice) if aim.raised else choice)
        for at in read:
            several = len(read) > 1 and not cells.dimensions[at].member
            for cell in range(len(cells.dimensions[at].cells)):
                if cell == choice[at]:
                    continue
                changed = (*choice[:at], cell, *choice[at + 1 :])
                after = cells.answer(aim.condition, raised(changed) if aim.raised else changed)
                if aim.lost and (after is True or cells.answer(aim.condition, changed) is not True):
                    continue
                if (after is True) == aim.true or after is not before or several:
                    yield at, cell
