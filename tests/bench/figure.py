"""A figure of a bench: one line of a table in Markdown, which a reader and `tests.bench.table` read alike.

A bench that cannot measure ends with one line and an exit code, and prints no figure that it has not measured.
"""

import argparse
import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

HEAD = "| figure | before | now | aim | | runs | measured |\n|---|---|---|---|---|---|---|"
NOW, BEFORE = "now", "before"


@dataclass(frozen=True)
class Figure:
    """One figure, with what it was before where that was measured too. `aim`: the most that it may be; 0 for none."""

    name: str
    now: float
    unit: str
    aim: float
    runs: int
    told: str = ""
    before: float | None = None

    @property
    def met(self) -> str:
        """Return whether the aim is met, or by how much it is missed."""
        if not self.aim:
            return ""
        return "met" if self.now <= self.aim else f"{self.now / self.aim - 1:+.0%}"

    def __str__(self) -> str:
        before = "" if self.before is None else said(self.before, self.unit)
        aim = said(self.aim, self.unit) if self.aim else ""
        return (
            f"| {self.name} | {before} | {said(self.now, self.unit)} | {aim} | {self.met} | {self.runs} | {self.told} |"
        )


def said(value: float, unit: str) -> str:
    """Return a value with three digits that count, and its unit."""
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:,.{digits}f}{'' if unit == 'x' else ' '}{unit}"


def figures_in(printed: str) -> list[str]:
    """Return the lines of a bench that are figures."""
    return [line for line in printed.splitlines() if line.startswith("| ")]


def programs(now: str, before: str) -> dict[str, str]:
    """Return the programs to measure by when they are of."""
    return {NOW: now, **({BEFORE: before} if before else {})}


def ratios(taken: Mapping[str, Sequence[float]], floor: Sequence[float]) -> Iterator[float | None]:
    """Yield the medians of `now` and `before` as ratios to that of the floor; None for one that was not measured."""
    least = statistics.median(floor)
    for when in (NOW, BEFORE):
        yield statistics.median(taken[when]) / least if when in taken else None


def options(**asked: int | float) -> argparse.Namespace:
    """Return what the command line asks for: the counts of a bench by their names, `--quick` and `--before PROGRAM`."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="few runs: to see that it measures")
    parser.add_argument("--before", default="", metavar="PROGRAM", help="an older dutyboard, measured turn about")
    for name, value in asked.items():
        parser.add_argument(name, nargs="?", type=type(value), default=value)
    return parser.parse_args()
