"""Removal of what killed processes left: part files, and archives whose line was never written."""

from dutyboard.store import atomic, disk
from dutyboard.store.commit import locked
from dutyboard.store.errors import StoreError
from dutyboard.store.ledger import Ledger
from dutyboard.store.lock import maintenance


def sweep(ledger: Ledger) -> None:
    """Remove part files and set orphaned archives aside, if nobody is making one just now. At opening.

    An archive without a line holds nothing that is not also in the view. To be sure that there is none, the lock is
    taken, under which the tail of the journal is either adopted or cut. What cannot be swept now waits.
    """
    if not ledger.writable:
        return
    try:
        with maintenance(ledger.folder) as mine:
            if not mine:
                return
            atomic.sweep(ledger.folder)
            archives = ledger.folder / "archive"
            atomic.sweep(archives)
            if any(path.name not in ledger.view.archives for path in archives.iterdir()):
                with locked(ledger):
                    for path in list(archives.iterdir()):
                        if path.name not in ledger.view.archives:
                            disk.replace(path, ledger.folder / "torn" / path.name)
    except (OSError, StoreError):
        return
