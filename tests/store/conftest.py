import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dutyboard.store import Put, Store, open_store


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return tmp_path / "desk"


@pytest.fixture
def opened(desk: Path) -> Iterator[Callable[..., Store]]:
    """Open the desk any number of times, as different writers; all are closed at the end."""
    stores: list[Store] = []
    number = itertools.count(1)

    def open_one(folder: Path = desk, **options: object) -> Store:
        options.setdefault("writer", f"officer{next(number)}@1")
        store = open_store(folder, **options)  # type: ignore[arg-type]
        stores.append(store)
        return store

    yield open_one
    for store in stores:
        store.close()


def put(store: Store, table: str, **doc: object) -> Callable[[], list[Put]]:
    """A decision that puts one new document."""
    return lambda: [Put(table, store.next_id(table), dict(doc))]
