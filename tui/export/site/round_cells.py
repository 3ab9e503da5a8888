"""Cells that the sheets of rounds share: hours, names, marks of a check, what came of its findings."""

from collections import Counter
from collections.abc import Iterable, Sequence

from dutyboard.rules.people.officers import officer_name
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Entry, Matter, Site
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.site_rounds import PaperRound
from dutyboard.tui.export.page import PageAsked, PageCell, PageColumn, days_line
from dutyboard.tui.text import Words
from dutyboard.tui.views.entry.names import subject_name
from dutyboard.tui.views.times import clock, day_clock


class RoundCells:
    """Cells of the sheets of rounds, in the words and on the clock of one desk."""

    def __init__(self, snapshot: Snapshot, words: Words) -> None:
        self.snapshot = snapshot
        self.words = words

    def columns(self, keys: Iterable[str]) -> tuple[PageColumn, ...]:
        """Return the columns of these keys."""
        heads = self.words.round_pages.heads
        return tuple(PageColumn(key, heads[key]) for key in keys)

    def above(self, site: Site, asked: PageAsked) -> tuple[str, ...]:
        """Return the lines below the title: the site and the days."""
        said = self.words.round_pages
        return (f"{said.site.format(site=site.name)}  {days_line(asked, self.words)}",)

    def slot(self, row: PaperRound) -> str:
        """Return the name of a slot, as the notice calls it."""
        name = row.owed.name
        return name.said_in(self.words.language) if name is not None else self.words.duties.kinds[row.owed.kind]

    def names(self, people: Iterable[str]) -> str | None:
        """Return the names of people, blank where there are none."""
        return self.words.marks.comma.join(subject_name(each, self.snapshot) for each in people) or None

    def time(self, entry: Entry) -> str:
        """Return the hour at which a check was made."""
        return clock(entry.happened_at, self.snapshot.zone)

    def entered(self, row: PaperRound) -> tuple[PageCell, PageCell, PageCell]:
        """Return who wrote a check down, when, and its marks; of a slot that is not done how it stands."""
        entry = row.entry
        if entry is None:
            return None, None, self.words.duties.states[row.owed.state]
        entered = day_clock(entry.first_entered_at or entry.entered_at, self.snapshot.zone)
        return officer_name(self.snapshot, entry.entered_by) or entry.login, entered, self._marks(row) or None

    def _marks(self, row: PaperRound) -> str:
        said, entry = self.words.round_pages, row.entry
        told = {
            said.late: row.late,
            said.entered_late: row.entered_late,
            said.afterwards: row.afterwards,
            said.amended: entry is not None and entry.amends is not None,
        }
        return self.words.marks.comma.join(word for word, applies in told.items() if applies)

    def handled(self, matters: Iterable[Matter]) -> str | None:
        """Return what a check found, and what came of each finding."""
        return self.words.marks.comma.join(self._finding(each) for each in matters) or None

    def _finding(self, matter: Matter) -> str:
        said, what = self.words.round_pages, matter.what
        subject = Subject.parse(matter.subject)
        if subject is not None and subject.kind == "person":
            what = f"{subject_name(subject, self.snapshot)} {what}".strip()
        if matter.closed_at is None:
            return said.found_open.format(what=what)
        return said.found_closed.format(what=what, outcome=matter.outcome) if matter.outcome else what


def states_counted(rows: Sequence[PaperRound]) -> dict[str, int]:
    """Return how many slots stand in each state, each once, however many checks told it."""
    return dict(Counter(state for state, _ in {(row.owed.state, row.owed.id) for row in rows}))
