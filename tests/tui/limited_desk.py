"""A busy desk whose readers see little: a town's officer, a site's, viewers of either and of nothing, a stranger."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final

from dutyboard.rules.belonging import belongs, own_of
from dutyboard.rules.records.commands.post import OpenDesk
from dutyboard.rules.records.model import DeskSettings, Officer, Record
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.link.gateway import Gateway
from dutyboard.tui.link.identity import Identity
from dutyboard.tui.link.picture import known_notices
from dutyboard.tui.sample import busy_desk
from tests.homes import begun
from tests.tui.night import NOTICE, ZONE

NOW: Final = datetime(2021, 6, 7, 19, 40, tzinfo=ZONE)
OFFICER, STRANGER = "officer", "stranger"
UNIT, SITE = 3, 1
"""The town and the site whose own is read."""
LIMITED: Final = {
    "town": Officer(id=901, name="限镇", role="town", unit_id=UNIT, login="town"),
    "site": Officer(id=902, name="限点", role="site", site_id=SITE, login="site"),
    "viewer-town": Officer(id=903, name="看镇", role="viewer", unit_id=UNIT, login="viewer-town"),
    "viewer-site": Officer(id=904, name="看点", role="viewer", site_id=SITE, login="viewer-site"),
    "viewer": Officer(id=905, name="看无", role="viewer", login="viewer"),
}
"""Readers by login."""


@dataclass(frozen=True)
class Names:
    """Names of people, own and others', that no officer, place or other person bears too."""

    own: frozenset[str]
    others: frozenset[str]


@cache
def records() -> tuple[Record, ...]:
    """The busy sample desk, whose people count as true ones, with its limited readers."""
    command = OpenDesk(desk="疫情防控", admin_name="", notice=NOTICE)
    made = busy_desk(command, NOW, "admin", known_notices())
    told = [replace(each, sample=False) if isinstance(each, DeskSettings) else each for each in made]
    office = Officer(id=900, name="全看", role="officer", login=OFFICER)
    return (*told, office, *LIMITED.values())


def make(folder: Path) -> Path:
    """Write the desk into a folder."""
    gateway = Gateway.open(begun(folder), Identity("admin"), create=True, clock=lambda: NOW)
    gateway.seed(records())
    gateway.checkpoint()  # hundreds of calls open it
    gateway.close()
    return folder


@cache
def whole() -> Snapshot:
    """The picture of all of it."""
    return Snapshot(notices_known=known_notices()).applied(1, records())


def names_for(login: str, picture: Snapshot) -> Names:
    """The names that a reader sees, and those that he must not."""
    own = own_of(LIMITED[login]) if login in LIMITED else ()
    people = [*picture.persons.values(), *picture.staff.values()]
    seen = {each.name for each in people if belongs(each, own, picture)}
    rest = {each.name for each in people} - seen
    said = seen | {each.name for table in ("officers", "units", "sites", "areas") for each in vars_of(picture, table)}
    return Names(frozenset(seen), frozenset(name for name in rest if not any(name in each for each in said)))


def vars_of(picture: Snapshot, table: str) -> Iterable[Officer]:
    """The records of a table."""
    found: Iterable[Officer] = getattr(picture, table).values()
    return found
