"""What a person's form is opened for: somebody phoned in, somebody of the queue, somebody whose facts were wrong."""

from dutyboard.rules.people.course import course_of
from dutyboard.rules.records.model import Person
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.screens.confirm_form import confirm
from dutyboard.tui.screens.person_form import PersonFormScreen
from dutyboard.tui.session import Session


def register(session: Session) -> None:
    """`+`: somebody phoned in. Only the name is needed; what is not asked stays unknown. Whoever is decided already
    goes on to be placed."""

    def done(answer: Accepted) -> None:
        person = next(each for each in answer.created if isinstance(each, Person))
        session.say(session.words.people.registered.format(name=person.name))
        course = course_of(person, session.snapshot, session.now())
        if course.result.decision != "refer":
            confirm(session, person.id)

    words = session.words.person
    session.open(PersonFormScreen(session, words.form_new, words.form_keys_new, None, done))


def assess(session: Session, person: Person) -> None:
    """Enter on the queue: what is known, to be corrected; then the form that confirms."""
    words = session.words.person
    title = words.form_person.format(name=person.name)
    session.open(PersonFormScreen(session, title, words.form_keys, person, lambda _: confirm(session, person.id)))


def correct(session: Session, person: Person) -> None:
    """From the page: what is known, to be corrected; whoever gets another clause by it goes on to be placed anew."""

    def done(_: Accepted) -> None:
        snapshot = session.snapshot
        by_now = snapshot.persons[person.id]
        clause = course_of(by_now, snapshot, session.now()).result.clause
        if by_now.assessment is None or by_now.assessment.clause != clause:
            confirm(session, person.id)
        else:
            session.say(session.words.people.corrected.format(name=by_now.name))

    words = session.words.person
    title = words.form_facts.format(name=person.name)
    session.open(PersonFormScreen(session, title, words.form_keys_correct, person, done))
