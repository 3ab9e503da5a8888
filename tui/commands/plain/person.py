"""The facts of a person, asked one a line, and the place that section three names.

After the first facts it asks what would change the answer next, as the form of the screens does.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Final

from dutyboard.rules.law.explain import open_facts
from dutyboard.rules.people.cadres import cadres_of
from dutyboard.rules.people.course import Course, course_of, fresh_course
from dutyboard.rules.people.rooms import proposed_room
from dutyboard.rules.people.stage import first_place
from dutyboard.rules.records.commands import Command
from dutyboard.rules.records.commands.person import Correct, PersonData, Register
from dutyboard.rules.records.model import Person, subject_id
from dutyboard.tui.commands.invocation import Failure
from dutyboard.tui.commands.plain.asking import LINE_CELLS, by_fields
from dutyboard.tui.commands.plain.form import LineForm, LineQuestion, WrongAnswer
from dutyboard.tui.commands.plain.talk import Talk
from dutyboard.tui.person_fields import BY_ID, FIELDS, PHONED, FieldId, PersonField
from dutyboard.tui.terminal.cells import plain
from dutyboard.tui.views.fields import fold
from dutyboard.tui.views.person.course import course_lines
from dutyboard.tui.views.person.form import follow, typing, values_of
from dutyboard.tui.views.person.grid import fields_asking

_MORE: Final = "more"
_REASON: Final = "reason"


class PersonLines(LineForm):
    """The form. `person` is None for somebody new."""

    def __init__(self, talk: Talk, person: Person | None) -> None:
        self.person = person
        self.known = values_of(person) if person is not None else dict.fromkeys(BY_ID, "")
        questions = [self._question(talk, each) for each in FIELDS]
        questions.append(LineQuestion(key=_MORE, label=talk.lines.more_facts, read=self._more))
        if person is not None and person.assessment is not None:
            label = talk.words.person.reason
            questions.append(LineQuestion(key=_REASON, label=label, needed=True))
        draft = f"plain-person.{subject_id(person)}" if person is not None else "plain-person"
        super().__init__(talk, questions, lambda _: self.made(), draft, brings=self._judged)

    def look_anew(self) -> None:
        """Take the person as he stands now, below what was typed."""
        stands = self.talk.snapshot.persons.get(self.person.id) if self.person is not None else None
        if stands is not None:
            self.person, self.known = stands, values_of(stands)

    def _question(self, talk: Talk, field: PersonField) -> LineQuestion:
        said = talk.words.person
        hint = ""
        if field.choices:
            answers = said.answers[field.id]
            hint = talk.lines.choice_hint.format(
                choices=" ".join(f"{key} {answers[code]}" for key, code in field.keys.items())
            )
        return LineQuestion(
            key=field.id,
            label=said.fields[field.id],
            read=partial(self._read, field.id),
            hint=hint,
            value=self.known[field.id],
            needed=field.id == "name",
        )

    # What was typed

    @property
    def values(self) -> dict[FieldId, str]:
        """The text of every field, with those that another one fills."""
        values = dict(self.known)
        for field in BY_ID:
            if field in self.typed:
                values[field] = self._coded(field, self.typed[field])
        for field, text in (self._more(self.typed[_MORE]) if self.typed.get(_MORE) else {}).items():
            values[field] = text
        filled: dict[FieldId, str] = {**follow(values, "id_no"), **follow(values, "origin")}
        return {**values, **{field: text for field, text in filled.items() if not values[field]}}

    def _coded(self, field: FieldId, text: str) -> str:
        """Return the code of a choice, typed as its digit or its word; any other text as it is."""
        spec = BY_ID[field]
        if not spec.choices:
            return text
        words = {word: code for code, word in self.talk.words.person.answers[field].items()}
        return spec.keys.get(fold(text)) or words.get(fold(text)) or text

    def _read(self, field: FieldId, text: str) -> str:
        """Return an answer, or raise Failure with what cannot be read in it."""
        values = {**self.values, field: self._coded(field, text)}
        problem = typing(values, self.person, self._wall, self._contacts).problems.get(field)
        if problem is not None:
            said = self.talk.words.person
            raise Failure(f"{said.fields[field]}: {said.problems[problem]}")
        return values[field]

    def _more(self, text: str) -> dict[FieldId, str]:
        """Return the fields of `NAME=VALUE；NAME=VALUE`. Raises Failure."""
        names = {name: field for field, name in self.talk.words.person.fields.items()}
        found: dict[FieldId, str] = {}
        for part in filter(None, (each.strip() for each in text.replace("；", ";").split(";"))):
            name, equals, value = part.replace("＝", "=").partition("=")
            if not equals or name.strip() not in names:
                raise Failure(self.talk.lines.bad_pair.format(text=part))
            field = names[name.strip()]
            found[field] = self._coded(field, value.strip())
        return found

    @property
    def _wall(self) -> datetime:
        return self.talk.now().replace(tzinfo=None)

    @property
    def _contacts(self) -> Mapping[str, str]:
        persons = self.talk.snapshot.persons.values()
        times = Counter(each.name for each in persons)
        return {each.name: subject_id(each) for each in persons if times[each.name] == 1}

    @property
    def data(self) -> PersonData:
        """The data as it can be read."""
        return typing(self.values, self.person, self._wall, self._contacts).data

    def course(self) -> Course:
        """Return section three's answer for what was typed."""
        snapshot, now, data = self.talk.snapshot, self.talk.now(), self.data
        person = self.person or Person(id=0, name=data.name, registered_at=now)
        return fresh_course(replace(person, facts=data.facts), snapshot, now)

    # Asking

    def next_question(self) -> LineQuestion | None:
        """Return what is asked next: what a call tells first, then what would change the answer."""
        by_key = {each.key: each for each in self.questions}
        first = PHONED if self.person is None else ()
        data = self.data
        asking = fields_asking(open_facts(self.course().result, data.id_no, data.asked))
        wanted = [
            *first,
            *(each.id for each in FIELDS if each.id in asking and not self.values[each.id]),
            _MORE,
            _REASON,
        ]
        return next((by_key[key] for key in wanted if key in by_key and key not in self.typed), None)

    def listed(self) -> Sequence[LineQuestion]:
        """Return the questions that were answered."""
        return [each for each in self.questions if each.key in self.typed]

    def made(self) -> Command:
        """Return the registration, or the correction of the record."""
        read = typing(self.values, self.person, self._wall, self._contacts)
        for field, problem in read.problems.items():
            said = self.talk.words.person
            raise WrongAnswer(field, f"{said.fields[field]}: {said.problems[problem]}")
        if self.person is None:
            return Register(person=read.data)
        return Correct(person_id=self.person.id, person=read.data, seen=self.person, reason=self.typed.get(_REASON, ""))

    def _judged(self, _: Command) -> Sequence[str]:
        course, data = self.course(), self.data
        asks = open_facts(course.result, data.id_no, data.asked)
        return [plain(line).strip() for line in course_lines(course, self.talk.words, LINE_CELLS, asks)]


