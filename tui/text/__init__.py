"""Everything the desk says, in two languages: frozen dataclasses, so that a missing sentence is a type error.

The command line's own words are in `tui.text.cli`, which does not load these.
"""

from dataclasses import dataclass

from tui.text import actions as _actions
from tui.text import duties as _duties
from tui.text import forms as _forms
from tui.text import frame as _frame
from tui.text import log as _log
from tui.text import people as _people
from tui.text import screens as _screens


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """All sections in one language."""

    language: str
    frame: _frame.FrameWords
    duties: _duties.DutyWords
    actions: _actions.ActionsWords
    why_not: _actions.WhyNotWords
    screens: _screens.ScreenWords
    forms: _forms.FormWords
    log: _log.LogWords
    people: _people.PeopleWords


ZH = Words(
    language="zh",
    frame=_frame.ZH,
    duties=_duties.ZH,
    actions=_actions.ZH,
    why_not=_actions.WHY_NOT_ZH,
    screens=_screens.ZH,
    forms=_forms.ZH,
    log=_log.ZH,
    people=_people.ZH,
)
EN = Words(
    language="en",
    frame=_frame.EN,
    duties=_duties.EN,
    actions=_actions.EN,
    why_not=_actions.WHY_NOT_EN,
    screens=_screens.EN,
    forms=_forms.EN,
    log=_log.EN,
    people=_people.EN,
)


def words(language: str) -> Words:
    """The words of `zh` or `en`. Raises KeyError on any other: a language that somebody set is never guessed at."""
    return {"zh": ZH, "en": EN}[language]
