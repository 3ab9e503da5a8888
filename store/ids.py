"""Ids that were never used before, handed out inside one transaction."""

from dutyboard.store.ledger import Ledger


class FreshIds:
    """The ids that a transaction hands out, each above all that its table ever held."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._following: dict[str, int] = {}

    def begin(self) -> None:
        """Begin a transaction: ids handed out for one that was never written are free again."""
        self._following.clear()

    def take(self, table: str) -> int:
        """Return an id above all ever used in the table, and above those handed out since the transaction began."""
        found = max(self._ledger.view.next.get(table, 1), self._following.get(table, 1))
        self._following[table] = found + 1
        return found

    def note(self, table: str, doc_id: object) -> None:
        """Note an id that the caller chose himself: none up to it will be handed out."""
        if isinstance(doc_id, int):
            self._following[table] = max(self._following.get(table, 1), doc_id + 1)
