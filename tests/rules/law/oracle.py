"""Section three said a second time, from the reading and not from the notice's file: when each row surely applies, when
each question is surely open, when each reading is surely to be confirmed. Plain Python on plain facts."""

from collections.abc import Callable
from datetime import date, timedelta

from dutyboard.rules.law.facts import NAMED, ArrivalPcr, Facts, PcrCert, Stay

Surely = Callable[[Facts], bool]
RISK = ("high", "medium", "risk_county_other")
ONE_DAY = timedelta(days=1)
FOUND = ("found_high", "found_medium", "found_unknown")


def days_since(f: Facts) -> int | None:
    return None if f.arrival_on is None else ((f.assessed_on or f.arrival_on) - f.arrival_on).days


def fresh(f: Facts, within: int = 14) -> bool:
    days = days_since(f)
    return days is not None and days <= within


def long_ago(f: Facts, over: int = 14) -> bool:
    days = days_since(f)
    return days is not None and days > over


def age(f: Facts, stay: Stay) -> int | None:
    return None if stay.left_on is None or f.arrival_on is None else (f.arrival_on - stay.left_on).days


def recent(f: Facts, *categories: str, within: int = 14) -> bool:
    ages = ((stay, age(f, stay)) for stay in f.stays or ())
    return any(days is not None and days <= within and stay.category in categories for stay, days in ages)


def old(f: Facts, *categories: str) -> bool:
    ages = ((stay, age(f, stay)) for stay in f.stays or ())
    return any(days is not None and days > 14 and stay.category in categories for stay, days in ages)


def ever(f: Facts, *categories: str) -> bool:
    return any((stay.category or "unknown") in categories for stay in f.stays or ())


def undated(f: Facts, *categories: str) -> bool:
    return any(stay.left_on is None and stay.category in categories for stay in f.stays or ())


def never_recent(f: Facts, *categories: str) -> bool:
    """Surely no such stay within 14 days: what is not known may have been one."""
    if f.stays is None:
        return False
    for stay in f.stays:
        days = age(f, stay)
        may_be_recent = days is None or days <= 14
        if may_be_recent and stay.category in (None, "unknown", *categories):
            return False
    return True


def never(f: Facts, *categories: str) -> bool:
    return f.stays is not None and all(s.category not in (None, "unknown", *categories) for s in f.stays)


def certificate_within(f: Facts, hours: int) -> bool:
    if not isinstance(f.pcr, PcrCert) or f.pcr.result != "negative":
        return False
    if f.pcr.sampled_at is None or f.arrival_at is None:
        return False
    if f.arrival_hour_unknown:  # valid if it still is at 24:00 of that day
        return timedelta() < f.arrival_at + ONE_DAY - f.pcr.sampled_at <= timedelta(hours=hours)
    return timedelta() <= f.arrival_at - f.pcr.sampled_at <= timedelta(hours=hours)


def hour_decides(f: Facts, hours: int) -> bool:
    """A negative certificate that is still valid at 00:00 of the day of arrival, and no longer at 24:00."""
    if not f.arrival_hour_unknown or f.arrival_at is None:
        return False
    if not isinstance(f.pcr, PcrCert) or f.pcr.result != "negative" or f.pcr.sampled_at is None:
        return False
    early, late = f.arrival_at - f.pcr.sampled_at, f.arrival_at + ONE_DAY - f.pcr.sampled_at
    return early <= timedelta(hours=hours) < late


def no_certificate_within(f: Facts, hours: int) -> bool:
    """No certificate of that age is shown, whatever the hour of arrival may turn out to be."""
    return not certificate_within(f, hours) and not hour_decides(f, hours)


def came(f: Facts) -> bool:
    return f.arrival_at is not None


def nobody_knows_when(f: Facts) -> bool:
    return f.arrival_at is None and not f.no_arrival


def may_have_stayed(f: Facts, category: str) -> bool:
    return f.stays is None or ever(f, category, "unknown")


def admitted(f: Facts) -> date | None:
    """The recorded admission, else the day of assessing; never before the arrival (O4)."""
    told = f.admitted_on or f.assessed_on
    return max((day for day in (told, f.arrival_on) if day), default=None)


def discharged_days(f: Facts) -> int | None:
    """Days from the discharge to the admission (O47)."""
    day = admitted(f)
    return None if day is None or f.discharged_on is None else (day - f.discharged_on).days


def fourteen_are_over(f: Facts) -> bool:
    days = discharged_days(f)
    return days is not None and days > 14


def entrant(f: Facts) -> bool:
    return f.border in ("foreign", "hongkong", "taiwan") or (f.border == "macau" and f.foreign_14d == "yes")


