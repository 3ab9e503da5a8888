"""A desk for each test, and each test on both of a desk's homes: files alone, and PostgreSQL with a mirror here.

`pytest -m postgresql` runs the second. `files_alone.py` names the tests that cannot, and why.
"""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dutyboard.store import Put, Store, open_store
from tests.engine.mirrors import desk_address, mirror
from tests.store.files_alone import reason

HOMES = ("files", pytest.param("postgresql", marks=pytest.mark.postgresql))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run each test that has a desk on both homes, but for those that say why not."""
    if "home" in metafunc.fixturenames:
        alone = reason(metafunc.module.__name__, metafunc.function.__name__)
        metafunc.parametrize("home", HOMES[:1] if alone else HOMES)


@pytest.fixture
def desk(tmp_path: Path, home: str, request: pytest.FixtureRequest) -> Path:
    """The folder of a desk that is not begun: a mirror of a schema of its own, or nothing there at all."""
    if home == "postgresql":
        ask = request.getfixturevalue
        return mirror(tmp_path / "desk", desk_address(ask("cluster"), ask("schema")))
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


def login(writer: str) -> str:
    """The login of a line's writer. The number behind it is a process's, or the one that an engine gave."""
    return writer.partition("@")[0]
