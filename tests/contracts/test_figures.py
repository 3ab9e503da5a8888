"""The table of docs/figures.md is whole: every bench that prints figures is run by it, and none passes for met."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench import table
from tests.bench.figure import Figure, figures_in
from tests.bench.table import WITH_BEFORE, WITHIN, measured

BENCH = Path(__file__).parents[1] / "bench"


def printing() -> set[str]:
    """Return the benches that print figures."""
    return {each.stem for each in BENCH.glob("*.py") if "print(Figure(" in each.read_text(encoding="utf-8")} | {
        each.stem for each in BENCH.glob("*.py") if "-> Figure:" in each.read_text(encoding="utf-8")
    }


def test_the_table_runs_every_bench_that_prints_figures() -> None:
    run = {words[0] for words in WITH_BEFORE + WITHIN}
    assert len(run) > 9
    assert printing() - {"figure"} <= run
    assert {name for name in run if not (BENCH / f"{name}.py").exists()} == set()


@pytest.mark.parametrize(
    ("now", "aim", "met"), [(1.8, 1.8, "met"), (1.81, 1.8, "+1%"), (3.6, 1.8, "+100%"), (3.6, 0, "")]
)
def test_a_figure_says_by_how_much_it_misses(now: float, aim: float, met: str) -> None:
    figure = Figure("rows", now, "x", aim, 9)
    assert figure.met == met
    assert figures_in(f"a line\n{figure}\n") == [str(figure)]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("raise SystemExit('too few')", "too few"),
        ("print('| rows | 1 |'); raise SystemExit('ended')", "ended"),
        ("print('nothing')", "no figure"),
        ("print('| rows | 1 |')", ""),
    ],
)
def test_a_bench_that_cannot_measure_is_named(code: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    run = subprocess.run
    monkeypatch.setattr(table.subprocess, "run", lambda _, **how: run((sys.executable, "-c", code), **how))
    assert measured(("any",))[1] == said
