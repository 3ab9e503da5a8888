"""Every statement that is sent to an engine. They keep to what PostgreSQL, CockroachDB and YugabyteDB have in common.

A line can only follow the one that stands there: its number is the next, and it names the hash of the line before it,
which a foreign key looks up. So no role, whatever it sends, can leave a gap, fork the chain or change what stands.

Who decides claims the next number first (`turns`), in the transaction that will insert the line. A second claim of the
same number waits for the end of the first. It is the lock of a decision, and the database needs no right but INSERT.
"""

from typing import Final

TABLES: Final = (
    """
    CREATE TABLE lines (
        chain text NOT NULL,
        n bigint NOT NULL,
        head text NOT NULL,
        before bigint,
        previous text,
        line bytea NOT NULL,
        writer text NOT NULL,
        at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (chain, n),
        UNIQUE (chain, n, head),
        FOREIGN KEY (chain, before, previous) REFERENCES lines (chain, n, head),
        CHECK (n >= 0),
        CHECK ((before IS NULL) = (n = 0) AND (previous IS NULL) = (n = 0) AND (n = 0 OR before = n - 1))
    )
    """,
    """
    CREATE TABLE turns (
        chain text NOT NULL,
        n bigint NOT NULL,
        writer text NOT NULL,
        at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (chain, n)
    )
    """,
    """
    CREATE TABLE files (
        name text PRIMARY KEY,
        content bytea NOT NULL,
        at timestamptz NOT NULL DEFAULT now()
    )
    """,
    """
    CREATE TABLE drafts (
        number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        login text NOT NULL,
        key text NOT NULL,
        content bytea,
        at timestamptz NOT NULL DEFAULT now()
    )
    """,
    "CREATE INDEX drafts_of_a_form ON drafts (login, key, number)",
    """
    CREATE TABLE sessions (
        chain text NOT NULL,
        number bigint NOT NULL,
        login text NOT NULL,
        at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (chain, number)
    )
    """,
)
"""The tables of one desk, made by their owner in the desk's schema."""

NAMES: Final = ("lines", "turns", "files", "drafts", "sessions")
"""The tables by name: the service role may insert and read, and nothing else."""

WALL: Final = (
    """
    CREATE FUNCTION only_append() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN RAISE EXCEPTION ''the lines of a desk are never changed''; END'
    """,
    "CREATE TRIGGER lines_only_append BEFORE UPDATE OR DELETE ON lines FOR EACH ROW EXECUTE FUNCTION only_append()",
    "CREATE TRIGGER lines_stay BEFORE TRUNCATE ON lines FOR EACH STATEMENT EXECUTE FUNCTION only_append()",
)
"""The second wall, which stands before the owner too. An engine without triggers goes without it: rights hold."""

FIRST: Final = "INSERT INTO lines (chain, n, head, line, writer) VALUES (%s, 0, %s, '', '')"
NEWEST: Final = "SELECT n, head FROM lines WHERE chain = %s ORDER BY n DESC LIMIT 1"
AFTER: Final = "SELECT n, line FROM lines WHERE chain = %s AND n > %s ORDER BY n LIMIT %s"
CLAIM: Final = "INSERT INTO turns (chain, n, writer) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"
"""Waits for the end of another claim of the number, and inserts no row if that came to a line."""
STRAY: Final = """
    SELECT n FROM turns WHERE chain = %s AND n > (SELECT max(n) FROM lines WHERE chain = %s) ORDER BY n LIMIT 1
"""
"""Finds a claim that was committed without its line. A right one is seen with its line, or not at all."""
APPEND: Final = "INSERT INTO lines (chain, n, head, before, previous, line, writer) VALUES (%s, %s, %s, %s, %s, %s, %s)"
SESSION: Final = """
    INSERT INTO sessions (chain, number, login)
    SELECT %s, coalesce(max(number), 0) + 1, %s FROM sessions WHERE chain = %s
    ON CONFLICT DO NOTHING RETURNING number
"""
"""Gives no row where another session took the number meanwhile."""
KEEP_FILE: Final = "INSERT INTO files (name, content) VALUES (%s, %s) ON CONFLICT DO NOTHING"
FILE: Final = "SELECT content FROM files WHERE name = %s"
KEEP_DRAFT: Final = "INSERT INTO drafts (login, key, content) VALUES (%s, %s, %s)"
DRAFTS: Final = """
    SELECT DISTINCT ON (key) key, content, at FROM drafts
    WHERE login = %s AND (key = %s OR key LIKE %s) ORDER BY key, number DESC
"""
