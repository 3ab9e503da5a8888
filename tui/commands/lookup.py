"""Records as typed on the command line: by number, id (`person-12`), or a name that is unique."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from dutyboard.tui.commands.invocation import Failure, Invocation

if TYPE_CHECKING:
    from dutyboard.rules.records.ids import SubjectKind
    from dutyboard.rules.records.model import Area, Officer, Person, Site, Unit
    from dutyboard.rules.records.snapshot import Snapshot
    from dutyboard.rules.records.staff import StaffMember
    from dutyboard.tui.link.gateway import Gateway

Found = TypeVar("Found")


def person_named(snapshot: "Snapshot", typed: str, call: Invocation) -> "Person":
    """Return the person of an id or of a name that one person alone has. Raises Failure."""
    exact = [person for person in snapshot.persons.values() if typed and person.name == typed]
    return _one("person", snapshot, typed, exact, call.words.no_person, call, _by_id)


def person_ever_named(gateway: "Gateway", typed: str, call: Invocation) -> "Person":
    """Return the person of an id or of a name that one alone ever had, of closed months too. Raises Failure."""
    from dutyboard.rules.records.ids import number_typed

    number = number_typed("person", typed)
    if number is not None and (found := gateway.person(number)) is not None:
        return found
    exact = gateway.people_named(typed) if typed else []
    return _one("person", gateway.snapshot, typed, exact, call.words.no_person, call, _by_id)


def officer_named(snapshot: "Snapshot", typed: str, call: Invocation) -> "Officer":
    """Return the officer of an id, a login, or a name that one officer alone has. Raises Failure.

    Whoever leaves, or has left, is found where nobody who stays is so named.
    """
    officers = snapshot.officers.values()
    named = [o for o in officers if typed and o.login == typed] or [o for o in officers if typed and o.name == typed]
    exact = [each for each in named if each.until is None] or named
    return _one("officer", snapshot, typed, exact, call.words.no_officer, call, partial(_by_unit, snapshot))


def staff_named(snapshot: "Snapshot", typed: str, call: Invocation, site_id: int | None = None) -> "StaffMember":
    """Return somebody on a site's register by id, or by a name that he alone has there. Raises Failure.

    `site_id` None: on any register.
    """
    members = [each for each in snapshot.staff.values() if site_id in (None, each.site_id)]
    named = [each for each in members if typed and each.name == typed]
    exact = [each for each in named if each.until is None] or named
    return _one("staff", snapshot, typed, exact, call.words.no_staff, call, partial(_by_site, snapshot))


def site_named(snapshot: "Snapshot", typed: str, call: Invocation) -> "Site":
    """Return the site of an id, a name or label, or a unique prefix of its name. Raises Failure."""
    sites = snapshot.sites.values()
    exact = [site for site in sites if typed in (site.name, site.label)]
    found = exact or [site for site in sites if typed and site.name.startswith(typed)]
    return _one("site", snapshot, typed, found, call.words.no_site, call, _by_name)


def unit_named(snapshot: "Snapshot", typed: str, call: Invocation) -> "Unit":
    """Return the unit of an id, a name, or a unique prefix of it. Raises Failure."""
    units = snapshot.units.values()
    found = [unit for unit in units if unit.name == typed] or [u for u in units if typed and u.name.startswith(typed)]
    return _one("unit", snapshot, typed, found, call.words.no_unit, call, _by_name)


def subject_named(snapshot: "Snapshot", typed: str, call: Invocation) -> str:
    """Return the id of a record as typed, or that of the unit or site of a name. Raises Failure for several.

    What names none goes on as it was typed: the rules say why it is refused.
    """
    from dutyboard.rules.records.ids import Subject

    if not typed or Subject.parse(typed) is not None:
        return typed
    known: list[Unit | Site] = [*snapshot.units.values(), *snapshot.sites.values()]
    exact = [each for each in known if typed in (each.name, getattr(each, "label", ""))]
    found = exact or [each for each in known if each.name.startswith(typed)]
    if len(found) > 1:
        raise Failure(call.words.several.format(text=typed, names="、".join(_by_name(each) for each in found)))
    return _by_id(found[0]) if found else typed


def area_named(snapshot: "Snapshot", typed: str, call: Invocation) -> "Area":
    """Return the risk area of an id or of a name that one area alone has. Raises Failure."""
    exact = [area for area in snapshot.areas.values() if typed and area.name == typed]
    return _one("area", snapshot, typed, exact, call.words.no_area, call, _by_id)


def _one(
    kind: "SubjectKind",
    snapshot: "Snapshot",
    typed: str,
    found: Iterable[Found],
    unknown: str,
    call: Invocation,
    listed: Callable[[Any], str],
) -> Found:
    from dutyboard.rules.permissions import NOT_HIS
    from dutyboard.rules.records.ids import TABLES_OF_KINDS, number_typed

    number, table = number_typed(kind, typed), TABLES_OF_KINDS[kind]
    records: Mapping[int, Found] = getattr(snapshot, table)
    if number is not None and number in records:
        return records[number]
    if number is not None and snapshot.own is not None and number < snapshot.next_id(table):
        raise call.failure(NOT_HIS.code, NOT_HIS.fields)
    choices = list(found)
    if len(choices) == 1:
        return choices[0]
    if choices:
        names = "、".join(listed(each) for each in choices)
        raise Failure(call.words.several.format(text=typed, names=names))
    raise Failure(unknown.format(text=typed))


def _by_id(record: Any) -> str:
    from dutyboard.rules.records.model import subject_id

    return subject_id(record)


def _by_unit(snapshot: "Snapshot", officer: "Officer") -> str:
    """Return what tells namesakes apart: the unit and the id."""
    from dutyboard.rules.people.officers import unit_name

    return " ".join(part for part in (unit_name(snapshot, officer), _by_id(officer)) if part)


def _by_site(snapshot: "Snapshot", member: "StaffMember") -> str:
    """Return what tells namesakes apart: the site and the id."""
    return f"{snapshot.sites[member.site_id].name} {_by_id(member)}"


def _by_name(record: Any) -> str:
    return str(record.name)
