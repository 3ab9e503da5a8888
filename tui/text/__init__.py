"""Sentences of the program, in the languages of `LANGUAGES`.

A section is one frozen dataclass in `text/SECTION.py`; its sentences are one instance in `text/LANGUAGE/SECTION.py`, so
that a missing sentence is a type error. A section is read when it is first needed, since the first frame and most
commands of cron need only a few.

To add a language: a folder beside `zh` and `en` with the same modules, and its name in `LANGUAGES`.
"""

from __future__ import annotations

from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from dutyboard.tui.text.actions import ActionsWords, WhyNotWords
    from dutyboard.tui.text.assess import AssessWords
    from dutyboard.tui.text.cli import CliWords
    from dutyboard.tui.text.conditions import ConditionWords
    from dutyboard.tui.text.course import CourseWords
    from dutyboard.tui.text.desk_acts import ClauseWords, DeskActWords, PinWords, RotaWords, StaffWords
    from dutyboard.tui.text.duties import DutyWords
    from dutyboard.tui.text.forms import FormWords
    from dutyboard.tui.text.frame import FrameWords
    from dutyboard.tui.text.lines import LineWords, MarkWords
    from dutyboard.tui.text.lists import BulkWords, ListWords, SliceWords
    from dutyboard.tui.text.log import AmendWords, LogWords
    from dutyboard.tui.text.pages.account import AccountWords
    from dutyboard.tui.text.pages.frame import PageWords
    from dutyboard.tui.text.pages.overview import OverviewWords
    from dutyboard.tui.text.pages.papers import PaperWords
    from dutyboard.tui.text.pages.people import PeoplePageWords
    from dutyboard.tui.text.pages.post import PostPageWords
    from dutyboard.tui.text.pages.rounds import RoundPageWords
    from dutyboard.tui.text.pages.screening import ScreeningPageWords
    from dutyboard.tui.text.pages.trends import TrendWords
    from dutyboard.tui.text.people import PeopleWords
    from dutyboard.tui.text.person_form import PersonFormWords
    from dutyboard.tui.text.person_page import PersonPageWords
    from dutyboard.tui.text.referral import ReferralWords
    from dutyboard.tui.text.refusals import RefusalNames, RefusalWords
    from dutyboard.tui.text.reports import ReportWords
    from dutyboard.tui.text.screens import HandoverWords, ScreenWords
    from dutyboard.tui.text.server import DoctorWords, ServerWords
    from dutyboard.tui.text.settings import SettingWords
    from dutyboard.tui.text.sheets import IntakeWords, SheetWords
    from dutyboard.tui.text.trail import LookWords, TrailWords
    from dutyboard.tui.text.troubles import DamageWords, TroubleWords

LANGUAGES = ("zh", "en")
"""Folders of `text/`. The first language is spoken where none was chosen."""

Section = TypeVar("Section")


