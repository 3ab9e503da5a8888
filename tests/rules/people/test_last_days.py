"""A leader's word on a stage, beside one risk more: nobody is freed earlier for it, or tested less."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any, Literal

import pytest

from dutyboard.rules.law.assess import assess
from dutyboard.rules.law.facts import Facts, Linked, Stay
from dutyboard.rules.law.facts import Test as Sample
from dutyboard.rules.law.notice import Notice
from dutyboard.rules.law.plan import Plan, plan_with
from dutyboard.rules.law.result import Result
from dutyboard.rules.people.last_days import set_days_of
from dutyboard.rules.records.model import LastDay, Person
from tests.rules.desks import LI, t
from tests.rules.fact_sets import ARRIVAL, DAY, certificate, notice
from tests.rules.law.test_days import last_pcr, with_one_risk_more
from tests.shares import SHARES

SHARE = SHARES["rules"]["totality"]
NOTICE = notice()
QUIET = Facts(
    arrival_at=ARRIVAL, border="none", stays=(), health_code="green", travel_card="green", symptoms="none", pcr="none"
)
CLOSE: dict[str, Any] = {"contact": "close"}
SECONDARY: dict[str, Any] = {
    "contact": "secondary",
    "linked": (Linked(id="C", state="quarantined_negative", admitted_on=DAY),),
}
UNTIL_14: dict[str, Any] = {"contact": "secondary", "linked": (Linked(id="C", state="released", released_on=DAY),)}
TESTED_18: dict[str, Any] = {
    "tests": (Sample(result="negative", sampled_on=date(2021, 6, 18), result_on=date(2021, 6, 18)),)
}
ABROAD: dict[str, Any] = {"border": "foreign", "isolation_days_done": 0}
HIGH: dict[str, Any] = {"stays": (Stay(category="high", left_on=DAY),)}
MEDIUM: dict[str, Any] = {"stays": (Stay(category="medium", left_on=DAY),)}
DONE_ELSEWHERE: dict[str, Any] = {
    "isolation_days_done": 21,
    "isolation_proof": "yes",
    "pcr": certificate("negative", 60),
}


def june(day: int) -> date:
    return date(2021, 6, day)


def word(of: Literal["site", "home"], last: date, own: date) -> LastDay:
    return LastDay(of=of, last=last, was=own, leader=LI, reason="专家组意见", at=t("08:00"), own=own)


def worded(
    facts: Facts, *words: LastDay, home_from: date | None = None, kept: bool = False, text: Notice = NOTICE
) -> tuple[Result, Plan]:
    """Result and plan of somebody on whose stages a leader has spoken."""
    person = Person(
        id=1,
        name="某",
        phone="1",
        registered_at=t("08:00"),
        facts=facts,
        home_from=home_from,
        admitted_on=facts.admission,
        last_days=words,
    )
    result = assess(facts, text)
    return plan_with(set_days_of(person), result, home_from, kept=kept)


def free(planned: Plan) -> date | None:
    """The first free day; None: it is open."""
    done = planned.stage("done")
    return done.first if done is not None else None


@pytest.mark.parametrize(
    ("told", "added", "words", "last_test"),
    [
        # The days of 3.11b reach beyond his home tests.
        (CLOSE | TESTED_18, {"travel_card": "yellow"}, (word("home", june(30), june(28)),), june(30)),
        # 3.3a keeps him to the 28th. The word on 3.2b put its last test on the 20th.
        (UNTIL_14, ABROAD, (word("site", june(20), june(14)),), june(20)),
        (SECONDARY, ABROAD, (word("site", june(24), june(21)),), june(24)),
        # A shortened stage that ends before its last test keeps it, on its last day.
        ({**CLOSE, **ABROAD}, {"health_code": "red"}, (word("site", june(19), june(28)),), june(19)),
    ],
)
def test_the_last_test_of_a_stage_goes_with_a_leaders_day(
    told: dict[str, Any], added: dict[str, Any], words: tuple[LastDay, ...], last_test: date
) -> None:
    """Also where a further clause ends the stage on another day than that of its last test."""
    stage = words[0].of
    for facts in (replace(QUIET, **told), replace(QUIET, **(told | added))):
        _, planned = worded(facts, *words)
        assert max(each.day for each in planned.tests if each.demanded and each.stage == stage) == last_test


def test_the_last_test_at_home_is_on_its_own_day_once_control_ends_later() -> None:
    """3.2b ends after the longer word, which moves the end of 3.5 alone: six days at home are left, not three."""
    contact = {"contact": "secondary", "linked": (Linked(id="C", state="released", released_on=june(26)),)}
    facts = replace(QUIET, border="foreign", **HIGH, **DONE_ELSEWHERE, **contact)
    result, planned = worded(facts, word("site", june(24), june(21)))
    assert (result.branches, result.dates.site_last) == (("3.2b", "3.3b", "3.5"), june(25))
    assert free(planned) == date(2021, 7, 2)
    assert [each.day for each in planned.tests if each.stage == "home"] == [june(27), date(2021, 7, 1)]


@pytest.mark.parametrize(("until", "at_home"), [(date(2021, 6, 10), [26, 31]), (june(26), [27, 31])])
def test_days_at_home_that_a_word_gives_back_have_their_tests_at_home(until: date, at_home: list[int]) -> None:
    """3.3b and 3.6 to the 24th are at home to the 1st of July, also if 3.2b, with no day at home, keeps to the 25th."""
    facts = replace(QUIET, border="foreign", **MEDIUM, **DONE_ELSEWHERE)
    contact = {"contact": "secondary", "linked": (Linked(id="C", state="released", released_on=until),)}
    result, planned = worded(replace(facts, **contact), word("site", june(24), june(14)))
    assert result.branches == ("3.2b", "3.3b", "3.6")
    assert free(planned) == date(2021, 7, 2)
    days = [each.day for each in planned.tests if each.stage == "home"]
    assert days == [date(2021, 5, 31) + timedelta(days=number) for number in at_home]
    assert max(each.day for each in planned.tests if each.stage == "site") == max(june(24), until - timedelta(days=1))


def test_a_longer_word_ends_with_the_real_move_home() -> None:
    """Out by override on the 24th, before the leader's day: nothing is owed at the site after that."""
    longer = word("site", june(30), june(21))
    result, planned = worded(replace(QUIET, **CLOSE), longer, home_from=june(24))
    assert result.dates.site_last == june(23)
    assert max(each.day for each in planned.tests if each.stage == "site") == june(23)
    assert free(planned) == date(2021, 7, 1)


