"""The accounts of the sample's people on arrival. Each gives the facts of one clause.

The facts are such that section three decides the clause they are made for. A test checks every one.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from dutyboard.frozen import frozen
from dutyboard.rules.law.facts import Facts, PcrCert, Stay

HIGH = ("广东省广州市荔湾区白鹤洞街道", "广东省广州市荔湾区中南街道")
MEDIUM = ("广东省广州市荔湾区东漖街道", "广东省广州市荔湾区冲口街道", "广东省广州市海珠区瑞宝街南洲名苑")
SAME_COUNTY = (("广东省广州市荔湾区西村街道", "440103"), ("广东省佛山市禅城区祖庙街道", "440604"))
SAME_PROVINCE = (("广东省深圳市南山区", "440305"), ("广东省惠州市惠城区", "441302"))
ELSEWHERE = (("四川省成都市武侯区", "510107"), ("湖北省武汉市武昌区", "420106"))
COUNTY_OF = {"荔湾区": "440103", "海珠区": "440105"}


@frozen(kw_only=False)
class Account:
    """The answers of one person on arrival: the place of origin, and the facts."""

    origin: str
    facts: Facts


def _code(place: str) -> str:
    return next(code for county, code in COUNTY_OF.items() if county in place)


def _told(place: str, code: str | None, arrival: datetime, **known: object) -> Account:
    """Return the account of somebody who answered every question.

    Code and card are green, there are no symptoms, and the one stay ended the day before the arrival. `known`
    overrides.
    """
    stay = Stay(place=place, code=code, left_on=arrival.date() - timedelta(days=1))
    answers: dict[str, object] = {
        "arrival_at": arrival,
        "border": "none",
        "stays": (stay,),
        "release_cert": "no",
        "pcr": "none",
        "health_code": "green",
        "travel_card": "green",
        "symptoms": "none",
        **known,
    }
    return Account(place, Facts(**answers))  # type: ignore[arg-type]


def _certificate(arrival: datetime, hours: int) -> PcrCert:
    return PcrCert(result="negative", sampled_at=arrival - timedelta(hours=hours))


def high_risk(random: Random, arrival: datetime) -> Account:
    """Return an account for 三（五）."""
    place = random.choice(HIGH)
    return _told(place, _code(place), arrival)


def medium_risk(random: Random, arrival: datetime) -> Account:
    """Return an account for 三（六）."""
    place = random.choice(MEDIUM)
    return _told(place, _code(place), arrival)


def with_certificate(random: Random, arrival: datetime) -> Account:
    """Return an account for 三（七）, first branch.

    He comes from the rest of a county with risk areas, with a release certificate and a PCR of 24 hours ago.
    """
    place, code = random.choice(SAME_COUNTY)
    return _told(place, code, arrival, release_cert="yes", pcr=_certificate(arrival, 24))


def without_certificate(random: Random, arrival: datetime) -> Account:
    """Return an account for 三（七）, second branch."""
    place, code = random.choice(SAME_COUNTY)
    return _told(place, code, arrival, release_cert="no")


def same_province(random: Random, arrival: datetime) -> Account:
    """Return an account for 三（八）."""
    place, code = random.choice(SAME_PROVINCE)
    return _told(place, code, arrival)


def red_code(random: Random, arrival: datetime) -> Account:
    """Return an account for 三（九）."""
    place, code = random.choice(ELSEWHERE)
    return _told(place, code, arrival, health_code="red")


def yellow_code(random: Random, arrival: datetime) -> Account:
    """Return an account for 三（十）."""
    place, code = random.choice(ELSEWHERE)
    return _told(place, code, arrival, health_code="yellow")


def close_contact(random: Random, arrival: datetime) -> Account:
    """Return an account for 三（二）."""
    place, code = random.choice(ELSEWHERE)
    exposed = arrival.date() - timedelta(days=1)
    return _told(place, code, arrival, contact="close", last_exposure_on=exposed)


def orange_card(random: Random, arrival: datetime) -> Account:
    """Return an account with a card that the notice does not name: referred."""
    place, code = random.choice(ELSEWHERE)
    return _told(place, code, arrival, travel_card="orange")


def with_symptoms(random: Random, arrival: datetime) -> Account:
    """Return an account with a fever: referred, fever clinic first."""
    place, code = random.choice(SAME_PROVINCE)
    return _told(place, code, arrival, symptoms="present", temp_c=38.1)


def illegal_entrant(random: Random, arrival: datetime) -> Account:
    """Return an account for 三非, which section three gives no class: referred."""
    place, code = random.choice(SAME_PROVINCE)
    return _told(place, code, arrival, sanfei="yes")


Teller = Callable[[Random, datetime], Account]