def done(f: Facts, *days: int) -> bool:
    return f.isolation_days_done in days


def done_enough(f: Facts) -> bool:
    return f.isolation_days_done is not None and f.isolation_days_done >= 21


def positive(f: Facts) -> bool:
    told = [(f.arrival_pcr.result, f.arrival_pcr.sampled_on)] if isinstance(f.arrival_pcr, ArrivalPcr) else []
    if isinstance(f.pcr, PcrCert):
        told.append((f.pcr.result, f.pcr.sampled_at and f.pcr.sampled_at.date()))
    told += [(test.result, test.sampled_on) for test in f.tests if test.type == "pcr"]
    cured = f.case_status == "discharged" and f.discharged_on
    return any(said == "positive" and not (cured and day and day < cured) for said, day in told)


def serum_positive(f: Facts) -> bool:
    return any(test.type == "serum" and test.result == "positive" for test in f.tests)


def ill(f: Facts) -> bool:
    return f.symptoms == "present" or (f.temp_c is not None and f.temp_c >= 37.3)


def well(f: Facts) -> bool:
    return f.symptoms == "none" and not ill(f)


def nobody_knows_of_symptoms(f: Facts) -> bool:
    return f.symptoms in (None, "unknown") and not ill(f)


def unknown(value: object) -> bool:
    return value in (None, "unknown")


def links(f: Facts) -> str:
    """Where the close contacts stand: one positive converts, one unknown is asked, one let out early too (O16, O17)."""
    if not f.linked:
        return "none"
    states = [each.state for each in f.linked]
    if "positive" in states:
        return "positive"
    if any(unknown(state) for state in states):
        return "unknown"
    day = admitted(f)
    for each in f.linked:
        early = day is None or each.released_on is None or each.released_on - day < timedelta(days=7)
        if each.state == "released_early" and early:
            return "early"
    return "followed"


def province_beside(f: Facts) -> bool:
    """3.8's people: from elsewhere in the province, or with a stay in a county too long ago; none recent."""
    there = ever(f, "risk_city_province_other") or old(f, "risk_county_other")
    return there and never_recent(f, *RISK)


def only_named_county(f: Facts) -> bool:
    counties = [s for s in f.stays or () if s.category == "risk_county_other" and (age(f, s) or 0) <= 14 and s.left_on]
    return f.arrival_on is not None and bool(counties) and all(stay.basis == NAMED for stay in counties)


def raised(f: Facts) -> bool:
    ages = ((stay, age(f, stay)) for stay in f.stays or ())
    return any(days is not None and days <= 14 and stay.level_raised_after_leaving for stay, days in ages)


def rebound(f: Facts) -> bool:
    return f.border == "macau" and f.macau_rebound


def green_yellow(f: Facts) -> bool:
    return f.health_code == "green" and f.travel_card == "yellow"


ROWS: list[tuple[str, Surely]] = [
    ("3.1 hospital", lambda f: f.case_status in ("confirmed", "asymptomatic")),
    ("3.1 positive", lambda f: positive(f) and f.case_status not in ("discharged", "unknown")),
    ("3.1 discharged", lambda f: f.case_status == "discharged" and not fourteen_are_over(f)),
    ("3.2a close", lambda f: f.contact == "close"),
    ("3.2a converted", lambda f: f.contact == "secondary" and links(f) == "positive"),
    ("3.2b", lambda f: f.contact == "secondary" and links(f) == "followed"),
    ("3.3a none done", lambda f: came(f) and entrant(f) and done(f, 0)),
    ("3.3a port done", lambda f: came(f) and entrant(f) and done(f, 14) and f.isolation_proof == "yes"),
    (
        "3.3b",
        lambda f: (
            came(f) and entrant(f) and done_enough(f) and f.isolation_proof == "yes" and certificate_within(f, 72)
        ),
    ),
    ("3.4", lambda f: fresh(f) and f.border == "macau" and f.foreign_14d == "no" and certificate_within(f, 7 * 24)),
    (
        "3.5",
        lambda f: fresh(f) and (recent(f, "high") or f.investigation in ("found_high", "found_unknown") or rebound(f)),
    ),
    ("3.6", lambda f: fresh(f) and (recent(f, "medium") or f.investigation == "found_medium")),
    (
        "3.7a",
        lambda f: fresh(f) and recent(f, "risk_county_other") and f.release_cert == "yes" and certificate_within(f, 48),
    ),
    ("3.7b", lambda f: fresh(f) and recent(f, "risk_county_other") and f.release_cert != "yes"),
    ("3.8a", lambda f: fresh(f) and ever(f, "risk_city_province_other") and recent(f, *RISK)),
    ("3.8b", lambda f: fresh(f) and province_beside(f) and well(f)),
    ("3.9", lambda f: f.health_code == "red" or f.travel_card == "red"),
    ("3.10", lambda f: f.health_code == "yellow" and f.travel_card in ("green", "yellow")),
    ("3.11a", lambda f: green_yellow(f) and (recent(f, "high", "medium") or f.investigation in FOUND)),
    ("3.11b", lambda f: green_yellow(f) and never(f, "high", "medium") and f.investigation not in FOUND),
]

