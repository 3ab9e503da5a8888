"""Bars of an import on a terminal: one counts the rows that are read, one moves while they are decided."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from dutyboard.tui.commands.invocation import Invocation

if TYPE_CHECKING:
    from rich.progress import Progress as Bars

    from dutyboard.tui.sheets.notes import Progress


@contextmanager
def reading_bar(call: Invocation, file: Path) -> Iterator["Progress | None"]:
    """Show a bar on stderr while the file is read; yield None if stderr is no terminal."""
    with _bars() as bars:
        if bars is None:
            yield None
            return
        task = bars.add_task(call.words.reading.format(file=file.name), total=None)

        def show(done: int, total: int) -> None:
            bars.update(task, completed=done, total=total)

        yield show


@contextmanager
def moving_bar(text: str) -> Iterator[None]:
    """Show a bar on stderr that moves while work is done whose parts nobody counts; on no terminal, nothing."""
    with _bars(counted=False) as bars:
        if bars is not None:
            bars.add_task(text, total=None)
        yield


@contextmanager
def _bars(*, counted: bool = True) -> Iterator["Bars | None"]:
    if not sys.stderr.isatty():
        yield None
        return
    # They are drawn with escape sequences, which our own stream would show as marks.
    from rich import progress
    from rich.console import Console

    columns = [progress.TextColumn("{task.description}"), progress.BarColumn()]
    if counted:
        columns.append(progress.MofNCompleteColumn())
    with progress.Progress(*columns, console=Console(file=sys.__stderr__), transient=True) as bars:
        yield bars
