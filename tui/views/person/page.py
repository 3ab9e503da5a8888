"""One person's page, in the same parts as `person ID --json`.

It says who the person is, the decision and its reasons, the next steps by day, the blockers of a release, and the
history.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final

from dutyboard.rules.law.explain import considered, facts_used, open_facts, sentences, would_change
from dutyboard.rules.law.gate import Blocker
from dutyboard.rules.law.result import Result
from dutyboard.rules.people.cadres import cadres_of
from dutyboard.rules.people.contacts import linked_people
from dutyboard.rules.people.course import Course, course_of
from dutyboard.rules.people.ending import end_of, overridden
from dutyboard.rules.people.fever import readings_of
from dutyboard.rules.people.leaving import gate_of
from dutyboard.rules.people.officers import officer_gone, officer_name
from dutyboard.rules.people.provenance import history_of, told_in
from dutyboard.rules.people.stage import at_home
from dutyboard.rules.records.ids import Subject, with_names
from dutyboard.rules.records.model import AsWritten, Ending, Entry, LastDay, PastStay, Person, subject_id
from dutyboard.rules.records.obligation import Obligation
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import Corrected
from dutyboard.tui.link.looks import Look
from dutyboard.tui.person_fields import LEAVES, FieldId
from dutyboard.tui.sheets.identity import read_id
from dutyboard.tui.terminal.cells import Line, Tone, wrap
from dutyboard.tui.terminal.masking import SECRET, secret
from dutyboard.tui.text import Words
from dutyboard.tui.views.board import state_text, title
from dutyboard.tui.views.entry.line import entry_text
from dutyboard.tui.views.entry.names import entered_by, subject_name
from dutyboard.tui.views.fact_text import fact_label, fact_text, room_text
from dutyboard.tui.views.journal.looks import look_line
from dutyboard.tui.views.people import day_text, place_text, stage_text
from dutyboard.tui.views.person.companions import companion_texts
from dutyboard.tui.views.person.conditions import condition_text
from dutyboard.tui.views.person.course import course_lines, questions
from dutyboard.tui.views.person.plan import plan_texts
from dutyboard.tui.views.person.readings import reading_rows, trend_text
from dutyboard.tui.views.person.referral import referral_texts, road_texts
from dutyboard.tui.views.person.time_line import time_line
from dutyboard.tui.views.person.unlike import unlike_texts
from dutyboard.tui.views.times import clause, day_clock, deadline

INDENT = "  "
_WAY: Final[tuple[FieldId, ...]] = ("travel", "vehicle", "seat_no", "companions")
"""Texts of a past stay about the way that led to it."""


@dataclass(frozen=True)
class _Page:
    """The data of every part of the page. A computed value is computed when a part first asks for it."""

    person: Person
    owed: Sequence[Obligation]
    snapshot: Snapshot
    now: datetime
    words: Words
    cells: int
    looks: Sequence[Look]

    @cached_property
    def course(self) -> Course:
        """Section three's answer for the person."""
        return course_of(self.person, self.snapshot, self.now)

    @cached_property
    def history(self) -> tuple[Entry, ...]:
        """The entries about the person, oldest first."""
        return history_of(self.person, self.snapshot)

    def rows(self, text: str, tone: Tone = "plain", indent: str = INDENT) -> list[Line]:
        """Return a text in as many rows as it needs."""
        return [((indent + row, tone),) for row in wrap(text, self.cells - len(indent) - 1)]

    def part(self, heading: str, body: Sequence[Line]) -> list[Line]:
        """Return a heading and the rows below it. If there are none, one row says so."""
        return [((heading, "mark"),), *(body or self.rows(self.words.page.nothing, "dim")), ()]


Part = Callable[[_Page], Sequence[Line]]


def heading_line(person: Person, snapshot: Snapshot, now: datetime, words: Words) -> Line:
    """Return the heading with the day of his stage and his clause: `黄波婷 隔离点 涟源宾馆 1室  4/7  三（六）`."""
    judged = person.assessment.clause if person.assessment is not None else None
    day = day_text(person, course_of(person, snapshot, now), snapshot.day_of(now))
    parts = (heading(person, snapshot, words), day, clause(words.duties, judged) if judged else "")
    return ((" " + "  ".join(part for part in parts if part), "strong"),)


