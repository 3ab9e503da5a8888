"""Subjects of conditions: what a notice may ask about, and how the answer is found in the facts.

An answer is never a bare value. A *choice* answers with the words that surely hold and the words that may hold: a known
fact has one word in both, an unknown one has none in the first and all in the second, and a list of stays may surely
hold several. A *number* answers with the lowest and the highest value it may have. So unknown stays unknown.
"""

import math
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache
from typing import Literal, get_args

from dutyboard.frozen import frozen
from dutyboard.rules.law.facts import (
    NAMED,
    ArrivalPcr,
    Border,
    CaseStatus,
    ContactGrade,
    Facts,
    HealthCode,
    Investigation,
    PcrCert,
    ReleaseCert,
    Stay,
    StayCategory,
    Symptoms,
    TravelCard,
    YesNo,
)


@frozen
class Interpretation:
    """The choices that the notice leaves open (docs/reading.md, section 9). A desk changes them with `replace`.

    `day_of_start` 0: arrival is day 0 and day N is start + N; 1: arrival is day 1 (O3). `certificate_counts_to`: a
    certificate's age is taken at the arrival or on the day of assessing (O25). `secondary_early_close_pcr`: after how
    many negative PCR of his close contacts a secondary contact might leave on his own least days (O13, b).
    `macau_rebound`: the command post has said that the epidemic in Macau rebounds. `confirmed`: the readings
    (O-numbers) that it has confirmed.
    """

    day_of_start: Literal[0, 1]
    look_back_days: int
    named_counties_count: bool
    certificate_counts_to: Literal["arrival", "assessment"]
    conversion_restarts_if_exposure_unknown: bool
    secondary_least_days: int
    secondary_early_close_pcr: int
    hours_between_samples: int
    fever_c: float
    macau_rebound: bool = False
    confirmed: frozenset[str] = frozenset()


WordSet = frozenset[str]
Choice = tuple[WordSet, WordSet]
"""The words that surely hold, and the words that may hold."""
Number = tuple[float, float]
"""The lowest and the highest value it may have."""

_NOTHING: WordSet = frozenset()
_YES: Choice = (frozenset({"yes"}), frozenset({"yes"}))
_NO: Choice = (frozenset({"no"}), frozenset({"no"}))
_ANY_NUMBER: Number = (0, math.inf)
_NEVER: Number = (math.inf, math.inf)
_NOT_APPLICABLE: Number = (math.nan, math.nan)
"""There is no such number: every comparison with it is answered no."""
_SECONDS_PER_HOUR = 3600


@frozen
class ChoiceSubject:
    """A subject that answers with words; `facts` are the keys of the facts object it reads."""

    name: str
    words: WordSet
    facts: tuple[str, ...]
    read: Callable[[Facts, Interpretation], Choice]


@frozen
class NumberSubject:
    """A subject that answers with a number; a condition's number is multiplied by `unit` to meet it."""

    name: str
    unit: int
    facts: tuple[str, ...]
    read: Callable[[Facts, Interpretation], Number]


ConditionSubject = ChoiceSubject | NumberSubject


@cache
def _known(word: str) -> Choice:
    words = frozenset({word})
    return words, words


def _yes(holds: bool) -> Choice:
    return _YES if holds else _NO


def _plain(key: str, allowed: object, absent: str | None = None) -> ChoiceSubject:
    """A fact that is its own subject. `absent`: the word that an absent fact stands for, if it stands for one."""
    words = frozenset(get_args(allowed)) - {"unknown"} | ({absent} if absent else set())
    unknown: Choice = (_NOTHING, words)

    def read(facts: Facts, _settings: Interpretation) -> Choice:
        value = getattr(facts, key)
        if value is None and absent:
            return _known(absent)
        return unknown if value is None or value == "unknown" else _known(value)

    return ChoiceSubject(name=key, words=words, facts=(key,), read=read)


# ---------------------------------------------------------------- stays

_CATEGORIES: WordSet = frozenset(get_args(StayCategory))


def category(stay: Stay, settings: Interpretation) -> str:
    """The category of a stay. With O2 answered "no", a county that only section two names holds no risk area."""
    if stay.category is None:
        return "unknown"
    if stay.category == "risk_county_other" and stay.basis == NAMED and not settings.named_counties_count:
        return "risk_city_province_other"
    return stay.category


def is_recent(stay: Stay, facts: Facts, settings: Interpretation) -> bool | None:
    """Return whether the person left the place within the look-back before arrival, the last day included (O28)."""
    arrived = facts.arrival_on
    if stay.left_on is None or arrived is None:
        return None
    return (arrived - stay.left_on).days <= settings.look_back_days


