"""Put a whole desk, as a folder holds it, into an engine that has none, in one transaction."""

from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from typing import Any

import psycopg
from psycopg import errors, sql

from dutyboard.store import dbfile
from dutyboard.store.engine import statements
from dutyboard.store.engine.address import Address
from dutyboard.store.engine.postgres import connect, make_tables, refusals
from dutyboard.store.files.folder import Folder
from dutyboard.store.files.segments import segments
from dutyboard.store.journal import ZERO, head_of, lines


def fill(address: Address, service: str, writer: str, desk: Folder, views: Folder | None) -> None:
    """Copy the chains of a verified folder and of its view log (None: it has none), and the archives.

    Tables are made where there are none. Raises FileExistsError for a desk that stands there, Away, StoreError.
    """
    with suppress(FileExistsError):
        make_tables(address, service)
    with refusals(), connect(address) as connection:
        connection.execute("BEGIN")
        connection.execute(sql.SQL("SET LOCAL search_path TO {}").format(sql.Identifier(address.schema)))
        newest = connection.execute(statements.NEWEST, ("desk",)).fetchone()
        if newest is None or newest[0] > 0:
            raise FileExistsError(address.text)
        for text in _archives(desk):
            connection.execute(statements.KEEP_FILE, (f"archive/{sha256(text).hexdigest()}", text))
        try:
            for chain, folder in (("desk", desk), ("views", views)):
                if folder is not None:
                    _copy(connection, chain, folder.inner("journal"), writer)
        except errors.UniqueViolation as error:
            raise FileExistsError(address.text) from error
        connection.execute("COMMIT")


def _copy(connection: psycopg.Connection[Any], chain: str, journal: Folder, writer: str) -> None:
    """Send the lines of a journal, then their turns: a number without one could be claimed again."""
    with connection.cursor() as cursor:
        cursor.executemany(statements.APPEND, _rows(chain, journal, writer))
        newest = connection.execute(statements.NEWEST, (chain,)).fetchone()
        last = newest[0] if newest is not None else 0
        cursor.executemany(statements.CLAIM, ((chain, n, writer) for n in range(1, last + 1)))


def _archives(desk: Folder) -> Iterator[bytes]:
    if desk.has("archive"):
        archives = desk.inner("archive")
        for name in archives.names():
            yield archives.read(name, dbfile.MOST)


def _rows(chain: str, journal: Folder, writer: str) -> Iterator[tuple[Any, ...]]:
    """Yield a row for each line of a journal, in order."""
    n, previous = 0, ZERO
    for first in segments(journal):
        for line in lines(journal, first):
            content, n = line.removesuffix(b"\n"), n + 1
            head = head_of(content)
            yield chain, n, head, n - 1, previous, content, writer
            previous = head
