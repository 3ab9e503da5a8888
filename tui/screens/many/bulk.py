"""Acts on everybody who is marked: what is said of them, a preview by name, and one commit."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, cast

from dutyboard.rules.law.facts import TestResult, TestType
from dutyboard.rules.records.transaction import Accepted
from dutyboard.rules.together import (
    OneOfMany,
    SaidOfMany,
    assigned,
    checked_at_home,
    confirmed,
    moved,
    result_told,
)
from dutyboard.tui.link.messages import Answer
from dutyboard.tui.link.together import preview_together
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import draft_key
from dutyboard.tui.screens.forms.places import active_sites, site_typed
from dutyboard.tui.screens.many.preview import TogetherPreview
from dutyboard.tui.screens.pick import PickChoice, PickScreen
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line, wrap
from dutyboard.tui.text.lists import BulkAct
from dutyboard.tui.views.entry.line import entry_text
from dutyboard.tui.views.fields import Field, Problem

ManyActs = list[SaidOfMany]
WrittenOf = Callable[[Sequence[int]], None]
"""Takes the numbers of the people of whom an act was written."""


def choose_act(session: Session, people: Sequence[int], offered: Sequence[BulkAct], done: WrittenOf) -> None:
    """Open the choice of what is done with the people, each under its digit."""
    said = session.words.bulk
    named = [(act, f"{number} {said.acts[act]}") for number, act in enumerate(offered, 1)]
    choices: list[PickChoice] = [(act, text, ((f"  {text}", "plain"),)) for act, text in named]

    def picked(screen: PickScreen, key: str) -> None:
        screen.dismiss()
        act = next(each for each in offered if each == key)
        _FORMS[act](session, act, people, done)

    session.open(PickScreen(session, said.title.format(n=len(people)), said.hint, choices, picked))


def _open_form(
    session: Session,
    act: BulkAct,
    people: Sequence[int],
    fields: Sequence[Field],
    say: Callable[[Mapping[str, Any]], ManyActs | Problem],
    done: WrittenOf,
) -> None:
    """Open the form of what is said of everybody. F9 shows what becomes of each; without fields that comes at once."""
    title = session.words.bulk.form.format(act=session.words.bulk.acts[act], n=len(people))

    def make(values: Mapping[str, Any]) -> Problem | None:
        acts = say(values)
        if isinstance(acts, Problem):
            return acts
        _look_ahead(session, title, acts, done, form.answered)
        return None

    form = _BulkForm(session, title, [], fields, make, draft_key(f"bulk-{act}"))
    session.open(form)


class _BulkForm(FormScreen):
    """The form. Its last row, and F9, show the people by name before anything is written."""

    @property
    def confirm_label(self) -> str:  # type: ignore[override]
        """The last row of the form."""
        return self.words.bulk.look

    @property
    def keys_line(self) -> str:
        """The keys that work in the form."""
        return self.words.bulk.form_keys


def _look_ahead(
    session: Session, title: str, acts: ManyActs, done: WrittenOf, close: Callable[[Answer], object] = lambda _: None
) -> None:
    """Open the preview once it is known what becomes of each."""

    def foreseen(found: Sequence[OneOfMany]) -> None:
        session.open(BulkPreview(session, title, acts, found, done, close))

    session.fetch_for(lambda gateway: preview_together(gateway, acts), foreseen)


class BulkPreview(TogetherPreview):
    """The preview of what is said of everybody, whoever is left out first, with why."""

    def __init__(
        self,
        session: Session,
        title: str,
        acts: ManyActs,
        found: Sequence[OneOfMany],
        done: WrittenOf,
        close: Callable[[Answer], object],
    ) -> None:
        self._written = done
        self._close = close
        super().__init__(session, title, acts, found, draft_key("bulk"))

    @property
    def keys_line(self) -> str:
        """The keys that work here."""
        return self.words.bulk.preview_keys

    def lines_of(self, found: Sequence[OneOfMany]) -> Iterator[Line]:
        """Yield who is left out, and what will be written of the others."""
        return _lines(self.session, found)

    @property
    def nothing_goes(self) -> str:
        """The sentence where nothing of it can be written."""
        return self.words.bulk.nobody

    def all_written(self, answer: Accepted, found: Sequence[OneOfMany]) -> None:
        """Close the form behind, take the marks of those who are done, and say how many they are."""
        people = [person.id for each in found if each.can_be_done for person in each.people]
        left = _people(found) - len(people)
        self._close(answer)
        self._written(people)
        said = self.words.bulk
        self.session.say(said.done.format(n=len(people)) + (said.left.format(n=left) if left else ""))


def _people(found: Sequence[OneOfMany]) -> int:
    return sum(len(each.people) for each in found)


def _lines(session: Session, found: Sequence[OneOfMany]) -> Iterator[Line]:
    """Yield what will be written, by name; above it who is left out, and why."""
    said, cells = session.words.bulk, session.cells - 4
    out = [each for each in found if not each.can_be_done]
    goes = [each for each in found if each.can_be_done]
    yield ((f" {said.counts.format(n=_people(goes), left=_people(out))}", "strong"),)
    for each in out:
        names = session.words.marks.comma.join(person.name for person in each.people)
        why = session.answer_sentence(each.answer) or ""
        yield from (((f" ! {row}", "late"),) for row in wrap(said.left_out.format(names=names, why=why), cells))
    for each in goes:
        assert isinstance(each.answer, Accepted)
        for entry in each.answer.entries:
            text = entry_text(entry, session.snapshot, session.words)
            yield from (((f"   {row}", "plain"),) for row in wrap(text, cells))


# ---------------------------------------------------------------- the acts


def _test_fields(session: Session) -> tuple[Field, Field]:
    words = session.words
    day = Field(
        id="sampled",
        label=words.people.test_sampled,
        kind="day",
        hint=words.bulk.sampled_hint,
        value=f"{session.board_now:%m-%d}",
        needed=True,
    )
    kinds = words.course.test_types
    return day, Field(id="kind", label=words.people.test_kind, choices=kinds, hint=words.bulk.kind_hint)


def _tests(result: TestResult) -> Callable[[Session, BulkAct, Sequence[int], WrittenOf], None]:
    def opened(session: Session, act: BulkAct, people: Sequence[int], done: WrittenOf) -> None:
        def say(values: Mapping[str, Any]) -> ManyActs:
            return result_told(people, result, values["sampled"], cast(TestType | None, values["kind"]))

        _open_form(session, act, people, list(_test_fields(session)), say, done)

    return opened


def _assign(session: Session, act: BulkAct, people: Sequence[int], done: WrittenOf) -> None:
    words = session.words.people
    officer = Field(id="officer", label=words.confirm_officer, kind="officer", needed=True)
    reason = Field(id="reason", label=session.words.forms.reason, hint=words.assign_reason_hint)

    def say(values: Mapping[str, Any]) -> ManyActs:
        return assigned(people, values["officer"], values["reason"] or "")

    _open_form(session, act, people, [officer, reason], say, done)


def _confirm(session: Session, act: BulkAct, people: Sequence[int], done: WrittenOf) -> None:
    words, bulk = session.words.people, session.words.bulk
    fields = [
        Field(id="officer", label=words.confirm_officer, kind="officer", hint=bulk.officer_hint),
        Field(id="town_cadre", label=words.town_cadre, kind="cadre", hint=bulk.cadre_hint),
        Field(id="cadre", label=words.release_cadre, kind="cadre", hint=bulk.cadre_hint),
    ]

    def say(values: Mapping[str, Any]) -> ManyActs:
        return confirmed(people, values["officer"] or "", (values["town_cadre"] or "", values["cadre"] or ""))

    _open_form(session, act, people, fields, say, done)


def _move(session: Session, act: BulkAct, people: Sequence[int], done: WrittenOf) -> None:
    words = session.words
    labels = " ".join(each.label for each in active_sites(session))
    place = Field(id="site", label=words.bulk.site, hint=labels, needed=True)
    reason = Field(id="reason", label=words.forms.reason, needed=True)

    def say(values: Mapping[str, Any]) -> ManyActs | Problem:
        site_id = site_typed(session, values["site"])
        if site_id is None:
            return Problem(place, "not_a_choice", values["site"])
        return moved(people, site_id, values["reason"])

    _open_form(session, act, people, [place, reason], say, done)


def _home_check(session: Session, act: BulkAct, people: Sequence[int], done: WrittenOf) -> None:
    owed = session.board.obligations if session.board is not None else ()
    title = session.words.bulk.form.format(act=session.words.bulk.acts[act], n=len(people))
    _look_ahead(session, title, checked_at_home(people, owed), done)


_FORMS: Mapping[BulkAct, Callable[[Session, BulkAct, Sequence[int], WrittenOf], None]] = {
    "negative": _tests("negative"),
    "sampled": _tests("pending"),
    "assign": _assign,
    "confirm": _confirm,
    "move": _move,
    "home_check": _home_check,
}