def _stays(wanted: bool | None) -> Callable[[Facts, Interpretation], Choice]:
    """Categories of the recent stays (True), the old ones (False) or all (None)."""

    def read(facts: Facts, settings: Interpretation) -> Choice:
        if facts.stays is None:
            return _NOTHING, _CATEGORIES
        sure: set[str] = set()
        possible: set[str] = set()
        for stay in facts.stays:
            recent = wanted if wanted is None else is_recent(stay, facts, settings)
            if wanted is not None and recent is not None and recent != wanted:
                continue
            word = category(stay, settings)
            possible |= _CATEGORIES if word == "unknown" else {word}
            if wanted is None or recent == wanted:
                sure.add(word)
        return frozenset(sure), frozenset(possible)

    return read


def _undated(facts: Facts, settings: Interpretation) -> Choice:
    words = frozenset(category(stay, settings) for stay in facts.stays or () if stay.left_on is None)
    return words, words


def _stays_asked(facts: Facts, _settings: Interpretation) -> Choice:
    return (_NOTHING, frozenset({"asked"})) if facts.stays is None else _known("asked")


def _recent(facts: Facts, settings: Interpretation) -> list[Stay]:
    return [stay for stay in facts.stays or () if is_recent(stay, facts, settings)]


def _named_county(facts: Facts, settings: Interpretation) -> Choice:
    counties = [stay for stay in _recent(facts, settings) if category(stay, settings) == "risk_county_other"]
    return _yes(bool(counties) and all(stay.basis == NAMED for stay in counties))


def _raised_level(facts: Facts, settings: Interpretation) -> Choice:
    return _yes(any(stay.level_raised_after_leaving for stay in _recent(facts, settings)))


# ---------------------------------------------------------------- contacts, entrants

LINKS: WordSet = frozenset({"none_known", "positive", "unknown", "released_early", "followed"})


def _links(facts: Facts, settings: Interpretation) -> Choice:
    """Return how a secondary contact's close contacts stand, the gravest first: one positive converts (O16)."""
    linked = facts.linked or ()
    states = {each.state or "unknown" for each in linked}
    if not linked:
        return _known("none_known")
    if "positive" in states:
        return _known("positive")
    if "unknown" in states:
        return _known("unknown")
    admitted = facts.admission
    for each in linked:
        if each.state != "released_early":
            continue
        if admitted is None or each.released_on is None:
            return _known("released_early")
        if (each.released_on - admitted).days < settings.secondary_least_days:
            return _known("released_early")
    return _known("followed")


def _macau_rebound(facts: Facts, settings: Interpretation) -> Choice:
    """Answer from the command post's switch; a facts object may say it for itself."""
    return _yes(settings.macau_rebound or facts.macau_rebound)


def _entrant(facts: Facts, _settings: Interpretation) -> Choice:
    """Return whether 3.3 reaches him: from abroad, Hong Kong, Taiwan; from Macau only with a stay elsewhere abroad."""
    if facts.border in ("foreign", "hongkong", "taiwan"):
        return _YES
    if facts.border == "none":
        return _NO
    if facts.border == "macau" and facts.foreign_14d in ("yes", "no"):
        return _yes(facts.foreign_14d == "yes")
    return _NOTHING, frozenset({"yes", "no"})


# ---------------------------------------------------------------- tests, dates


def arrival_test(facts: Facts) -> ArrivalPcr | None:
    """The test after arrival. A certificate sampled after arrival is that test, and no certificate.

    A sample of a day before the arrival, or of a day that nobody knows, is not that test.
    """
    if isinstance(facts.arrival_pcr, ArrivalPcr) and _taken_here(facts.arrival_pcr.sampled_on, facts):
        return facts.arrival_pcr
    if isinstance(facts.pcr, PcrCert) and facts.pcr.sampled_at and _after_arrival(facts.pcr.sampled_at, facts):
        return ArrivalPcr(sampled_on=facts.pcr.sampled_at.date(), result=facts.pcr.result)
    return None


def here_from(facts: Facts) -> date | None:
    """Return the first day whose sample is the test after arrival; of a local resident, the day of assessing (O48)."""
    return facts.assessed_on if facts.no_arrival else facts.arrival_on


def _taken_here(sampled_on: date | None, facts: Facts) -> bool:
    """Return whether a sample is surely none of before the person was here."""
    since = here_from(facts)
    return sampled_on is not None and (since is None or sampled_on >= since)


