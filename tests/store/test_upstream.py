"""TinyDB's own test-suite, unchanged, with our database as its fixture.

It comes from the source distribution of the version installed, fetched by pip (and kept in pytest's cache); where pip
cannot reach it the test is skipped and says so.
"""

import os
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
import tinydb

CONFTEST = """
import pytest
from tinydb.middlewares import CachingMiddleware
from tinydb.storages import MemoryStorage

from dutyboard.store import JournalDB
{begin}

@pytest.fixture
def db(tmp_path):
    with JournalDB({desk}) as db:
        db.drop_tables()
        db.insert_multiple({{"int": 1, "char": c}} for c in "abc")
        yield db


@pytest.fixture
def storage():
    return CachingMiddleware(MemoryStorage)()
"""

ON_MIRRORS = """
import os
from itertools import count

from dutyboard.store.engine.address import address_of
from dutyboard.store.engine.postgres import make_tables

numbers = count(1)
os.environ["XDG_STATE_HOME"] = {state!r}


def fresh():
    schema = f"&schema={schema}_{{next(numbers)}}"
    make_tables(address_of({owner!r} + schema), service="service")
    return {service!r} + schema
"""

EXPECTED_TO_DIFFER = {
    # our ids do not begin again after a drop (the log must never give a number twice)
    "test_tables.py::test_next_id",
    "test_tables.py::test_truncate_table",
    "test_tinydb.py::test_insert_ids",
    "test_tinydb.py::test_insert_with_doc_id",
    "test_tinydb.py::test_insert_with_duplicate_doc_id",
    "test_tinydb.py::test_insert_multiple_with_ids",
    "test_tinydb.py::test_update_returns_ids",
    # the names of the classes
    "test_tables.py::test_table_repr",
}


def test_upstream_suite(request, tmp_path, ran):
    passed, failed = run(request, tmp_path, CONFTEST.format(begin="", desk='tmp_path / "desk"'))
    ran(f"TinyDB's own suite, {tinydb.__version__}: {passed} passed, {failed} differ as documented")


@pytest.mark.postgresql
def test_upstream_suite_on_mirrors(request, tmp_path, ran, cluster, schema):
    begin = ON_MIRRORS.format(
        schema=schema,
        state=str(tmp_path / "state"),
        owner=cluster.address(user="owner", connect_timeout="9"),
        service=cluster.address(connect_timeout="9"),
    )
    passed, failed = run(request, tmp_path, CONFTEST.format(begin=begin, desk="fresh()"))
    ran(f"TinyDB's own suite on PostgreSQL, {tinydb.__version__}: {passed} passed, {failed} differ as documented")


def run(request: pytest.FixtureRequest, tmp_path: Path, conftest: str) -> tuple[int, int]:
    """Run the suite with this conftest, and return how many of its tests passed, and how many differ."""
    kept = request.config.cache.mkdir("tinydb")
    name = f"tinydb-{tinydb.__version__}"
    sdist = Path(kept) / f"{name}.tar.gz"
    if not sdist.exists():
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "--no-binary", ":all:", "-d", kept]
        try:
            done = subprocess.run([*command, f"tinydb=={tinydb.__version__}"], capture_output=True, timeout=120)
        except subprocess.TimeoutExpired:
            pytest.skip("pip could not fetch TinyDB's source distribution in time")
        if done.returncode or not sdist.exists():
            pytest.skip("pip could not fetch TinyDB's source distribution")
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    tests = tmp_path / "suite" / "tests"
    shutil.copytree(tmp_path / name / "tests", tests)
    (tests / "conftest.py").write_text(conftest)
    (tests.parent / "pytest.ini").write_text("[pytest]\n")
    files = ["test_tables.py", "test_queries.py", "test_operations.py", "test_tinydb.py"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-rf", "-p", "no:cacheprovider", *(f"tests/{file}" for file in files)],
        cwd=tests.parent,
        env={**os.environ, "PYTEST_ADDOPTS": ""},  # ours name a profile of examples that this suite has not
        capture_output=True,
        text=True,
    )
    failed = set(re.findall(r"^FAILED tests/(\S+)", done.stdout, re.MULTILINE))
    passed = re.search(r"(\d+) passed", done.stdout)
    assert failed == EXPECTED_TO_DIFFER, done.stdout[-3000:] + done.stderr[-3000:]
    assert passed and int(passed[1]) > 80 and "error" not in done.stdout.splitlines()[-1], done.stdout[-3000:]
    return int(passed[1]), len(failed)
