"""The uses of a person's form: a phoned-in arrival, an assessment of the queue, a correction."""

from dutyboard.rules.people.course import course_of
from dutyboard.rules.records.model import Person
from dutyboard.rules.records.obligation import Obligation
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.screens.base import DutyScreen
from dutyboard.tui.screens.form_parts import person_of
from dutyboard.tui.screens.forms.person.confirm import confirm_form
from dutyboard.tui.screens.forms.person.form import PersonFormScreen
from dutyboard.tui.screens.forms.person.positive import act_on_positive, open_consequences
from dutyboard.tui.session import Session
from dutyboard.tui.views.entry.line import entry_text


def register_form(session: Session, _: DutyScreen) -> None:
    """Open an empty form for somebody who phoned in.

    Only the name is needed; a fact that nobody asked for stays unknown. If section three decides, the placing follows.
    Of somebody whose record was closed it opens that one again.
    """

    def done(answer: Accepted) -> None:
        person = next(each for each in answer.changes if isinstance(each, Person))
        known = person not in answer.created
        new = session.words.people.registered.format(name=person.name)
        session.say(entry_text(answer.entry, session.snapshot, session.words) if known else new)
        course = course_of(person, session.snapshot, session.now())
        if course.result.decision != "refer":
            confirm_form(session, person.id)

    words = session.words.person
    session.open(PersonFormScreen(session, words.form_new, words.form_keys_new, None, done))


def assess_form(session: Session, person: Person) -> None:
    """Open a form for somebody of the queue. An unhandled positive shows its consequences first."""
    if open_consequences(session, person):
        act_on_positive(session, person)
        return
    words = session.words.person
    name = words.form_person.format(name=person.name)
    session.open(PersonFormScreen(session, name, words.form_keys, person, lambda _: confirm_form(session, person.id)))


def history_form(session: Session, owed: Obligation) -> None:
    """Open the facts of the person whose recent history is to be checked."""
    correct_form(session, person_of(session, owed))


def correct_form(session: Session, person: Person) -> None:
    """Open the facts of a person, to be corrected. If the clause changes, the placing follows."""

    def done(_: Accepted) -> None:
        snapshot = session.snapshot
        by_now = snapshot.persons[person.id]
        clause = course_of(by_now, snapshot, session.now()).result.clause
        if by_now.assessment is None or by_now.assessment.clause != clause:
            confirm_form(session, person.id)
        else:
            session.say(session.words.people.corrected.format(name=by_now.name))

    words = session.words.person
    name = words.form_facts.format(name=person.name)
    session.open(PersonFormScreen(session, name, words.form_keys_correct, person, done))
