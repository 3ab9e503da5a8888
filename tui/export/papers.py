"""Papers of one person: the order that he was given, and the letter that lets him go."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Literal

from dutyboard.rules.law.explain import sentences
from dutyboard.rules.people.course import Course, course_of
from dutyboard.rules.people.ending import end_of
from dutyboard.rules.people.officers import officer_name
from dutyboard.rules.people.provenance import history_of
from dutyboard.rules.people.stage import at_home
from dutyboard.rules.records.model import Entry, Person, subject_id
from dutyboard.rules.records.snapshot import Snapshot, desk_of
from dutyboard.rules.records.told.person import Released
from dutyboard.tui.export.report import Page
from dutyboard.tui.export.result_json import plan_json
from dutyboard.tui.terminal.masking import secret
from dutyboard.tui.text import Words
from dutyboard.tui.views.people import place_text
from dutyboard.tui.views.person.course import result_name

PaperKind = Literal["order", "release"]
"""Papers by the name of their report."""


def order_page(snapshot: Snapshot, person: Person, now: datetime, words: Words) -> Page | None:
    """Returns the order of an assessed person: by which clause, where, until when, with which tests.

    None: he is not assessed. A day that is not known yet is an empty place on the paper and None in the JSON.
    """
    if person.assessment is None:
        return None
    said, course = words.papers, course_of(person, snapshot, now)
    above = [*_who(snapshot, person, words), said.basis.format(clause=result_name(course.result, words))]
    above += [each.text.said_in(words.language) for each in sentences(course.result)]
    above.append(said.place.format(place=place_text(person, snapshot, words)))
    above += [said.cadres.format(town=person.town_cadre or said.blank, village=person.home_cadre or said.blank)]
    above += [said.signed_order, said.receipt]
    rows = (said.order_columns, *_stages(course, words), *_tests(course, words))
    data = {**_head("order", snapshot, person, now), "clause": course.result.clause, "plan": plan_json(course.plan)}
    return Page(said.titles["order"], tuple(above), rows, data)


def release_page(snapshot: Snapshot, person: Person, now: datetime, words: Words) -> Page | None:
    """Returns the letter of the last release: from which stage, to where, when, by whom. None: there was none."""
    released = _last_release(snapshot, person)
    if released is None:
        return None
    entry, told = released
    said, at = words.papers, entry.happened_at.astimezone(snapshot.zone)
    leader = officer_name(snapshot, told.leader_id)
    course = course_of(person, snapshot, now)
    above = [*_who(snapshot, person, words), said.basis.format(clause=result_name(course.result, words))]
    stages = words.course.stages
    above.append(
        said.let_go.format(at=f"{at:%Y-%m-%d %H:%M}", leader=leader, stage=stages[told.from_], to=stages[told.to])
    )
    above += [said.against.format(reason=entry.text or said.blank)] if told.overridden else []
    if told.to == "home":
        cadres = (told.town_cadre or said.blank, told.home_cadre or said.blank)
        above.append(said.cadres.format(town=cadres[0], village=cadres[1]))
    above.append(said.signed_release)
    rows = [said.sample_columns]
    for each in person.facts.tests:
        result = words.course.results[each.result or "pending"]
        rows.append((words.course.test_types[each.type], _day(each.sampled_on, words), result))
    data = {
        **_head("release", snapshot, person, now),
        "entry": entry.id,
        "from": told.from_,
        "to": told.to,
        "at": at.isoformat(timespec="seconds"),
        "leader": leader,
        "overridden": list(told.overridden),
        "reason": entry.text or None,
        "clause": course.result.clause,
        "samples": [
            {"type": each.type, "on": each.sampled_on and each.sampled_on.isoformat(), "result": each.result}
            for each in person.facts.tests
        ],
    }
    return Page(said.titles["release"], tuple(above), tuple(rows), data)


def _last_release(snapshot: Snapshot, person: Person) -> tuple[Entry, Released] | None:
    """Return the newest release that was not taken back, if it led to the present stage."""
    for entry in sorted(history_of(person, snapshot), key=lambda each: -each.id):
        if isinstance(entry.told, Released) and entry.id not in snapshot.amended:
            end = end_of(person, snapshot)
            stands = at_home(person) if entry.told.to == "home" else end is not None and end.entry == entry.id
            return (entry, entry.told) if stands else None
    return None


def _who(snapshot: Snapshot, person: Person, words: Words) -> tuple[str, str]:
    """Return the lines that say who he is. His numbers are masked unless somebody gave a reason to show them."""
    said, unit = words.papers, snapshot.units.get(person.unit_id or 0)
    sex = words.person.answers["sex"].get(person.sex, person.sex) or said.blank
    numbers = (secret(person.id_no) or said.blank, secret(person.phone) or said.blank)
    address = person.address or (unit.name if unit is not None else said.blank)
    return (
        said.who.format(name=person.name, sex=sex, id_no=numbers[0], phone=numbers[1]),
        said.lives.format(address=address),
    )


def _stages(course: Course, words: Words) -> Iterator[tuple[str, ...]]:
    for each in course.plan.stages:
        if each.kind != "done":
            yield words.page.stages[each.kind], _day(each.first, words), _day(each.last, words)


def _tests(course: Course, words: Words) -> Iterator[tuple[str, ...]]:
    """Yield the samples that are demanded; a day that the notice does not name says that it is proposed."""
    for each in course.plan.tests:
        if each.demanded:
            proposed = f"({words.course.proposed})" if each.proposed else ""
            yield words.course.test_types[each.type] + proposed, _day(each.day, words), _day(each.day, words)


def _day(day: date | None, words: Words) -> str:
    return day.isoformat() if day is not None else words.papers.blank


def _head(kind: PaperKind, snapshot: Snapshot, person: Person, now: datetime) -> dict[str, Any]:
    return {
        "kind": kind,
        "scope": desk_of(snapshot).desk,
        "person": subject_id(person),
        "name": person.name,
        "made_at": now.isoformat(timespec="seconds"),
        "seq": snapshot.seq,
    }
