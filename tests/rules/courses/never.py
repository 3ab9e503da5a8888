"""What may never be on a desk, whoever did what: each question returns the people of whom it is so."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from dutyboard.rules.board import board
from dutyboard.rules.law.facts import Facts
from dutyboard.rules.law.facts import Test as Sample
from dutyboard.rules.law.sampling.samples import open_results, samples_of
from dutyboard.rules.law.section_three import PLACES
from dutyboard.rules.people.contacts import is_positive
from dutyboard.rules.people.course import Course, course_of, fresh_course
from dutyboard.rules.people.identity import is_sound
from dutyboard.rules.people.leaving import LEAVING
from dutyboard.rules.people.rooms import rooms_held
from dutyboard.rules.people.stage import awaits_answer, in_hospital, in_queue, on_desk, on_road, site_of, stands
from dutyboard.rules.records.commands.amending import Amend
from dutyboard.rules.records.commands.person import Release
from dutyboard.rules.records.commands.sheets import ImportArrivals, ImportLayer, UndoImport
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Person, Record, subject_id
from dutyboard.rules.records.obligation import OWED, Obligation
from dutyboard.rules.records.readings import Reading
from dutyboard.rules.records.told.person import Corrected, Merged, ReferralAnswered
from dutyboard.rules.records.transaction import Accepted
from dutyboard.rules.records.unlike import contradictions_of
from tests.rules.courses.night import TOWN, Night, is_sheet, said_of
from tests.rules.desks import LI, actor, signed
from tests.rules.law.test_days import ADDED, with_added

NO_WAY_BACK: Final = frozenset({"amend_by_own_act", "room_taken", "site_not_active", "record_closed", "already_done"})
"""Why an act is not taken back: another act undoes it, the room that it left is not to be had any more, the record is
closed and opened first, or a part of a check that is brought back says nothing that no other part says."""
SOON: Final = timedelta(hours=24)
"""A thing that begins within so long is owed already, in the sense of the notice's sentence."""
Rows = Sequence[Obligation]
"""Everything on the board of the moment."""
MILDER: Final[Mapping[str, tuple[str, ...]]] = {
    "health_code": ("green", "yellow", "red"),
    "travel_card": ("green", "yellow", "red"),
    "contact": ("secondary", "close"),
    "symptoms": ("none", "present"),
    "case_status": ("suspected", "confirmed"),
}
"""Words of a fact, the mildest first. A register that has no column of contacts says `none`, and tells nothing."""
GRAVITY: Final[Mapping[str, Callable[[Facts], int]]] = {
    "positive": lambda facts: int(is_positive(facts)),
    "codes": lambda facts: (facts.health_code == "red") + (facts.travel_card == "red"),
    "close": lambda facts: int(facts.contact == "close"),
    "present": lambda facts: int(facts.symptoms == "present"),
    "case": lambda facts: int(facts.case_status in ("suspected", "asymptomatic", "confirmed")),
}
"""Gravity of the facts that no sheet lowers."""
Wrong = Callable[[Night, Rows], Iterable[Person]]


def wrong(night: Night) -> str:
    """Return what may never be and is, with the person; empty: nothing."""
    rows = board(night.snapshot, night.now).obligations
    for what, found in NEVER.items():
        for person in found(night, rows):
            return f"{what}: {said_of(person, night)}"
    return ""


# ---------------------------------------------------------------- nobody slips


def unowed(night: Night, rows: Rows) -> list[Person]:
    """Return the people on the desk whom nothing names that is owed or begins within a day (坚决杜绝"漏管失控")."""
    named = _named(row for row in rows if row.state in (*OWED, "upcoming"))
    left = [each for each in night.snapshot.persons.values() if on_desk(each) and not _names(named, each)]
    if left:
        later = night.now + SOON
        begin = (row for row in board(night.snapshot, later).obligations if night.now < row.opens <= later)
        named = _named(row for row in begin if row.state in (*OWED, "upcoming"))
    return [each for each in left if not _names(named, each)]


