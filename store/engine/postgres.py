"""A chain of lines on PostgreSQL: read it, claim its next number, append to it.

One connection, used from one thread, made when it is needed and made anew after it broke. Every call ends within its
time: a server that says nothing any more is given up, for an officer waits. An act is two questions on the wire: the
claim, and what is appended with its COMMIT.
"""

import logging
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from errno import EIO, ENOSPC
from math import inf
from time import monotonic, sleep
from typing import Any, Final, LiteralString, TypeVar

import psycopg
from psycopg import errors, sql

from dutyboard.store.engine import statements
from dutyboard.store.engine.address import Address
from dutyboard.store.engine.port import NewLine
from dutyboard.store.errors import Away, Locked, Overtaken, ReadOnly, SaveFailed, StoreError, Unsure
from dutyboard.store.journal import ZERO

CHAINS: Final = ("desk", "views")
"""The journal of the desk, and its view log."""
ANSWER_SECONDS: Final = 10.0
"""Seconds in which a server has to answer; one more for each call than the lock may be waited for."""
_CONNECT_SECONDS: Final = 4
_DROPPED_SECONDS: Final = 1.0
"""Seconds within which a connection that was dropped is told of."""
_AGAIN_SECONDS: Final = 0.02
"""Seconds before a statement is sent again that the server rolled back for the sake of others."""
_AT_ONCE: Final = 2000
"""Lines that are read by one statement."""


logging.getLogger("psycopg").addHandler(logging.NullHandler())  # it would write on an officer's screen
_T = TypeVar("_T")


class _Bounded(psycopg.Connection[tuple[Any, ...]]):
    """A connection whose answers are waited for up to a deadline: no setting of the server bounds a COMMIT."""

    deadline = inf

    def wait(self, gen: Generator[Any, Any, _T], interval: float = 0.1, timeout: float | None = None) -> _T:
        """Wait for what a question brings. Raises OperationalError at the deadline."""
        deadline = self.deadline if timeout is None else min(self.deadline, monotonic() + timeout)
        return super().wait(_until(deadline, gen), interval)


def _until(deadline: float, gen: Generator[Any, Any, _T]) -> Generator[Any, Any, _T]:
    """Pass on what is waited for, and each interval whether it came. Raises OperationalError at the deadline."""
    try:
        waited_for = next(gen)
        while True:
            came = yield waited_for
            if not came and monotonic() > deadline:
                gen.close()
                raise psycopg.OperationalError("no answer in time")
            waited_for = gen.send(came)
    except StopIteration as end:
        value: _T = end.value
        return value


