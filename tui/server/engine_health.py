"""The engine of a desk of which this folder is a mirror: whether it answers, takes lines and keeps them.

What the engine does not know, or its role may not see, is left out or said to be hidden.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dutyboard.tui.link.engine.standing import engine_standing
from dutyboard.tui.link.trouble import ENGINE_AWAY, StoreTrouble
from dutyboard.tui.server.health import HealthLine, health_line

if TYPE_CHECKING:
    from dutyboard.tui.link.engine.standing import EngineStanding, RoleRights, Standby, WaitedFor
    from dutyboard.tui.link.gateway import Gateway

FAR_KB: Final = 16_000
"""Thousands of bytes of the server's log from which on a standby is behind: one segment of it."""


def engine_health(folder: Path, gateway: "Gateway | None") -> Iterator[HealthLine]:
    """Ask the engine of a mirror how it stands. One that is away is asked nothing more."""
    away = [each for each in gateway.found() if each.code in ENGINE_AWAY] if gateway else []
    for each in away:
        since = gateway.stopped_at if gateway else None
        told = f"{since:%m-%d %H:%M}" if since else ""
        yield health_line("engine", "bad", "engine_away", trouble=each.code, since=told)
    if away:
        return
    try:
        found = engine_standing(folder)
    except StoreTrouble as trouble:
        yield health_line("engine", "bad", "desk_trouble", trouble=trouble.code, **trouble.fields)
        return
    if found is None:
        yield health_line("engine", "ok", "no_engine")
        return
    if found.writable is False:
        yield health_line("engine", "bad", "engine_reads_only", server=found.server)
    else:
        yield health_line("engine", "ok", "engine", server=found.server)
    yield from _lines(found, gateway)
    yield from _copies(found)
    if found.rights is not None:
        yield from _rights(found.rights)


def _lines(found: "EngineStanding", gateway: "Gateway | None") -> Iterator[HealthLine]:
    """Hold the mirror against the engine, and name a claim that keeps everybody from writing."""
    newest = found.newest.get("desk")
    if gateway is not None and newest is not None:
        told = {"lines": gateway.snapshot.seq, "count": max(0, newest - gateway.snapshot.seq)}
        behind = told["count"] > 0
        yield health_line("engine", "warn" if behind else "ok", "mirror_behind" if behind else "mirror", **told)
    for n in found.strays.values():
        yield health_line("engine", "bad", "stray_claim", n=n, schema=found.schema)


def _copies(found: "EngineStanding") -> Iterator[HealthLine]:
    """Say where a line is when it is acknowledged: on the disk, and at which standbys."""
    if found.lossy:
        yield health_line("engine", "bad", "commit_lossy", settings=", ".join(found.lossy))
    if found.waited_for is not None and found.standbys is not None:
        yield _waited_for(found.waited_for, found.standbys)
    for each in sorted(found.standbys or (), key=lambda standby: standby.behind or 0):  # metrics tell the last
        if each.behind is None:
            yield health_line("engine", "ok", "standby_unseen", name=each.name)
        else:
            kb = each.behind // 1000
            far = kb > FAR_KB
            code = "standby_behind" if far else "standby"
            yield health_line("engine", "warn" if far else "ok", code, name=each.name, kb=kb)  # type: ignore[arg-type]


def _waited_for(waited: "WaitedFor", standbys: "tuple[Standby, ...]") -> HealthLine:
    """Hold the standbys that each commit waits for against those that follow."""
    if not waited.names:
        return health_line("engine", "warn", "commit_alone")
    named = {each.lower() for each in waited.names}
    there = [
        each.name
        for each in standbys
        if ("*" in named or each.name.lower() in named) and each.state in (None, "streaming")
    ]
    if len(there) < waited.count:
        told = {"names": ", ".join(waited.names), "there": len(there), "wanted": waited.count}
        return health_line("engine", "bad", "standby_gone", **told)
    return health_line("engine", "ok", "commit_waits", names=", ".join(there))


def _rights(rights: "RoleRights") -> Iterator[HealthLine]:
    """Hold the role against INSERT and SELECT, and nothing else."""
    role = rights.role
    if rights.superuser:
        yield health_line("engine", "bad", "role_superuser", role=role)
    elif rights.owner:
        yield health_line("engine", "bad", "role_owner", role=role)
    elif rights.harmful:
        yield health_line("engine", "bad", "role_more", role=role, rights=_by_table(rights.harmful))
    if rights.lacking:
        yield health_line("engine", "bad", "role_less", role=role, rights=_by_table(rights.lacking))
    if not (rights.superuser or rights.owner or rights.harmful or rights.lacking):
        yield health_line("engine", "ok", "role", role=role)


def _by_table(rights: Mapping[str, tuple[str, ...]]) -> str:
    return "; ".join(f"{', '.join(each)} ON {table}" for table, each in rights.items())
