"""Words of a round about people of a site: their symptoms, who was not there, and what else is said."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from dutyboard.rules.duties.duty import ToSee, not_on_row
from dutyboard.rules.duties.post.matters import not_found
from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.obligation import Obligation
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot


def told_symptoms(
    command: Discharge, duty: Obligation, snapshot: Snapshot, met: Iterable[str], happened_at: datetime
) -> dict[str, str] | Refusal:
    """Return what each unwell person tells, by `person-12`: the words about him, else the note of the round.

    Refused for somebody who is not on the row, and without any words; words about others than the unwell, the absent,
    and those `met` who had not been found before, are refused too.
    """
    unwell = tuple(Subject("person", each) for each in dict.fromkeys(command.unwell))
    refused = not_on_row((*unwell, *command.remarks), duty, snapshot)
    if refused is not None:
        return refused
    absent = (Subject("person", each) for each in command.absent)
    stray = command.remarks.keys() - {*unwell, *absent, *(not_found(snapshot, happened_at).keys() & set(met))}
    if stray:
        return Refusal("figures_unknown", {"names": ["remarks"]})
    said = {str(each): command.remarks.get(each, command.text).strip() for each in unwell}
    return said if all(said.values()) else Refusal("note_needed")


def not_there(
    command: Discharge, duty: Obligation, snapshot: Snapshot, happened_at: datetime
) -> tuple[ToSee, ...] | Refusal:
    """Return who was not there, to be seen to by the site's head. Refused where no words tell of it."""
    within = snapshot.daily_at(happened_at).duty.not_found
    found = []
    for each in dict.fromkeys(command.absent):
        person = Subject("person", each)
        what = command.remarks.get(person, command.text).strip()
        if not what:
            return Refusal("note_needed")
        found.append(ToSee(subject=person, what=what, owner=duty.owed_by, cause="absent", within=within))
    return tuple(found)


def other_remarks(command: Discharge, symptoms: Mapping[str, str]) -> dict[str, str]:
    """Return the words of a round that are no symptoms, by `person-12`."""
    return {whose: words.strip() for whose, words in command.remarks.items() if whose not in symptoms and words.strip()}
