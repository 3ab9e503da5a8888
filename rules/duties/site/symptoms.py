"""Symptoms that people of a site tell on a round, each with its words."""

from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.obligation import Obligation
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot


def told_symptoms(command: Discharge, duty: Obligation, snapshot: Snapshot) -> dict[str, str] | Refusal:
    """Return what each unwell person tells, by `person-12`: the words about him, else the note of the round.

    Refused for somebody who is not on the row, for words about nobody unwell, and without any words.
    """
    unwell = tuple(Subject("person", each) for each in dict.fromkeys(command.unwell))
    for each in (*unwell, *command.remarks):
        if each not in duty.people:
            subject = Subject.parse(each)
            person = snapshot.persons.get(subject.number) if subject is not None else None
            return Refusal("not_on_row", {"person": person.name if person else each, "subject": duty.subject})
    stray = sorted(command.remarks.keys() - {*unwell, *(Subject("person", each) for each in command.absent)})
    if stray:
        return Refusal("figures_unknown", {"names": ["remarks"]})
    said = {str(each): command.remarks.get(each, command.text).strip() for each in unwell}
    return said if all(said.values()) else Refusal("note_needed")