def _named(rows: Iterable[Obligation]) -> set[str]:
    """Return the people, and the sites whose rounds they are, that some rows are for."""
    return {name for row in rows for name in (str(row.subject_id), *map(str, row.left or row.people))}


def _names(named: set[str], person: Person) -> bool:
    """Return True if a person is among them, himself or as a resident of a site that owes a round."""
    return str(subject_id(person)) in named or f"site-{site_of(person)}" in named


def _asked(rows: Rows, *kinds: str) -> set[str]:
    """Return the people about whom a row of these kinds is owed."""
    return {str(row.subject_id) for row in rows if row.state in (*OWED, "upcoming") and row.kind in kinds}


def unasked(night: Night, rows: Rows) -> list[Person]:
    """Return the people about whom an office owes an answer and no row says so."""
    asked = _asked(rows, "referral")
    return [each for each in night.snapshot.persons.values() if awaits_answer(each) and subject_id(each) not in asked]


def feverish(night: Night, rows: Rows) -> Iterator[Person]:
    """Yield the people whose last reading is odd, of whom no row asks for anything."""
    asked = _asked(rows, "retake", "suspected", "referral")
    for number, readings in night.snapshot.readings.items():
        if not readings:
            continue
        person, last = night.snapshot.persons[number], readings[-1]
        limits = night.snapshot.daily_at(last.at).thresholds
        odd = last.symptom or (last.temp_c is not None and not limits.low_c <= last.temp_c < limits.fever_c)
        settled = night.snapshot.settled.get(number)
        answered = settled is not None and last.at <= settled
        ours = on_desk(person) and not in_hospital(person) and last.at > person.registered_at
        if odd and ours and not answered and subject_id(person) not in asked:
            yield person


def unreported(night: Night, rows: Rows) -> Iterator[Person]:
    """Yield the people of whom a result is out, and no row asks for it."""
    asked = _asked(rows, "test", "suspected")
    for person in night.snapshot.persons.values():
        waits = any(each.result == "pending" for each in open_results(person.facts))
        if waits and person.stage in LEAVING and subject_id(person) not in asked:
            yield person


def closed_but_due(night: Night, _: Rows) -> Iterator[Person]:
    """Yield the people whose record is closed, although what is known of them today asks for more."""
    told = (each for each in night.snapshot.entries.values() if isinstance(each.told, Merged))
    merged = {subject.number for each in told if (subject := Subject.parse(each.subject)) is not None}
    for person in night.snapshot.persons.values():
        if on_desk(person) or person.end is None or person.end.how not in ("released", "free"):
            continue
        if any(each.code == TOWN[1] for each in person.facts.stays or ()) or person.facts.linked:
            continue  # calls about the area are owed, and he may not have been there; contacts are owed their tracing
        course = fresh_course(person, night.snapshot, night.now)
        under_another = person.assessment is None or person.assessment.notice != course.result.notice.id
        if under_another or person.id in merged or course.result.first_place == "free_after_negative":
            continue  # nobody is asked back for a new notice, or for what two records of one person say together
        if course.free_from is None or course.free_from > night.snapshot.day_of(person.end.at):
            yield person


def unlike_unasked(night: Night, rows: Rows) -> Iterator[Person]:
    """Yield the people on the desk of whom something is told unlike, and no row asks who is right."""
    asked = _asked(rows, "contradiction")
    for number in {each.person_id for each in night.snapshot.contradictions.values() if each.settled_at is None}:
        person = night.snapshot.persons[number]
        if on_desk(person) and contradictions_of(person, night.snapshot) and subject_id(person) not in asked:
            yield person


# ---------------------------------------------------------------- sheets


def lowered(night: Night, _: Rows) -> Iterator[Person]:
    """Yield the people on the desk of whom a sheet took back what is grave."""
    last = night.last
    if last is None or not is_sheet(last.command):
        return
    for number, was in last.before.persons.items():
        now = night.snapshot.persons[number]
        if on_desk(was) and any(GRAVITY[key](now.facts) < grave(was.facts) for key, grave in GRAVITY.items()):
            yield now


