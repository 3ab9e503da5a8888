"""A form's drafts: kept while one types, offered when the form is opened again, never another caller's text.

A draft of a form about a record comes back by itself, for it is about the same one. One of a form without a subject may
be another caller's: it is offered by name and hour, to be gone on with, put aside or discarded.
"""

from collections.abc import Mapping
from typing import Any, Final

from textual.binding import Binding
from textual.timer import Timer

from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.drafts import Attempt, LeftDraft, OfferedDrafts, draft_of, drafts_left
from dutyboard.tui.link.messages import Trouble
from dutyboard.tui.screens.session_screen import SessionScreen
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import clip
from dutyboard.tui.views.times import clock, near

DRAFT_SECONDS: Final = 1.0
"""Seconds from the first key that is not kept yet to the draft, however fast the officer types on."""
DRAFT_NAME_CELLS: Final = 16
"""The cells of a draft's first text in the line that offers it."""
_OF_OFFER: Final = frozenset({"resume_draft", "drop_draft", "put_draft_aside", "step_draft"})
"""Actions that are there while a draft is offered, and at no other time."""


class DraftedScreen(SessionScreen):
    """A screen with texts that are kept as a draft. `key` names it: form and subject, never anything typed."""

    BINDINGS = [  # noqa: RUF012 - Textual's own way
        Binding("enter", "resume_draft", show=False, priority=True),
        Binding("delete", "drop_draft", show=False, priority=True),
        Binding("escape", "put_draft_aside", show=False, priority=True),
        Binding("up", "step_draft(-1)", show=False, priority=True),
        Binding("down", "step_draft(1)", show=False, priority=True),
    ]

    def __init__(self, session: Session, key: str) -> None:
        super().__init__(session)
        self._drafts = OfferedDrafts(key)
        self._draft_timer: Timer | None = None
        self._attempt: Attempt | None = None
        self._saving = False
        self._lost_draft = False

    # What was typed

    @property
    def typed(self) -> dict[str, str]:
        """The text of every field."""
        raise NotImplementedError

    @property
    def dirty(self) -> bool:
        """True if anything was typed."""
        raise NotImplementedError

    @property
    def kept_texts(self) -> Mapping[str, str]:
        """The texts that a draft keeps."""
        return self.typed

    def restore(self, draft: Mapping[str, str]) -> None:
        """Put a draft back into its fields."""
        raise NotImplementedError

    # Left ones

    def on_mount(self) -> None:
        """Load the drafts that were left."""
        self.session.hold_keys()  # what is typed meanwhile is a new text, never the end of a draft
        key = self._drafts.key
        self.session.fetch(lambda gateway: drafts_left(gateway, key), self._drafts_loaded)

    def _drafts_loaded(self, drafts: Any) -> None:
        self.session.release_keys()
        if isinstance(drafts, Trouble) or self.dirty or not self.is_attached:
            return
        if drafts and "." in self._drafts.key:
            self._drafts.offer(drafts[:1])
            self._go_on()
        else:
            self._drafts.offer(drafts)
            self._offer()

    def _go_on(self) -> None:
        """Go on with the chosen draft, and say when it was typed, or that it is saved already."""
        left, forms = self._drafts.go_on(), self.words.forms
        self._attempt = left.attempt
        self.restore(left.texts)
        back = forms.draft_back.format(at=self._at(left))
        self.say(self._when(forms.draft_saved, left.saved) if left.saved else back)

    def _when(self, sentence: str, saved: Accepted) -> str:
        """Return a sentence with the time at which an act was saved."""
        at = next((clock(entry.entered_at, self.session.snapshot.zone) for entry in saved.entries), "--:--")
        return sentence.format(time=at)

    def _at(self, left: LeftDraft) -> str:
        """Return the hour, or the day, on which a draft was typed."""
        return near(left.at, self.session.now(), self.session.snapshot.zone) if left.at is not None else "--:--"

    def _offer(self) -> None:
        """Ask what becomes of the drafts that were left, each by its name and hour; without one, say nothing."""
        if not self._drafts:
            return
        forms, several = self.words.forms, len(self._drafts.left) > 1
        rows = [forms.drafts_offered.format(n=len(self._drafts.left))] if several else []
        for number, left in enumerate(self._drafts.left):
            mark = ("> " if number == self._drafts.chosen else "  ") if several else forms.draft_offered
            told = forms.draft_line.format(name=clip(left.name, DRAFT_NAME_CELLS), at=self._at(left), n=len(left.texts))
            rows.append(f"{mark}{self._when(forms.draft_line_saved, left.saved) if left.saved else told}")
        self.say("\n".join([*rows, forms.draft_keys]), "soon")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's way
        """Return True where a key of the form acts: Enter, Delete, Escape, Up and Down while a draft is offered."""
        if action == "step_draft":
            return len(self._drafts.left) > 1
        return bool(self._drafts) if action in _OF_OFFER else True

    def action_resume_draft(self) -> None:
        """Go on with the draft that is chosen."""
        self._go_on()

    def action_step_draft(self, by: int) -> None:
        """Choose the draft before or behind."""
        self._drafts.step(by)
        self._offer()

    def action_drop_draft(self) -> None:
        """Throw the chosen draft away, and offer the others."""
        key = self._drafts.discard()
        self.session.fetch(lambda gateway: gateway.drop_draft(key), lambda _: None)
        self.say(self.words.forms.draft_dropped)
        self._offer()

    def action_put_draft_aside(self) -> None:
        """Keep the offered drafts for later, and begin an empty form."""
        self._drafts.put_aside()
        self.say(self.words.forms.draft_aside)

    def _begin_another(self) -> None:
        """Keep the offered drafts for later: what is typed now is a draft of its own."""
        self._drafts.put_aside()
        self.say("")

    # Keeping

    def typing(self) -> None:
        """Start the timer that keeps a draft, unless it runs already."""
        self._lost_draft = False
        if self._drafts and self.dirty:
            self._begin_another()
        if self.dirty and self._draft_timer is None:
            self._draft_timer = self.set_timer(DRAFT_SECONDS, self._keep_draft)

    @property
    def unkept(self) -> tuple[str, Mapping[str, Any]] | None:
        """The draft of what stands in the fields."""
        return (self._drafts.key, self._draft) if self.dirty else None

    @property
    def _draft(self) -> dict[str, str]:
        return draft_of(self.kept_texts, self._attempt, self.session.now())

    def _keep_draft(self) -> None:
        self._draft_timer = None
        if not self.dirty:
            return
        self.session.keep_draft(self._drafts.key, self._draft)

    def leave(self) -> None:
        """Leave the form. The text is kept as a draft; if that fails, a second key drops it."""
        if not self.dirty or self._lost_draft:
            self.dismiss()
            return
        self.session.hold_keys()
        self.session.keep_draft(self._drafts.key, self._draft, self._left)

    def _left(self, value: Any) -> None:
        self.session.release_keys()
        if isinstance(value, Trouble):
            self._lost_draft = True
            self.say(self.words.forms.draft_lost.format(why=self.session.trouble_sentence(value)), "late")
        else:
            self.dismiss()