QUESTIONS: list[tuple[str, Surely]] = [
    ("suspected_case", lambda f: f.case_status == "suspected"),
    ("positive_after_discharge", lambda f: f.case_status == "discharged" and positive(f)),
    ("symptoms_present", ill),
    ("serum_positive", serum_positive),
    ("case_status_unknown", lambda f: f.case_status == "unknown"),
    (
        "arrival_unknown",
        lambda f: (
            (nobody_knows_when(f) and f.border != "none")
            or (f.no_arrival and f.border in ("foreign", "hongkong", "taiwan", "macau"))
        ),
    ),
    (
        "arrival_unknown",
        lambda f: (
            (nobody_knows_when(f) and may_have_stayed(f, "high"))
            or (not came(f) and f.investigation in ("found_high", "found_unknown"))
            or (f.no_arrival and ever(f, "high", "unknown"))
        ),
    ),
    (
        "arrival_unknown",
        lambda f: not came(f) and (ever(f, "medium") or f.investigation == "found_medium"),
    ),
    ("arrival_unknown", lambda f: not came(f) and ever(f, "risk_county_other")),
    ("arrival_unknown", lambda f: not came(f) and ever(f, "risk_city_province_other")),
    (
        "arrival_hour_unknown",
        lambda f: (
            (entrant(f) and done_enough(f) and f.isolation_proof == "yes" and hour_decides(f, 72))
            or (fresh(f) and f.border == "macau" and f.foreign_14d == "no" and hour_decides(f, 7 * 24))
        ),
    ),
    (
        "arrival_hour_unknown",
        lambda f: fresh(f) and recent(f, "risk_county_other") and f.release_cert == "yes" and hour_decides(f, 48),
    ),
    ("discharge_unknown", lambda f: f.case_status == "discharged" and f.discharged_on is None),
    ("discharged_long_ago", lambda f: f.case_status == "discharged" and fourteen_are_over(f)),
    ("symptoms_unknown", lambda f: nobody_knows_of_symptoms(f) and province_beside(f)),
    ("symptoms_unknown", nobody_knows_of_symptoms),
    ("border_unknown", lambda f: came(f) and unknown(f.border)),
    ("sanfei", lambda f: f.sanfei == "yes"),
    ("sanfei_unknown", lambda f: f.sanfei == "unknown"),
    ("macau_foreign_unknown", lambda f: came(f) and f.border == "macau" and unknown(f.foreign_14d)),
    (
        "macau_without_certificate",
        lambda f: fresh(f) and f.border == "macau" and f.foreign_14d == "no" and no_certificate_within(f, 7 * 24),
    ),
    ("isolation_days_unknown", lambda f: came(f) and entrant(f) and f.isolation_days_done is None),
    (
        "isolation_part_done",
        lambda f: came(f) and entrant(f) and (f.isolation_days_done or 0) in (*range(1, 14), *range(15, 21)),
    ),
    ("isolation_unproved", lambda f: came(f) and entrant(f) and done(f, 14) and f.isolation_proof != "yes"),
    (
        "released_abroad_unproved",
        lambda f: (
            came(f) and entrant(f) and done_enough(f) and (f.isolation_proof != "yes" or no_certificate_within(f, 72))
        ),
    ),
    ("orange_card", lambda f: f.travel_card == "orange" and f.health_code != "red"),
    ("contact_ungraded", lambda f: f.contact in ("unspecified", "unknown")),
    ("no_linked_contact", lambda f: f.contact == "secondary" and links(f) == "none"),
    ("linked_contact_unknown", lambda f: f.contact == "secondary" and links(f) == "unknown"),
    ("linked_contact_released_early", lambda f: f.contact == "secondary" and links(f) == "early"),
    ("stays_unknown", lambda f: f.no_arrival and f.stays is None and green_yellow(f)),
    ("stays_unknown", lambda f: fresh(f) and f.stays is None),
    ("stay_of_unknown_level", lambda f: fresh(f) and ever(f, "unknown")),
    ("old_high_stay", lambda f: fresh(f) and old(f, "high")),
    ("old_medium_stay", lambda f: fresh(f) and old(f, "medium")),
    ("stay_undated", lambda f: fresh(f) and undated(f, "high")),
    ("stay_undated", lambda f: fresh(f) and undated(f, "medium")),
    ("stay_undated", lambda f: fresh(f) and undated(f, "risk_county_other")),
    (
        "code_or_card_missing",
        lambda f: f.health_code in (None, "none", "unknown") or f.travel_card in (None, "none", "unknown"),
    ),
    (
        "release_cert_without_pcr",
        lambda f: (
            fresh(f) and recent(f, "risk_county_other") and f.release_cert == "yes" and no_certificate_within(f, 48)
        ),
    ),
    (
        "arrived_long_ago",
        lambda f: (
            long_ago(f)
            and (
                (f.border == "macau" and f.foreign_14d != "yes")
                or any(may_have_stayed(f, each) for each in (*RISK, "risk_city_province_other"))
                or f.investigation in FOUND
            )
        ),
    ),
]

