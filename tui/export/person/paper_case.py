"""Paper of one person while it is filled: whose it is, and the texts that all papers hold."""

from collections.abc import Mapping
from datetime import date, datetime

from dutyboard.frozen import frozen
from dutyboard.rules.people.officers import officer_of, serving
from dutyboard.rules.records.model import Person
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.export.page import post_name
from dutyboard.tui.terminal.masking import secret
from dutyboard.tui.text import Words

PaperRows = tuple[Mapping[str, str], ...]
PaperFields = Mapping[str, str | PaperRows]
"""Places of a paper by name: a text, or rows of texts. "" is left out, a blank line is filled in by hand."""


@frozen(kw_only=False)
class PaperCase:
    """Person, picture, instant and language that a paper is filled from. `plain`: for programs, without blank lines."""

    person: Person
    snapshot: Snapshot
    now: datetime
    words: Words
    plain: bool = False

    @property
    def blank(self) -> str:
        """The line to write on."""
        return "" if self.plain else self.words.papers.blank

    def day(self, day: date | None) -> str:
        """Return a day as papers write it, a blank line for one that nobody knows."""
        if day is None:
            return self.blank
        return day.isoformat() if self.plain else self.words.papers.day.format(day=day)

    def moment(self, at: datetime | None) -> str:
        """Return an instant as papers write it, a blank line for one that nobody has told."""
        if at is None:
            return self.blank
        if self.plain:
            return at.astimezone(self.snapshot.zone).isoformat(timespec="seconds")
        return self.words.papers.moment.format(at=at.astimezone(self.snapshot.zone))

    def told(self, text: str | None) -> str:
        """Return a text, a blank line where there is none."""
        return text or self.blank

    def entry(self, number: int) -> str:
        """Return the name of an entry of the log by its number."""
        return self.words.papers.entry.format(id=number)


def bearer(case: PaperCase) -> dict[str, str | PaperRows]:
    """Return the texts that say who he is. His numbers are masked unless somebody gave a reason to show them."""
    person, words = case.person, case.words
    unit = case.snapshot.units.get(person.unit_id or 0)
    return {
        "desk": post_name(case.snapshot, words),
        "day": case.day(case.snapshot.day_of(case.now)),
        "name": person.name,
        "sex": case.told(words.person.answers["sex"].get(person.sex, person.sex)),
        "nation": person.nation,
        "id_no": case.told(secret(person.id_no)),
        "phone": case.told(secret(person.phone)),
        "address": case.told(person.address),
        "unit": unit.name if unit is not None else "",
        "workplace": person.workplace,
        "emergency_name": person.emergency_name,
        "emergency_phone": secret(person.emergency_phone),
        "illness": person.illness,
        "medicine": person.medicine,
        "special_need": person.special_need,
        "companions": person.companions,
        "officer": officer_of(case.snapshot, person),
    }


def phone_of_cadre(case: PaperCase, name: str | None, told: str = "") -> str:
    """Return a cadre's phone by the roster, else as it was told; a blank line where neither tells it."""
    unit = case.person.unit_id
    known = {each for each in serving(case.snapshot, case.now) if each.name == name and each.unit_id == unit}
    phones = {each.phone for each in known}
    return case.told((phones.pop() if len(phones) == 1 else "") or told)
