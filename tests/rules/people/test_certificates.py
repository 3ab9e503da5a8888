"""Until when a certificate serves, to the minute, and which of the queue's run out soon (O21, O25)."""

from dataclasses import replace
from datetime import datetime

import pytest

from dutyboard.rules.law.facts import Facts, PcrCert
from dutyboard.rules.people.certificates import certificates, expiring
from dutyboard.rules.people.course import course_of
from tests.rules.desks import notice, t
from tests.rules.duties.test_queue import facts_of, someone, the_desk

SAMPLED = datetime.fromisoformat("2021-06-06T10:30")
CERTIFICATE = PcrCert(result="negative", sampled_at=SAMPLED)


def unarrived(**known: object) -> Facts:
    return replace(facts_of("3.7a"), arrival_at=None, **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("facts", "served"),
    [
        (facts_of("3.7a"), [("3.7a", 48)]),
        (unarrived(), [("3.7a", 48)]),
        (unarrived(border="macau", stays=(), foreign_14d="no"), [("3.4", 168)]),
        (unarrived(border="foreign", stays=(), isolation_days_done=21), [("3.3b", 72)]),
        (unarrived(border="foreign", stays=(), isolation_days_done=20), []),
        (unarrived(pcr=replace(CERTIFICATE, result="positive")), []),
        (unarrived(pcr=replace(CERTIFICATE, sampled_at=None)), []),
        (unarrived(pcr="none"), []),
    ],
)
def test_a_certificate_serves_the_clause_that_may_apply(facts: Facts, served: list[tuple[str, int]]) -> None:
    person = someone(1, "none", facts=facts)
    snapshot = the_desk(person)
    found = certificates(person, course_of(person, snapshot, t("19:40")), snapshot)
    assert [(each.clause, each.hours) for each in found] == served


@pytest.mark.parametrize(
    ("now", "listed"),
    [
        (t("22:29"), 0),  # twelve hours and a minute before it runs out
        (t("22:30"), 1),
        (t("10:30", 8), 1),  # 以内 includes the bound
        (t("10:31", 8), 0),
    ],
)
def test_it_is_listed_in_its_last_hours(now: datetime, listed: int) -> None:
    snapshot = the_desk(someone(1, "none", facts=unarrived(pcr=CERTIFICATE)))
    found = expiring(snapshot, now)
    assert len(found) == listed
    assert all((each.valid_until, each.decides) == (t("10:30", 8), True) for each in found)


def test_an_arrival_known_to_the_minute_has_settled_it() -> None:
    settled = someone(1, "none", facts=replace(facts_of("3.7a"), pcr=CERTIFICATE))
    hour_unknown = replace(facts_of("3.7a"), pcr=CERTIFICATE, arrival_hour_unknown=True)
    placed = someone(3, "none", facts=unarrived(pcr=CERTIFICATE), stage="home")
    snapshot = the_desk(settled, someone(2, "none", facts=hour_unknown), placed)
    assert [(each.person_id, each.decides) for each in expiring(snapshot, t("23:00"))] == [(2, True), (1, False)]


def test_the_hours_of_the_list_are_a_setting() -> None:
    assert notice().daily.thresholds.certificate_soon.total_seconds() == 12 * 3600