FLAGS: list[tuple[str, Surely]] = [
    ("O2", only_named_county),
    ("O4", lambda f: f.arrival_on is not None and (admitted(f) or f.arrival_on) > f.arrival_on),
    ("O4", lambda f: f.last_exposure_on is not None),
    (
        "O4",
        lambda f: (
            f.case_status == "discharged"
            and f.discharged_on is not None
            and (admitted(f) or date.min) > f.discharged_on
        ),
    ),
    ("O11", lambda f: any(test.late for test in f.tests)),
    ("O23", lambda f: f.home7_done_elsewhere),
    ("O29", raised),
    ("O30", lambda f: f.investigation == "found_unknown" or rebound(f)),
    ("O24", lambda f: done(f, 0)),
    ("O38", lambda f: f.health_code == "red" and f.travel_card == "orange"),
]


# ---------------------------------------------------------------- the second text: seven days to look back


def fresh7(f: Facts) -> bool:
    return fresh(f, within=7)


def long_ago7(f: Facts) -> bool:
    return long_ago(f, over=7)


NATIONAL_ROWS: list[tuple[str, Surely]] = [
    ("positive", lambda f: f.case_status in ("confirmed", "asymptomatic") or positive(f)),
    ("discharged", lambda f: f.case_status == "discharged" and not positive(f)),
    ("close", lambda f: f.contact == "close"),
    ("secondary", lambda f: f.contact == "secondary"),
    ("inbound", lambda f: fresh7(f) and (entrant(f) or f.border == "macau")),
    (
        "high",
        lambda f: fresh7(f) and (recent(f, "high", within=7) or f.investigation in ("found_high", "found_unknown")),
    ),
    ("medium", lambda f: fresh7(f) and (recent(f, "medium", within=7) or f.investigation == "found_medium")),
    ("low", lambda f: fresh7(f) and recent(f, "risk_county_other", within=7)),
]
NATIONAL_QUESTIONS: list[tuple[str, Surely]] = [
    ("suspected_case", lambda f: f.case_status == "suspected"),
    ("symptoms_present", ill),
    ("case_status_unknown", lambda f: f.case_status == "unknown"),
    (
        "arrival_unknown",
        lambda f: (
            (
                nobody_knows_when(f)
                and (f.border != "none" or any(may_have_stayed(f, each) for each in ("high", "medium")))
            )
            or (not came(f) and f.investigation in FOUND)
            or (f.no_arrival and (f.border in ("foreign", "hongkong", "taiwan", "macau") or ever(f, "high", "medium")))
        ),
    ),
    ("arrival_unknown", lambda f: not came(f) and ever(f, "risk_county_other")),
    ("discharge_unknown", lambda f: f.case_status == "discharged" and f.discharged_on is None),
    ("symptoms_unknown", nobody_knows_of_symptoms),
    ("border_unknown", lambda f: fresh7(f) and unknown(f.border)),
    ("sanfei", lambda f: f.sanfei == "yes"),
    ("sanfei_unknown", lambda f: f.sanfei == "unknown"),
    ("contact_ungraded", lambda f: f.contact in ("unspecified", "unknown")),
    ("stays_unknown", lambda f: fresh7(f) and f.stays is None),
    ("stay_of_unknown_level", lambda f: fresh7(f) and ever(f, "unknown")),
    ("stay_undated", lambda f: fresh7(f) and undated(f, "high", "medium")),
    ("stay_undated", lambda f: fresh7(f) and undated(f, "risk_county_other")),
    ("arrived_long_ago", lambda f: long_ago7(f) and f.border != "none"),
    ("arrived_long_ago", lambda f: long_ago7(f) and (f.stays is None or ever(f, *RISK, "unknown"))),
]
NATIONAL_FLAGS: list[tuple[str, Surely]] = [("O9", positive)]
