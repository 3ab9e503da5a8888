"""Everything the desk says, in two languages: frozen dataclasses, so that a missing sentence is a type error.

A section is read when it is first needed, since the first frame and most commands of cron need only a few.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from dutyboard.tui.text.actions import ActionsWords, WhyNotWords
    from dutyboard.tui.text.conditions import ConditionWords
    from dutyboard.tui.text.course import CourseWords
    from dutyboard.tui.text.duties import DutyWords
    from dutyboard.tui.text.forms import FormWords
    from dutyboard.tui.text.frame import FrameWords
    from dutyboard.tui.text.lists import ListWords
    from dutyboard.tui.text.log import LogWords
    from dutyboard.tui.text.people import PeopleWords
    from dutyboard.tui.text.person_form import PersonFormWords
    from dutyboard.tui.text.person_page import PersonPageWords
    from dutyboard.tui.text.screens import ScreenWords
    from dutyboard.tui.text.trail import TrailWords

Section = TypeVar("Section")


class Words:
    """All sections in one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def _own(self, zh: Section, en: Section) -> Section:
        return zh if self.language == "zh" else en

    @cached_property
    def frame(self) -> FrameWords:
        """The lines on top, seats, counts, states."""
        from dutyboard.tui.text import frame

        return self._own(frame.ZH, frame.EN)

    @cached_property
    def duties(self) -> DutyWords:
        """Kinds and states of what is owed, and the clauses."""
        from dutyboard.tui.text import duties

        return self._own(duties.ZH, duties.EN)

    @cached_property
    def actions(self) -> ActionsWords:
        """What each key does."""
        from dutyboard.tui.text import actions

        return self._own(actions.ZH, actions.EN)

    @cached_property
    def why_not(self) -> WhyNotWords:
        """Why a key does nothing now."""
        from dutyboard.tui.text import actions

        return self._own(actions.WHY_NOT_ZH, actions.WHY_NOT_EN)

    @cached_property
    def screens(self) -> ScreenWords:
        """What the screens say."""
        from dutyboard.tui.text import screens

        return self._own(screens.ZH, screens.EN)

    @cached_property
    def forms(self) -> FormWords:
        """What the forms ask."""
        from dutyboard.tui.text import forms

        return self._own(forms.ZH, forms.EN)

    @cached_property
    def log(self) -> LogWords:
        """Kinds of entries and what they say."""
        from dutyboard.tui.text import log

        return self._own(log.ZH, log.EN)

    @cached_property
    def people(self) -> PeopleWords:
        """The queue, everybody under control, one person's page, the acts on him."""
        from dutyboard.tui.text import people

        return self._own(people.ZH, people.EN)

    @cached_property
    def person(self) -> PersonFormWords:
        """A person's form."""
        from dutyboard.tui.text import person_form

        return self._own(person_form.ZH, person_form.EN)

    @cached_property
    def page(self) -> PersonPageWords:
        """One person's page."""
        from dutyboard.tui.text import person_page

        return self._own(person_page.ZH, person_page.EN)

    @cached_property
    def lists(self) -> ListWords:
        """The lists behind the queue."""
        from dutyboard.tui.text import lists

        return self._own(lists.ZH, lists.EN)

    @cached_property
    def conditions(self) -> ConditionWords:
        """The conditions of a notice."""
        from dutyboard.tui.text import conditions

        return self._own(conditions.ZH, conditions.EN)

    @cached_property
    def course(self) -> CourseWords:
        """What section three makes of a person."""
        from dutyboard.tui.text import course

        return self._own(course.ZH, course.EN)

    @cached_property
    def trail(self) -> TrailWords:
        """Who changed a record."""
        from dutyboard.tui.text import trail

        return self._own(trail.ZH, trail.EN)


ZH = Words("zh")
EN = Words("en")


def words(language: str) -> Words:
    """The words of `zh` or `en`. Raises KeyError on any other: a language that somebody set is never guessed at."""
    return {"zh": ZH, "en": EN}[language]
