"""What each fact might be answered: every fact has its answers, or the reason why nobody is asked."""

from dataclasses import replace
from typing import Any

import pytest

from dutyboard.rules.law.answers import ANSWERS, NEVER_ASKED
from dutyboard.rules.law.facts import FACT_KEYS, Facts, Linked, words_of
from tests.rules.fact_sets import DAY, notice

NOTICE = notice()


def answers(key: str, **known: Any) -> list[Any]:
    return [change.get(key, change) for change in ANSWERS[key](replace(Facts(), **known), NOTICE)]


def test_every_fact_has_its_answers_or_a_reason_why_nobody_is_asked() -> None:
    assert sorted([*ANSWERS, *NEVER_ASKED]) == sorted(FACT_KEYS)
    assert all(NEVER_ASKED.values())


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("border", ["none", "foreign", "hongkong", "taiwan", "macau"]),
        ("health_code", ["green", "yellow", "red", "none"]),
        ("travel_card", ["green", "yellow", "orange", "red", "none"]),
        ("release_cert", ["yes", "no", "na"]),
        ("symptoms", ["none", "present"]),
    ],
)
def test_a_fact_of_words_may_be_each_of_its_words(key: str, words: list[str]) -> None:
    assert answers(key) == answers(key, **{key: "unknown"}) == words
    assert answers(key, **{key: words[0]}) == []
    assert set(words) == set(words_of(key)) - {"unknown"}


@pytest.mark.parametrize("key", ["pcr", "stays", "temp_c", "arrival_at", "macau_rebound"])
def test_a_fact_that_is_no_word_has_no_words(key: str) -> None:
    with pytest.raises(KeyError):
        words_of(key)


def test_an_answer_is_tried_only_where_one_is_open() -> None:
    assert answers("contact") == []  # on no list until somebody says so
    assert answers("contact", contact="unspecified") == ["none", "close", "secondary"]
    assert answers("case_status") == []
    assert answers("case_status", case_status="unknown") == [
        *("none", "suspected", "confirmed", "asymptomatic", "discharged")
    ]
    assert answers("isolation_days_done") == [0, 14, 21]
    assert answers("isolation_days_done", isolation_days_done=3) == []
    assert answers("investigation") == []
    assert answers("investigation", investigation="pending") == ["found_high", "clean"]
    assert answers("linked", contact="close") == []
    assert len(answers("linked", contact="secondary")) == 2
    inside = Linked(id="C", state="quarantined_negative")
    assert len(answers("linked", contact="secondary", linked=(inside,))) == 2  # since when, nobody knows
    assert answers("linked", contact="secondary", linked=(replace(inside, admitted_on=DAY),)) == []
    assert answers("last_exposure_on", contact="close") == []
    assert len(answers("stays")) == 2
    assert answers("stays", stays=()) == []
    assert answers("discharged_on", discharged_on=DAY) == []