class Words:
    """Sections of the catalogue in one language, each read when it is first used."""

    def __init__(self, language: str) -> None:
        self.language = language

    def _section(self, section: type[Section]) -> Section:
        """Return the section's instance from the module of the same name in the language's folder."""
        name = section.__module__.removeprefix(f"{__name__}.")
        module = import_module(f"{__name__}.{self.language}.{name}")
        (found,) = (each for each in vars(module).values() if isinstance(each, section))
        return found

    @cached_property
    def frame(self) -> FrameWords:
        """Lines on top of every screen: seats, counts, states."""
        from dutyboard.tui.text.frame import FrameWords

        return self._section(FrameWords)

    @cached_property
    def duties(self) -> DutyWords:
        """Duties: kinds, states and clause numbers."""
        from dutyboard.tui.text.duties import DutyWords

        return self._section(DutyWords)

    @cached_property
    def actions(self) -> ActionsWords:
        """Name of each key."""
        from dutyboard.tui.text.actions import ActionsWords

        return self._section(ActionsWords)

    @cached_property
    def why_not(self) -> WhyNotWords:
        """Reasons why a key does nothing now."""
        from dutyboard.tui.text.actions import WhyNotWords

        return self._section(WhyNotWords)

    @cached_property
    def screens(self) -> ScreenWords:
        """Sentences of the screens."""
        from dutyboard.tui.text.screens import ScreenWords

        return self._section(ScreenWords)

    @cached_property
    def slices(self) -> SliceWords:
        """Slices of the lists of people, and the marks in them."""
        from dutyboard.tui.text.lists import SliceWords

        return self._section(SliceWords)

    @cached_property
    def handover(self) -> HandoverWords:
        """Handover, its rows and its signature."""
        from dutyboard.tui.text.screens import HandoverWords

        return self._section(HandoverWords)

    @cached_property
    def bulk(self) -> BulkWords:
        """Marks in a list of people, and acts on all who are marked."""
        from dutyboard.tui.text.lists import BulkWords

        return self._section(BulkWords)

    @cached_property
    def forms(self) -> FormWords:
        """Questions of the forms."""
        from dutyboard.tui.text.forms import FormWords

        return self._section(FormWords)

    @cached_property
    def intake(self) -> IntakeWords:
        """Sentences of the import screen."""
        from dutyboard.tui.text.sheets import IntakeWords

        return self._section(IntakeWords)

    @cached_property
    def amending(self) -> AmendWords:
        """Correction of an entry of the log."""
        from dutyboard.tui.text.log import AmendWords

        return self._section(AmendWords)

    @cached_property
    def log(self) -> LogWords:
        """Sentences of the log, by kind of entry."""
        from dutyboard.tui.text.log import LogWords

        return self._section(LogWords)

    @cached_property
    def people(self) -> PeopleWords:
        """Queue, people under control, and acts on a person."""
        from dutyboard.tui.text.people import PeopleWords

        return self._section(PeopleWords)

    @cached_property
    def round_pages(self) -> RoundPageWords:
        """Sheets of a site's rounds."""
        from dutyboard.tui.text.pages.rounds import RoundPageWords

        return self._section(RoundPageWords)

    @cached_property
    def referral(self) -> ReferralWords:
        """Referral of a person, its answer, and the ride from place to place."""
        from dutyboard.tui.text.referral import ReferralWords

        return self._section(ReferralWords)

    @cached_property
    def person(self) -> PersonFormWords:
        """Form of a person."""
        from dutyboard.tui.text.person_form import PersonFormWords

        return self._section(PersonFormWords)

    @cached_property
    def page(self) -> PersonPageWords:
        """Page of a person."""
        from dutyboard.tui.text.person_page import PersonPageWords

        return self._section(PersonPageWords)

    @cached_property
    def lists(self) -> ListWords:
        """Lists behind the queue."""
        from dutyboard.tui.text.lists import ListWords

        return self._section(ListWords)

    @cached_property
    def conditions(self) -> ConditionWords:
        """Conditions of a notice."""
        from dutyboard.tui.text.conditions import ConditionWords

        return self._section(ConditionWords)

    @cached_property
    def course(self) -> CourseWords:
        """Results of section three for a person."""
        from dutyboard.tui.text.course import CourseWords

        return self._section(CourseWords)

    @cached_property
    def assess(self) -> AssessWords:
        """Holds of an end, and blockers of a release."""
        from dutyboard.tui.text.assess import AssessWords

        return self._section(AssessWords)

    @cached_property
    def desk_acts(self) -> DeskActWords:
        """Acts on the desk itself, on a site, and on a record that leaves the desk."""
        from dutyboard.tui.text.desk_acts import DeskActWords

        return self._section(DeskActWords)

    @cached_property
    def pins(self) -> PinWords:
        """The line for a PIN."""
        from dutyboard.tui.text.desk_acts import PinWords

        return self._section(PinWords)

    @cached_property
    def clauses(self) -> ClauseWords:
        """Notice in force by its clauses, and the risk areas."""
        from dutyboard.tui.text.desk_acts import ClauseWords

        return self._section(ClauseWords)

    @cached_property
    def rota(self) -> RotaWords:
        """Rota of both seats, and patterns to plan it by."""
        from dutyboard.tui.text.desk_acts import RotaWords

        return self._section(RotaWords)

    @cached_property
    def staff(self) -> StaffWords:
        """Staff of a site: register, symptom check, off duty and back."""
        from dutyboard.tui.text.desk_acts import StaffWords

        return self._section(StaffWords)

    @cached_property
    def looks(self) -> LookWords:
        """The view log: who looked at whom."""
        from dutyboard.tui.text.trail import LookWords

        return self._section(LookWords)

    @cached_property
    def trail(self) -> TrailWords:
        """Changes of a record, with their authors."""
        from dutyboard.tui.text.trail import TrailWords

        return self._section(TrailWords)

    @cached_property
    def account(self) -> AccountWords:
        """Pages that give account: the ledger, what is to be asked about, statistics."""
        from dutyboard.tui.text.pages.account import AccountWords

        return self._section(AccountWords)

    @cached_property
    def pages(self) -> PageWords:
        """Lines of every printed page."""
        from dutyboard.tui.text.pages.frame import PageWords

        return self._section(PageWords)

    @cached_property
    def post_pages(self) -> PostPageWords:
        """Pages of the command post: presence, calls, the day book, the rota."""
        from dutyboard.tui.text.pages.post import PostPageWords

        return self._section(PostPageWords)

    @cached_property
    def overview(self) -> OverviewWords:
        """Overview of several desks."""
        from dutyboard.tui.text.pages.overview import OverviewWords

        return self._section(OverviewWords)

    @cached_property
    def people_pages(self) -> PeoplePageWords:
        """Printed lists of people, and a site's day."""
        from dutyboard.tui.text.pages.people import PeoplePageWords

        return self._section(PeoplePageWords)

    @cached_property
    def screening_pages(self) -> ScreeningPageWords:
        """Screening report and city sheet as they print."""
        from dutyboard.tui.text.pages.screening import ScreeningPageWords

        return self._section(ScreeningPageWords)

    @cached_property
    def trends(self) -> TrendWords:
        """Pictures of a period: a figure a day."""
        from dutyboard.tui.text.pages.trends import TrendWords

        return self._section(TrendWords)

    @cached_property
    def papers(self) -> PaperWords:
        """Papers of one person that leave the desk with a number."""
        from dutyboard.tui.text.pages.papers import PaperWords

        return self._section(PaperWords)

    @cached_property
    def reports(self) -> ReportWords:
        """Printed reports."""
        from dutyboard.tui.text.reports import ReportWords

        return self._section(ReportWords)

    @cached_property
    def settings(self) -> SettingWords:
        """The desk's settings and the command post's switches."""
        from dutyboard.tui.text.settings import SettingWords

        return self._section(SettingWords)

    @cached_property
    def sheets(self) -> SheetWords:
        """Import of sheets."""
        from dutyboard.tui.text.sheets import SheetWords

        return self._section(SheetWords)

    @cached_property
    def refusals(self) -> RefusalWords:
        """Refusals of the rules."""
        from dutyboard.tui.text.refusals import RefusalWords

        return self._section(RefusalWords)

    @cached_property
    def refusal_names(self) -> RefusalNames:
        """Fields that a refusal names."""
        from dutyboard.tui.text.refusals import RefusalNames

        return self._section(RefusalNames)

    @cached_property
    def troubles(self) -> TroubleWords:
        """Troubles of the store, the files and the terminal."""
        from dutyboard.tui.text.troubles import TroubleWords

        return self._section(TroubleWords)

    @cached_property
    def damage(self) -> DamageWords:
        """Damage to the files of a desk."""
        from dutyboard.tui.text.troubles import DamageWords

        return self._section(DamageWords)

    @cached_property
    def marks(self) -> MarkWords:
        """Punctuation between things in one line."""
        from dutyboard.tui.text.lines import MarkWords

        return self._section(MarkWords)

    @cached_property
    def lines(self) -> LineWords:
        """Work by numbered lines."""
        from dutyboard.tui.text.lines import LineWords

        return self._section(LineWords)

    @cached_property
    def server(self) -> ServerWords:
        """Setting up and looking after a server."""
        from dutyboard.tui.text.server import ServerWords

        return self._section(ServerWords)

    @cached_property
    def doctor(self) -> DoctorWords:
        """Findings about a desk and its machine."""
        from dutyboard.tui.text.server import DoctorWords

        return self._section(DoctorWords)

    @cached_property
    def cli(self) -> CliWords:
        """Command line."""
        from dutyboard.tui.text.cli import CliWords

        return self._section(CliWords)


_WORDS = {language: Words(language) for language in LANGUAGES}


def words(language: str) -> Words:
    """Returns the words of a language. Raises KeyError for one that is not in `LANGUAGES`."""
    return _WORDS[language]