def unheard(night: Night, _: Rows) -> Iterator[Person]:
    """Yield the people of whom a register tells something milder, and no officer is asked about it or was before."""
    last = night.last
    if last is None or not isinstance(last.command, ImportArrivals):
        return
    for row in last.command.persons:
        of_name = [each for each in last.before.persons.values() if each.name == row.name]
        if len(of_name) != 1 or not on_desk(of_name[0]) or row.facts.arrival_at != of_name[0].facts.arrival_at:
            continue
        was = of_name[0]
        for key in MILDER:
            told, stood = getattr(row.facts, key), getattr(was.facts, key)
            milder = told in MILDER[key] and stood in MILDER[key] and MILDER[key].index(told) < MILDER[key].index(stood)
            if milder and not _heard(night, was, key):
                yield night.snapshot.persons[was.id]


def _heard(night: Night, person: Person, key: str) -> bool:
    """Return True if a field was told unlike at any time, or an officer changed it: then he has seen both words."""
    kept = any((each.person_id, each.field) == (person.id, key) for each in night.snapshot.contradictions.values())
    mine = (each.told for each in night.snapshot.entries.values() if each.subject == subject_id(person))
    return kept or any(isinstance(each, Corrected | ReferralAnswered) and key in each.changed for each in mine)


def doubled(night: Night, _: Rows) -> Iterator[Person]:
    """Yield whom a sheet wrote down as somebody new, and whom the desk knew by his number or by all his traits."""
    last = night.last
    if last is None or not isinstance(last.command, ImportArrivals):
        return
    knew = [each for each in last.before.persons.values() if stands(each)]
    numbers = {each.id_no for each in knew if is_sound(each)}
    traits = {(each.name, each.phone, each.facts.arrival_at) for each in knew}
    for number, person in night.snapshot.persons.items():
        if number not in last.before.persons and (
            person.id_no in numbers or (person.name, person.phone, person.facts.arrival_at) in traits
        ):
            yield person


def vanished(night: Night, _: Rows) -> Iterator[Person]:
    """Yield who left the desk with a sheet that was taken back, and had been on it before that sheet."""
    last = night.last
    if last is None or not isinstance(last.command, UndoImport) or last.command.layer is None:
        return
    above, below = ({each.id: each for each in side if isinstance(each, Person)} for side in _layer(last.command.layer))
    for number, was in last.before.persons.items():
        now = night.snapshot.persons[number]
        if now == was:
            continue
        came_with_it = number in above and (number not in below or not on_desk(below[number]))
        if above.get(number) != was or (on_desk(was) and not on_desk(now) and not came_with_it):
            yield now


def _layer(layer: ImportLayer) -> tuple[tuple[Record, ...], tuple[Record, ...]]:
    return layer.above, layer.below


def changed_again(night: Night, _: Rows) -> Iterator[Person]:
    """Yield anybody, if the sheet just read changes something when it is read once more."""
    last = night.last
    if last is None or not is_sheet(last.command):
        return
    again = signed(last.command, night.snapshot, night.now, actor(LI))
    if not isinstance(again, Accepted) or again.changes:
        changed = [each for each in again.changes if isinstance(each, Person)] if isinstance(again, Accepted) else []
        yield from [*changed, *night.snapshot.persons.values()][:1]


def not_as_before(night: Night, _: Rows) -> Iterator[Person]:
    """Yield whoever is not as before the last sheet, once it is taken back at once."""
    last = night.last
    if last is None or not is_sheet(last.command) or not last.accepted.entries:
        return
    number = last.accepted.entry.id
    answer = signed(UndoImport(entry_id=number, layer=night.imports[number]), night.snapshot, night.now, actor(LI))
    if not isinstance(answer, Accepted):
        yield from list(night.snapshot.persons.values())[:1]
        return
    after = answer.on(night.snapshot)
    for number, person in after.persons.items():
        was = last.before.persons.get(number)
        same = after.readings.get(number, ()) == last.before.readings.get(number, ())
        if (was is None and stands(person)) or (was is not None and (person != was or not same)):
            yield person


