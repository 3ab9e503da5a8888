"""What the roles of a desk may send, and which words of SQL the program uses."""

import ast
import re
from pathlib import Path
from typing import Final

import pytest

from dutyboard.store.engine import standing, statements
from dutyboard.store.journal import ZERO
from tests.engine.cluster import Cluster
from tests.engine.mirrors import desk_address, mirror, opened

psycopg = pytest.importorskip("psycopg")
errors = psycopg.errors

ROOT = Path(__file__).parents[2]
INSERT = "INSERT INTO {schema}.lines (chain, n, head, before, previous, line, writer) VALUES "
OTHER = "f" * 64
NEITHER: Final = (
    "UPDATE {schema}.lines SET writer = 'x'",
    "DELETE FROM {schema}.lines",
    "TRUNCATE {schema}.lines",
    "TRUNCATE {schema}.lines CASCADE",
)
"""What the service has no right to, and what a trigger keeps the owner from."""


@pytest.fixture
def heads(cluster: Cluster, schema: str, tmp_path: Path) -> list[str]:
    """The hashes of a desk of two lines, from the line before the first."""
    store = opened(mirror(tmp_path / "one", desk_address(cluster, schema)))
    store.skip_ids({"persons": 3}, {"why": "test"})
    store.close()
    return [head for (head,) in cluster.execute(f"SELECT head FROM {schema}.lines WHERE chain = 'desk' ORDER BY n")]


@pytest.mark.parametrize("table", statements.NAMES)
@pytest.mark.parametrize("act", ["UPDATE {} SET at = at", "DELETE FROM {}", "TRUNCATE {}", "DROP TABLE {}"])
def test_the_service_changes_and_removes_nothing(cluster: Cluster, schema: str, table: str, act: str) -> None:
    desk_address(cluster, schema)
    with pytest.raises(errors.InsufficientPrivilege):
        cluster.execute(act.format(f"{schema}.{table}"), user="service")


@pytest.mark.parametrize("act", NEITHER)
def test_the_owner_is_kept_from_it_by_the_wall(cluster: Cluster, schema: str, heads: list[str], act: str) -> None:
    with pytest.raises(errors.RaiseException, match="never changed"):
        cluster.execute(act.format(schema=schema), user="owner")
    assert len(heads) == 3


@pytest.mark.parametrize(
    ("row", "refused"),
    [
        ("('desk', 4, '{other}', 3, '{newest}', '', 'x')", "ForeignKeyViolation"),  # a gap
        ("('desk', 4, '{other}', NULL, NULL, '', 'x')", "CheckViolation"),
        ("('desk', 4, '{other}', NULL, '{newest}', '', 'x')", "CheckViolation"),
        ("('desk', 4, '{other}', 3, NULL, '', 'x')", "CheckViolation"),
        ("('desk', 4, '{other}', 2, '{newest}', '', 'x')", "CheckViolation"),
        ("('desk', 2, '{other}', 1, '{second}', '', 'x')", "UniqueViolation"),  # a fork
        ("('desk', 3, '{other}', 2, '{second}', '', 'x')", "ForeignKeyViolation"),
        ("('desk', 3, '{other}', 2, '{other}', '', 'x')", "ForeignKeyViolation"),
        ("('desk', 0, '{other}', NULL, NULL, '', 'x')", "UniqueViolation"),  # a second first line
        ("('desk', 1, '{other}', 0, '{zero}', '', 'x')", "UniqueViolation"),
        ("('desk', -1, '{other}', NULL, NULL, '', 'x')", "CheckViolation"),
        ("('desk', -1, '{other}', -2, '{zero}', '', 'x')", "CheckViolation"),
    ],
)
def test_nobody_leaves_a_gap_or_forks_the_chain(
    cluster: Cluster, schema: str, heads: list[str], row: str, refused: str
) -> None:
    values = row.format(other=OTHER, zero=ZERO, second=heads[1], newest=heads[2])
    for user in ("service", "owner"):
        with pytest.raises(getattr(errors, refused)):
            cluster.execute((INSERT + values).format(schema=schema), user=user)
    right = f"('desk', 3, '{OTHER}', 2, '{heads[2]}', '', 'x')"
    cluster.execute((INSERT + right).format(schema=schema), user="service")


COMMON: Final = """
    CREATE TABLE INDEX ON PRIMARY KEY UNIQUE FOREIGN REFERENCES CHECK NOT NULL DEFAULT GENERATED ALWAYS AS IDENTITY
    INSERT INTO VALUES CONFLICT DO NOTHING RETURNING SELECT FROM WHERE ORDER BY DESC LIMIT AND OR IS DISTINCT LIKE
"""
"""Words that PostgreSQL, CockroachDB and YugabyteDB read alike. None of them locks by advice, listens or notifies."""
_OURS: Final = """
    lines turns files drafts sessions drafts_of_a_form chain n head before previous line writer at name content number
    login key text bigint bytea timestamptz now max coalesce s
"""
"""Our own names, the types of columns, three functions, and the letter of a place for a value."""
_SENT: Final = {
    "store/engine/postgres.py": {
        "BEGIN",
        "COMMIT",
        "ROLLBACK",
        "SET LOCAL lock_timeout = {}",
        "SET search_path TO {}",
        "CREATE SCHEMA IF NOT EXISTS {}",
        "GRANT USAGE ON SCHEMA {} TO {}",
        "GRANT SELECT, INSERT ON {} TO {}",
    },
    "store/engine/standing.py": {
        standing._READS_ONLY,
        *(show for show, _ in standing._LOSSY),
        standing._WAITED_FOR,
        standing._STANDBYS,
        standing._ROLE,
        standing._RIGHTS,
        *("SELECT", "INSERT", "UPDATE", "DELETE"),  # the names of rights
        "SET search_path TO {}",
    },
    "store/engine/filling.py": {"BEGIN", "COMMIT", "SET LOCAL search_path TO {}"},
}
"""Frames of transactions, statements that name a schema or a role (no value can), and questions of `doctor`, which an
engine may not know."""
_SQL: Final = re.compile(
    r"\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|GRANT|REVOKE|SET|SHOW|BEGIN|COMMIT|ROLLBACK)\b"
)


def told() -> list[str]:
    """Every statement of the module but the second wall, which an engine without triggers goes without."""
    found: list[str] = []
    for name, value in vars(statements).items():
        if name.isupper() and name not in ("WALL", "NAMES"):
            found += [value] if isinstance(value, str) else list(value)
    return found


def test_statements_keep_to_what_the_engines_have_in_common() -> None:
    words = {word for statement in told() for word in re.findall(r"[A-Za-z_]+", statement)}
    assert words == {*COMMON.split(), *_OURS.split()}, "another word, or one that is not used"
    assert len(statements.WALL) == 3


def test_no_statement_stands_anywhere_else() -> None:
    for path in (path for room in ("store", "tui", "rules") for path in (ROOT / room).rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        if name == "store/engine/statements.py":
            continue
        texts = {
            node.value
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        assert set(filter(_SQL.match, texts)) == _SENT.get(name, set()), name
