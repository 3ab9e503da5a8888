"""Removal of what killed processes left: part files, and archives whose line was never written."""

from dutyboard.store.commit import locked
from dutyboard.store.errors import StoreError
from dutyboard.store.files.lock import maintenance
from dutyboard.store.ledger import Ledger


def sweep(ledger: Ledger) -> None:
    """Remove part files and set orphaned archives aside, if nobody is making one just now. At opening.

    An archive without a line holds nothing that is not also in the view. To be sure that there is none, the lock is
    taken, under which the tail of the journal is either adopted or cut. What cannot be swept now waits.
    """
    if not ledger.writable:
        return
    try:
        with maintenance(ledger.folder, 0, ledger.writer):
            archives, torn = ledger.folder.inner("archive"), ledger.folder.inner("torn")
            ledger.folder.sweep()
            archives.sweep()
            if set(archives.names()) - ledger.view.archives.keys():
                with locked(ledger):
                    for name in set(archives.names()) - ledger.view.archives.keys():
                        archives.move(name, torn, name)
    except (OSError, StoreError):
        return
