"""Papers of one person: the order that he was given, and the letter that lets him go."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from dutyboard.rules.law.explain import sentences
from dutyboard.rules.people.cadres import cadres_of
from dutyboard.rules.people.course import Course, course_of, fresh_course
from dutyboard.rules.people.ending import end_of
from dutyboard.rules.people.identity import CARED, OF_ONE_WAY
from dutyboard.rules.people.officers import officer_name
from dutyboard.rules.people.provenance import history_of
from dutyboard.rules.people.rulings import going_on
from dutyboard.rules.people.stage import at_home, is_watched, under_control
from dutyboard.rules.records.model import Entry, Person, subject_id
from dutyboard.rules.records.snapshot import Snapshot, desk_of
from dutyboard.rules.records.told.person import Released
from dutyboard.tui.export.page import Maker, NoPage, Page, PageAsked, PageColumn, PageTable, head_json, made_line
from dutyboard.tui.export.result_json import plan_json
from dutyboard.tui.terminal.masking import secret
from dutyboard.tui.text import Words
from dutyboard.tui.views.people import bound_text, place_text
from dutyboard.tui.views.person.course import refer_reason, result_name

_ORDER = ("item", "first", "last")
_SAMPLES = ("test", "on", "result")


def order_page(asked: PageAsked, snapshot: Snapshot, now: datetime, maker: Maker, words: Words) -> Page:
    """Return the order of a person under control: by which clause, where, until when, with which tests.

    A day that is not known yet is an empty place on the paper, null in JSON. Raises NoPage for who is not assessed, or
    let go.
    """
    person = _person(asked, snapshot)
    if person.assessment is None or not under_control(person):
        raise NoPage(words.papers.none["order"].format(name=person.name))
    said, course = words.papers, course_of(person, snapshot, now)
    above = [*_who(snapshot, person, words), *_cared(person, words), *_basis(person, course, words)]
    above.append(said.place.format(place=_place(person, snapshot, words)))
    above += [_cadres(*cadres_of(person), words), said.signed_order, said.receipt]
    rows = (*_stages(course, words), *_tests(course, words))
    planned = plan_json(course.plan)
    data = {
        **_head(asked, snapshot, person, now, maker),
        "clause": going_on(person, course.result).clause,
        "plan": planned,
        "rows": [*planned["stages"], *(each for each in planned["tests"] if each["demanded"])],
        "totals": {},
    }
    return _page(
        asked, tuple(above), PageTable(_columns(_ORDER, said.order_columns), rows), data, snapshot, now, maker, words
    )


def release_page(asked: PageAsked, snapshot: Snapshot, now: datetime, maker: Maker, words: Words) -> Page:
    """Return the letter of the release that led to the present stage. Raises NoPage where none did.

    Clause and samples are those of the day of the release, whatever came after it.
    """
    person = _person(asked, snapshot)
    released = _last_release(snapshot, person)
    if released is None:
        raise NoPage(words.papers.none["release"].format(name=person.name))
    entry, told = released
    said, at = words.papers, entry.happened_at.astimezone(snapshot.zone)
    leader, stages = officer_name(snapshot, told.leader_id), words.course.stages
    course = fresh_course(person, snapshot, entry.happened_at)
    above = [*_who(snapshot, person, words), *_basis(person, course, words)]
    above.append(
        said.let_go.format(at=f"{at:%Y-%m-%d %H:%M}", leader=leader, stage=stages[told.from_], to=stages[told.to])
    )
    if told.overridden:
        blockers = words.marks.comma.join(words.assess.blockers[each] for each in told.overridden)
        above.append(said.against.format(blockers=blockers, reason=entry.text or said.blank))
    above += [_cadres(told.town_cadre, told.home_cadre, words)] if told.to == "home" else []
    above.append(said.signed_release)
    samples = [each for each in person.facts.tests if each.sampled_on is None or each.sampled_on <= at.date()]
    rows: list[tuple[str, ...]] = []
    for each in samples:
        result = words.course.results[each.result or "pending"]
        rows.append((words.course.test_types[each.type], _day(each.sampled_on, words), result))
    data = {
        **_head(asked, snapshot, person, now, maker),
        "entry": entry.id,
        "stage": told.from_,
        "next_stage": told.to,
        "at": at.isoformat(timespec="seconds"),
        "leader": leader,
        "overridden": list(told.overridden),
        "reason": entry.text or None,
        "clause": going_on(person, course.result).clause,
        "rows": [
            {"type": each.type, "on": each.sampled_on and each.sampled_on.isoformat(), "result": each.result}
            for each in samples
        ],
        "totals": {},
    }
    table = PageTable(_columns(_SAMPLES, said.sample_columns), tuple(rows))
    return _page(asked, tuple(above), table, data, snapshot, now, maker, words)


def _person(asked: PageAsked, snapshot: Snapshot) -> Person:
    assert asked.subject is not None
    return snapshot.persons[asked.subject.number]


def _columns(keys: tuple[str, ...], heads: tuple[str, ...]) -> tuple[PageColumn, ...]:
    return tuple(PageColumn(key, head) for key, head in zip(keys, heads, strict=True))


def _page(
    asked: PageAsked,
    above: tuple[str, ...],
    table: PageTable,
    data: Mapping[str, Any],
    snapshot: Snapshot,
    now: datetime,
    maker: Maker,
    words: Words,
) -> Page:
    made = made_line(snapshot, now, maker, words)
    return Page(title=words.papers.titles[asked.kind], above=above, tables=(table,), made=made, json=data)


def _last_release(snapshot: Snapshot, person: Person) -> tuple[Entry, Released] | None:
    """Return the newest release that was not taken back, if it led to the present stage."""
    for entry in sorted(history_of(person, snapshot), key=lambda each: -each.id):
        if isinstance(entry.told, Released) and entry.id not in snapshot.amended:
            end, day = end_of(person, snapshot), snapshot.day_of(entry.happened_at)
            # A later stay may begin at home without any release: then he is there since another day.
            home = at_home(person) and person.home_from in (None, day)
            stands = home if entry.told.to == "home" else end is not None and end.entry == entry.id
            return (entry, entry.told) if stands else None
    return None


def _basis(person: Person, course: Course, words: Words) -> list[str]:
    """Return the clause that he is held by, with its sentences, and what an office was asked about him."""
    result, asked = going_on(person, course.result), course.result
    lines = [words.papers.basis.format(clause=result_name(result, words))]
    lines += [each.text.said_in(words.language) for each in sentences(result)]
    if asked.decision == "refer":
        lines.append(words.course.refer.format(reason=refer_reason(asked.reasons, words)))
    return lines


def _place(person: Person, snapshot: Snapshot, words: Words) -> str:
    """Return where he is to stay: where he is taken, else his address, or the place where he is."""
    if bound := bound_text(person, snapshot, words):
        return bound
    own = person.address if is_watched(person) else ""
    return own or place_text(person, snapshot, words)


def _cadres(town: str | None, village: str | None, words: Words) -> str:
    said = words.papers
    return said.cadres.format(town=town or said.blank, village=village or said.blank)


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


def _cared(person: Person, words: Words) -> Iterator[str]:
    """Yield what the order says for whoever looks after him: workplace, contact, illness, needs. Unknown is no word."""
    texts = {name: getattr(person, name) for name in CARED if name not in OF_ONE_WAY}
    texts["emergency_phone"] = secret(texts["emergency_phone"])
    labels: Mapping[str, str] = {str(name): label for name, label in words.person.fields.items()}
    if told := "  ".join(f"{labels[name]} {text}" for name, text in texts.items() if text):
        yield told


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


def _head(asked: PageAsked, snapshot: Snapshot, person: Person, now: datetime, maker: Maker) -> dict[str, Any]:
    head = head_json(asked, desk_of(snapshot).desk, snapshot, now, maker)
    return {**head, "person": subject_id(person), "name": person.name}
