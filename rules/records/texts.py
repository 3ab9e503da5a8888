"""The door of every text that an officer says: one form, nothing that a terminal obeys, bounded."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final

from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.signs import composed, unfit

LONGEST: Final = 4000
"""Characters of one text. A long note is some hundreds."""


def unfit_text(command: object) -> Refusal | None:
    """Return the refusal of an act's first text that may not be kept; None if all may. It names the field."""
    for name, text in _texts(command, ""):
        if sign := unfit(text):
            return Refusal("unfit_sign", {"name": name, "sign": sign})
        if len(text) > LONGEST:
            return Refusal("text_too_long", {"name": name, "most": LONGEST})
    return None


def in_one_form(command: Any) -> Any:
    """Return an act with each of its texts composed (NFC). It is the same object where nothing changes."""
    return _mapped(command, composed)


def _texts(value: object, name: str) -> Iterator[tuple[str, str]]:
    """Yield each text inside, with the name of the field that holds it."""
    if isinstance(value, str):
        yield name, value
    elif is_dataclass(value):
        for each in fields(value):
            yield from _texts(getattr(value, each.name), each.name)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _texts(key, name)
            yield from _texts(inner, key if isinstance(key, str) else name)
    elif isinstance(value, tuple | list | set | frozenset):
        for inner in value:
            yield from _texts(inner, name)


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