def test_a_longer_word_without_days_at_home_moves_the_free_day() -> None:
    """No day at home follows 3.2b, whatever anybody wrote down of a move home."""
    _, planned = worded(replace(QUIET, **UNTIL_14), word("site", june(20), june(14)), home_from=june(25))
    assert free(planned) == june(21)


def test_a_longer_word_on_days_at_home_stands_beside_a_longer_site_stage() -> None:
    """3.10 was held at home to the 24th; a contact of 3.2b keeps him at the site to the 22nd: he is not freed then."""
    held = word("home", june(24), june(21))
    until_22 = {"contact": "secondary", "linked": (Linked(id="C", state="released", released_on=june(23)),)}
    yellow = replace(QUIET, health_code="yellow")
    assert free(worded(yellow, held)[1]) == june(25)
    assert free(worded(replace(yellow, **until_22))[1]) == june(23)
    result, planned = worded(replace(yellow, **until_22), held)
    home = planned.stage("home")
    assert home is not None and (home.first, home.last, free(planned)) == (june(23), june(24), june(25))
    assert (result.dates.home_last, result.dates.free_from) == (june(24), june(25))


def test_one_more_risk_never_weakens_a_leaders_word(ran: Callable[[str], None]) -> None:
    """Words drawn on one stage or both, before the real move home, after it or without one."""
    random, compared = Random(10), 0
    for name, before, after in with_one_risk_more(random, SHARE["sets"] // 4):
        if before.first_place not in ("site", "home"):
            continue
        facts, text = before.facts, before.notice
        moved = random.choice((None, DAY + timedelta(days=random.randrange(40))))
        kept = random.random() < 0.5
        words = _drawn_words(random, facts, text, moved, kept=kept)
        (_, was), (result, now) = (
            worded(each.facts, *words, home_from=moved, kept=kept, text=text) for each in (before, after)
        )
        told_of = (name, moved, kept, words, before.branches, after.branches, facts)
        if result != after:  # a word stands
            assert_as_planned(result, now, told_of)
        if (freed := free(now)) is not None:
            old = free(was)
            assert old is not None and old <= freed, told_of
            assert last_pcr(was) <= last_pcr(now), told_of
            assert all(each.day < freed for each in now.tests), told_of
        compared += bool(words)
    assert compared > SHARE["sets"] // 200
    ran(f"last days: {compared} leaders' words with one risk added")


def assert_as_planned(result: Result, planned: Plan, told_of: object) -> None:
    """The days that a result gives are those of the stages, and nobody is at home before his days at a site end."""
    at_site, at_home = planned.stage("site"), planned.stage("home")
    assert result.dates.free_from in (None, free(planned)), told_of
    if at_home is not None and result.dates.free_from is not None:
        assert (result.dates.home_first, result.dates.home_last) == (at_home.first, at_home.last), told_of
    if at_site is not None and at_site.last is not None and at_home is not None and at_home.first is not None:
        assert at_site.last < at_home.first, told_of


def _drawn_words(random: Random, facts: Facts, text: Notice, moved: date | None, *, kept: bool) -> tuple[LastDay, ...]:
    """What a leader may have said: of a stage that has a last day, another one."""
    words: list[LastDay] = []
    stages: tuple[tuple[Literal["site", "home"], ...], ...] = (("site",), ("home",), ("site", "home"))
    for of in random.choice(stages):
        own = worded(facts, *words, home_from=moved, kept=kept, text=text)[1].stage(of)
        if own is None or own.last is None:
            continue
        last = own.last + timedelta(days=random.choice((-9, -4, -1, 1, 3, 10)))
        if of == "site" or own.first is None or last >= own.first:
            words.append(word(of, last, own.last))
    return tuple(words)
