"""The two ways between the text typed in a person's form and `PersonData` for the rules.

A field that nobody touched is not rewritten. A field that cannot be read is a problem, never a guess. Facts that the
form does not show stay as they were.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Literal, cast

from dutyboard.frozen import frozen
from dutyboard.rules.law.facts import ArrivalPcr, Facts, Linked, PcrCert, Stay
from dutyboard.rules.people.identity import CLOSED_WORLD
from dutyboard.rules.records.codes import FoundBy, IdWarning
from dutyboard.rules.records.commands.person import PersonData
from dutyboard.rules.records.model import Person
from dutyboard.tui.person_fields import BY_ID, FIELDS, FieldId, Unread, Values
from dutyboard.tui.sheets.counties import county_name, read_place
from dutyboard.tui.sheets.identity import read_id, read_phone
from dutyboard.tui.views.typed_time import Typed, read_typed

NOWHERE = frozenset({"无", "没有", "本地", "none"})
"""Answers to the question for the place of origin: he stayed nowhere else."""
RESIDENT = NOWHERE | {"本地居民"}
"""Answers to the question for the arrival: there was none, he lives here (O48)."""

_BETWEEN = re.compile(r"[;；\n]+")
_LAST_WORD = re.compile(r"(?P<place>.*?)\s+(?P<left>\S*\d\S*)")


@frozen(kw_only=False)
class Typing:
    """The readable part of a form, and the problem of each field that cannot be read."""

    data: PersonData
    problems: Mapping[FieldId, Unread]


def values_of(person: Person) -> dict[FieldId, str]:
    """Return the texts of the form for a person on record."""
    facts = person.facts
    first = _origin_stay(person)
    origin = person.origin or (first.place if first else "无" if facts.stays == () else "")
    others = [stay for stay in facts.stays or () if stay is not first]
    values: dict[FieldId, str] = {
        "name": person.name,
        "id_no": person.id_no,
        "phone": person.phone,
        "sex": person.sex,
        "address": person.address,
        "travel": person.travel,
        "officer_name": person.officer_name,
        "found_by": person.found_by,
        "note": person.note,
        "emergency_name": person.emergency_name,
        "emergency_phone": person.emergency_phone,
        "companions": person.companions,
        "vehicle": person.vehicle,
        "seat_no": person.seat_no,
        "workplace": person.workplace,
        "illness": person.illness,
        "medicine": person.medicine,
        "special_need": person.special_need,
        "nation": person.nation,
        "origin": origin,
        "left_on": _day(first.left_on) if first else "",
        "other_stays": _others(others) or ("无" if facts.stays == () and person.origin else ""),
        "linked": " ".join(link.id for link in facts.linked or ()),
        "arrival_at": "无"
        if facts.no_arrival
        else _moment(facts.arrival_at, hour_known=not facts.arrival_hour_unknown),
        "home7_done_elsewhere": "yes" if facts.home7_done_elsewhere else "",
        "isolation_days_done": "" if facts.isolation_days_done is None else str(facts.isolation_days_done),
        "temp_c": "" if facts.temp_c is None else f"{facts.temp_c:g}",
        "last_exposure_on": _day(facts.last_exposure_on),
        "discharged_on": _day(facts.discharged_on),
        **_certificate(facts),
    }
    for field in FIELDS:
        if field.kind == "choice" and field.id not in values:
            values[field.id] = getattr(facts, field.fact) or ""
    for key, default in CLOSED_WORLD.items():
        if values[_CLOSED[key]] == default and key not in person.asked:
            values[_CLOSED[key]] = ""
    return {field.id: values[field.id] for field in FIELDS}


def _certificate(facts: Facts) -> dict[FieldId, str]:
    cert, test = facts.pcr, facts.arrival_pcr
    held = cert if isinstance(cert, PcrCert) else PcrCert()
    taken = test if isinstance(test, ArrivalPcr) else ArrivalPcr()
    return {
        "pcr": "none" if cert == "none" else held.result or "",
        "pcr_sampled_at": _moment(held.sampled_at, hour_known=True),
        "arrival_pcr": "none" if test == "none" else taken.result or "",
        "arrival_pcr_sampled_on": _day(taken.sampled_on),
        "arrival_pcr_result_on": _day(taken.result_on),
    }


def follow(values: Values, changed: FieldId) -> dict[FieldId, str]:
    """Return the fields that an entry fills by itself. A valid ID fills the sex, a place the border."""
    if changed == "id_no" and (sex := read_id(values["id_no"]).sex):
        return {"sex": sex}
    if changed == "origin" and (border := read_place(values["origin"]).border):
        return {"border": border}
    return {}


def id_tells(id_no: str) -> tuple[date | None, str, IdWarning | None]:
    """Return birth date, native county and warning code of an ID number."""
    read = read_id(id_no)
    return read.born, county_name(read.county_code) if read.county_code else "", read.warning


def typing(
    values: Values, person: Person | None, now: datetime, contacts: Mapping[str, str] = MappingProxyType({})
) -> Typing:
    """Read a form.

    `person` is the record that it corrects, or None for a new one. `now` is the desk's wall clock, naive. `contacts`
    maps a name that only one person of the desk bears to his id (`person-12`).
    """
    return _Reader(values, person, now, contacts).read()


def contact_names(written: str) -> list[str]:
    """Return the names of close contacts in a field."""
    return [name for name in re.split(r"[\s,，、;；]+", unicodedata.normalize("NFKC", written)) if name]


class _Reader:
    """The reading of one form. A field that still shows the record's text keeps the record's fact."""

    def __init__(self, values: Values, person: Person | None, now: datetime, contacts: Mapping[str, str]) -> None:
        self.contacts = contacts
        self.values = values
        self.shown = values_of(person) if person else dict.fromkeys(BY_ID, "")
        self.person = person
        self.now = now
        self.problems: dict[FieldId, Unread] = {}

    def text(self, field: FieldId) -> str:
        return self.values.get(field, "").strip()

    def touched(self, *fields: FieldId) -> bool:
        return any(self.text(field) != self.shown[field] for field in fields)

    def read(self) -> Typing:
        person = self.person
        identity = read_id(self.text("id_no"))
        phone, phone_warning = read_phone(self.text("phone"))
        data = PersonData(
            name=_name(self.text("name")),
            sex=self.text("sex") or identity.sex,
            id_no=identity.number,
            phone=phone,
            address=self.text("address"),
            origin="" if self.text("origin") in NOWHERE else self.text("origin"),
            travel=self.text("travel"),
            note=self.text("note"),
            officer_name=_name(self.text("officer_name")),
            found_by=cast(FoundBy, self.choice("found_by") or ""),
            emergency_name=_name(self.text("emergency_name")),
            emergency_phone=read_phone(self.text("emergency_phone"))[0],
            companions=self.text("companions"),
            vehicle=self.text("vehicle"),
            seat_no=self.text("seat_no"),
            workplace=self.text("workplace"),
            illness=self.text("illness"),
            medicine=self.text("medicine"),
            special_need=self.text("special_need"),
            nation=self.text("nation"),
            facts=self.facts(person.facts if person else Facts()),
            warnings=tuple(code for code in (identity.warning, phone_warning) if code),
            asked=tuple(key for key, default in CLOSED_WORLD.items() if self.text(_CLOSED[key]) == default),
        )
        return Typing(data, self.problems)

    def facts(self, facts: Facts) -> Facts:
        changes: dict[str, Any] = {}
        for field in FIELDS:
            if not self.touched(field.id):
                continue
            if field.kind == "choice" and field.fact in _PLAIN_CHOICES:
                changes[field.fact] = self.choice(field.id) or _PLAIN_CHOICES[field.fact]
            elif field.fact in ("last_exposure_on", "discharged_on"):
                changes[field.fact] = self.day(field.id)
        if self.touched("home7_done_elsewhere"):
            changes["home7_done_elsewhere"] = self.choice("home7_done_elsewhere") == "yes"
        if self.touched("temp_c"):
            changes["temp_c"] = self.number("temp_c")
        if self.touched("isolation_days_done"):
            days = self.number("isolation_days_done")
            changes["isolation_days_done"] = None if days is None else int(days)
        if self.touched("arrival_at"):
            changes["no_arrival"] = self.text("arrival_at") in RESIDENT
            arrival = None if changes["no_arrival"] else self.time("arrival_at")
            changes["arrival_at"] = arrival.at if arrival else None
            changes["arrival_hour_unknown"] = arrival is not None and not arrival.hour_known
        if self.touched("linked"):
            changes["linked"] = self.links(facts)
        if self.touched("pcr", "pcr_sampled_at"):
            changes["pcr"] = self.certificate()
        if self.touched("arrival_pcr", "arrival_pcr_sampled_on", "arrival_pcr_result_on"):
            changes["arrival_pcr"] = self.arrival_test()
        if self.touched("origin", "left_on", "other_stays"):
            changes["stays"] = self.stays(facts)
        return replace(facts, **changes)

    def choice(self, field: FieldId) -> str | None:
        answer = self.text(field)
        if answer and answer not in BY_ID[field].choices:
            self.problems[field] = "unread_choice"
            return None
        return answer or None

    def time(self, field: FieldId) -> Typed | None:
        typed = read_typed(self.text(field), self.now)
        if typed is None and self.text(field):
            self.problems[field] = "unread_time"
        return typed

    def day(self, field: FieldId) -> date | None:
        typed = read_typed(self.text(field), self.now, day_only=True)
        if typed is None and self.text(field):
            self.problems[field] = "unread_day"
        return typed.day if typed else None

    def number(self, field: FieldId) -> float | None:
        text = unicodedata.normalize("NFKC", self.text(field))
        whole = field != "temp_c"
        if not text:
            return None
        if not re.fullmatch(r"\d{1,3}" if whole else r"\d{2}(\.\d)?|\d{3}", text):
            self.problems[field] = "unread_number"
            return None
        # Three digits run together are a temperature without its point, as in the grid of a round.
        return float(text) / 10 if not whole and len(text) == 3 else float(text)

    def links(self, facts: Facts) -> tuple[Linked, ...] | None:
        known = {link.id: link for link in facts.linked or ()}
        ids = dict.fromkeys(self.contacts.get(name, name) for name in contact_names(self.text("linked")))
        return tuple(known.get(each) or Linked(id=each) for each in ids) or None

    def certificate(self) -> PcrCert | Literal["none"] | None:
        result, sampled = self.choice("pcr"), self.time("pcr_sampled_at")
        if result == "none" and sampled is None:
            return "none"
        held = cast(Any, None if result == "none" else result)
        return PcrCert(result=held, sampled_at=sampled.at if sampled else None) if held or sampled else None

    def arrival_test(self) -> ArrivalPcr | Literal["none"] | None:
        result = self.choice("arrival_pcr")
        sampled, told = self.day("arrival_pcr_sampled_on"), self.day("arrival_pcr_result_on")
        if result == "none" and sampled is None:
            return "none"
        held = cast(Any, None if result == "none" else result)
        return ArrivalPcr(sampled_on=sampled, result=held, result_on=told) if held or sampled or told else None

    def stays(self, facts: Facts) -> tuple[Stay, ...] | None:
        """Return the stay at the place of origin, then the other stays; None if nobody was asked.

        A place that is not in the register is still a stay. A place abroad is none, because `border` says it.
        """
        origin, left = self.text("origin"), self.day("left_on")
        stays: list[Stay] = []
        if origin and origin not in NOWHERE:
            place = read_place(origin)
            if place.border in (None, "none"):
                stays.append(self.stay(facts, origin, place.code, left))
        others = [part.strip() for part in _BETWEEN.split(self.text("other_stays")) if part.strip()]
        stays += [self.other_stay(facts, part) for part in others if part not in NOWHERE]
        return tuple(stays) if stays or origin in NOWHERE or not NOWHERE.isdisjoint(others) else None

    def other_stay(self, facts: Facts, written: str) -> Stay:
        split = _LAST_WORD.fullmatch(written)
        typed = read_typed(split["left"], self.now, day_only=True) if split else None
        if split is None or typed is None:
            return self.stay(facts, written, read_place(written).code, None)
        return self.stay(facts, split["place"], read_place(split["place"]).code, typed.day)

    def stay(self, facts: Facts, place: str, code: str | None, left_on: date | None) -> Stay:
        """Return a stay. If the record knows one at this place, its other facts are kept."""
        known = next((stay for stay in facts.stays or () if stay.place == place), None)
        return replace(known, left_on=left_on) if known else Stay(place=place, code=code, left_on=left_on)


_CLOSED: Mapping[str, FieldId] = {"case_status": "case_status", "contact": "contact", "sanfei": "sanfei"}
"""Fields whose facts have a default until somebody says otherwise. A blank field means: nobody was asked."""
_PLAIN_CHOICES: Mapping[str, str | None] = {
    "health_code": None,
    "travel_card": None,
    "release_cert": None,
    "symptoms": None,
    "contact": "none",
    "border": None,
    "isolation_proof": None,
    "foreign_14d": None,
    "case_status": "none",
    "sanfei": "no",
    "investigation": None,
    "vaccinated": None,
}
"""Facts that are one choice, with their value when nothing is chosen.

None means: not asked. Case, contact and 三非 are closed worlds, see `rules.law.facts`.
"""


def _name(written: str) -> str:
    parts = written.split()
    return (" " if any(part.isascii() for part in parts) else "").join(parts)


def _others(stays: Iterable[Stay]) -> str:
    return "；".join(" ".join(part for part in (stay.place, _day(stay.left_on)) if part) for stay in stays)


def _origin_stay(person: Person) -> Stay | None:
    """Return the stay at the place of origin; None if he came from abroad or nobody asked."""
    first = person.facts.stays[0] if person.facts.stays else None
    return first if first and person.origin in ("", first.place) else None


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _moment(at: datetime | None, *, hour_known: bool) -> str:
    if at is None:
        return ""
    return f"{at:%Y-%m-%d %H:%M}" if hour_known else f"{at:%Y-%m-%d}"
