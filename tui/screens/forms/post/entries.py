"""Entries of the log: a note, and the last tick taken back."""

from collections.abc import Mapping
from typing import Any, Final

from dutyboard.rules.amending.amend import last_check_or_import_of
from dutyboard.rules.records.commands.amending import TakeBack
from dutyboard.rules.records.commands.post import OpenMatter, WriteLog
from dutyboard.rules.records.ids import POST, Subject
from dutyboard.rules.records.model import Entry
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.told.post import Imported
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.link.messages import Answer, Reply, Trouble
from dutyboard.tui.link.rid import new_rid
from dutyboard.tui.screens.base import DutyScreen
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import draft_key
from dutyboard.tui.screens.forms.post.amend import amend_form
from dutyboard.tui.session import Session
from dutyboard.tui.views.entry.line import entry_text
from dutyboard.tui.views.entry.names import subject_name
from dutyboard.tui.views.fields import Field

_OF: Final = "of"
"""Key of a note's draft under which stands whom it is about."""


class NoteForm(FormScreen):
    """The form of a note. Its draft keeps whom it was about, whichever row the cursor stands on when it comes back."""

    def __init__(self, session: Session, subject: Subject, name: str, meant: str, key: str) -> None:
        forms = session.words.forms
        self._subject = subject
        about = Field(
            id="about", label=forms.about.format(name=name), kind="yes_no", hint=forms.hint_about, value=meant
        )
        fields = [
            Field(id="text", label=forms.text, needed=True),
            Field(id="time", label=forms.time, kind="time", hint=forms.hint_time),
            Field(id="owner", label=forms.follow, kind="officer", hint=forms.hint_follow),
            Field(id="due", label=forms.due, kind="time", hint=forms.hint_due),
            *([about] if name else []),
        ]
        super().__init__(session, forms.note, [], fields, self._note, key)
        self.on_saved(lambda _: session.say(session.words.screens.saved_form))

    @property
    def kept_texts(self) -> Mapping[str, str]:
        """The texts, and whom the note is about where the officer has said so."""
        texts = super().kept_texts
        return {**texts, _OF: self._subject} if texts.get("about") == "1" else texts

    def restore(self, draft: Mapping[str, str]) -> None:
        """Put a draft back, about whom it was. Without a field for that it is about nobody."""
        of = Subject.parse(draft.get(_OF, ""))
        if of is not None and "about" in self.inputs:
            self._subject = of
            name = subject_name(of, self.session.snapshot)
            self.labels["about"].name_it(self.words.forms.about.format(name=name))
        super().restore(draft)

    def _note(self, values: Mapping[str, Any]) -> WriteLog | OpenMatter:
        of = self._subject if values.get("about") else POST
        if values["owner"] or values["due"]:
            return OpenMatter(
                subject=of,
                text=values["text"],
                owner=values["owner"] or "",
                due=values["due"],
                happened_at=values["time"],
            )
        return WriteLog(text=values["text"], subject=of, happened_at=values["time"])


def note_form(session: Session, screen: DutyScreen) -> None:
    """Open the form of a note, which says what it is about.

    On a person's page that is the person. In a list it is nobody until the officer says so: the cursor stands on some
    row all the time.
    """
    subject, name = screen.about() or (POST, "")
    his_page = screen.screen_id == "person"
    meant = session.words.desk_acts.yes_no[0] if his_page else ""
    key = draft_key("note", subject if his_page else "")
    session.open(NoteForm(session, Subject.parse(subject) or POST, name, meant, key))


def take_back(session: Session, screen: DutyScreen) -> None:
    """Take back the officer's own last tick, with the cursor on its row again.

    Later than the rules allow, open the form that corrects it. An import that came after it is asked about in its own
    form: many people go with it. Where nobody knows whether the last one was taken back, the key asks that again, and
    takes back no other.
    """
    me, snapshot = session.me, session.snapshot
    last = session.unanswered or (last_check_or_import_of(snapshot, me.id) if me is not None else None)
    if last is None:
        session.say(session.words.why_not.nothing_to_take_back)
        return
    if isinstance(last.told, Imported):
        amend_form(session, last)
        return

    def answered(answer: Answer) -> None:
        session.unanswered = last if isinstance(answer, Trouble) else None
        if isinstance(answer, Refusal) and answer.code == "too_late_to_take_back":
            amend_form(session, last)
            return
        refused = session.answer_sentence(answer)
        what = entry_text(last, snapshot, session.words)
        if refused is None and last.obligation is not None:
            screen.aim(last.obligation)
        session.say(refused or session.words.screens.taken_back.format(what=what), "late" if refused else "plain")

    if last.together is not None:
        _take_back_together(session, last, answered)
    else:
        session.submit(TakeBack(entry_id=last.id), answered)


def _take_back_together(session: Session, last: Entry, answered: Reply) -> None:
    """Take back all that was said at once, the newest first, as one commit. What cannot go with it leaves all."""
    from dutyboard.rules.together import taken_back_together

    acts = [TakeBack(entry_id=number) for number in taken_back_together(last, session.snapshot)]

    def told(answer: Answer) -> None:
        if isinstance(answer, Accepted):
            session.unanswered = None
            session.say(session.words.bulk.taken_back.format(n=len(acts)))
        elif isinstance(answer, Refusal):
            session.say(session.words.bulk.not_taken_back.format(why=session.answer_sentence(answer)), "late")
        else:
            answered(answer)

    session.submit_together(acts, [], told, rid=new_rid())