def register(talk: Talk) -> None:
    """Register somebody. If section three decides, the placing follows."""
    answer = PersonLines(talk, None).carry_out()
    if answer is not None:
        place(talk, next(each.id for each in answer.changes if isinstance(each, Person)))


def correct(talk: Talk, person_id: int) -> None:
    """Correct the facts of a person. If the clause is another one then, the placing follows."""
    person = talk.snapshot.persons[person_id]
    if PersonLines(talk, person).carry_out() is not None:
        place(talk, person_id)


def assess(talk: Talk, person_id: int) -> None:
    """Ask what is still open about somebody of the queue, then place him."""
    person = talk.snapshot.persons[person_id]
    course = course_of(person, talk.snapshot, talk.now())
    if open_facts(course.result, person.id_no, person.asked) and course.result.decision != "refer":
        correct(talk, person_id)
    else:
        confirm(talk, person_id)


def place(talk: Talk, person_id: int) -> None:
    """Confirm an assessment that the facts of now have changed."""
    person = talk.snapshot.persons[person_id]
    result = course_of(person, talk.snapshot, talk.now()).result
    if result.decision != "refer" and (person.assessment is None or person.assessment.clause != result.clause):
        confirm(talk, person_id)


def confirm(talk: Talk, person_id: int) -> None:
    """Confirm an assessment: his officer, and the room that is proposed or the cadres of his home."""
    snapshot, now = talk.snapshot, talk.now()
    person = snapshot.persons[person_id]
    course = course_of(person, snapshot, now)
    result = course.result
    for line in course_lines(course, talk.words, LINE_CELLS, open_facts(result, person.id_no, person.asked)):
        talk.say(plain(line).strip())
    told = {"person": person_id, "clause": None if result.decision == "refer" else result.clause}
    proposed, asks = {"officer": person.officer_name}, ["officer"]
    if first_place(result) == "site":
        room = proposed_room(person, snapshot) if result.decision != "refer" else None
        asks += ["site", "room", "shared"]
        proposed |= {"site": room[0].name, "room": str(room[1])} if room is not None else {}
    elif first_place(result) == "home" and result.decision != "refer":
        asks += ["cadres", "cadre_phone"]
        proposed["cadres"] = "、".join(filter(None, cadres_of(person)))
    by_fields(talk, "confirm", told, asks, proposed=proposed)
