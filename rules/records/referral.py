"""A question about a person that the notice leaves to an office, and the answer that closes it (请示、答复).

A referral stands beside the person's stage: it is owed until it is answered, wherever he is.
"""

from datetime import datetime
from typing import Final

from dutyboard.frozen import frozen
from dutyboard.rules.law.section_three import AnswerOffice

SUSPECTED: Final = "suspected"
"""Code of the question that a suspected case puts to the fever clinic."""


@frozen
class ReferralAnswer:
    """Answer of an office: the decision in its words, the authority it came from, and what it decided.

    `by` is the officer who wrote it down, at an instant. `clause` is the class that it decided: a clause, or `none` for
    somebody whom no clause concerns; None: it named none. `changed` are the keys of the facts that it set.
    `settles` are the questions that it answers, by code. `basis` are the lasting facts it rests on, as key and value:
    once they differ, it answers nothing any more. An empty `authority`: the facts themselves gave the answer.
    """

    authority: str
    by: int
    at: datetime
    decision: str
    clause: str | None = None
    changed: tuple[str, ...] = ()
    settles: tuple[str, ...] = ()
    basis: tuple[tuple[str, str], ...] = ()


@frozen
class Referral:
    """Questions about a person that an office is to answer: since when, which (codes), and who answers.

    `former` is an answer that still decides his class while other questions are put (None: there is none).
    `provisional` is the place that holds him until then: a clause, `fever clinic`, `hospital`, `site + PCR` or `ask`.
    """

    since: datetime
    reasons: tuple[str, ...]
    owed_to: AnswerOffice = "command_post"
    provisional: str = ""
    answer: ReferralAnswer | None = None
    former: ReferralAnswer | None = None
