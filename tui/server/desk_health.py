"""The desk itself: its records, its chain, its copies, and who may come in."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from dutyboard.tui.link.account import account_of
from dutyboard.tui.link.care import restore, verify
from dutyboard.tui.link.identity import Identity
from dutyboard.tui.link.server.authorized_keys import BadKey, default_keys_file, keys_file
from dutyboard.tui.link.server.backups import backup_note, dated_backups, made_at
from dutyboard.tui.link.trouble import ENGINE_AWAY, UNHELD, StoreTrouble
from dutyboard.tui.server.health import HealthLine, health_line
from dutyboard.tui.server.machine_health import clock_is_set

if TYPE_CHECKING:
    from dutyboard.rules.records.snapshot import Snapshot
    from dutyboard.tui.link.gateway import Gateway

OLD_HOURS: Final = 26
"""Hours after which the newest copy is old: one a night, and two hours for the making."""
NONE_HOURS: Final = 74
"""Hours after which it counts as none: three nights without a copy."""
_AHEAD: Final = timedelta(minutes=5)


def desk_health(gateway: "Gateway") -> Iterator[HealthLine]:
    """Look at what was found as the desk was opened, and at how much it holds."""
    for each in (each for each in gateway.found() if each.code not in ENGINE_AWAY):  # the part `engine` says those
        yield health_line("desk", "bad", "desk_trouble", trouble=each.code, **each.fields)
    people = sum(1 for _ in gateway.snapshot.persons)
    yield health_line("desk", "ok", "desk", lines=gateway.snapshot.seq, people=people)


def clock_health(now: datetime, gateway: "Gateway | None") -> Iterator[HealthLine]:
    """Hold the clock against who keeps it, and against the newest entry. One of the future means that it went back."""
    last = max((each.entered_at for each in gateway.snapshot.entries.values()), default=None) if gateway else None
    if last is not None and gateway is not None and last > gateway.now() + _AHEAD:
        told = {
            "now": f"{gateway.now():%Y-%m-%d %H:%M}",
            "last": f"{last.astimezone(gateway.snapshot.zone):%m-%d %H:%M}",
        }
        yield health_line("clock", "bad", "clock_behind", **told)
    if clock_is_set():
        said = str(gateway.snapshot.zone) if gateway else f"{now:%z}"
        yield health_line("clock", "ok", "clock", now=f"{now:%Y-%m-%d %H:%M:%S}", zone=said)
    else:
        yield health_line("clock", "warn", "clock_unset", now=f"{now:%Y-%m-%d %H:%M:%S}")


def chain_health(folder: Path) -> Iterator[HealthLine]:
    """The whole journal, line by line, as `verify` reads it."""
    try:
        report = verify(folder)
    except StoreTrouble as trouble:
        yield health_line("chain", "bad", "chain_broken", count=1, first=trouble.code)
        return
    if report["problems"] and all(each["what"] in UNHELD for each in report["problems"]):
        yield health_line("chain", "warn", "chain_unheld")
    elif report["problems"]:
        yield health_line("chain", "bad", "chain_broken", **_places(report["problems"]))
    else:
        yield health_line("chain", "ok", "chain", lines=report["lines"], head=report["head"][:16])
    noted = [each for each in report["notes"] if each["what"] != "behind"]  # the part `engine` says that one
    if noted:
        yield health_line("chain", "warn", "chain_noted", **_places(noted))


def _places(found: list[dict[str, Any]]) -> dict[str, Any]:
    """Return how many things were found, and the place of the first."""
    return {"count": len(found), "first": f"{found[0]['file']}:{found[0]['line']}"}


def backup_health(folder: Path, backups: Path, now: datetime) -> Iterator[HealthLine]:
    """The age of the newest copy, whether it is of this desk, and whether it lies on another disk."""
    newest = newest_backup(backups)
    if isinstance(newest, HealthLine):
        yield newest
        return
    hours = int((now - made_at(newest)).total_seconds() // 3600)
    level, code = ("ok", "backup") if hours <= OLD_HOURS else ("warn" if hours <= NONE_HOURS else "bad", "backup_old")
    yield health_line("backups", level, code, name=newest.name, hours=hours)  # type: ignore[arg-type]
    try:
        number, head = backup_note(newest)
        stands = verify(folder, {number: head})["heads"][0]["ok"]
    except (StoreTrouble, OSError, msgspec.MsgspecError):
        stands = False
    if not stands:
        yield health_line("backups", "bad", "backup_of_another", name=newest.name)
    if backups.stat().st_dev == folder.stat().st_dev:
        yield health_line("backups", "warn", "same_disk", folder=str(backups))


def restore_health(backups: Path, identity: Identity) -> Iterator[HealthLine]:
    """Make the newest copy into a desk beside it, verify that, and take it away again."""
    newest = newest_backup(backups)
    if isinstance(newest, HealthLine):
        yield health_line("restore", newest.level, newest.code, **newest.fields)
        return
    try:
        place = Path(tempfile.mkdtemp(prefix=".trial-", dir=backups))
    except OSError:
        yield health_line("restore", "warn", "backups_unseen", folder=str(backups))
        return
    try:
        restore(newest, place / "desk", identity)
        report = verify(place / "desk")
        if report["ok"]:
            yield health_line("restore", "ok", "restored", name=newest.name, lines=report["lines"])
        else:
            yield health_line(
                "restore", "bad", "not_restored", name=newest.name, trouble="corrupt", **_first_problem(report)
            )
    except StoreTrouble as trouble:
        yield health_line("restore", "bad", "not_restored", name=newest.name, trouble=trouble.code, **trouble.fields)
    finally:
        shutil.rmtree(place)


def _first_problem(report: Mapping[str, Any]) -> dict[str, Any]:
    first = report["problems"][0]
    return {"file": first["file"], "byte": first["line"], "what": first["what"]}


def newest_backup(backups: Path) -> Path | HealthLine:
    """Return the newest copy of a folder, or the line that says why there is none."""
    if not backups.exists():
        return health_line("backups", "bad", "no_backup", folder=str(backups))
    try:
        found = dated_backups(backups)
    except StoreTrouble:
        return health_line("backups", "warn", "backups_unseen", folder=str(backups))
    return found[-1] if found else health_line("backups", "bad", "no_backup", folder=str(backups))


def key_health(folder: Path, file: Path | None, snapshot: "Snapshot", now: datetime) -> Iterator[HealthLine]:
    """Keys of nobody, lines that are not ours, and officers with a login whom no key lets in."""
    from dutyboard.rules.duties.post.keys import key_holder
    from dutyboard.rules.people.officers import serving
    from dutyboard.rules.records.model import subject_id

    account = account_of(folder)
    place = file or default_keys_file(account)
    if not place.exists():
        yield health_line("keys", "ok", "no_keys")
        return
    try:
        with keys_file(place, account) as keys:
            lines = [each for each in keys.lines() if not each.text.lstrip().startswith("#")]
    except (BadKey, StoreTrouble):
        yield health_line("keys", "warn", "keys_unseen", file=str(place))
        return
    logins = {each.login for each in lines if each.login}
    for each in lines:
        if not each.login:
            yield health_line("keys", "warn", "key_foreign", line=each.number)
    for login in sorted(logins):
        if key_holder(snapshot, login, now) is None:
            yield health_line("keys", "bad", "key_of_nobody", login=login)
    for officer in serving(snapshot, now):
        if officer.login not in logins and officer.login != account.login:
            yield health_line("keys", "warn", "officer_without_key", officer=str(subject_id(officer)))
    yield health_line("keys", "ok", "keys", count=len(logins))
