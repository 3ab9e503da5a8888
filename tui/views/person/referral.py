"""Lines of a person's page about his referral: what an office is asked, or what it has answered."""

from collections.abc import Iterator

from dutyboard.rules.law.ruling import NO_CLAUSE
from dutyboard.rules.people.course import Course
from dutyboard.rules.people.officers import officer_name
from dutyboard.rules.people.rulings import basis_of
from dutyboard.rules.people.stage import awaits_answer
from dutyboard.rules.records.model import Person
from dutyboard.rules.records.referral import SUSPECTED, ReferralAnswer
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.terminal.cells import Tone
from dutyboard.tui.text import Words
from dutyboard.tui.views.fact_text import destination_text
from dutyboard.tui.views.times import clause, day_clock


def referral_texts(person: Person, course: Course, snapshot: Snapshot, words: Words) -> Iterator[tuple[str, Tone]]:
    """Yield the open question with its office, or the answer, for ever; each text with its tone."""
    referral, said = person.referral, words.referral
    if referral is None:
        return
    at = day_clock(referral.since, snapshot.zone)
    if referral.answer is not None:
        yield from _answer(person, referral.answer, snapshot, words)
    elif awaits_answer(person):
        reasons = words.marks.semicolon.join(reason_text(code, course, words) for code in referral.reasons)
        office = words.course.offices[referral.owed_to]
        yield said.open_since.format(at=at, office=office, reasons=reasons), "late"


def road_texts(person: Person, snapshot: Snapshot, words: Words) -> Iterator[tuple[str, Tone]]:
    """Yield the line of somebody on the road, or of whom another county has received."""
    road, said = person.road, words.referral
    if road is None:
        return
    place = destination_text(road.to, road.place, person.site_id, person.room, snapshot, words)
    if road.arrived_at is not None:
        yield said.away_since.format(at=day_clock(road.arrived_at, snapshot.zone), place=place), "late"
        return
    ride = " ".join(part for part in (road.vehicle, road.driver, road.phone) if part)
    yield said.on_road_since.format(at=day_clock(road.left_at, snapshot.zone), place=place, ride=ride), "late"


def reason_text(code: str, course: Course, words: Words) -> str:
    """Return the reason of a referral in the words of the notice; its code where the notice has none."""
    if code == SUSPECTED:
        return words.referral.suspected
    questions = course.result.notice.section_three.questions
    found = next((each.reason for each in questions if each.code == code), None)
    return found.said_in(words.language) if found is not None else code


def _answer(person: Person, answer: ReferralAnswer, snapshot: Snapshot, words: Words) -> Iterator[tuple[str, Tone]]:
    said, at, who = words.referral, day_clock(answer.at, snapshot.zone), officer_name(snapshot, answer.by)
    if not answer.authority:
        yield said.settled_by_facts.format(at=at, who=who), "dim"
        return
    text = said.answered.format(authority=answer.authority, decision=answer.decision, at=at, who=who)
    if answer.clause == NO_CLAUSE:
        text += f"  {said.answered_free}"
    elif answer.clause is not None:
        text += "  " + said.answered_class.format(clause=clause(words.duties, answer.clause))
    yield text, "strong"
    if answer.clause is not None and answer.basis != basis_of(person.facts):
        yield said.answered_again, "late"
