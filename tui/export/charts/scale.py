"""Scale of a chart: where its axis begins and ends, and the round numbers at which it is ruled."""

from itertools import count
from math import ceil, floor, log10
from typing import Final

from dutyboard.frozen import frozen
from dutyboard.tui.export.page import PageChart

_MOST_STEPS: Final = 5
_STEPS: Final = (1, 2, 5)


@frozen
class Scale:
    """Scale from `low` to `high`; both are steps of it."""

    low: float
    high: float
    step: float

    @property
    def ticks(self) -> tuple[float, ...]:
        """Return the numbers at which it is ruled, both ends among them."""
        return tuple(round(self.low + n * self.step, 6) for n in range(round((self.high - self.low) / self.step) + 1))

    def share(self, value: float) -> float:
        """Return where a value stands, 0 at the beginning and 1 at the end."""
        return (value - self.low) / (self.high - self.low)


def scale_of(chart: PageChart) -> Scale | None:
    """Return the scale that holds every value of a chart. None: it has none."""
    known = [value for each in chart.series for value in each.values if value is not None]
    if not known:
        return None
    whole = all(isinstance(value, int) for value in known)
    low, high = 0 if chart.from_zero else min(known), max(known)
    step = _step(max(high - low, 1) / _MOST_STEPS, whole=whole)
    begins = floor(round(low / step, 6)) * step
    ends = max(ceil(round(high / step, 6)) * step, begins + step)
    return Scale(low=round(begins, 6), high=round(ends, 6), step=step)


def _step(least: float, *, whole: bool) -> float:
    """Return the first of 1, 2, 5, 10 and so on that is not smaller; unless `whole`, 0.5 too."""
    first = 0 if whole else floor(log10(least))
    steps = (each * 10.0**power for power in count(first) for each in _STEPS)
    return next(round(each, 6) for each in steps if each >= least - 1e-9)
