"""Ordered changes of what the documents look like. Each runs once, as one line that also raises the folder's format.

The format `fmt` is stated in the first line of the journal and wherever it changes. A program that meets a higher one
than it knows refuses (TooNew); one that knows more brings the folder up, step by step.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from store.commit import locked
from store.ledger import Ledger
from store.view import Docs, Put


@dataclass(frozen=True, slots=True)
class Step:
    """From format `to - 1` to `to`. `change` gets the view and gives the documents that look different afterwards."""

    to: int
    change: Callable[[Docs], Sequence[Put]]


def migrate(ledger: Ledger, steps: Sequence[Step]) -> int:
    """Bring the folder to the format of the last step; number of steps taken. Old lines stay as they are.

    Raises ValueError if the steps do not follow each other, and whatever a commit raises; a step is taken whole or
    not at all, and the next call goes on from there.
    """
    if [step.to for step in steps] != list(range(2, len(steps) + 2)):
        raise ValueError("steps")
    taken = 0
    for step in steps:
        with locked(ledger) as append:
            if ledger.view.fmt >= step.to:
                continue  # done, perhaps by another process while we waited for the lock
            docs: dict[str, dict[str, dict[str, object]]] = {}
            for put in step.change(ledger.view.tables):
                docs.setdefault(put.table, {})[str(put.doc_id)] = put.doc
            append({"fmt": step.to, **({"put": docs} if docs else {})})
            taken += 1
    return taken
