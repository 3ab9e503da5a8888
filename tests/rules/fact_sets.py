"""Fact sets for the long proofs: values at, just inside and just outside every bound, drawn or enumerated."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

from dutyboard.rules import law
from dutyboard.rules.law.facts import ArrivalPcr, Facts, Linked, PcrCert, Stay
from dutyboard.rules.law.facts import Test as Sample
from dutyboard.rules.law.notice import Notice, load_notice, read_notices

FILE = Path(law.__file__).parent / "notices" / "lianyuan-2021-07.toml"
ARRIVAL = datetime.fromisoformat("2021-06-07T10:30")
DAY = ARRIVAL.date()


def notice() -> Notice:
    return load_notice(FILE.read_text(encoding="utf-8"), FILE.name)


def notices() -> dict[str, Notice]:
    """Return every notice that the program ships, by its id."""
    return read_notices({each.name: each.read_text(encoding="utf-8") for each in sorted(FILE.parent.glob("*.toml"))})


def ago(days: int) -> date:
    return DAY - timedelta(days=days)


def certificate(result: Any, minutes: int | None) -> PcrCert:
    return PcrCert(result=result, sampled_at=None if minutes is None else ARRIVAL - timedelta(minutes=minutes))


BOUNDS = [0, 48 * 60, 48 * 60 + 1, 72 * 60, 72 * 60 + 1, 168 * 60, 168 * 60 + 1]
CERTIFICATES: list[Any] = [
    None,
    "none",
    *(certificate("negative", minutes) for minutes in [*BOUNDS, -1, None]),
    certificate("pending", 60),
    certificate("positive", 60),
    certificate(None, 60),
]
CATEGORIES: list[Any] = ["high", "medium", "risk_county_other", "risk_city_province_other", "low", "unknown", None]
STAYS: list[Any] = [
    None,
    (),
    *((Stay(category=category, left_on=left),) for category in CATEGORIES for left in (DAY, ago(14), ago(15), None)),
    (Stay(category="risk_county_other", left_on=DAY, basis="named_in_section_two"),),
    (Stay(category="high", left_on=ago(3), level_raised_after_leaving=True),),
    *(
        (Stay(category=one, left_on=DAY), Stay(category=other, left_on=left))
        for one in ("risk_city_province_other", "risk_county_other")
        for other in ("high", "medium", "risk_county_other")
        for left in (ago(14), ago(15))
    ),
]
LINKS: list[Any] = [
    None,
    (),
    *(
        (Linked(id="C1", state=state, admitted_on=ago(1), positive_on=DAY, released_on=released),)
        for state in ("quarantined_negative", "positive", "released", "released_early", "unknown")
        for released in (DAY + timedelta(days=6), DAY + timedelta(days=7))
    ),
    (Linked(id="C1", state="quarantined_negative"),),
]
TESTS: list[Any] = [
    (),
    *(
        (Sample(type=kind, day=7, result=result, sampled_on=DAY + timedelta(days=7), late=late),)
        for kind, result, late in (
            ("pcr", "negative", False),
            ("pcr", "negative", True),
            ("pcr", "positive", False),
            ("pcr", "pending", False),
            ("pcr", "indeterminate", False),
            ("serum", "positive", False),
        )
    ),
]
ARRIVAL_TESTS: list[Any] = [
    None,
    "none",
    *(
        ArrivalPcr(sampled_on=DAY, result=result, result_on=DAY + timedelta(days=1))
        for result in ("negative", "positive", "pending", "indeterminate")
    ),
]
CHOICES: dict[str, list[Any]] = {
    "arrival_at": [ARRIVAL, None],
    "arrival_hour_unknown": [False, True],
    "no_arrival": [False, True],
    "assessed_on": [None, DAY + timedelta(days=14), DAY + timedelta(days=15)],
    "admitted_on": [None, DAY + timedelta(days=2)],
    "case_status": ["none", "suspected", "confirmed", "asymptomatic", "discharged", "unknown"],
    "discharged_on": [None, ago(0), ago(3), ago(14), ago(15)],
    "contact": ["none", "close", "secondary", "unspecified", "unknown"],
    "last_exposure_on": [None, ago(8), DAY + timedelta(days=3)],
    "linked": LINKS,
    "border": [None, "none", "foreign", "hongkong", "taiwan", "macau", "unknown"],
    "isolation_days_done": [None, 0, 1, 13, 14, 15, 20, 21, 22, 28],
    "isolation_proof": [None, "yes", "no", "unknown"],
    "home7_done_elsewhere": [False, True],
    "foreign_14d": [None, "yes", "no", "unknown"],
    "macau_rebound": [False, True],
    "sanfei": ["no", "yes", "unknown"],
    "stays": STAYS,
    "release_cert": [None, "yes", "no", "unknown", "na"],
    "pcr": CERTIFICATES,
    "arrival_pcr": ARRIVAL_TESTS,
    "investigation": [None, "clean", "pending", "found_high", "found_medium", "found_unknown"],
    "health_code": [None, "green", "yellow", "red", "none", "unknown"],
    "travel_card": [None, "green", "yellow", "orange", "red", "none", "unknown"],
    "symptoms": [None, "none", "present", "unknown"],
    "temp_c": [None, 37.2, 37.3],
    "vaccinated": [None, "yes"],
    "tests": TESTS,
}
QUIET = Facts(
    arrival_at=ARRIVAL,
    border="none",
    stays=(),
    pcr="none",
    health_code="green",
    travel_card="green",
    symptoms="none",
    arrival_pcr="none",
)
"""A person about whom everything is known and nothing is wrong."""


BASES = [
    QUIET,
    replace(
        QUIET, border="foreign", isolation_days_done=21, isolation_proof="yes", pcr=certificate("negative", 72 * 60)
    ),
    replace(QUIET, border="macau", foreign_14d="no", pcr=certificate("negative", 168 * 60)),
    replace(
        QUIET,
        stays=(Stay(category="risk_county_other", left_on=DAY),),
        release_cert="yes",
        pcr=certificate("negative", 48 * 60),
    ),
    replace(QUIET, contact="secondary", linked=(Linked(id="C1", state="quarantined_negative", admitted_on=ago(1)),)),
    replace(QUIET, travel_card="yellow"),
]
"""People of whom each sits well inside one class."""


def drawn(random: Random) -> Facts:
    """A full fact set: one of the bases, with few or many of its facts drawn anew, so that decisions are met too."""
    share = random.choice((0.05, 0.15, 0.35, 1.0))
    changes = {key: random.choice(values) for key, values in CHOICES.items() if random.random() < share}
    return coherent(replace(random.choice(BASES), **changes))


def coherent(facts: Facts) -> Facts:
    """The same facts with an arrival as the facts format has it: none at all, or a date alone at 00:00 of it."""
    if facts.no_arrival or facts.arrival_at is None:
        return replace(facts, arrival_at=None, arrival_hour_unknown=False)
    if facts.arrival_hour_unknown:
        return replace(facts, arrival_at=datetime.combine(facts.arrival_at.date(), time()))
    return facts


HIGHER: dict[str, list[Any]] = {
    "case_status": ["none", "discharged", "confirmed"],
    "contact": ["none", "secondary", "close"],
    "border": ["none", "foreign"],
    "foreign_14d": ["no", "yes"],
    "macau_rebound": [False, True],
    "sanfei": ["no", "yes"],
    "health_code": ["green", "yellow", "red"],
    "travel_card": ["green", "yellow", "red"],
    "symptoms": ["none", "present"],
    "temp_c": [37.2, 37.3],
    "investigation": ["clean", "found_medium", "found_high"],
    "release_cert": ["yes", "no"],
    "isolation_days_done": [21, 14, 0],
    "isolation_proof": ["yes", "no"],
    "tests": [TESTS[1], TESTS[3]],
}
"""Facts whose later values are the riskier ones."""
RISKIER_STAYS = [(Stay(category=category, left_on=DAY),) for category in ("low", *CATEGORIES[3::-1])]
HIGHER["stays"] = RISKIER_STAYS
