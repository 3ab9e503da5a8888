"""The format of the documents (the schema): its number, and the ordered steps from each format to the next.

The number `fmt` is stated in the first line of the journal and wherever it changes. A program that meets a higher one
than it knows refuses (TooNew); one that knows more brings the folder up, step by step (migrate.py). Archives stay as
they were written, and are brought up as they are read.
"""

from collections.abc import Callable, Sequence

import orjson

from dutyboard.frozen import frozen
from dutyboard.store.view import Docs, Put, Table, Tables


@frozen(kw_only=False)
class Step:
    """One step, from format `to - 1` to `to`. `change` takes tables and returns the documents that differ afterwards.

    The tables are those of the live desk or of one archive: a step looks at no more than the documents it is given.
    `told`, on the live desk only, returns what the step writes down of itself.
    """

    to: int
    change: Callable[[Docs], Sequence[Put]]
    told: Callable[[Docs, "Stamp"], Sequence[Put]] | None = None


@frozen(kw_only=False)
class Stamp:
    """The line in which a step is taken: instant, writer ("login@session"), next free id of each table."""

    at: str
    writer: str
    next_id: Callable[[str], int]


def newest(steps: Sequence[Step]) -> int:
    """Return the format behind the last step. Raises ValueError if the steps do not follow each other from 2 on."""
    if [step.to for step in steps] != list(range(2, len(steps) + 2)):
        raise ValueError("steps")
    return len(steps) + 1


def upgraded(tables: Tables, fmt: int, steps: Sequence[Step]) -> Tables:
    """Return the tables of an archive written in format `fmt`, brought up in memory."""
    for step in steps:
        if step.to > fmt:
            for put in step.change(tables):
                tables.setdefault(put.table, Table()).put(str(put.doc_id), orjson.dumps(put.doc))
    return tables
