"""One line for a refusal of the rules or a trouble of the store."""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Any, Final, cast

from dutyboard.tui.text import Words

LARGE: Final = 10_000_000
"""Counts from here on are written with commas, as no number of a person is. So none of them is masked."""


class _Fields(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "?"


def sentence(words: Words, code: str, fields: Mapping[str, Any], zone: tzinfo | None = None) -> str:
    """Return the line for a code. Instants are written in `zone`, else in their own zone.

    A field that was not carried shows as `?`, never as an error in front of an officer.
    """
    template: str = getattr(words.troubles, code, None) or getattr(words.refusals, code, None) or words.troubles.other
    written = {key: _written(value, words, zone) for key, value in fields.items()}
    if "name" in fields:
        written["name"] = words.amending.fields.get(fields["name"], written["name"])
    if "paper" in fields:
        written["paper"] = words.papers.titles[fields["paper"]]
    if "roles" in fields:
        written["roles"] = words.marks.comma.join(words.refusal_names.roles[role] for role in fields["roles"])
    if "why" in fields and isinstance(inner := getattr(words.troubles, str(fields["why"]), None), str):
        written["why"] = inner.format_map(_Fields(written))
    if "what" in fields:
        written["what"] = words.damage.kinds.get(fields["what"], written["what"])
    return template.format_map(_Fields({"code": code, **written}))


def _written(value: Any, words: Words, zone: tzinfo | None) -> str:
    if isinstance(value, datetime):
        return value.astimezone(zone or value.tzinfo).strftime("%m-%d %H:%M")
    if isinstance(value, tuple | list | set | frozenset):
        return words.marks.comma.join(_written(each, words, zone) for each in value) or "-"
    if isinstance(value, int) and value >= LARGE:
        return f"{value:,}"
    text = str(value)
    for table in (
        words.refusal_names.names,
        words.settings.names,
        words.settings.forms,
        words.person.fields,
        words.page.facts,
        words.assess.blockers,
    ):
        if text in table:
            return cast(Mapping[str, str], table)[text]
    return text