def heading(person: Person, snapshot: Snapshot, words: Words) -> str:
    """Return name, stage and place, for the row that never scrolls away."""
    place = place_text(person, snapshot, words)
    stage = stage_text(person, snapshot, words)
    placed = person.site_id is not None or person.road is not None or at_home(person)
    parts = [person.name, stage, place if placed else ""]
    return " ".join(part for part in parts if part)


def page_lines(
    person: Person,
    owed: Sequence[Obligation],
    snapshot: Snapshot,
    now: datetime,
    words: Words,
    cells: int,
    guard: Callable[[Part, _Page], Sequence[Line]] = lambda part, page: part(page),
    looks: Sequence[Look] = (),
) -> list[Line]:
    """Return the whole page in rows of at most `cells` cells.

    `owed` is what he is owed now, the first due first. `guard` calls each part: it may put a line in the place of one
    that raises. `looks` are the last looks at him, oldest first; none where the reader may not know them. Of somebody
    who waits to be assessed it first says what is to be asked, of anybody else his days.
    """
    page = _Page(person, owed, snapshot, now, words, cells, looks)
    said = words.page
    asked: tuple[str, Part] = (said.assessed_now, _assessed_now)
    course: list[tuple[str, Part]] = [(said.days, _days), (said.gate, _gate), (said.standing, _standing)]
    parts: list[tuple[str, Part]] = [
        (said.owed, _owed),
        asked if person.assessment is None else course.pop(0),
        (f"{said.identity} {said.masked_hint}", _identity),
        *course,
        *([] if person.assessment is None else [asked]),
        (said.temperatures, _temperatures),
        (said.plan, _plan),
        (said.sentence, _sentences),
        (said.used, _facts),
        (said.unknown, _unknown),
        (said.considered, _considered),
        (said.readings, _readings),
        (said.links_title, _links),
        (said.history, _history),
        *([(said.looked, _looks)] if looks else []),
    ]
    return [line for heading, part in parts for line in page.part(heading, guard(part, page))][:-1]


def aside_lines(
    person: Person, owed: Sequence[Obligation], snapshot: Snapshot, now: datetime, words: Words, cells: int
) -> list[Line]:
    """Return what a list may show of him: what he is owed, his days, and what his release lacks."""
    page, said = _Page(person, owed, snapshot, now, words, cells, ()), words.page
    parts: tuple[tuple[str, Part], ...] = (
        *((said.owed, _owed), (said.days, _days)),
        *((said.gate, _gate), (said.plan, _plan)),
    )
    return [
        heading_line(person, snapshot, now, words),
        (),
        *(line for name, part in parts for line in page.part(name, part(page))),
    ]


def _assessed_now(page: _Page) -> list[Line]:
    asks = open_facts(page.course.result, page.person.id_no, page.person.asked)
    return course_lines(page.course, page.words, page.cells, asks)


def _owed(page: _Page) -> list[Line]:
    zone = page.snapshot.zone
    lines: list[Line] = []
    for each in page.owed:
        state = state_text(each, page.now, zone, page.words)
        tone: Tone = "late" if each.state in ("late", "missed") else "plain"
        lines += page.rows(f"{title(each, page.words)}  {deadline(each.due, zone)}  {state}", tone)
    return lines


def _identity(page: _Page) -> list[Line]:
    person, fields, zone = page.person, page.words.person.fields, page.snapshot.zone
    born = read_id(person.id_no).born
    sex = page.words.person.answers["sex"].get(person.sex, person.sex)
    unit = page.snapshot.units.get(person.unit_id or 0)
    gone = officer_gone(page.snapshot, person, page.now)
    officer = page.words.page.officer_gone.format(name=person.officer_name) if gone else person.officer_name
    told = [
        ("id_no", secret(person.id_no)),
        ("sex", f"{sex} {born or ''}".strip()),
        ("phone", secret(person.phone)),
        ("address", person.address or (unit.name if unit else "")),
        ("origin", person.origin),
        ("travel", person.travel),
        ("officer_name", officer),
        ("found_by", _found_by(person, page.words)),
    ]
    line = "  ".join(f"{fields[name]} {text or '-'}" for name, text in told)  # type: ignore[index]
    lines = page.rows(line)
    if cared := "  ".join(_cared(person, page.words)):
        lines += page.rows(cared)
    for text in companion_texts(person, page.snapshot, page.words):
        lines += page.rows(text)
    if person.note:
        lines += page.rows(f"{fields['note']} {person.note}")
    for warning in person.warnings:
        lines += page.rows(page.words.person.id_warnings[warning], "soon")
    for text in unlike_texts(person, page.snapshot, page.words):
        lines += page.rows(text, "late")
    for cell in person.as_written:
        lines += page.rows(_as_written(cell, page.words), "soon")
    source = page.words.page.sources[person.source]
    return lines + page.rows(page.words.page.registered.format(at=day_clock(person.registered_at, zone), source=source))


