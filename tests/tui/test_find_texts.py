"""Texts in which people are found, kept from one search to the next: never another text than one made anew."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from dutyboard.rules.records.model import Officer, Person, Record
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.text import words as words_of
from dutyboard.tui.views.person.find_texts import FindTexts, person_findable
from tests.bench.rules_obligations import NOW, crowd

ZH = words_of("zh")
PEOPLE = 40


def picture() -> Snapshot:
    known = crowd(PEOPLE)
    led = [replace(person, officer_id=1) for person in known.persons.values()]
    officer = Officer(id=1, name="王芳", unit_id=1)
    closed = replace(led[0], stage="closed", closed_at=NOW)
    return known.applied(1, [officer, *led, closed])


def assert_fresh(texts: FindTexts, snapshot: Snapshot, now: datetime) -> None:
    for person in snapshot.persons.values():
        assert texts.of(person, snapshot, now) == person_findable(person, snapshot, now, ZH)


CHANGES: dict[str, Callable[[Snapshot], Record]] = {
    "a person": lambda s: replace(s.persons[2], name="赵改名", phone="19900000077"),
    "his stage": lambda s: replace(_first(s, "site"), stage="hospital"),
    "his facts": lambda s: replace(_first(s, "site"), admitted_on=(NOW - timedelta(days=2)).date()),
    "a site": lambda s: replace(s.sites[1], name="新隔离点", label="新"),
    "a unit": lambda s: replace(s.units[3], name="新镇"),
    "an officer": lambda s: replace(s.officers[1], name="李四"),
    "nothing of a text": lambda s: replace(s.areas[next(iter(s.areas))], name="改过的街道"),
}


def _first(snapshot: Snapshot, stage: str) -> Person:
    return next(person for person in snapshot.persons.values() if person.stage == stage)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_kept_text_is_that_of_now(change: Callable[[Snapshot], Record]) -> None:
    texts, before = FindTexts(ZH), picture()
    assert_fresh(texts, before, NOW)
    after = before.applied(2, [change(before)])
    assert_fresh(texts, after, NOW)
    assert_fresh(texts, before, NOW)


def test_a_kept_text_follows_the_days() -> None:
    texts, snapshot = FindTexts(ZH), picture()
    for days in range(0, 40, 3):
        assert_fresh(texts, snapshot, NOW + timedelta(days=days))


def test_a_text_is_made_once_for_many_searches() -> None:
    texts, snapshot = FindTexts(ZH), picture()
    person = snapshot.persons[1]
    first = texts.of(person, snapshot, NOW)
    other = snapshot.applied(2, [replace(snapshot.persons[2], name="赵改名")])
    assert texts.of(person, snapshot, NOW) is first
    assert texts.of(person, other, NOW + timedelta(minutes=1)) is first
    texts.forget()
    assert texts.of(person, snapshot, NOW) is not first
