"""Acts said at once before they are written: what becomes of each, and one key for one commit."""

from collections.abc import Iterable, Sequence

from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.transaction import Accepted
from dutyboard.rules.together import OneOfMany, SaidOfMany
from dutyboard.tui.link.messages import Answer, Trouble
from dutyboard.tui.link.rid import new_rid
from dutyboard.tui.link.together import preview_together
from dutyboard.tui.screens.forms.sheet.preview import PreviewForm
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line


class TogetherPreview(PreviewForm):
    """The preview. F9 writes all that can be done in one commit.

    If anything of it has changed meanwhile nothing is written: it is foreseen again, and waits for another F9.
    """

    def __init__(
        self, session: Session, title: str, acts: Sequence[SaidOfMany], found: Sequence[OneOfMany], draft_key: str
    ) -> None:
        self._acts = acts
        self._found = tuple(found)
        self._rid = new_rid()
        self.session = session
        super().__init__(session, title, tuple(self.lines_of(self._found)), [], lambda _: None, draft_key)

    def lines_of(self, found: Sequence[OneOfMany]) -> Iterable[Line]:
        """Return the page of what becomes of each."""
        raise NotImplementedError

    @property
    def nothing_goes(self) -> str:
        """The sentence where nothing of it can be written."""
        raise NotImplementedError

    def all_written(self, answer: Accepted, found: Sequence[OneOfMany]) -> None:
        """Say what was written. The preview is closed by then."""
        raise NotImplementedError

    def save(self) -> None:
        """Send all that can be done as one commit."""
        goes = [each for each in self._found if each.can_be_done]
        if self._saving:
            return
        if not goes:
            self.say(self.nothing_goes, "soon")
            return
        self._saving = True
        self.say_working(self.words.forms.saving)
        commands = [each.command for each in goes if each.command is not None]
        people = [person for each in goes for person in each.people]
        self.session.submit_together(commands, people, self.answered, rid=self._rid)

    def answered(self, answer: Answer) -> None:
        """Close the preview once all is written, foresee again after a refusal, or say why nobody knows."""
        self._saving = False
        why = self.session.answer_sentence(answer) or ""
        if isinstance(answer, Trouble):
            self.say(self.words.forms.kept.format(why=why), "late")
        elif isinstance(answer, Refusal):
            self._foresee_again(why)
        else:
            self.dismiss()
            self.all_written(answer, self._found)

    def _foresee_again(self, why: str) -> None:
        def foreseen(found: Sequence[OneOfMany]) -> None:
            self._found, self._rid = tuple(found), new_rid()
            self._facts = tuple(self.lines_of(self._found))
            self._paint_facts()
            self.say(self.words.bulk.again.format(why=why), "late")

        self.session.fetch_for(lambda gateway: preview_together(gateway, self._acts), foreseen)
