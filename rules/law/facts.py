"""The facts object: everything known of one person that section three asks, read strictly from JSON.

Three values are kept apart everywhere: yes, no, and unknown. `None` means "not asked" or "not known", never "no"; the
word `unknown` means "asked, and he does not know". The rules treat the two alike. Two closed worlds have a default: a
person is on no list of cases or contacts until somebody says so (docs/reading.md, section 3).

Times are wall-clock times of the desk's time zone, without an offset.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any, Literal, get_args, get_origin

from dutyboard.frozen import frozen, values_held

YesNo = Literal["yes", "no", "unknown"]
CaseStatus = Literal["none", "suspected", "confirmed", "asymptomatic", "discharged", "unknown"]
ContactGrade = Literal["none", "close", "secondary", "unspecified", "unknown"]
LinkState = Literal["quarantined_negative", "positive", "released", "released_early", "unknown"]
Border = Literal["none", "foreign", "hongkong", "taiwan", "macau", "unknown"]
StayCategory = Literal["high", "medium", "risk_county_other", "risk_city_province_other", "low", "unknown"]
ReleaseCert = Literal["yes", "no", "unknown", "na"]
CarriedResult = Literal["negative", "positive", "indeterminate", "pending"]
TestResult = Literal["negative", "positive", "indeterminate", "pending", "invalid"]
"""Results of a certificate carried, and of a sample taken here, which a laboratory can also call invalid (O10)."""

TestStage = Literal["site", "home", "single"]
"""Stage that a test belongs to; `single` is the one test of those who wait for it."""
TestType = Literal["pcr", "serum"]
Investigation = Literal["clean", "pending", "found_high", "found_medium", "found_unknown"]
HealthCode = Literal["green", "yellow", "red", "none", "unknown"]
TravelCard = Literal["green", "yellow", "orange", "red", "none", "unknown"]
Symptoms = Literal["none", "present", "unknown"]
NoneHeld = Literal["none"]
"""Said aloud: no certificate is carried, or no sample has been taken since arrival. Not the same as not asked."""

NAMED = "named_in_section_two"
"""The `basis` of a stay in a county that section two names (O2)."""

FactsErrorCode = Literal[
    "not_an_object",
    "unknown_key",
    "not_a_list",
    "not_a_date",
    "not_a_time",
    "not_allowed",
    "not_a_whole_number",
    "not_a_number",
    "not_true_or_false",
    "not_text",
]


class FactsError(ValueError):
    """A facts object that cannot be read: `code` says why, `path` where (`[3].stays[0].category`)."""

    def __init__(self, code: FactsErrorCode, path: str) -> None:
        super().__init__(f"{code} {path}")
        self.code = code
        self.path = path


@frozen
class Stay:
    """A place where the person stayed, with its category on the dated risk list, and the day he left it."""

    place: str = ""
    category: StayCategory | None = None
    left_on: date | None = None
    code: str | None = None
    basis: str | None = None
    level_raised_after_leaving: bool = False


@frozen
class Linked:
    """The state of one close contact to whom this secondary contact is linked."""

    id: str = ""
    state: LinkState | None = None
    admitted_on: date | None = None
    positive_on: date | None = None
    released_on: date | None = None

    @property
    def ends_from(self) -> date | None:
        """The day that tells his end: of the release, or of the admission while he is negative. None: not known."""
        if self.state == "quarantined_negative":
            return self.admitted_on
        return self.released_on if self.state in ("released", "released_early") else None


@frozen
class Test:
    """One sample taken so far, put to its planned day by type, stage and date (O45).

    `stage` is where the person was, as far as the desk knows it. `day` is the number of the planned day that was meant
    when it was taken, and decides nothing.
    """

    type: TestType = "pcr"
    day: int | None = None
    result: TestResult | None = None
    sampled_on: date | None = None
    late: bool = False
    stage: TestStage | None = None
    result_on: date | None = None


@frozen
class PcrCert:
    """The certificate carried on arrival. A sample known by its date alone counts from 00:00 of that day."""

    result: CarriedResult | None = None
    sampled_at: datetime | None = None


@frozen
class ArrivalPcr:
    """The first test after arrival, that of 3.4, 3.7, 3.8 and 3.11."""

    sampled_on: date | None = None
    result: TestResult | None = None
    result_on: date | None = None


@frozen
class Facts:
    """Everything section three asks of one person. Field names are the keys of the JSON object.

    `arrival_hour_unknown` says that `arrival_at` was given as a date alone and then stands at 00:00 of it; in JSON it
    is written as that date. `no_arrival` says that there was none: a local resident, who came from nowhere (O48); in
    JSON `arrival_at` is then `none`. `stays` None: not asked; empty: asked, no stay elsewhere.
    """

    arrival_at: datetime | None = None
    arrival_hour_unknown: bool = False
    no_arrival: bool = False
    admitted_on: date | None = None
    assessed_on: date | None = None
    case_status: CaseStatus = "none"
    discharged_on: date | None = None
    contact: ContactGrade = "none"
    last_exposure_on: date | None = None
    linked: tuple[Linked, ...] | None = None
    border: Border | None = None
    isolation_days_done: int | None = None
    isolation_proof: YesNo | None = None
    home7_done_elsewhere: bool = False
    foreign_14d: YesNo | None = None
    macau_rebound: bool = False
    sanfei: YesNo = "no"
    stays: tuple[Stay, ...] | None = None
    release_cert: ReleaseCert | None = None
    pcr: PcrCert | NoneHeld | None = None
    arrival_pcr: ArrivalPcr | NoneHeld | None = None
    investigation: Investigation | None = None
    health_code: HealthCode | None = None
    travel_card: TravelCard | None = None
    symptoms: Symptoms | None = None
    temp_c: float | None = None
    vaccinated: YesNo | None = None
    tests: tuple[Test, ...] = ()

    @property
    def arrival_on(self) -> date | None:
        """The calendar day of arrival (day 0 of docs/reading.md, section 6)."""
        return self.arrival_at.date() if self.arrival_at else None

    @property
    def admission(self) -> date | None:
        """The day of admission, never before the arrival; not recorded: the later of arrival and assessing (O4)."""
        arrived, held = self.arrival_on, self.admitted_on or self.assessed_on
        return max(arrived, held) if arrived and held else arrived or held


Reader = Callable[[Any, str], Any]

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?")


def _date(value: Any, path: str) -> date:
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        raise FactsError("not_a_date", path)
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise FactsError("not_a_date", path) from None


def _time(value: Any, path: str) -> datetime:
    if not isinstance(value, str) or not (_TIME.fullmatch(value) or _DATE.fullmatch(value)):
        raise FactsError("not_a_time", path)
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        raise FactsError("not_a_time", path) from None


def _text(value: Any, path: str) -> str:
    if not isinstance(value, str):
        raise FactsError("not_text", path)
    return value


def _flag(value: Any, path: str) -> bool:
    if not isinstance(value, bool):
        raise FactsError("not_true_or_false", path)
    return value


def _days(value: Any, path: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise FactsError("not_a_whole_number", path)
    return value


def _number(value: Any, path: str) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise FactsError("not_a_number", path)
    return float(value)


def _one_of(words: tuple[str, ...]) -> Reader:
    def read(value: Any, path: str) -> Any:
        if not isinstance(value, str) or value not in words:
            raise FactsError("not_allowed", path)
        return value

    return read


def _record(kind: type, readers: Mapping[str, Reader]) -> Reader:
    def read(value: Any, path: str) -> Any:
        if not isinstance(value, dict):
            raise FactsError("not_an_object", path)
        for key in value:
            if key not in readers:
                raise FactsError("unknown_key", f"{path}.{key}" if path else str(key))
        return kind(**{key: readers[key](item, f"{path}.{key}" if path else key) for key, item in value.items()})

    return read


def _list_of(item: Reader) -> Reader:
    def read(value: Any, path: str) -> Any:
        if not isinstance(value, list):
            raise FactsError("not_a_list", path)
        return tuple(item(each, f"{path}[{number}]") for number, each in enumerate(value))

    return read


def _none_or(item: Reader) -> Reader:
    def read(value: Any, path: str) -> Any:
        return "none" if value is None else item(value, path)

    return read


_SIMPLE: dict[Any, Reader] = {
    datetime: _time,
    date: _date,
    str: _text,
    bool: _flag,
    int: _days,
    float: _number,
}


def _reader(annotation: Any) -> Reader:
    """Return the reader of a field's JSON value. What may be None is left out of the JSON, never written as null."""
    kinds = [kind for kind in get_args(annotation) or (annotation,) if kind is not type(None)]
    if get_origin(annotation) is tuple:
        return _list_of(_reader(kinds[0]))
    if get_origin(annotation) is Literal:
        return _one_of(get_args(annotation))
    if NoneHeld in kinds:
        return _none_or(_reader(next(kind for kind in kinds if kind is not NoneHeld)))
    if len(kinds) == 1 and kinds[0] is not annotation:
        return _reader(kinds[0])
    return _SIMPLE[annotation] if annotation in _SIMPLE else _record(annotation, _readers(annotation))