# ---------------------------------------------------------------- days and samples


def begun_too_early(night: Night, _: Rows) -> Iterator[Person]:
    """Yield the people with a day of a stage before their arrival, or a planned test after their free day."""
    for person in night.snapshot.persons.values():
        if not on_desk(person):
            continue
        course = course_of(person, night.snapshot, night.now)
        arrived, done = course.facts.arrival_on, course.plan.stage("done")  # a late move home has moved it
        free = done.first if done is not None else None
        first = [stage.first for stage in course.plan.stages if stage.kind in ("site", "home") and stage.first]
        # A stage that is over under a new notice ends on the day of the switch, with its last test.
        days = [test.day for test in course.plan.tests if test.day != course.ruled_from]
        late = [on for on in days if free is not None and on >= free]
        if late or (arrived is not None and first and min(first) < arrived):
            yield person


def borrowed(night: Night, _: Rows) -> Iterator[Person]:
    """Yield the people with a test that bears a result without a sample of its own, or of another stage."""
    for person in night.snapshot.persons.values():
        if not on_desk(person):
            continue
        course = course_of(person, night.snapshot, night.now)
        samples = {(each.type, each.sampled_on, each.result): each for each in samples_of(course.facts)}
        borne = [test for test in course.plan.tests if test.result is not None]
        own = Counter((test.type, test.sampled_on) for test in borne)
        for test in borne:
            sample = samples.get((test.type, test.sampled_on, test.result))
            stages = (None, "single", test.stage) if test.stage != "single" else ("single", "site", "home", None)
            if sample is None or sample.stage not in stages or own[test.type, test.sampled_on] > 1:
                yield person


def weaker(night: Night, _: Rows) -> Iterator[Person]:
    """Yield whom one more risk would free earlier, test less or hold less strictly: one of the people, one risk."""
    people = [each for each in night.snapshot.persons.values() if on_desk(each)]
    if not people:
        return
    person = night.questions.choice(people)
    _name, told, stay = night.questions.choice(ADDED)
    riskier = with_added(person.facts, told, stay)
    if riskier is None or person.facts.arrival_at is None:
        return
    before = fresh_course(person, night.snapshot, night.now)
    after = fresh_course(replace(person, facts=riskier), night.snapshot, night.now)
    if before.result.decision == "refer" or after.result.decision == "refer":
        return
    was, now = before.result, after.result
    place = PLACES.index(now.first_place or "none") < PLACES.index(was.first_place or "none")
    if place or (set(was.branches) <= set(now.branches) and now.first_place != "hospital" and _shorter(before, after)):
        yield person


def _shorter(before: Course, after: Course) -> bool:
    """Return True if a course frees earlier than another, ends its tests earlier, or knows an end that was open."""
    if before.result.first_place != after.result.first_place:
        return False
    if after.free_from is not None and (before.free_from is None or after.free_from < before.free_from):
        return True
    days = [[test.day for test in each.plan.tests if test.demanded and test.type == "pcr"] for each in (before, after)]
    # A switch of notices owes on its day the last test of a stage that was over. With one risk more the former notice
    # may have asked the same day itself: the test is owed in both, there since its own day.
    days[0] = [on for on in days[0] if on != before.ruled_from]
    return after.free_from is not None and max(days[1], default=date.min) < max(days[0], default=date.min)


# ---------------------------------------------------------------- places


def torn(night: Night, _: Rows) -> Iterator[Person]:
    """Yield the people whose record says two things of where they are, or whose room somebody else holds too."""
    persons = night.snapshot.persons.values()
    rooms = Counter(room for each in persons for room in rooms_held(each))
    for person in persons:
        roomless = person.stage == "site" and (person.site_id is None or person.room is None)
        astray = on_road(person) and person.stage != "transfer"
        nowhere = in_queue(person) or not on_desk(person)
        kept = nowhere and (person.site_id, person.room, person.road, person.still_in) != (None,) * 4
        shut = site_of(person) is not None and night.snapshot.sites[site_of(person) or 0].state != "active"
        if roomless or astray or kept or shut or any(rooms[room] > 1 for room in rooms_held(person)):
            yield person


