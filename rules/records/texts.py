"""The door of every text that an officer says: one form, nothing that a terminal obeys, bounded."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final

from dutyboard.rules.records.commands.leaves import leaves
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.signs import composed, unfit

LONGEST: Final = 4000
"""Characters of one text. A long note is some hundreds."""


def in_one_form(command: Any) -> Any:
    """Return an act with each text composed (NFC), or the refusal of the first one that may not be kept.

    A refusal names the field. The act is the same object where nothing changes.
    """
    whole = True
    for name, text in leaves(command):
        if not text or not isinstance(text, str):
            continue
        if sign := unfit(text):
            return Refusal("unfit_sign", {"name": name, "sign": sign})
        if len(text) > LONGEST:
            return Refusal("text_too_long", {"name": name, "most": LONGEST})
        whole = whole and composed(text) is text
    return command if whole else _mapped(command, composed)


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {each.name: _mapped(getattr(value, each.name), change) for each in fields(value) if each.init}
        differs = {name: now for name, now in changed.items() if now is not getattr(value, name)}
        return replace(value, **differs) if differs else value
    if isinstance(value, Mapping):
        pairs = {_mapped(key, change): _mapped(inner, change) for key, inner in value.items()}
        same = all(key in value and value[key] is inner for key, inner in pairs.items())
        return value if same else pairs
    if type(value) in (tuple, list, set, frozenset):
        inner = [_mapped(each, change) for each in value]
        return value if all(now is before for now, before in zip(inner, value)) else type(value)(inner)
    return value