def _readers(record: type) -> dict[str, Reader]:
    """Return the reader of each field of a record, by the key of the JSON object."""
    return {each.name: _reader(each.type) for each in fields(record) if each.name not in OF_ARRIVAL}


OF_ARRIVAL: tuple[str, ...] = ("arrival_hour_unknown", "no_arrival")
"""The fields that are no keys of their own: in JSON they show in how `arrival_at` is written."""
NO_ARRIVAL = "none"
"""The word at `arrival_at` that says: asked, and there was no arrival."""
_READERS: dict[str, Reader] = _readers(Facts)

FACT_KEYS: tuple[str, ...] = tuple(_READERS)
"""The keys of a facts object, in the order of the form."""


def words_of(key: str) -> tuple[str, ...]:
    """Return the words that a fact may be, `unknown` among them. Raises KeyError for one that is not of words."""
    (annotation,) = (each.type for each in fields(Facts) if each.name == key)
    kinds = (annotation, *get_args(annotation))
    words = next((get_args(kind) for kind in kinds if get_origin(kind) is Literal and kind != NoneHeld), ())
    if not words:
        raise KeyError(key)
    return words


def read_facts(value: Any, path: str = "") -> Facts:
    """One facts object, as parsed from JSON. An unknown key or a value outside its list is an error, never ignored.

    `path` is put before the key in the error (`[3]` for the fourth of a list). Raises FactsError.
    """
    if not isinstance(value, dict):
        raise FactsError("not_an_object", path)
    arrival = value.get("arrival_at")
    if arrival == NO_ARRIVAL:
        known: Facts = _record(Facts, _READERS)({key: said for key, said in value.items() if key != "arrival_at"}, path)
        return replace(known, no_arrival=True)
    facts: Facts = _record(Facts, _READERS)(value, path)
    return replace(facts, arrival_hour_unknown=isinstance(arrival, str) and bool(_DATE.fullmatch(arrival)))


def _as_dict(record: Any) -> dict[str, Any]:
    kind: Any = type(record)
    names, held = values_held(kind)
    return dict(zip(names, held(record)))


def facts_json(facts: Facts) -> dict[str, Any]:
    """The JSON object that `read_facts` reads back to an equal record. What is not known is left out."""
    held = _as_dict(facts)
    out = {key: _json(value) for key, value in held.items() if value is not None and key not in OF_ARRIVAL}
    for key in ("pcr", "arrival_pcr"):
        if out.get(key) == "none":
            out[key] = None
    if facts.arrival_hour_unknown and facts.arrival_at:
        out["arrival_at"] = facts.arrival_at.date().isoformat()
    if facts.no_arrival:
        out["arrival_at"] = NO_ARRIVAL
    return out


def _json(value: Any) -> Any:
    if type(value) is str:  # as nearly every fact is
        return value
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds" if value.second else "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_json(each) for each in value]
    if isinstance(value, (Stay, Linked, Test, PcrCert, ArrivalPcr)):
        return {key: _json(each) for key, each in _as_dict(value).items() if each is not None}
    return value
