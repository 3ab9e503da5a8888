"""One entry of the log as a page: what it says, its corrections, and what each of them changed."""

from collections.abc import Iterator

from textual.binding import Binding
from textual.events import ScreenResume

from dutyboard.rules.amending.ways import ByOwnAct, OnlyBack, way_of
from dutyboard.rules.records.model import Entry
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.post import TakenBack
from dutyboard.tui.actions import BY_ID
from dutyboard.tui.screens.forms.post.amend import amend_form
from dutyboard.tui.screens.forms.post.retold import rows_of
from dutyboard.tui.screens.page import PageScreen
from dutyboard.tui.screens.trail import open_trail
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line
from dutyboard.tui.views.journal.chain import Link, chain_lines, corrections


class EntryScreen(PageScreen):
    """The page of an entry. `a` corrects it, `w` tells who changed its record."""

    BINDINGS = [  # noqa: RUF012 - Textual's own way
        Binding(",".join(BY_ID["amend"].keys), "amend", show=False),
        Binding(",".join(BY_ID["trail"].keys), "trail", show=False),
    ]

    def __init__(self, session: Session, entry: Entry, past: Snapshot | None) -> None:
        said = session.words.amending
        self._entry = entry
        self._past = past
        title = said.entry_title.format(entry=entry.id)
        super().__init__(session, title, self._lines, said.entry_footer)

    def _lines(self, cells: int) -> list[Line]:
        return entry_page(self._entry, _that_knows(self._entry, self.session, self._past), self.session, cells)

    def on_screen_resume(self, _: ScreenResume) -> None:
        """Paint the page again, with the correction that was written meanwhile."""
        self.call_after_refresh(self.on_resize)

    def action_amend(self) -> None:
        """Open the form that corrects the entry, if the officer is signed on."""
        if self.session.me is None:
            self.say(self.words.why_not.not_signed_on, "soon")
        elif self._entry.id not in self.session.snapshot.entries:
            self.say(self.words.amending.archived, "soon")
        else:
            amend_form(self.session, self._entry)

    def action_trail(self) -> None:
        """Open the page of who wrote and changed the entry's record."""
        if self.session.may_read("trail"):
            open_trail(self.session, [("entries", self._entry.id)])


def entry_page(entry: Entry, snapshot: Snapshot, session: Session, cells: int) -> list[Line]:
    """Return the lines of an entry: what it says, and each correction of its chain with what it changed."""
    links = list[Link]()
    for each in corrections(entry, snapshot):
        old = snapshot.entries.get(each.amends or 0)
        changes = _changes(old, each, snapshot, session) if old is not None else ()
        links.append(Link(entry=each, changes=tuple(changes)))
    return chain_lines(entry, links, snapshot, session.words, cells)


def _that_knows(entry: Entry, session: Session, past: Snapshot | None) -> Snapshot:
    return session.snapshot if past is None or entry.id in session.snapshot.entries else past


def _changes(old: Entry, new: Entry, snapshot: Snapshot, session: Session) -> Iterator[str]:
    """Yield in words what a correction changed: each thing with both values, or that all was taken back."""
    said = session.words.amending
    if isinstance(new.told, TakenBack):
        yield said.all_back
        return
    was, by_now = (way_of(each, snapshot) for each in (old, new))
    if isinstance(was, ByOwnAct | OnlyBack) or isinstance(by_now, ByOwnAct | OnlyBack) or type(was) is not type(by_now):
        return
    before = {(row.name, row.part): row.field for row in rows_of(was, session)}
    after = {(row.name, row.part): row.field for row in rows_of(by_now, session)}
    for key in {**before, **after}:
        values = [each[key].value if key in each else "" for each in (before, after)]
        if values[0] != values[1]:
            label = (after.get(key) or before[key]).label
            old_value, new_value = (value or said.nothing_told for value in values)
            yield said.changed.format(field=label, old=old_value, new=new_value)
