"""The list of the people who live at a site, or are to move in, by room (花名册)."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Final

from dutyboard.rules.duties.site.daily_figures import class_of
from dutyboard.rules.law.sampling.samples import samples_of
from dutyboard.rules.people.course import outlook_of
from dutyboard.rules.people.identity import id_birth
from dutyboard.rules.people.officers import officer_of
from dutyboard.rules.people.rooms import bound_for_room, residents_by_site, room_order
from dutyboard.rules.people.stage import is_classed, lodging
from dutyboard.rules.records.model import Person
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.export.list_page import headed, list_page
from dutyboard.tui.export.page import Maker, Page, PageAsked, PageCell, PageColumn
from dutyboard.tui.sheets.headings import own_headings
from dutyboard.tui.terminal.masking import revealed, secret, shown
from dutyboard.tui.text import Words
from dutyboard.tui.views.times import clause

FROM_DESK: Final = (
    *("site", "room", "class", "clause", "admitted_on", "planned_end", "age", "born", "last_exposure", "samples"),
    *("origin", "found_by", "officer"),
)
"""Columns that the desk makes of its records: a sheet that comes in again tells nothing by them."""
_TEXTS: Final = (
    *("sex", "nation", "id_no", "phone", "address", "workplace", "emergency_name", "emergency_phone"),
    *("travel", "vehicle", "seat_no", "arrival_at", "illness", "medicine", "special_need", "companions", "note"),
)
"""Columns under the headings of a register of arrivals, as which the list comes in again."""
COLUMNS: Final = (
    *("number", "site", "room", "name", "sex", "age", "born", "nation", "id_no", "phone", "address", "workplace"),
    *("emergency_name", "emergency_phone", "class", "clause", "found_by", "origin", "travel", "vehicle", "seat_no"),
    *("arrival_at", "last_exposure", "admitted_on", "planned_end", "samples", "illness", "medicine", "special_need"),
    *("companions", "officer", "note"),
)
_SECRET: Final = frozenset({"id_no", "phone", "emergency_phone"})


def residents_page(asked: PageAsked, snapshot: Snapshot, now: datetime, maker: Maker, words: Words) -> Page:
    """Return the people of one site, or of all, by room; those to move in stand behind them."""
    of_site = asked.subject.number if asked.subject is not None else None
    people = [each for each in _people(snapshot) if of_site in (None, _site_of(each))]
    rows = [
        (number, *(_cell(key, each, snapshot, now, words) for key in COLUMNS[1:]))
        for number, each in enumerate(people, start=1)
    ]
    return list_page(asked, columns(words), rows, snapshot, now, maker, words, dated=False)


def columns(words: Words) -> tuple[PageColumn, ...]:
    """Return the columns: those of a register of arrivals under its headings, in whatever language."""
    own = own_headings("arrivals")
    return tuple(
        PageColumn(key, own[key]) if key in _TEXTS or key in ("name", "number") else headed(words, key)[0]
        for key in COLUMNS
    )


def _people(snapshot: Snapshot) -> Iterator[Person]:
    inside = residents_by_site(snapshot)
    coming = [each for each in snapshot.persons.values() if bound_for_room(each) and lodging(each) is None]
    coming.sort(key=lambda each: (room_order(each.room), each.id))
    for site_id in snapshot.sites:
        yield from inside.get(site_id, ())
        yield from (each for each in coming if each.site_id == site_id)


def _site_of(person: Person) -> int | None:
    held = lodging(person)
    return held.site_id if held is not None else person.site_id


def _cell(key: str, person: Person, snapshot: Snapshot, now: datetime, words: Words) -> PageCell:
    if key in _SECRET:
        return secret(getattr(person, key)) or None
    if key in _MADE:
        try:
            return _MADE[key](person, snapshot, now, words)
        except Exception:  # one record that cannot be computed is a cell in words, never the end of the list
            return words.people_pages.not_computed
    return shown(getattr(person, key)) or None


def _room(person: Person, *_: object) -> PageCell:
    held = lodging(person)
    room = held.room if held is not None else person.room
    return str(room) if room is not None else None


def _site(person: Person, snapshot: Snapshot, _now: datetime, words: Words) -> PageCell:
    site = snapshot.sites.get(_site_of(person) or 0)
    name = site.name if site is not None else ""
    return name if lodging(person) is not None else words.people_pages.room_coming.format(name=name)


def _born(person: Person, *_: object) -> PageCell:
    """Return the day of birth, where the ID number beside it is not masked: it is a part of that."""
    born = id_birth(person.id_no)
    return f"{born[:4]}-{born[4:6]}-{born[6:]}" if born and revealed() else None


def _age(person: Person, snapshot: Snapshot, now: datetime, _words: Words) -> PageCell:
    born = id_birth(person.id_no)
    today = f"{snapshot.day_of(now):%Y%m%d}"
    return int(today[:4]) - int(born[:4]) - (today[4:] < born[4:]) if born and born <= today else None


def _class(person: Person, snapshot: Snapshot, _now: datetime, words: Words) -> PageCell:
    return words.people_pages.classes[class_of(person, snapshot)]


def _clause(person: Person, _snapshot: Snapshot, _now: datetime, words: Words) -> PageCell:
    held = person.assessment
    if held is None or not is_classed(person) or not held.clause:
        return words.people_pages.unclassed
    return clause(words.duties, held.clause)


def _found_by(person: Person, _snapshot: Snapshot, _now: datetime, words: Words) -> PageCell:
    return words.person.answers["found_by"].get(person.found_by)


def _arrival(person: Person, *_: object) -> PageCell:
    """Return the arrival as a register tells it: a resident who was not away has none."""
    facts = person.facts
    if facts.no_arrival:
        return "无"
    if facts.arrival_at is None:
        return None
    return f"{facts.arrival_at:%Y-%m-%d}" if facts.arrival_hour_unknown else f"{facts.arrival_at:%Y-%m-%d %H:%M}"


def _day(day: date | None) -> PageCell:
    return day.isoformat() if day is not None else None


def _planned_end(person: Person, snapshot: Snapshot, now: datetime, words: Words) -> PageCell:
    return _day(outlook_of(person, snapshot, now).site_last) or words.people_pages.open_end


def _samples(person: Person, _snapshot: Snapshot, _now: datetime, words: Words) -> PageCell:
    told = sorted((each for each in samples_of(person.facts) if each.sampled_on), key=lambda each: str(each.sampled_on))
    said = words.course
    return (
        "; ".join(
            " ".join((f"{each.sampled_on:%m-%d}", said.test_types[each.type], said.results[each.result or "pending"]))
            for each in told
        )
        or None
    )


_MADE: Final[Mapping[str, Callable[[Person, Snapshot, datetime, Words], PageCell]]] = {
    "room": _room,
    "site": _site,
    "born": _born,
    "age": _age,
    "class": _class,
    "clause": _clause,
    "found_by": _found_by,
    "officer": lambda person, snapshot, _now, _words: officer_of(snapshot, person) or None,
    "arrival_at": _arrival,
    "last_exposure": lambda person, *_: _day(person.facts.last_exposure_on),
    "admitted_on": lambda person, *_: _day(person.admitted_on),
    "planned_end": _planned_end,
    "samples": _samples,
}
"""Makers of the cells that are more than a text of the record."""