def let_go(night: Night, _: Rows) -> Iterator[Person]:
    """Yield the people whom a release let go without a leader's word, while something was in the way."""
    last = night.last
    if last is None or not isinstance(last.command, Release) or last.command.override:
        return
    for number in (last.command.person_id, *last.command.linked):
        was = last.before.persons[number]
        leaving = LEAVING[was.stage]
        course = course_of(was, last.before, night.now)
        stage = course.plan.stage("site" if leaving == "site" else "home")
        last_day = stage.last if leaving != "single" and stage is not None else None
        # A stage without a number ends with the result (三（七）): its last day is day 0 at home, and he may go on it.
        counted = stage is not None and stage.first is not None
        early = last_day is not None and last_day >= night.today + timedelta(days=0 if counted else 1)
        tests = [each for each in course.plan.tests if each.demanded and each.stage == leaving]
        untested = [each for each in tests if each.result != "negative" and not each.missed_by(night.today)]
        if early or untested or open_results(was.facts) or awaits_answer(was):
            yield night.snapshot.persons[number]


# ---------------------------------------------------------------- inverses


def not_undone(night: Night, _: Rows) -> Iterator[Person]:
    """Yield whoever is not as before, once the last act is taken back."""
    last = night.last
    told_again = last is not None and isinstance(last.command, Amend) and last.command.instead is not None
    if last is None or told_again or not last.accepted.entries:
        return  # an act that was told again and is taken back is gone altogether
    back = Amend(entry_id=last.accepted.entry.id, reason="记错", agreed=True)
    answer = signed(back, night.snapshot, night.now, actor(LI))
    if not isinstance(answer, Accepted):
        if answer.code not in NO_WAY_BACK:
            yield from (night.snapshot.persons[number] for number in list(night.snapshot.persons)[:1])
        return
    after = night.snapshot.applied(night.snapshot.seq + 1, answer.changes)
    for number, person in last.before.persons.items():
        readings, was = after.readings.get(number, ()), last.before.readings.get(number, ())
        settled = last.before.settled.get(number) == after.settled.get(number)
        if (
            not settled
            or _said(readings) != _said(was)
            or _in_any_order(person) != _in_any_order(after.persons[number])
        ):
            yield person


def _said(readings: tuple[Reading, ...]) -> list[tuple[object, ...]]:
    """Return what readings say, whichever entry tells of them."""
    return [(each.at, each.temp_c, each.symptom) for each in readings]


def _in_any_order(person: Person) -> tuple[Person, frozenset[Sample]]:
    """Return a record without its samples, and these in no order."""
    return replace(person, facts=replace(person.facts, tests=())), frozenset(person.facts.tests)


NEVER: Final[Mapping[str, Wrong]] = {
    "under control and unowed": unowed,
    "an open referral without a row": unasked,
    "an odd reading without a row": feverish,
    "a result that nobody owes": unreported,
    "closed, and something is due": closed_but_due,
    "told unlike, and nobody is asked": unlike_unasked,
    "lowered by a sheet": lowered,
    "told milder by a sheet, and nobody is asked": unheard,
    "written down twice by a sheet": doubled,
    "vanished with a sheet taken back": vanished,
    "changed by the same sheet again": changed_again,
    "not as before once the sheet is taken back": not_as_before,
    "a day before the arrival, or a test after the free day": begun_too_early,
    "a result without a sample of its own": borrowed,
    "weaker by one more risk": weaker,
    "in two places, in none, or two in one room": torn,
    "let go against the gate": let_go,
    "not as before once the act is taken back": not_undone,
}
"""What may never be, and who it is so of."""