def first_negative_on(facts: Facts) -> date | None:
    """Return the day on which the first negative PCR after arrival came in, whoever's plan its sample belongs to (O32).

    A negative whose day of result nobody has told gives no day.
    """
    single = arrival_test(facts)
    days = [single.result_on] if single is not None and single.result == "negative" else []
    days += [
        each.result_on
        for each in facts.tests
        if (each.type, each.result) == ("pcr", "negative") and _taken_here(each.sampled_on, facts)
    ]
    return min((each for each in days if each), default=None)


def _after_arrival(sampled_at: datetime, facts: Facts) -> bool:
    if facts.arrival_at is None:
        return False
    if facts.arrival_hour_unknown:
        return sampled_at >= facts.arrival_at + timedelta(days=1)
    return sampled_at > facts.arrival_at


def _certificate_age(facts: Facts, settings: Interpretation) -> Number:
    """Age in seconds of the negative certificate carried; never young enough if there is none (O25).

    Who came from nowhere carried none to here (O48).
    """
    if facts.no_arrival or facts.pcr == "none":
        return _NEVER
    if isinstance(facts.pcr, PcrCert) and facts.pcr.result not in (None, "negative"):
        return _NEVER
    if facts.pcr is None or facts.pcr.sampled_at is None or facts.arrival_at is None:
        return _ANY_NUMBER
    if _after_arrival(facts.pcr.sampled_at, facts):
        return _NEVER
    start = facts.arrival_at
    hour_unknown = facts.arrival_hour_unknown
    if settings.certificate_counts_to == "assessment" and facts.assessed_on:
        start = datetime.combine(facts.assessed_on, datetime.min.time())
        hour_unknown = True
    youngest = (start - facts.pcr.sampled_at).total_seconds()
    oldest = youngest + timedelta(days=1).total_seconds() if hour_unknown else youngest
    return (youngest, math.inf) if facts.pcr.result is None else (youngest, oldest)


def _certificate_needs_hour(facts: Facts, settings: Interpretation) -> Choice:
    """Return whether only the hour of arrival is missing to know how old the negative certificate carried is."""
    dated = isinstance(facts.pcr, PcrCert) and facts.pcr.result == "negative" and facts.pcr.sampled_at is not None
    return _yes(dated and facts.arrival_hour_unknown and settings.certificate_counts_to == "arrival")


def _arrived_days_ago(facts: Facts, _settings: Interpretation) -> Number:
    arrived = facts.arrival_on  # once: some thirty conditions ask it of every person
    if arrived is None:
        return _NOT_APPLICABLE if facts.no_arrival else _ANY_NUMBER
    days = ((facts.assessed_on or arrived) - arrived).days
    return days, days


def _days_done(facts: Facts, _settings: Interpretation) -> Number:
    done = facts.isolation_days_done
    return _ANY_NUMBER if done is None else (done, done)


def _arrival(facts: Facts, _settings: Interpretation) -> Choice:
    if facts.arrival_at is not None:
        return _known("given")
    return _known("none") if facts.no_arrival else (_NOTHING, frozenset({"given", "none"}))


def positive_days(facts: Facts) -> list[date | None]:
    """The days of the samples whose PCR was positive, the certificate carried included (O9); None: one is not dated."""
    days = [test.sampled_on for test in facts.tests if test.type == "pcr" and test.result == "positive"]
    if isinstance(facts.arrival_pcr, ArrivalPcr) and facts.arrival_pcr.result == "positive":
        days.append(facts.arrival_pcr.sampled_on)
    if isinstance(facts.pcr, PcrCert) and facts.pcr.result == "positive":
        days.append(facts.pcr.sampled_at.date() if facts.pcr.sampled_at else None)
    return days


def _positive_pcr(facts: Facts, _settings: Interpretation) -> Choice:
    """Return whether a PCR is positive. After a discharge only a sample of that day or later counts (O35).

    A sample that nobody dated counts as well.
    """
    cured = facts.discharged_on if facts.case_status == "discharged" else None
    return _yes(any(cured is None or day is None or day >= cured for day in positive_days(facts)))


def _positive_serum(facts: Facts, _settings: Interpretation) -> Choice:
    return _yes(any(each.type == "serum" and each.result == "positive" for each in facts.tests))


def _late_sample(facts: Facts, _settings: Interpretation) -> Choice:
    return _yes(any(each.late for each in facts.tests))


def _symptoms(facts: Facts, settings: Interpretation) -> Choice:
    if facts.symptoms == "present" or (facts.temp_c is not None and facts.temp_c >= settings.fever_c):
        return _known("present")
    return _known("none") if facts.symptoms == "none" else (_NOTHING, frozenset({"none", "present"}))


