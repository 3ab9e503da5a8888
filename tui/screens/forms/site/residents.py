"""People of a site as they are typed into a form: by room or by name."""

import re
from typing import Final

from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.sheets.kinds.round_sheet import who
from dutyboard.tui.views.fields import Field, Problem

_BETWEEN: Final = re.compile(r"[\s,，、;；]+")
_PARTS: Final = re.compile(r"[;；]+")


def people_typed(snapshot: Snapshot, site_id: int, field: Field, typed: str) -> tuple[int, ...] | Problem:
    """Return the people of a list, `3 8206 张三`, by number; a Problem where one is nobody or several."""
    found: list[int] = []
    for each in filter(None, _BETWEEN.split(typed)):
        named = who(each, snapshot, site_id)
        if len(named) != 1:
            return Problem(field, "not_a_choice", each)
        found.append(named[0].id)
    return tuple(dict.fromkeys(found))


def symptoms_typed(snapshot: Snapshot, site_id: int, field: Field, typed: str) -> dict[int, str] | Problem:
    """Return the symptoms of `3 咳嗽；张三 头晕` by person; a Problem where one is nobody, several or without words."""
    found: dict[int, str] = {}
    for part in filter(None, (each.strip() for each in _PARTS.split(typed))):
        name, _, text = part.replace("\u3000", " ").partition(" ")
        named = who(name, snapshot, site_id)
        if len(named) != 1 or not text.strip():
            return Problem(field, "not_a_choice", part)
        found[named[0].id] = text.strip()
    return found


def remarks_of(told: dict[int, str]) -> dict[str, str]:
    """Return words about people by `person-12`."""
    return {Subject("person", number): text for number, text in told.items()}
