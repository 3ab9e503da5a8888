"""Questions to an engine about how it stands, as far as it knows and the role may see.

`doctor` tells the answers. These statements are no part of a desk's work, and most are PostgreSQL's own: an engine that
does not know one is asked on, and what it said nothing of is None. None is neither good nor bad.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

import psycopg
from psycopg import sql

from dutyboard.frozen import frozen
from dutyboard.store.engine import statements
from dutyboard.store.engine.address import Address
from dutyboard.store.engine.postgres import CHAINS, connect, refusals

_READS_ONLY: Final = "SHOW transaction_read_only"
_LOSSY: Final = (("SHOW fsync", "fsync"), ("SHOW synchronous_commit", "synchronous_commit"))
"""Settings that, switched off, let a commit be acknowledged before it is on the disk."""
_WAITED_FOR: Final = "SHOW synchronous_standby_names"
_STANDBYS: Final = """
    SELECT application_name, state, pg_wal_lsn_diff(pg_current_wal_lsn(), flush_lsn) FROM pg_stat_replication
"""
"""Every role sees the names; all else is NULL for most."""
_ROLE: Final = "SELECT current_user, rolsuper FROM pg_roles WHERE rolname = current_user"
_RIGHTS: Final = """
    SELECT c.relname, pg_has_role(c.relowner, 'USAGE'),
        has_table_privilege(c.oid, 'SELECT'), has_table_privilege(c.oid, 'INSERT'),
        has_any_column_privilege(c.oid, 'UPDATE'), has_table_privilege(c.oid, 'DELETE'),
        has_table_privilege(c.oid, 'TRUNCATE'), has_table_privilege(c.oid, 'TRIGGER')
    FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace
    WHERE s.nspname = %s AND c.relname = ANY(%s) ORDER BY c.relname
"""
_NEEDED: Final = ("SELECT", "INSERT")
_HARMFUL: Final = ("UPDATE", "DELETE", "TRUNCATE", "TRIGGER")
_NAMES: Final = re.compile(r"(?:(?:FIRST|ANY)\s+)?(\d+)\s*\((.*)\)", re.IGNORECASE | re.DOTALL)


@frozen
class Standby:
    """A server that follows the primary. `state` and `behind`, in bytes of its log, are None where they are hidden."""

    name: str
    state: str | None
    behind: int | None


@frozen
class WaitedFor:
    """The standbys for which each commit waits: `count` of those named; `*` names any."""

    count: int
    names: tuple[str, ...]


@frozen
class RoleRights:
    """The rights of the role on the desk's tables: `lacking` and `harmful` are rights by table, `owner` any table's."""

    role: str
    superuser: bool
    owner: bool
    lacking: Mapping[str, tuple[str, ...]]
    harmful: Mapping[str, tuple[str, ...]]


@frozen
class EngineStanding:
    """Answers of an engine. All but name and schema is None where it does not know, or the role may not see.

    `newest` and `strays` go by chain. A stray is the number of a claim behind the newest line that was committed
    without its line: nobody can write there. `lossy` names settings.
    """

    server: str
    schema: str
    writable: bool | None
    newest: Mapping[str, int]
    strays: Mapping[str, int]
    rights: RoleRights | None
    lossy: tuple[str, ...] | None = None
    waited_for: WaitedFor | None = None
    standbys: tuple[Standby, ...] | None = None


def standing(address: Address) -> EngineStanding:
    """Ask an engine how it stands, over a connection of its own. Raises Away, StoreError."""
    with refusals(), connect(address) as connection:
        connection.execute(sql.SQL("SET search_path TO {}").format(sql.Identifier(address.schema)))
        read_only = _asked(connection, _READS_ONLY)
        writable = None if read_only is None else read_only[0][0] == "off"
        newest = {chain: found for chain in CHAINS if (found := _number(connection, statements.NEWEST, chain))}
        strays = {chain: n for chain in CHAINS if (n := _number(connection, statements.STRAY, chain, chain))}
        name, keeps_copies = _server(connection)
        more = {} if keeps_copies else _copies(connection, writable is not False)
        return EngineStanding(
            server=name,
            schema=address.schema,
            writable=writable,
            newest=newest,
            strays=strays,
            rights=_rights(connection, address.schema),
            **more,
        )


def _server(connection: psycopg.Connection[Any]) -> tuple[str, bool]:
    """Return the engine's name, and whether it is one that keeps copies of its own: it has no standbys."""
    told = connection.info.parameter_status
    if kin := told("crdb_version"):
        return kin.partition(" (")[0], True
    version = (told("server_version") or "").partition(" ")[0]
    return f"PostgreSQL {version}", "-YB-" in version


def _copies(connection: psycopg.Connection[Any], primary: bool) -> dict[str, Any]:
    """Return what is known of the disk and of the standbys that a commit waits for."""
    said = {name: found[0][0] for show, name in _LOSSY if (found := _asked(connection, show)) is not None}
    waited, standbys = _asked(connection, _WAITED_FOR), _asked(connection, _STANDBYS) if primary else None
    for_none = said.get("synchronous_commit") in ("off", "local")
    return {
        "lossy": tuple(f"{name} = off" for name, value in said.items() if value == "off") if said else None,
        "waited_for": waited_for("" if for_none else waited[0][0]) if waited is not None else None,
        "standbys": None
        if standbys is None
        else tuple(
            Standby(name=name or "", state=state, behind=None if behind is None else int(behind))
            for name, state, behind in standbys
        ),
    }


def waited_for(text: str) -> WaitedFor:
    """Return what a setting `synchronous_standby_names` says; an empty one waits for none."""
    counted = _NAMES.fullmatch(text.strip())
    listed = counted[2] if counted else text
    names = tuple(each.strip().strip('"') for each in listed.split(",") if each.strip())
    return WaitedFor(count=int(counted[1]) if counted else min(1, len(names)), names=names)


def _rights(connection: psycopg.Connection[Any], schema: str) -> RoleRights | None:
    role, tables = _asked(connection, _ROLE), _asked(connection, _RIGHTS, schema, list(statements.NAMES))
    if not role or not tables:
        return None
    held = {name: dict(zip((*_NEEDED, *_HARMFUL), rights, strict=True)) for name, _, *rights in tables}
    lacking = {name: tuple(each for each in _NEEDED if not has[each]) for name, has in held.items()}
    harmful = {name: tuple(each for each in _HARMFUL if has[each]) for name, has in held.items()}
    return RoleRights(
        role=str(role[0][0]),
        superuser=bool(role[0][1]),
        owner=any(owned for _, owned, *_ in tables),
        lacking={name: rights for name, rights in lacking.items() if rights},
        harmful={name: rights for name, rights in harmful.items() if rights},
    )


def _number(connection: psycopg.Connection[Any], question: str, *values: object) -> int | None:
    """Return the number that a question finds first; None without one."""
    found = _asked(connection, question, *values)
    return int(found[0][0]) if found else None


def _asked(connection: psycopg.Connection[Any], question: str, *values: object) -> list[tuple[Any, ...]] | None:
    """Return the rows of a question; None where the engine does not know it or the role may not ask."""
    try:
        return connection.execute(question.encode(), values or None).fetchall()
    except (psycopg.ProgrammingError, psycopg.NotSupportedError):
        return None
