"""Form of an act that is asked about once: a second F9 agrees to what was shown."""

from dutyboard.rules.records.refusals import Code, Refusal
from dutyboard.tui.link.messages import Answer
from dutyboard.tui.screens.form import FormScreen


class AgreedForm(FormScreen):
    """Form whose act is asked about with the refusal `asks`. `agreed`: the officer has just read it."""

    asks: Code
    agreed = False

    def answered(self, answer: Answer) -> None:
        """Remember that the officer has seen what he is asked."""
        self.agreed = isinstance(answer, Refusal) and answer.code == self.asks
        super().answered(answer)
