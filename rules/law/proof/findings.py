"""Findings of a check of a notice, each with the smallest person who shows it."""

from typing import Literal

from dutyboard.frozen import frozen
from dutyboard.rules.law.facts import Facts
from dutyboard.rules.law.notice import FindingKind
from dutyboard.rules.law.toml_table import NoticeErrorCode

TextFault = NoticeErrorCode | Literal["no_chinese", "untranslated", "no_sentence", "clause_of_another"]
"""Faults of a text or a number: what the reader of a notice refuses, and what nobody could use."""


@frozen
class NoticeFinding:
    """One thing wrong with a notice. `about` names the clause, the fact or the key; `details` say what of it.

    `person` differs from the base person in the facts `differs`; `raised` is he with one risk more. `reading` is the
    O-number by which the notice itself accepts the finding.
    """

    kind: FindingKind
    about: str
    details: tuple[str, ...] = ()
    person: Facts | None = None
    raised: Facts | None = None
    differs: tuple[str, ...] = ()
    reading: str = ""
