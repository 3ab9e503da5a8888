"""Bringing the live documents to the newest format: each step runs once, as one line that also raises the number."""

from dutyboard.store.commit import locked
from dutyboard.store.ledger import Ledger
from dutyboard.store.schema import Stamp


def migrate(ledger: Ledger) -> int:
    """Take the steps that are still to be taken; return their number. Old lines and archives stay as they are.

    Raises whatever a commit or a step raises; a step is taken whole or not at all, and the next call goes on there.
    """
    taken = 0
    for step in ledger.steps:
        if ledger.view.fmt >= step.to:
            continue
        with locked(ledger) as append:
            if ledger.view.fmt >= step.to:
                continue  # done by another process while we waited for the lock
            docs: dict[str, dict[str, dict[str, object]]] = {}
            told = step.told(ledger.view.tables, _stamp(ledger)) if step.told else ()
            for put in (*step.change(ledger.view.tables), *told):
                docs.setdefault(put.table, {})[str(put.doc_id)] = put.doc
            append({"fmt": step.to, **({"put": docs} if docs else {})})
            taken += 1
    return taken


def _stamp(ledger: Ledger) -> Stamp:
    return Stamp(ledger.clock(), ledger.writer, lambda table: ledger.view.next.get(table, 1))
