"""A person's data from an act, laid over his record. Numbers are folded and checked, places are looked up."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from dutyboard.rules.law.facts import FACT_KEYS, Facts, FactsError, Stay, facts_json, read_facts
from dutyboard.rules.people.identity import CLOSED_WORLD, IDENTITY
from dutyboard.rules.records.commands.person import PersonData
from dutyboard.rules.records.model import Person
from dutyboard.tui.acts.problems import ActError

_OFFICER: Final = "officer"
"""The name of `officer_name` in an act."""
_HELD: Final = frozenset({"pcr", "arrival_pcr"})
"""Facts for which null means that none is held. For any other fact null means that nothing is known any more."""


def person_data(told: Mapping[str, Any], old: Person | None) -> PersonData:
    """Return a person's data once an act has added to it. `old` is None for a new person.

    Facts may stand beside the name or in an object `facts`. Raises ActError for facts that `assess` would not read.
    """
    from dutyboard.tui.sheets.identity import read_id, read_phone

    text: dict[str, Any] = {name: getattr(old, name) if old else "" for name in IDENTITY}
    for name in IDENTITY:
        value = told.get(_OFFICER if name == "officer_name" else name)
        if value is not None:
            text[name] = value.strip()
    identity, (phone, phone_warning) = read_id(text["id_no"]), read_phone(text["phone"])
    emergency_phone, _ = read_phone(text["emergency_phone"])
    stated = {**told.get("facts", {}), **{key: told[key] for key in FACT_KEYS if key in told}}
    facts = _facts(stated, old.facts if old else Facts())
    if old is None and "stays" not in stated:
        facts = _from_origin(facts, text["origin"])
    return PersonData(
        **{
            **text,
            "id_no": identity.number,
            "phone": phone,
            "emergency_phone": emergency_phone,
            "sex": text["sex"] or identity.sex,
        },
        unit_id=told.get("unit"),
        facts=facts,
        warnings=tuple(code for code in (identity.warning, phone_warning) if code),
        asked=_asked(stated, old.asked if old else ()),
    )


def facts_stated(stated: Mapping[str, Any], old: Person | None) -> Facts:
    """Return a person's facts with those of an act laid over them. Raises ActError for facts that cannot be read."""
    return _facts(stated, old.facts if old else Facts())


def _facts(stated: Mapping[str, Any], known: Facts) -> Facts:
    held = {**facts_json(known), **stated}
    try:
        facts = read_facts(
            {key: value for key, value in held.items() if value is not None or key in _HELD & held.keys()}
        )
    except FactsError as error:
        raise ActError("not_allowed", error.path) from None
    return replace(facts, stays=tuple(_placed(stay) for stay in facts.stays)) if facts.stays else facts


def _placed(stay: Stay) -> Stay:
    """Return the stay with the county code of its place, if the act gives neither code nor category."""
    from dutyboard.tui.sheets.counties import read_place

    told = stay.code or stay.category or not stay.place
    return stay if told else replace(stay, code=read_place(stay.place).code)


def _from_origin(facts: Facts, origin: str) -> Facts:
    """Add a place of origin to the facts: a stay on the mainland, or the border that was crossed."""
    from dutyboard.tui.sheets.counties import read_place

    if not origin:
        return facts
    place = read_place(origin)
    if place.border not in (None, "none"):
        return replace(facts, border=facts.border or place.border)
    stay = Stay(place=origin, code=place.code)
    return replace(facts, stays=(stay,), border=facts.border or place.border)


def _asked(stated: Mapping[str, Any], before: tuple[str, ...]) -> tuple[str, ...]:
    """Return the facts of a closed world that were stated at their default."""
    now = {key for key, default in CLOSED_WORLD.items() if stated.get(key) == default}
    kept = {key for key in before if key not in stated}
    return tuple(key for key in dict.fromkeys((*CLOSED_WORLD, *before)) if key in now | kept)
