"""The one place where the desks of the screens' tests begin, on either home: files alone, or PostgreSQL.

Every test of `tui`, `pty` and `night` that makes a desk in a folder is there twice. `home=files` runs always. Of
`home=postgresql`, where the folder is the mirror of a desk on a server, a share runs, and all with `-m postgresql`.
Whether a test makes one is read in its code: it, a fixture of it, or what they call names `begun` or `copied`. A test
on a desk in memory (`night.FakeGateway`) never comes near a store and says nothing about a home: it is there once.
`homes_files_alone.py` names the tests that run on files alone, and why. A fixture that makes a desk for a whole module
makes it in `home`, so that each home gets its own.
"""

import shutil
from collections.abc import Callable, Iterator
from functools import cache
from itertools import count
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any, Final
from zlib import crc32

import pytest

from dutyboard.store.engine.address import address_of, write_address
from dutyboard.store.engine.filling import fill
from dutyboard.store.files.folder import Folder
from tests.engine.cluster import Cluster
from tests.engine.mirrors import desk_address, mirror
from tests.homes_files_alone import reason

HOMES: Final = ("files", pytest.param("postgresql", marks=pytest.mark.postgresql))
ROOMS: Final = ("tests/tui/", "tests/pty/", "tests/night/")
_NUMBERS = count(1)
_servers: list[Cluster] = []
"""The server on which desks begin now; empty: they begin in files."""


def begun(folder: Path) -> Path:
    """A folder in which a desk may be made: a mirror of a schema of its own, or nothing there at all."""
    if not _servers or (folder.exists() and any(folder.iterdir())):
        return folder
    return mirror(folder, desk_address(_servers[0], _schema()))


def copied(desk: Path, to: Path) -> Path:
    """Another desk with the lines of a desk, and with all else that its folder holds."""
    shutil.copytree(desk, to)
    if not _servers:
        return to
    own = _servers[0].address(user="owner", schema=_schema())
    with Folder.top(desk) as source:
        fill(address_of(own), "service", "copy@1", source, source.inner("views") if source.has("views") else None)
    with Folder.top(to) as made:
        write_address(made, address_of(own.replace("//owner@", "//service@")))
    return to


def _schema() -> str:
    return f"home_{next(_NUMBERS)}"


@pytest.fixture(autouse=True, scope="module")
def home(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder for the desk of a module, on the home that all its desks have now. On a server they end with it."""
    folder = tmp_path_factory.mktemp("home")
    if getattr(request, "param", "files") == "files":
        yield folder
        return
    server: Cluster = request.getfixturevalue("running")
    _servers.append(server)
    yield folder
    _servers.remove(server)
    server.mend()
    for (schema,) in server.execute("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'home\\_%%'"):
        server.execute(f"DROP SCHEMA {schema} CASCADE")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Let a test that makes a desk run on both homes, but for those that say why not."""
    fixtures = [each[-1] for each in metafunc.definition._fixtureinfo.name2fixturedefs.values()]
    makers = [each for each in fixtures if makes_desks(each.func)]
    assert all(each.scope == "function" or "home" in each.argnames for each in makers), makers
    if (makers or makes_desks(metafunc.function)) and not reason(metafunc.module.__name__, metafunc.function.__name__):
        metafunc.parametrize("home", HOMES, indirect=True, scope="module")


def share(items: list[pytest.Item], every: int) -> tuple[list[pytest.Item], list[pytest.Item]]:
    """Return the tests that run, and those on a server that do not: each so manieth does, by its name."""
    run: list[pytest.Item] = []
    rest: list[pytest.Item] = []
    for each in items:
        drawn = (
            each.get_closest_marker("postgresql") is None
            or not each.nodeid.startswith(ROOMS)
            or crc32(each.nodeid.encode()) % every == 0
        )
        (run if drawn else rest).append(each)
    return run, rest


@cache
def makes_desks(function: Callable[..., Any]) -> bool:
    """True if a function, or one of the tests' that it calls, makes a desk."""
    return bool(_reached(function) & {begun, copied})


def _reached(function: Any) -> set[Any]:
    """A function or class, and all that it names, and that those name, as far as it is the tests' own."""
    todo, seen = [function], set[Any]()
    while todo:
        one = todo.pop()
        one = (getattr(one, "hypothesis", None) and one.hypothesis.inner_test) or getattr(one, "__wrapped__", one)
        if not isinstance(one, FunctionType | type) or one in seen or not one.__module__.startswith("tests."):
            continue
        seen.add(one)
        if isinstance(one, type):
            todo += [each for each in vars(one).values() if isinstance(each, FunctionType)]
        elif isinstance(one, FunctionType) and one not in (begun, copied):
            names = set(_names(one.__code__))
            found = [one.__globals__[name] for name in names if name in one.__globals__]
            modules = [each for each in found if isinstance(each, ModuleType) and each.__name__.startswith("tests.")]
            todo += found
            todo += [vars(each)[name] for each in modules for name in names if name in vars(each)]
    return seen


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from _names(each)
