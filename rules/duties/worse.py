"""Order of worse for each fact of a person, and what of a newer word stands beside an older one.

A sheet adds and worsens. What it tells milder than the record, or otherwise where neither is worse, does not go over
what is known: it is left to an officer.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any, Final

from dutyboard.rules.duties.numbers import warnings_by_signs
from dutyboard.rules.law.facts import OF_ARRIVAL, ArrivalPcr, Facts, Linked, PcrCert, Stay, Test
from dutyboard.rules.law.sampling.samples import same_sample
from dutyboard.rules.people.identity import (
    CLOSED_WORLD,
    EMERGENCY,
    IDENTITY,
    NONE_OF_IT,
    NUMBERS,
    SEVERAL,
    id_birth,
    is_told,
    name_key,
    of_another,
    tells_little,
    things,
    warnings_of,
    with_more,
)
from dutyboard.rules.records.commands.person import PersonData
from dutyboard.rules.records.model import Person
from dutyboard.rules.records.texts import LONGEST

MILDEST_FIRST: Final[Mapping[str, tuple[Any, ...]]] = {
    "case_status": ("none", "unknown", "discharged", "suspected", "asymptomatic", "confirmed"),
    "contact": ("none", "unknown", "secondary", "unspecified", "close"),
    "sanfei": ("no", "unknown", "yes"),
    "border": ("none", "unknown", "macau", "hongkong", "taiwan", "foreign"),
    "foreign_14d": ("no", "yes"),
    "macau_rebound": (False, True),
    "home7_done_elsewhere": (True, False),
    "isolation_proof": ("yes", "no"),
    "release_cert": ("na", "yes", "no"),
    "investigation": ("clean", "pending", "found_unknown", "found_medium", "found_high"),
    "health_code": ("none", "green", "yellow", "red"),
    "travel_card": ("none", "green", "orange", "yellow", "red"),
    "symptoms": ("none", "present"),
    "vaccinated": ("yes", "no"),
}
"""Words of a fact, the worst last. A sheet lowers none of them."""
RESULTS: Final = (None, "pending", "invalid", "negative", "indeterminate", "positive")
"""Results of a test, the worst last. One that is awaited gives way to any that is known, a failed one too."""
OPEN_RESULTS: Final = frozenset({"pending", "invalid"})
"""Results that say nothing of him yet. Of two of them the later sample stands."""
LATER_IS_WORSE: Final = frozenset({"discharged_on", "last_exposure_on", "admitted_on", "assessed_on"})
"""Days from which he is held: a later one holds him longer."""
FEWER_IS_WORSE: Final = frozenset({"isolation_days_done"})
"""Days that are taken off."""
HIGHER_IS_WORSE: Final = frozenset({"temp_c"})
"""Figures that only rise, once they tell of a fever. Below it none is worse, and the newer one stands."""
SAMPLES: Final = frozenset({"pcr", "arrival_pcr"})
"""Tests carried or taken: the worst result stands, of equal negative ones the later."""
SEVERAL_OF_THEM: Final = frozenset({"stays", "linked", "tests"})
"""Facts of several things: a newer word adds to them and takes none away."""
ALONE: Final = frozenset({"arrival_at"})
"""Facts of which neither of two values is worse. His arrival is one day and hour."""
UNKNOWN_IS_WORSE: Final = frozenset({*CLOSED_WORLD, "border"})
"""Facts that stand at "no" until somebody says otherwise: a word that was not understood opens them."""
ADDED_TO: Final = frozenset({"origin", "travel", "note"})
"""Texts to which another one is added. Of any other text the first one stands."""
ADDED: Final = ";"
FACT_KEYS_SAID: Final = tuple(each.name for each in fields(Facts) if each.name not in OF_ARRIVAL)
KEYS: Final = (*IDENTITY, *FACT_KEYS_SAID)
"""Everything that a row may say of a person."""

_UNSAID: Final = tuple((key, getattr(Facts(), key)) for key in FACT_KEYS_SAID)
"""The facts with the values that they have where nobody says anything."""

Taken = tuple[Any, bool]
"""The value that stands after a newer word, and True if all that was told is in it."""


def value_of(known: Person | PersonData, key: str) -> Any:
    """Return what stands in a field; of an arrival the three facts that tell it."""
    if key == "arrival_at":
        return tuple(getattr(known.facts, name) for name in ("arrival_at", *OF_ARRIVAL))
    return getattr(known if key in IDENTITY else known.facts, key)


def with_value(person: Person, key: str, value: Any) -> Person:
    """Return the record with another value of a field, as `value_of` gives it. A number is judged by its signs."""
    if key in IDENTITY:
        own: dict[str, Any] = {key: value}
        new = replace(person, **own)
        if key not in NUMBERS:
            return new
        judged = replace(new, warnings=warnings_by_signs(new.id_no, new.phone))
        of_id, of_phone = (judged if key == name else person for name in NUMBERS)
        return replace(new, warnings=warnings_of(of_id, of_phone))
    told = dict(zip(("arrival_at", *OF_ARRIVAL), value)) if key == "arrival_at" else {key: value}
    return replace(person, facts=replace(person.facts, **told))


def said_in(told: PersonData) -> tuple[str, ...]:
    """Return the fields of which a row says something."""
    facts, asked = told.facts, told.asked
    own = (key for key in IDENTITY if getattr(told, key))
    # Nearly all facts of a row stand at what nobody says: they are passed over at once.
    more = (key for key, unsaid in _UNSAID if getattr(facts, key) is not unsaid or key == "arrival_at" or key in asked)
    return (*own, *(key for key in more if _is_said(key, told)))


def _is_said(key: str, told: PersonData) -> bool:
    value = value_of(told, key)
    if key == "arrival_at":
        return value[0] is not None or value[2]
    # 「无」 in a sheet is an answer where a blank is none. An officer's form fills in 否, and lowers nothing by it.
    denied = bool(told.row) and key in told.asked and value == CLOSED_WORLD[key]
    return denied or is_told(key, value) or (value == "unknown" and key in UNKNOWN_IS_WORSE)


def standing(person: Person, told: PersonData, key: str, fever_c: float) -> Taken:
    """Return what stands in a field of a record after a row that says something of it."""
    old, new = value_of(person, key), value_of(told, key)
    if key == "id_no":
        return _number(person, told)
    if key in EMERGENCY and of_another(person, told):
        return old, False
    if key in IDENTITY:
        return _text(key, old, new)
    if new == "unknown" and key in CLOSED_WORLD and key in person.asked:
        return old, True
    if key in MILDEST_FIRST:
        mainland_too = key == "border" and new == "none" and bool(told.facts.stays)
        return (old, True) if mainland_too and old not in (None, "none") else _word(key, old, new)
    if key in HIGHER_IS_WORSE:
        return _figure(old, new, fever_c)
    return _OTHERS[key](old, new)


def _word(key: str, old: Any, new: Any) -> Taken:
    order = MILDEST_FIRST[key]
    if old is None or (old == "unknown" and key not in UNKNOWN_IS_WORSE):
        return new, True
    if old == new or (key == "contact" and (old, new) == ("close", "unspecified")):
        return old, True
    if order.index(new) > order.index(old):
        return new, True
    return old, new == "unknown"


def _figure(old: float | None, new: float, fever_c: float) -> Taken:
    if old is None or new >= max(old, fever_c) or (old < fever_c and new < fever_c):
        return new, True
    return old, old == new


def _later(old: date | None, new: date) -> Taken:
    return (new, True) if old is None or new >= old else (old, False)


def _fewer(old: int | None, new: int) -> Taken:
    return (new, True) if old is None or new <= old else (old, False)


def _arrival(old: tuple[Any, ...], new: tuple[Any, ...]) -> Taken:
    """An hour fills up a day, and a day alone says nothing new of an hour."""
    (at, hour_unknown, nobody_came), (new_at, new_hour_unknown, _) = old, new
    if at is None and (not nobody_came or new_at is not None):
        return new, True
    if at is None or new_at is None:
        return old, old == new
    if at.date() == new_at.date() and (hour_unknown or new_hour_unknown):
        return (old, True) if new_hour_unknown else (new, True)
    return old, at == new_at


def _certificate(old: Any, new: Any) -> Taken:
    if old is None or new == old:
        return new, True
    if new == "none":
        return old, False
    if old == "none":
        return new, True
    at = "sampled_at" if isinstance(new, PcrCert) else "sampled_on"
    sampled, told = getattr(old, at), getattr(new, at)
    same = told is None or sampled is None or told == sampled or _day_alone(told, sampled)
    ranks = RESULTS.index(old.result), RESULTS.index(new.result)
    if same and (new.result in (None, old.result) or old.result is None):
        # One sample, of which either tells what the other lacks.
        filled = replace(new, **{at: told if sampled is None else sampled}, result=new.result or old.result)
        if isinstance(new, ArrivalPcr) and isinstance(old, ArrivalPcr):
            filled = replace(filled, result_on=old.result_on or new.result_on)
            return filled, old.result_on in (None, filled.result_on) and new.result_on in (None, filled.result_on)
        return filled, True
    if ranks[1] > ranks[0]:
        return new, True
    later = sampled is not None and told is not None and told > sampled
    milder = new.result in ("negative", "pending", "invalid")
    as_bad = ranks[0] == ranks[1] or {old.result, new.result} <= OPEN_RESULTS
    return (new, True) if as_bad and later and milder else (old, False)


def _day_alone(told: Any, sampled: Any) -> bool:
    """Return True if one of two instants is a day alone, at midnight, and the day of the other."""
    if not (isinstance(told, datetime) and isinstance(sampled, datetime)):
        return False
    return told.date() == sampled.date() and (told.hour, told.minute) == (0, 0)


def _stays(old: tuple[Stay, ...] | None, new: tuple[Stay, ...]) -> Taken:
    """A place told already gets what it lacks. Of another day, code or level it is one more stay; the worst rules."""
    stays = list(old or ())
    for told in new:
        alike = [(at, filled) for at, stay in enumerate(stays) if (filled := _filled_stay(stay, told)) is not None]
        if any(filled == stays[at] for at, filled in alike):
            continue
        if alike:
            at, filled = alike[0]
            stays[at] = filled
        else:
            stays.append(told)
    return tuple(stays), True


def _filled_stay(old: Stay, new: Stay) -> Stay | None:
    """Return a stay with what a newer word fills up. None: the two cannot be one."""
    pairs = ((old.left_on, new.left_on), (old.code, new.code), (old.category, new.category))
    if old.place != new.place or any(None not in pair and pair[0] != pair[1] for pair in pairs):
        return None
    return replace(
        old,
        left_on=old.left_on or new.left_on,
        code=old.code or new.code,
        category=old.category or new.category,
        basis=old.basis or new.basis,
        level_raised_after_leaving=old.level_raised_after_leaving or new.level_raised_after_leaving,
    )


def _links(old: tuple[Linked, ...] | None, new: tuple[Linked, ...]) -> Taken:
    links, fits = list(old or ()), True
    for told in new:
        at = next((n for n, each in enumerate(links) if each.id == told.id), None)
        if at is None:
            links.append(told)
        else:
            links[at], same = _filled(links[at], told)
            fits = fits and same
    return tuple(links), fits


def _filled(old: Linked, new: Linked) -> tuple[Linked, bool]:
    names = [each.name for each in fields(Linked)]
    lacking = {name: getattr(new, name) for name in names if getattr(old, name) in (None, "unknown")}
    filled = replace(old, **{name: value for name, value in lacking.items() if value is not None})
    return filled, all(getattr(new, name) in (None, "unknown", getattr(filled, name)) for name in names)


def _samples(old: tuple[Test, ...], new: tuple[Test, ...]) -> Taken:
    added = tuple(told for told in new if not any(same_sample(each, told) for each in old))
    there = all(
        any(same_sample(each, told) and told.result in (None, each.result) for each in (*old, *added)) for told in new
    )
    return (*old, *added), there


_OTHERS: Final[Mapping[str, Callable[[Any, Any], Taken]]] = {
    **dict.fromkeys(LATER_IS_WORSE, _later),
    **dict.fromkeys(FEWER_IS_WORSE, _fewer),
    **dict.fromkeys(SAMPLES, _certificate),
    "arrival_at": _arrival,
    "stays": _stays,
    "linked": _links,
    "tests": _samples,
}


def _number(person: Person, told: PersonData) -> Taken:
    """The number that tells more stands, if both may be of one birth. A number that Excel has cut says nothing."""
    if not person.id_no or person.id_no == told.id_no:
        return told.id_no, True
    less, births = tells_little(told) - tells_little(person), {id_birth(person.id_no), id_birth(told.id_no)} - {""}
    if less < 0 and len(births) < 2:
        return told.id_no, True
    return person.id_no, tells_little(told) == 2


def _text(key: str, old: str, new: str) -> Taken:
    """A text that says more goes over the older one. Of two others the first stands, or both do."""
    if not old:
        return new, True
    if key == "found_by" or old == new:
        return old, True  # once it was said how he was found, no later list changes it
    if key in ("name", "emergency_name"):
        return old, name_key(old) == name_key(new)
    if key in ("sex", "phone", "emergency_phone"):
        return old, False
    if key in SEVERAL:
        whole = with_more(old, new)
        return whole, new in NONE_OF_IT or set(things(new)) <= set(things(whole))
    one, other = _plain(old), _plain(new)
    if other in one:
        return old, True
    if one in other:
        return new, True
    whole = f"{old}{ADDED}{new}"
    return (whole, True) if key in ADDED_TO and len(whole) <= LONGEST else (old, False)


def _plain(text: str) -> str:
    return re.sub(r"[\s,，;；.。、]", "", text).casefold()


def worsened(
    person: Person, told: PersonData, fever_c: float, leave: Collection[str] = (), *, over: bool = False
) -> Person:
    """Return the record with what a row adds to it and makes worse. `leave` are fields that stay as they are.

    `over`: what is told goes over what is known, be it milder, as that of an officer on the phone.
    """
    new = person
    apart = EMERGENCY if of_another(person, told) else ()  # nobody is called at the phone of another one
    for key in said_in(told):
        if key in leave or key in apart:
            continue
        value, fits = standing(person, told, key, fever_c)
        if over and not fits:
            value = value_of(told, key)
        if value != value_of(person, key):
            new = with_value(new, key, value)
    of_id, of_phone = (told if getattr(new, key) != getattr(person, key) else person for key in NUMBERS)
    return replace(new, warnings=warnings_of(of_id, of_phone))


def tells_otherwise(person: Person, told: PersonData, key: str, fever_c: float) -> bool:
    """Return True if a row says something of a field that does not stand in the record."""
    return standing(person, told, key, fever_c) != (value_of(person, key), True)
