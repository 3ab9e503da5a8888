"""People read straight from the JSON that the store keeps, five times as fast as by way of a document.

Only what is surely right is read here. Whatever else stands in a text is left to `records.record`, which reads it or
says what is wrong with it: nothing is known here of errors, nor of documents of former forms.
"""

from collections.abc import Callable
from dataclasses import MISSING, fields
from datetime import date, datetime
from typing import Annotated, Any, Final, Literal, get_args, get_origin

import msgspec

from dutyboard.frozen import made_like
from dutyboard.rules.law.facts import OF_ARRIVAL, Facts, NoneHeld
from dutyboard.rules.records.model import Person

_Make = Callable[[Any], Any]
_TIME: Final = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?\Z")]
"""A wall-clock time of a facts object. A day alone, or no arrival, is seldom written."""
_ZONED: Final = Annotated[datetime, msgspec.Meta(tz=True)]
_FACTS_OF: Final[dict[Any, Any]] = {
    **{kind: kind for kind in (str, bool, date, float)},
    int: Annotated[int, msgspec.Meta(ge=0)],
}


def _fact(annotation: Any) -> tuple[Any, _Make | None]:
    """Return the type of a fact as it is written, and its maker; None: it is the fact already.

    What may be None is left out of the JSON. A null says that something is not held.
    """
    kinds = [kind for kind in get_args(annotation) or (annotation,) if kind is not type(None)]
    if get_origin(annotation) is Literal or annotation in _FACTS_OF:
        return _FACTS_OF.get(annotation, annotation), None
    if get_origin(annotation) is tuple:
        inner, make = _record(kinds[0])
        return tuple[inner, ...], lambda told: told and tuple(map(make, told))  # type: ignore[valid-type]
    if annotation is datetime:
        return _TIME, lambda told: told and datetime.fromisoformat(told)
    if NoneHeld in kinds:
        inner, make = _record(next(kind for kind in kinds if kind is not NoneHeld))
        held = {msgspec.UNSET: None, None: "none"}
        return inner | None | msgspec.UnsetType, lambda told: make(told) if isinstance(told, inner) else held[told]
    return _fact(kinds[0])


def _record(kind: type) -> tuple[Any, _Make]:
    """Return the type of a facts object, or of a record in it, as it is written, and its maker."""
    held = [each for each in fields(kind) if each.name not in OF_ARRIVAL]
    facts = {each.name: _fact(each.type) for each in held}
    unset = {each.name: msgspec.UNSET if NoneHeld in get_args(each.type) else each.default for each in held}
    text = msgspec.defstruct(
        f"{kind.__name__}Text", [(name, facts[name][0], unset[name]) for name in facts], forbid_unknown_fields=True
    )
    makes = {name: make for name, (_, make) in facts.items() if make is not None}
    return text, made_like(kind, makes, OF_ARRIVAL)


_FACTS, _facts = _record(Facts)
_WRITTEN: Final[dict[Any, Any]] = {datetime: _ZONED, datetime | None: _ZONED | None, Facts: _FACTS}
_UNSET: Final = {
    **{each.name: msgspec.NODEFAULT if each.default is MISSING else each.default for each in fields(Person)},
    "facts": msgspec.field(default_factory=_FACTS),
}
_PERSON: Final[msgspec.json.Decoder[Any]] = msgspec.json.Decoder(
    msgspec.defstruct(
        "PersonText",
        [
            (each.name, _WRITTEN.get(each.type, each.type), _UNSET[each.name])
            for each in fields(Person)
            if each.name != "id"
        ],
        forbid_unknown_fields=True,
        kw_only=True,
    )
)
_person: Final = made_like(Person, {"facts": _facts}, ["id"])


def person_read(number: int, text: bytes) -> Person | None:
    """Return the person of a text; None: it is to be read by way of a document."""
    try:
        told = _PERSON.decode(text)
        if told.referral is None and told.assessment is not None and told.assessment.decision == "refer":
            return None  # written before a referral stood beside the stage
        return _person(told, id=number)
    except ValueError:
        return None