def _discharged_days_ago(facts: Facts, _settings: Interpretation) -> Number:
    """Return the days from the discharge to the admission: 3.1's days may be over by then (O47)."""
    admitted = facts.admission
    if facts.discharged_on is None or admitted is None:
        return _ANY_NUMBER
    days = (admitted - facts.discharged_on).days
    return days, days


def _discharge_day(facts: Facts, _settings: Interpretation) -> Choice:
    return (_NOTHING, frozenset({"given"})) if facts.discharged_on is None else _known("given")


def _admitted_late(facts: Facts, _settings: Interpretation) -> Choice:
    admitted, arrived = facts.admission, facts.arrival_on
    return _yes(admitted is not None and arrived is not None and admitted > arrived)


def _admitted_after_discharge(facts: Facts, _settings: Interpretation) -> Choice:
    admitted = facts.admission
    return _yes(admitted is not None and facts.discharged_on is not None and admitted > facts.discharged_on)


def _exposure_known(facts: Facts, _settings: Interpretation) -> Choice:
    return _yes(facts.last_exposure_on is not None)


def _choice(
    name: str, words: WordSet, facts: tuple[str, ...], read: Callable[[Facts, Interpretation], Choice]
) -> ChoiceSubject:
    return ChoiceSubject(name=name, words=words, facts=facts, read=read)


_YES_NO: WordSet = frozenset({"yes", "no"})
_STAYS = ("stays", "arrival_at")
_DISCHARGE = ("discharged_on", "admitted_on", "arrival_at", "assessed_on")

SUBJECTS: dict[str, ConditionSubject] = {
    subject.name: subject
    for subject in (
        _plain("case_status", CaseStatus),
        _plain("contact", ContactGrade),
        _plain("border", Border),
        _plain("isolation_proof", YesNo),
        _plain("foreign_14d", YesNo),
        _plain("sanfei", YesNo),
        _plain("release_cert", ReleaseCert),
        _plain("investigation", Investigation, absent="not_done"),
        _plain("health_code", HealthCode),
        _plain("travel_card", TravelCard),
        _choice("macau_rebound", _YES_NO, ("macau_rebound",), _macau_rebound),
        _choice("home7_done", _YES_NO, ("home7_done_elsewhere",), lambda facts, _: _yes(facts.home7_done_elsewhere)),
        _choice("symptoms", frozenset(get_args(Symptoms)) - {"unknown"}, ("symptoms", "temp_c"), _symptoms),
        _choice("arrival", frozenset({"given", "none"}), ("arrival_at",), _arrival),
        _choice("certificate_needs_hour", _YES_NO, ("pcr", "arrival_at"), _certificate_needs_hour),
        _choice("discharge_day", frozenset({"given"}), ("discharged_on",), _discharge_day),
        _choice("stays", frozenset({"asked"}), ("stays",), _stays_asked),
        _choice("recent_stay", _CATEGORIES, _STAYS, _stays(True)),
        _choice("old_stay", _CATEGORIES, _STAYS, _stays(False)),
        _choice("any_stay", _CATEGORIES, ("stays",), _stays(None)),
        _choice("undated_stay", _CATEGORIES, ("stays",), _undated),
        _choice("named_county", _YES_NO, _STAYS, _named_county),
        _choice("raised_level", _YES_NO, _STAYS, _raised_level),
        _choice("links", LINKS, ("linked",), _links),
        _choice("entrant", _YES_NO, ("border", "foreign_14d"), _entrant),
        _choice(
            "positive_pcr",
            _YES_NO,
            ("tests", "arrival_pcr", "pcr", "case_status", "discharged_on"),
            _positive_pcr,
        ),
        _choice("positive_serum", _YES_NO, ("tests",), _positive_serum),
        _choice("late_sample", _YES_NO, ("tests",), _late_sample),
        _choice("admitted_late", _YES_NO, ("admitted_on", "arrival_at", "assessed_on"), _admitted_late),
        _choice("admitted_after_discharge", _YES_NO, _DISCHARGE, _admitted_after_discharge),
        _choice("exposure_known", _YES_NO, ("last_exposure_on",), _exposure_known),
        NumberSubject(
            name="certificate_hours", unit=_SECONDS_PER_HOUR, facts=("pcr", "arrival_at"), read=_certificate_age
        ),
        NumberSubject(name="arrived_days_ago", unit=1, facts=("arrival_at", "assessed_on"), read=_arrived_days_ago),
        NumberSubject(name="discharged_days_ago", unit=1, facts=_DISCHARGE, read=_discharged_days_ago),
        NumberSubject(name="days_done", unit=1, facts=("isolation_days_done",), read=_days_done),
    )
}
