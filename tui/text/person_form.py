"""Words of a person's form: fields, answers, questions, problems."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dutyboard.frozen import frozen

if TYPE_CHECKING:
    from dutyboard.rules.records.codes import IdWarning, PhoneWarning
    from dutyboard.tui.person_fields import FieldId, Unread


@frozen
class PersonFormWords:
    """Labels, answers and questions of the form. Placeholders in braces are filled with `str.format`.

    `fields`: labels of 8 cells (Chinese) or 11; `answers`: the word of each choice; `asks`: the question for an unknown
    fact, by its key.
    """

    fields: Mapping[FieldId, str]
    answers: Mapping[FieldId, Mapping[str, str]]
    asks: Mapping[str, str]
    hints: Mapping[FieldId, str]
    thin: str
    hint_time: str
    hint_day: str
    weekdays: tuple[str, ...]
    problems: Mapping[Unread, str]
    id_warnings: Mapping[IdWarning | PhoneWarning, str]
    form_new: str
    form_person: str
    form_correct: str
    form_keys: str
    form_keys_new: str
    form_keys_correct: str
    form_facts: str
    born: str
    no_answer: str
    resident: str
    reason: str
    reason_hint: str
    conflict: str
    hidden: str
    contact_unknown: str
    leaf_after: str
    leaf_before: str
