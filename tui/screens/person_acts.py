"""What a person's form is opened for: somebody phoned in, somebody of the queue, somebody whose facts were wrong."""

from typing import TYPE_CHECKING

from dutyboard.rules.people.course import course_of
from dutyboard.rules.records.model import Person
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.screens.confirm_form import confirm
from dutyboard.tui.screens.person_form import PersonFormScreen

if TYPE_CHECKING:
    from dutyboard.tui.app import DutyApp


def register(desk: "DutyApp") -> None:
    """`+`: somebody phoned in. Only the name is needed; what is not asked stays unknown. Whoever is decided already
    goes on to be placed."""

    def done(answer: Accepted) -> None:
        person = desk.the_snapshot.persons[answer.outcome["person"]]
        desk.say(desk.words.people.registered.format(name=person.name))
        course = course_of(person, desk.the_snapshot, desk.now())
        if course.result.decision != "refer":
            confirm(desk, person.id)

    words = desk.words.person
    desk.push_screen(PersonFormScreen(words.form_new, words.form_keys_new, None, done))


def assess(desk: "DutyApp", person: Person) -> None:
    """Enter on the queue: what is known, to be corrected; then the form that confirms."""
    words = desk.words.person
    title = words.form_person.format(name=person.name)
    desk.push_screen(PersonFormScreen(title, words.form_keys, person, lambda _: confirm(desk, person.id)))


def correct(desk: "DutyApp", person: Person) -> None:
    """From the page: what is known, to be corrected; whoever gets another clause by it goes on to be placed anew."""

    def done(_: Accepted) -> None:
        snapshot = desk.the_snapshot
        by_now = snapshot.persons[person.id]
        clause = course_of(by_now, snapshot, desk.now()).result.clause
        if by_now.assessment is None or by_now.assessment.clause != clause:
            confirm(desk, person.id)
        else:
            desk.say(desk.words.people.corrected.format(name=by_now.name))

    words = desk.words.person
    title = words.form_facts.format(name=person.name)
    desk.push_screen(PersonFormScreen(title, words.form_keys_correct, person, done))
