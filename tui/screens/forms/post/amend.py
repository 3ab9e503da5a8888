"""Correction of an entry of the log: its reason, and the fields of its act, each with what was told."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dutyboard.rules.amending.undoing import act_of
from dutyboard.rules.amending.ways import ByOwnAct, OnlyBack, way_of
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.amending import Amend
from dutyboard.rules.records.model import Entry
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.told.post import Imported
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.link.messages import Answer
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import draft_key
from dutyboard.tui.screens.forms.post.import_undo import import_undo_form
from dutyboard.tui.screens.forms.post.retold import act_again, rows_of
from dutyboard.tui.screens.pick import PickScreen
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line, wrap
from dutyboard.tui.views.entry.line import entry_text
from dutyboard.tui.views.fields import Field, Problem
from dutyboard.tui.views.following import following_texts
from dutyboard.tui.views.log import log_detail


class AmendForm(FormScreen):
    """The form. Where the rules ask first, it shows what changes; a second F9 agrees to that, and to nothing else."""

    back_asked = False
    _sent: Amend | None = None
    _shown: Amend | None = None

    def agreed_to(self, command: Amend) -> Amend:
        """Return the command, agreed to if it is the one whose effects were shown last."""
        self._sent = command
        return replace(command, agreed=True) if command == self._shown else command

    def answered(self, answer: Answer) -> None:
        """Show what changes where the rules ask first, and remember of which command."""
        if isinstance(answer, Refusal) and answer.code == "asks_first" and self._sent is not None:
            self._shown = self._sent
            self.show_more(follow_lines(self._sent, self.session))
        super().answered(answer)


def follow_lines(command: Amend, session: Session) -> list[Line]:
    """Return the lines of what goes and changes with a correction; none where nothing is asked first."""
    me = session.me
    actor = Actor(login=(me.login if me is not None else None) or "", officer_id=me.id if me is not None else None)
    texts = following_texts(command, session.snapshot, session.now(), actor, session.words)
    return [((f" {row}", "late"),) for text in texts for row in wrap(text, session.cells - 2)]


def amend_form(session: Session, entry: Entry) -> None:
    """Open the form of an entry; say why where another act changes it."""
    said, snapshot = session.words.amending, session.snapshot
    act = act_of(entry, snapshot)
    if isinstance(act.told, Imported):
        import_undo_form(session, act)
        return
    way = way_of(entry, snapshot)
    if isinstance(way, ByOwnAct):
        session.say(session.answer_sentence(_by_own_act(entry, way)) or "", "soon")
        return
    reason = Field(id="why", label=said.reason, hint=said.reason_hint, needed=True)
    asked = [] if isinstance(way, OnlyBack) or act_of(entry, snapshot) is not entry else [*rows_of(way, session)]

    def make(values: Mapping[str, Any]) -> Amend | Problem | None:
        changed = [row for row in asked if row.field.id in form.changed_fields]
        if not changed and not form.back_asked:
            form.back_asked = True
            form.say(said.back_asked, "soon")
            return None
        instead = None if isinstance(way, OnlyBack) or not changed else act_again(way, changed, values, session)
        if isinstance(instead, Problem):
            return instead
        return form.agreed_to(Amend(entry_id=entry.id, reason=values["why"], instead=instead))

    def done(_: Accepted) -> None:
        session.say(said.saved.format(entry=entry.id))

    facts: list[Line] = [*log_detail(entry, snapshot, session.words, session.cells), ((f" {said.unchanged}", "dim"),)]
    title = said.title.format(entry=entry.id)
    fields = [reason, *(row.field for row in asked)]
    form = AmendForm(session, title, facts, fields, make, draft_key("amend", str(entry.id)), done)
    session.open(form)


def choose_entry(session: Session, entries: list[Entry], name: str) -> None:
    """Open the choice among the entries of a person, then the form of the chosen one."""
    said, snapshot = session.words.amending, session.snapshot
    standing = [each for each in entries if each.id not in snapshot.amended]
    if not standing:
        session.say(said.nothing, "soon")
        return
    texts = {str(each.id): f"{each.id} {entry_text(each, snapshot, session.words, subject=False)}" for each in standing}
    choices: list[tuple[str, str, Line]] = [(key, text, ((f"  {text}", "plain"),)) for key, text in texts.items()]

    def picked(screen: PickScreen, key: str) -> None:
        screen.dismiss()
        amend_form(session, snapshot.entries[int(key)])

    session.open(PickScreen(session, said.pick.format(name=name), said.pick_hint, choices, picked))


def _by_own_act(entry: Entry, way: ByOwnAct) -> Refusal:
    return Refusal("amend_by_own_act", {"entry": entry.id, "name": way.act})
