"""Companions of a person in words, with the record of each whom the desk knows by name."""

from collections.abc import Iterator

from dutyboard.rules.people.contacts import Bearers, Companion, companions_told, named_by
from dutyboard.rules.records.model import Person, subject_id
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.text import Words
from dutyboard.tui.views.people import stage_text


def companion_texts(person: Person, snapshot: Snapshot, words: Words) -> Iterator[str]:
    """Yield who came with a person as it was told, and who names him as a companion."""
    if told := companions_text(person.companions, person.id, snapshot, words):
        yield f"{words.person.fields['companions']} {told}"
    if by := named_by(person, snapshot.persons.values()):
        names = words.marks.comma.join(_known(each, snapshot, words) for each in by)
        yield words.page.companion_of.format(names=names)


def companions_text(text: str, himself: int | None, snapshot: Snapshot, words: Words) -> str:
    """Return the companions that a text names; a text that names nobody as it is."""
    told = companions_told(text, Bearers(snapshot.persons.values()), himself)
    return words.marks.comma.join(_companion(each, snapshot, words) for each in told) or text


def _companion(told: Companion, snapshot: Snapshot, words: Words) -> str:
    match told.known:
        case ():
            return told.name
        case (one,):
            return _known(one, snapshot, words)
        case several:
            return words.page.companion_several.format(name=told.name, count=len(several))


def _known(person: Person, snapshot: Snapshot, words: Words) -> str:
    stage = stage_text(person, snapshot, words)
    return words.page.companion_known.format(name=person.name, person=subject_id(person), stage=stage)
