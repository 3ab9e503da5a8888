"""Last days of a person's stages as a leader has set them."""

from typing import Literal

from dutyboard.rules.law.set_days import SetDay, SetDays
from dutyboard.rules.records.model import Person


def set_days_of(person: Person) -> SetDays:
    """Return what a leader said last of each stage of a person."""
    return SetDays(site=_set_last(person, "site"), home=_set_last(person, "home"))


def _set_last(person: Person, stage: Literal["site", "home"]) -> SetDay | None:
    held = next((each for each in reversed(person.last_days) if each.of == stage), None)
    return SetDay(last=held.last, before=held.own or held.was) if held is not None else None