class PostgresEngine:
    """One chain of a desk on an engine, as `port.Engine` says."""

    def __init__(self, address: Address, chain: str) -> None:
        self.address = address
        self.chain = chain
        self.claimed = 0
        self._connection: _Bounded | None = None

    def again(self, chain: str = "") -> "PostgresEngine":
        """Return the same desk over a connection of its own: for another thread, or for another chain."""
        return PostgresEngine(self.address, chain or self.chain)

    # Reading

    def newest(self) -> tuple[int, str]:
        """Return number and hash of the newest line; 0 and zeros before the first. Raises Away, StoreError."""
        found = self._ask(statements.NEWEST, (self.chain,))
        if not found:
            raise Away("no_tables")
        return int(found[0][0]), str(found[0][1])

    def after(self, n: int) -> Iterator[tuple[int, bytes]]:
        """Yield number and bytes (without the newline) of each line behind a number. Raises Away, StoreError."""
        while True:
            found = self._ask(statements.AFTER, (self.chain, n, _AT_ONCE))
            for number, line in found:
                yield int(number), bytes(line)
            if len(found) < _AT_ONCE:
                return
            n = int(found[-1][0])

    # Writing

    def session(self, login: str) -> int:
        """Return a number for a session that no other of the chain has. Raises Away, StoreError."""
        found: list[tuple[Any, ...]] = []
        while not found:
            found = self._ask(statements.SESSION, (self.chain, login, self.chain))
        return int(found[0][0])

    def claim(self, n: int, writer: str, seconds: float) -> None:
        """Claim the number of the next line: nobody else writes until `release`, or until it is appended.

        A server that began anew since the last act has dropped the connection: it is made again, once. Raises Overtaken
        where the number is taken, Locked where another session holds it for so many `seconds`, Away.
        """
        began, used = monotonic(), self._connection is not None
        try:
            self._claim(n, writer, seconds)
        except Away as away:
            if not used or away.reason != "no_answer" or monotonic() - began > _DROPPED_SECONDS:
                raise
            self._claim(n, writer, seconds)

    def _claim(self, n: int, writer: str, seconds: float) -> None:
        limit = sql.SQL("SET LOCAL lock_timeout = {}").format(sql.Literal(f"{max(1, int(seconds * 1000))}ms"))
        with self._talk(seconds) as connection:
            try:
                with connection.pipeline():
                    connection.execute("BEGIN")
                    connection.execute(limit)
                    claimed = connection.execute(statements.CLAIM, (self.chain, n, writer))
            except errors.LockNotAvailable as error:
                raise Locked(None) from error
            if not claimed.rowcount:
                raise Overtaken
        self.claimed = n

    def release(self) -> None:
        """Give up a claim that came to nothing."""
        self.claimed = 0
        if self._connection is not None and self._connection.info.transaction_status != 0:
            with suppress(StoreError), self._talk() as connection:
                connection.execute("ROLLBACK")

    def append(self, lines: Sequence[NewLine], writer: str) -> None:
        """Append lines behind those that stand, as one act, under a claim. They are durable when this returns.

        Raises Overtaken, SaveFailed, Away: nothing was saved; Unsure: the server did not say any more whether it was.
        """
        self.claimed = 0
        if self._connection is None or self._connection.closed:
            raise Away("no_answer")  # the claim went with it
        rows = [(self.chain, new.n, new.head, new.n - 1, new.previous, new.line, writer) for new in lines]
        try:
            with self._talk() as connection:
                try:
                    with connection.pipeline():
                        for row in rows:
                            connection.execute(statements.APPEND, row)
                        connection.execute("COMMIT")
                except errors.UniqueViolation as error:
                    raise Overtaken from error
        except Away as error:
            if error.reason == "no_answer":  # no server said that it refused
                raise Unsure(EIO, "engine") from error
            raise

    # Files beside the chain

    def keep_file(self, name: str, content: bytes) -> None:
        """Keep a file of the desk, such as an archive, for the other machines. Raises Away, SaveFailed."""
        self._ask(statements.KEEP_FILE, (name, content))

    def file(self, name: str) -> bytes | None:
        """Return what was kept under a name. Raises Away, StoreError."""
        found = self._ask(statements.FILE, (name,))
        return bytes(found[0][0]) if found else None

    def keep_draft(self, login: str, key: str, content: bytes | None) -> None:
        """Keep what a login typed into a form; None: it is forgotten. Raises Away, SaveFailed."""
        self._ask(statements.KEEP_DRAFT, (login, key, content))

    def drafts(self, login: str, key: str) -> list[tuple[str, bytes, float]]:
        """Return a login's drafts of the form `key`, and of its further ones (`key.2`), newest states alone.

        A forgotten one is b"". Raises Away, StoreError.
        """
        found = self._ask(statements.DRAFTS, (login, key, f"{key}.%"))
        return [(str(name), bytes(content or b""), at.timestamp()) for name, content, at in found]

    # The connection

    def _ask(self, statement: LiteralString, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Send a statement that is a transaction of its own, and return its rows.

        It is sent again as long as the server rolls it back for the sake of others. Raises Away, StoreError.
        """
        deadline = monotonic() + ANSWER_SECONDS
        while True:
            try:
                with self._talk() as connection:
                    cursor = connection.execute(statement, values)
                    return cursor.fetchall() if cursor.description else []
            except Overtaken as overtaken:
                if monotonic() > deadline:
                    raise Away("no_answer") from overtaken
                sleep(_AGAIN_SECONDS)

    @contextmanager
    def _talk(self, seconds: float = 0.0) -> Iterator[_Bounded]:
        """Give the connection, and turn what the server refuses into errors of the store.

        `seconds`: so much longer than for any answer, for a lock.
        """
        try:
            with refusals():
                connection = self._connected()
                connection.deadline = monotonic() + ANSWER_SECONDS + seconds
                yield connection
        except Locked:
            self.release()
            raise
        except StoreError:
            self.close()
            raise

    def _connected(self) -> _Bounded:
        if self._connection is not None and self._connection.closed:
            self._connection = None
        if self._connection is None:
            self._connection = connection = connect(self.address)
            connection.execute(sql.SQL("SET search_path TO {}").format(sql.Identifier(self.address.schema)))
        return self._connection

    def close(self) -> None:
        """Close the connection. The next call makes a new one."""
        self.claimed = 0
        if self._connection is not None:
            with suppress(psycopg.Error):
                self._connection.close()
            self._connection = None


@contextmanager
def refusals() -> Iterator[None]:
    """Raise what a server refuses, and that none answers, as errors of the store."""
    try:
        yield
    except errors.InsufficientPrivilege as error:
        raise ReadOnly("not_writable") from error
    except errors.ForeignKeyViolation as error:
        raise Away("other_chain") from error
    except (errors.SerializationFailure, errors.DeadlockDetected) as error:
        raise Overtaken from error  # rolled back, whole
    except errors.DiskFull as error:
        raise SaveFailed(ENOSPC, "engine") from error
    except (errors.InvalidSchemaName, errors.UndefinedTable) as error:
        raise Away("no_tables") from error
    except errors.UndefinedObject as error:
        raise Away("no_role") from error
    except (psycopg.OperationalError, psycopg.InterfaceError, errors.ReadOnlySqlTransaction) as error:
        raise Away("no_answer") from error
    except psycopg.Error as error:
        raise SaveFailed(EIO, "engine") from error


def connect(address: Address) -> _Bounded:
    """Return a new connection. A transaction is begun by hand where one is wanted. Raises psycopg.Error."""
    connection = _Bounded.connect(
        address.conninfo,
        autocommit=True,
        connect_timeout=_CONNECT_SECONDS,
        application_name="dutyboard",
        prepare_threshold=2,
        options=f"-c idle_in_transaction_session_timeout={int(ANSWER_SECONDS * 3000)}",
    )
    connection.deadline = monotonic() + ANSWER_SECONDS
    return connection


def make_tables(address: Address, service: str = "") -> None:
    """Make the schema of a desk and its tables, as their owner.

    `service` is the role that will insert and read; "": the owner does. A schema that stands already is used; tables
    that stand are an error. Raises Away, StoreError, FileExistsError.
    """
    with refusals(), connect(address) as connection:
        schema = sql.Identifier(address.schema)
        connection.execute("BEGIN")
        connection.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(schema))
        connection.execute(sql.SQL("SET search_path TO {}").format(schema))
        try:
            for statement in (*statements.TABLES, *statements.WALL):
                connection.execute(statement)
        except errors.DuplicateTable as error:
            raise FileExistsError(address.text) from error
        for chain in CHAINS:
            connection.execute(statements.FIRST, (chain, ZERO))
        if service:
            role = sql.Identifier(service)
            connection.execute(sql.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(schema, role))
            for name in statements.NAMES:
                grant = sql.SQL("GRANT SELECT, INSERT ON {} TO {}")
                connection.execute(grant.format(sql.Identifier(name), role))
        connection.execute("COMMIT")
