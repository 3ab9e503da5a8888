"""The form of an office's answer to the referral of a person (请示、答复)."""

from collections.abc import Mapping
from typing import Any

from dutyboard.rules.law.facts import FACT_KEYS, Facts
from dutyboard.rules.law.result import Result
from dutyboard.rules.people.course import course_of
from dutyboard.rules.people.stage import awaits_answer
from dutyboard.rules.records.commands.person import AnswerReferral
from dutyboard.rules.records.model import Person, subject_id
from dutyboard.rules.records.obligation import Obligation
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.acts.pairs import fact_pairs
from dutyboard.tui.acts.person import facts_stated
from dutyboard.tui.acts.problems import ActError
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import draft_key, person_of
from dutyboard.tui.screens.forms.person.confirm import confirm_form
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line, wrap
from dutyboard.tui.text import Words
from dutyboard.tui.views.fields import Field, Problem, fold
from dutyboard.tui.views.person.referral import referral_texts
from dutyboard.tui.views.times import clause
from dutyboard.tui.views.who import who_line


def answer_duty_form(session: Session, owed: Obligation) -> None:
    """Open the form of the answer that is owed."""
    answer_form(session, person_of(session, owed))


def answer_form(session: Session, person: Person) -> None:
    """Open the form of an answer. Once it is saved and section three decides another place, the placing follows."""
    snapshot, words, said = session.snapshot, session.words, session.words.referral
    if not awaits_answer(person):
        session.say(said.none_open, "soon")
        return
    course = course_of(person, snapshot, session.now())
    decides = Field(id="class", label=said.decides, hint=said.decides_hint)
    facts = Field(id="facts", label=said.facts, hint=said.facts_hint)
    fields = [
        Field(id="authority", label=said.authority, hint=said.authority_hint, needed=True),
        Field(id="decision", label=said.decision, hint=said.decision_hint, needed=True),
        decides,
        facts,
        Field(id="time", label=words.forms.time, kind="time", hint=words.forms.hint_time),
        Field(id="text", label=said.late),
    ]

    def make(values: Mapping[str, Any]) -> AnswerReferral | Problem:
        known = session.snapshot.persons[person.id]
        stated = _facts(known, values["facts"]) if values["facts"] else None
        if values["facts"] and stated is None:
            return Problem(facts, "not_a_choice", values["facts"])
        return AnswerReferral(
            person_id=person.id,
            decision=values["decision"],
            authority=values["authority"],
            clause=_dotted(values["class"], course.result, words) if values["class"] else None,
            facts=stated,
            text=values["text"] or "",
            happened_at=values["time"],
        )

    def done(_: Accepted) -> None:
        by_now = session.snapshot.persons[person.id]
        result = course_of(by_now, session.snapshot, session.now()).result
        if result.decision != "refer" and (by_now.assessment is None or by_now.assessment.clause != result.clause):
            confirm_form(session, person.id)
        else:
            session.say(words.screens.saved.format(what=title))

    title = said.form_title.format(name=person.name)
    above: list[Line] = [who_line(person, snapshot, words, session.cells)]
    asked = referral_texts(person, course, snapshot, words)
    above += [((f" {row}", tone),) for text, tone in asked for row in wrap(text, session.cells - 2)]
    key = draft_key("answer", subject_id(person))
    session.open(FormScreen(session, title, above, fields, make, key, done))


def _facts(person: Person, typed: str) -> Facts | None:
    """Return the facts as typed pairs leave them; None: they cannot be read."""
    try:
        stated = fact_pairs(typed.split())
        return facts_stated(stated, person) if stated.keys() <= set(FACT_KEYS) else None
    except (ActError, ValueError):
        return None


def _dotted(typed: str, result: Result, words: Words) -> str:
    """Return a class by its dotted number, typed so or as the notice numbers its clauses."""
    text = fold(typed)
    numbers = (branch.clause for branch in result.notice.section_three.branches)
    return next((each for each in numbers if fold(clause(words.duties, each)) == text), text)