def _cared(person: Person, words: Words) -> Iterator[str]:
    """Yield what is known of him for whoever looks after him; what nobody has told takes no room."""
    for field in LEAVES[1]:
        text = getattr(person, field.id)
        if text and field.id != "companions":
            yield f"{words.person.fields[field.id]} {secret(text) if field.id in SECRET else text}"


def _as_written(cell: AsWritten, words: Words) -> str:
    """Return a cell of a sheet that was not understood, with its column and place."""
    names: Mapping[str, str] = {str(field): name for field, name in words.person.fields.items()}
    return words.page.as_written.format(
        field=cell.heading or names.get(cell.field, cell.field),
        text=secret(cell.text) if cell.field in SECRET else cell.text,
        where=f"{cell.sheet} " if cell.sheet else "",
        row=cell.row,
    )


def _found_by(found: Person | PastStay, words: Words) -> str:
    """Return the way in which screening found somebody; "" if nobody has said."""
    return words.person.answers["found_by"].get(found.found_by, "")


def _standing(page: _Page) -> list[Line]:
    person, said, zone = page.person, page.words.page, page.snapshot.zone
    parts = [stage_text(person, page.snapshot, page.words), place_text(person, page.snapshot, page.words)]
    if person.admitted_on:
        parts.append(said.admitted.format(day=person.admitted_on))
    cadres = page.words.marks.comma.join(filter(None, cadres_of(person)))
    if cadres:
        parts.append(said.cadre.format(name=cadres))
    lines = page.rows("  ".join(dict.fromkeys(parts)), "strong")
    for each in person.last_days:
        lines += page.rows(_last_day(each, page.snapshot, page.words), "late")
    end = end_of(person, page.snapshot)
    if end is not None:
        lines += page.rows(_end_text(end, page.snapshot, page.words), "strong")
    for stay in person.stays_before:
        lines += page.rows(_stay_text(stay, page), "dim")
    if overridden(person, end):
        lines += page.rows(said.released_early, "late")
    if person.stopped_by:
        lines += page.rows(said.stopped.format(who=subject_name(person.stopped_by, page.snapshot)), "late")
    about_road = road_texts(person, page.snapshot, page.words)
    for text, tone in (*referral_texts(person, page.course, page.snapshot, page.words), *about_road):
        lines += page.rows(text, tone)
    made = person.assessment
    if made is None:
        return lines + page.rows(said.not_assessed, "soon")
    officer = page.snapshot.officers.get(made.by)
    name = clause(page.words.duties, made.clause) if made.clause else page.words.course.clause_refer
    text = said.assessed.format(
        clause=name,
        decision=page.words.course.decisions[made.decision],
        who=officer.name if officer else "?",
        at=day_clock(made.at, zone),
        notice=_notice_title(made.notice, page),
    )
    return lines + page.rows(text)


def _stay_text(stay: PastStay, page: _Page) -> str:
    """Return when a stay before this one was, under which clause, and how it ended."""
    said, zone = page.words.page, page.snapshot.zone
    begins = f"{stay.registered_at.astimezone(zone):%Y-%m-%d}"
    ends = f"{stay.closed_at.astimezone(zone):%Y-%m-%d}" if stay.closed_at else ""
    named = clause(page.words.duties, stay.clause) if stay.clause else ""
    found = _found_by(stay, page.words)
    parts = [f"{page.words.person.fields['found_by']} {found}"] if found else []
    parts += [f"{page.words.person.fields[name]} {getattr(stay, name)}" for name in _WAY if getattr(stay, name)]
    if stay.site_id is not None:
        parts.append(room_text(stay.site_id, stay.room, page.snapshot, page.words))
    parts += [_end_text(stay.end, page.snapshot, page.words)] if stay.end else []
    return said.stay_before.format(begins=begins, ends=ends, clause=named, how="  ".join(parts))


