"""Record sheet of a person: all that the desk knows of him, for a hospital or another county."""

from collections.abc import Callable, Iterable

from dutyboard.rules.law.explain import facts_used
from dutyboard.rules.people.cadres import cadres_of
from dutyboard.rules.people.course import fresh_course
from dutyboard.rules.people.fever import readings_of
from dutyboard.rules.people.provenance import history_of, told_in
from dutyboard.rules.records.model import Entry
from dutyboard.rules.records.stays import PastStay
from dutyboard.rules.records.told.person import (
    Arrived,
    Assessed,
    Departed,
    Diverted,
    HandedOff,
    ReferralAnswered,
    Referred,
    Released,
    RoomChanged,
    Transferred,
    TurnedBack,
)
from dutyboard.tui.export.person.notices import basis, plan_rows, test_rows
from dutyboard.tui.export.person.paper_case import PaperCase, PaperFields, PaperRows, bearer
from dutyboard.tui.views.entry.line import entry_text
from dutyboard.tui.views.entry.names import entered_by
from dutyboard.tui.views.fact_text import fact_label, fact_text, room_text
from dutyboard.tui.views.people import place_text, stage_text
from dutyboard.tui.views.times import clause

_RIDES = (Departed, Arrived, TurnedBack, Diverted, Transferred)
_ASKED = (Referred, ReferralAnswered)


def record(case: PaperCase) -> PaperFields:
    """Return the whole history of a person, each part with the number of the entry that tells it."""
    person, words, history = case.person, case.words, history_of(case.person, case.snapshot)
    course = fresh_course(person, case.snapshot, case.now)
    standing = [each for each in history if each.id not in case.snapshot.amended]
    town, village = cadres_of(person)

    def told(is_one: Callable[[Entry], bool]) -> PaperRows:
        return _rows(case, filter(is_one, standing))

    return {
        **bearer(case),
        **basis(case, course),
        **plan_rows(case, course),
        "origin": person.origin,
        "travel": person.travel,
        "vehicle_in": person.vehicle,
        "seat_no": person.seat_no,
        "found_by": words.person.answers["found_by"].get(person.found_by, ""),
        "registered_at": case.moment(person.registered_at),
        "note": person.note,
        "stage": stage_text(person, case.snapshot, words),
        "place": place_text(person, case.snapshot, words),
        "town_cadre": town,
        "home_cadre": village,
        "facts": tuple(
            {
                "what": fact_label(key, words),
                "value": fact_text(key, value, words),
                "entry": case.entry(entry.id) if (entry := told_in(key, history)) is not None else "",
            }
            for key, value in facts_used(course.result).items()
        ),
        "stays": tuple(_stay(case, each) for each in person.stays_before),
        "rooms": told(_gives_room),
        "tests": test_rows(case),
        "readings": tuple(
            {
                "entry": case.entry(each.entry),
                "at": case.moment(each.at),
                "temp": f"{each.temp_c:.1f}" if each.temp_c is not None else "",
                "symptom": each.symptom,
                "by": each.by,
            }
            for each in readings_of(person, case.snapshot)
        ),
        "rides": told(lambda each: isinstance(each.told, _RIDES)),
        "referrals": told(lambda each: isinstance(each.told, _ASKED)),
        "releases": told(lambda each: isinstance(each.told, Released | HandedOff)),
        "history": _rows(case, history),
    }


def _gives_room(entry: Entry) -> bool:
    """Return True if an entry gives somebody a room."""
    told = entry.told
    return isinstance(told, RoomChanged) or (
        isinstance(told, Assessed | Referred | Transferred | Arrived) and told.site_id is not None
    )


def _rows(case: PaperCase, entries: Iterable[Entry]) -> PaperRows:
    """Return entries in words. One that was corrected says by which."""
    found = []
    for each in entries:
        text = entry_text(each, case.snapshot, case.words, subject=False)
        by = case.snapshot.amended.get(each.id)
        mark = case.words.papers.amended.format(id=by) if by is not None else ""
        row = {"entry": case.entry(each.id), "at": case.moment(each.happened_at)}
        found.append({**row, "by": entered_by(each, case.snapshot), "what": f"{text}{mark}"})
    return tuple(found)


def _stay(case: PaperCase, stay: PastStay) -> dict[str, str]:
    """Return a stay that has ended: its days, its clause, its room and its end."""
    words, zone = case.words, case.snapshot.zone
    begins = case.day(stay.registered_at.astimezone(zone).date())
    ends = case.day(stay.closed_at.astimezone(zone).date() if stay.closed_at is not None else None)
    parts = [room_text(stay.site_id, stay.room, case.snapshot, words)]
    parts += [words.course.ends[stay.end.how]] if stay.end is not None else []
    return {
        "days": words.papers.stays.format(begins=begins, ends=ends),
        "clause": clause(words.duties, stay.clause) if stay.clause else "",
        "how": "  ".join(filter(None, parts)),
    }
