"""What the archives of a desk hold, as its own queries find it."""

from typing import Any

from dutyboard.store import Store


def archived_of(store: Store, table: str, containing: str = "") -> list[tuple[int, dict[str, Any]]]:
    """Return the archived documents of a table with their ids, those in whose text `containing` stands."""
    live = store.docs.get(table, {})
    return [(each.doc_id, dict(each)) for each in store.past(containing).table(table) if str(each.doc_id) not in live]