def _last_day(held: LastDay, snapshot: Snapshot, words: Words) -> str:
    """Return the last day of a stage as a leader set it, with his reason."""
    return words.page.last_day.format(
        stage=words.page.stages[held.of],
        was=f"{held.was:%m-%d}",
        last=f"{held.last:%m-%d}",
        who=officer_name(snapshot, held.leader) or "?",
        reason=held.reason,
    )


def _end_text(end: Ending, snapshot: Snapshot, words: Words) -> str:
    """Return what the end of a record was, when, by which document and leader, and why."""
    said = words.page
    parts = [said.ended.format(end=words.course.ends[end.how], at=day_clock(end.at, snapshot.zone))]
    if end.to:
        parts.append(said.ended_to.format(to=subject_name(end.to, snapshot)))
    if end.letter:
        parts.append(words.log.letter.format(letter=end.letter))
    if end.leader is not None:
        parts.append(words.log.led_by.format(who=officer_name(snapshot, end.leader) or "?"))
    if end.reason:
        parts.append(said.ended_why.format(reason=end.reason))
    return "  ".join(parts)


def _notice_title(notice: str, page: _Page) -> str:
    known = page.snapshot.notices_known.get(notice)
    if known is None:
        return notice
    return known.title.said_in(page.words.language)


def _days(page: _Page) -> list[Line]:
    readings = page.snapshot.readings.get(page.person.id, ())
    return time_line(page.course.plan, readings, page.snapshot, page.now, page.words, page.cells)


def _plan(page: _Page) -> list[Line]:
    texts = plan_texts(page.course.plan, page.snapshot.day_of(page.now), page.words)
    return [line for text, tone in texts for line in page.rows(text, tone)]


def _gate(page: _Page) -> list[Line]:
    found = gate_of(page.person, page.snapshot, page.now)
    people = page.words.people
    if found is None:
        return page.rows(page.words.page.gate_none, "dim")
    if found.may_release:
        return page.rows(people.gate_open, "strong")
    lines = page.rows(people.gate_blocked, "late")
    for each in page.person.last_days:
        lines += page.rows(_last_day(each, page.snapshot, page.words), "late", indent=INDENT * 2)
    for blocker in found.blockers:
        lines += page.rows(blocker_text(blocker, page.course.result, page.snapshot, page.words), indent=INDENT * 2)
    return lines


def blocker_text(blocker: Blocker, result: Result, snapshot: Snapshot, words: Words) -> str:
    """Return a blocker of a release in words, with its test, day, person or condition."""
    text = words.assess.blockers[blocker.code]
    if blocker.test is not None:
        test = blocker.test
        return f"{text} {words.course.test_types[test.type]}" + words.page.blocker_day.format(day=f"{test.day:%m-%d}")
    if blocker.day is not None:
        return text + words.page.blocker_day.format(day=f"{blocker.day:%m-%d}")
    if blocker.code == "condition_open":
        rows = [row for row in map(result.notice.section_three.branch, result.branches) if row.clause == blocker.about]
        conditions = [
            condition_text(each.text, words.conditions) for row in rows for part in row.release_when for each in part
        ]
        return " ".join([text, clause(words.duties, blocker.about), *dict.fromkeys(conditions)])
    if Subject.parse(blocker.about) is not None:
        return f"{text} {subject_name(blocker.about, snapshot)}"
    return text


def _sentences(page: _Page) -> list[Line]:
    lines: list[Line] = []
    for each in sentences(page.course.result):
        lines += page.rows(f"{clause(page.words.duties, each.clause)} {each.text.said_in(page.words.language)}")
    demands = page.course.result.demands
    named = {name: getattr(demands, name) for name in page.words.page.demand_names}
    texts = [
        f"{page.words.page.demand_names[name]} {clause(page.words.duties, where)}"
        for name, where in named.items()
        if where is not None
    ]
    return lines + page.rows(f"{page.words.page.demands}: {'  '.join(texts)}", "dim") if texts else lines


def _facts(page: _Page) -> list[Line]:
    words, said, zone = page.words, page.words.page, page.snapshot.zone
    lines: list[Line] = []
    for key, value in facts_used(page.course.result).items():
        entry = told_in(key, page.history)
        source = words.log.kinds[entry.kind] if entry else said.sources[page.person.source]
        at = day_clock(entry.entered_at if entry else page.person.registered_at, zone)
        text = _names(fact_text(key, value, words), page.snapshot)
        lines += page.rows(said.used_line.format(fact=fact_label(key, words), value=text, source=source, at=at))
    return lines


def _unknown(page: _Page) -> list[Line]:
    keys = would_change(page.course.result)
    return page.rows(questions(keys, page.course.result, page.words, most=len(keys)), "soon") if keys else []


def _considered(page: _Page) -> list[Line]:
    said, section = page.words.page, page.course.result.notice.section_three
    lines: list[Line] = []
    for each in considered(page.course.result):
        branch = section.branch(each.branch)
        template = said.considered_open if each.unknown else said.considered_no
        why = template.format(
            conditions=page.words.marks.comma.join(condition_text(text, page.words.conditions) for text in each.failing)
        )
        name = branch.title.said_in(page.words.language)
        lines += page.rows(f"{clause(page.words.duties, each.clause)} {name}  {why}", "soon" if each.unknown else "dim")
    return lines


def _readings(page: _Page) -> list[Line]:
    result = page.course.result
    if not result.readings:
        return []
    text = " ".join(result.readings)
    if result.flags:
        text += "  " + page.words.page.to_confirm.format(numbers=" ".join(result.flags))
    return page.rows(text)


def _temperatures(page: _Page) -> list[Line]:
    found = readings_of(page.person, page.snapshot)
    trend = trend_text(found, page.words, page.cells - 2 * len(INDENT))
    rows = reading_rows(found, page.snapshot, page.words)
    return [line for text, tone in ((trend, "plain"), *rows) if text for line in page.rows(text, tone)]


def _links(page: _Page) -> list[Line]:
    said, me = page.words.page, subject_id(page.person)
    lines: list[Line] = []
    for link in page.course.facts.linked or ():
        state = said.links[link.state or "unknown"]
        form = said.linked_to if page.person.facts.contact == "secondary" else said.met
        lines += page.rows(form.format(name=subject_name(link.id, page.snapshot), state=state))
    for other in page.snapshot.persons.values():
        if page.person in linked_people(other, page.snapshot.persons) and me != subject_id(other):
            stage = stage_text(other, page.snapshot, page.words)
            form = said.contact_of if other.facts.contact == "secondary" else said.met_by
            lines += page.rows(form.format(name=other.name, stage=stage))
    return lines


def _history(page: _Page) -> list[Line]:
    lines: list[Line] = []
    for entry in reversed(page.history):
        head = f"{day_clock(entry.happened_at, page.snapshot.zone)} {entered_by(entry, page.snapshot)}"
        text = entry_text(entry, page.snapshot, page.words, subject=False)
        tone: Tone = "dim" if entry.id in page.snapshot.amended else "late" if entry.abnormal else "plain"
        lines += page.rows(f"{head} {text}", tone)
        for detail in _details(entry, page.snapshot, page.words):
            lines += page.rows(detail, indent=INDENT * 3)
    return lines


def _looks(page: _Page) -> list[Line]:
    texts = [look_line(each, page.snapshot, page.words, subject=False) for each in reversed(page.looks)]
    lines = [line for text in texts for line in page.rows(text)]
    return lines + page.rows(page.words.page.looked_more.format(person=page.person.id), "dim")


def _details(entry: Entry, snapshot: Snapshot, words: Words) -> Iterator[str]:
    """Yield the changes of a correction, field by field. Of ID and phone their values are left out."""
    told = entry.told
    if not isinstance(told, Corrected):
        return
    for key in told.changed:
        sides = (told.before, told.after)
        before, after = ((fact_text(key, side[key], words) if key in side else "") or "-" for side in sides)
        if any(key in side for side in sides):
            yield _names(words.page.changed.format(field=fact_label(key, words), before=before, after=after), snapshot)


def _names(text: str, snapshot: Snapshot) -> str:
    """Return the text with names in place of `person-3`."""
    return with_names(text, lambda person: subject_name(person, snapshot))
