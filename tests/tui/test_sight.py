"""The picture of a reader: what is not his is not in it, and what is his stands as the officers see it."""

from dataclasses import replace

import pytest

from dutyboard.rules.belonging import belongs, own_of, record_named
from dutyboard.rules.board import board
from dutyboard.rules.people.course import course_of
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.layers import SMALL, Layers
from dutyboard.rules.records.model import Entry, Officer, Record
from dutyboard.rules.records.told import Told
from dutyboard.rules.records.told.post import KeyAdded, KeyRemoved, LoginUnbound, PinSet, SignedOn, WrongPin
from dutyboard.rules.sight import OF_LOGINS, Sight
from tests.tui.limited_desk import LIMITED, NOW, whole

WHOLE = whole()


@pytest.mark.parametrize("login", LIMITED)
def test_nobody_else_is_in_it(login: str) -> None:
    officer = LIMITED[login]
    seen, own = Sight(owner=False).of(WHOLE, officer), own_of(officer)
    assert set(seen.persons) == {each.id for each in WHOLE.persons.values() if belongs(each, own, WHOLE)}
    for table in ("staff", "matters", "reports"):
        assert all(belongs(each, own, WHOLE) for each in getattr(seen, table).values())
    for entry in seen.entries.values():
        about = record_named(Subject.parse(entry.subject), WHOLE)
        shown = entry.entered_by == officer.id or (about is not None and belongs(about, own, WHOLE))
        assert shown or (entry.kind in OF_LOGINS and entry.subject.startswith("officer-"))
    assert {*seen.readings, *seen.settled, *seen.restated} <= set(seen.persons)


@pytest.mark.parametrize("login", LIMITED)
def test_whose_pin_was_reset_and_who_may_come_in_is_shown_to_everybody(login: str) -> None:
    """An administrator who lets another in under a name is seen by whoever bears it, and by his colleagues."""
    told: tuple[Told, ...] = (
        PinSet(officer_id=5, reset=True),
        SignedOn(officer_id=5, bound="x"),
        LoginUnbound(officer_id=5, unbound="x"),
        KeyAdded(login="x", added="SHA256:x"),
        KeyRemoved(login="x", removed="SHA256:x"),
        WrongPin(officer_id=5, use="pin", tries=1),
    )
    first = max(WHOLE.entries) + 1
    made = [
        Entry(
            id=first + at, happened_at=NOW, entered_at=NOW, entered_by=5, login="admin", subject="officer-5", told=each
        )
        for at, each in enumerate(told)
    ]
    changed = WHOLE.applied(WHOLE.seq + 1, made)
    assert {each.id for each in made} <= set(Sight(owner=False).of(changed, LIMITED[login]).entries)
    assert not Sight(owner=False).of(changed, None).entries


@pytest.mark.parametrize("login", LIMITED)
def test_his_own_stands_as_the_officers_see_it(login: str) -> None:
    officer = LIMITED[login]
    seen, own = Sight(owner=False).of(WHOLE, officer), own_of(officer)
    for person in seen.persons.values():
        ours, theirs = course_of(person, seen, NOW), course_of(WHOLE.persons[person.id], WHOLE, NOW)
        assert (ours.result, ours.plan) == (theirs.result, theirs.plan), person.id
    about = {each.id: record_named(each.subject_id, WHOLE) for each in board(WHOLE, NOW).obligations}
    his = {key for key, found in about.items() if found is not None and belongs(found, own, WHOLE)}
    assert {each.id: each.state for each in board(seen, NOW).obligations} == {
        each.id: each.state for each in board(WHOLE, NOW).obligations if each.id in his
    }


def test_it_follows_what_changes_as_a_sight_made_anew_would() -> None:
    officer, sight = LIMITED["town"], Sight(owner=False)
    assert officer.unit_id is not None
    own = [each for each in WHOLE.persons.values() if each.unit_id == officer.unit_id]
    other = next(each for each in WHOLE.persons.values() if each.unit_id != officer.unit_id)
    many = [replace(other, id=10_000 + number) for number in range(2 * SMALL)]
    turns: tuple[list[Record], ...] = (
        [],
        list(many),
        [replace(own[0], unit_id=officer.unit_id + 1)],
        [replace(other, unit_id=officer.unit_id)],
        [replace(many[0], unit_id=officer.unit_id)],
        [replace(many[0], unit_id=officer.unit_id + 1)],
        [replace(many[1], note="x")],
    )
    picture = WHOLE
    for number, changed in enumerate(turns):
        picture = picture.applied(picture.seq + 1, changed)
        kept, anew = sight.of(picture, officer), Sight(owner=False).of(picture, officer)
        for table in ("persons", "entries", "done", "parts", "readings", "staff", "reports", "last_reports"):
            assert dict(getattr(kept, table)) == dict(getattr(anew, table)), (number, table)
    assert isinstance(picture.persons, Layers)


def test_the_office_is_given_the_picture_itself() -> None:
    for role in ("officer", "leader", "admin"):
        assert Sight(owner=False).of(WHOLE, Officer(id=1, name="王芳", role=role)) is WHOLE
    assert Sight(owner=True).of(WHOLE, None) is WHOLE


def test_whoever_has_not_signed_on_sees_nobody() -> None:
    seen = Sight(owner=False).of(WHOLE, None)
    assert not seen.persons and not seen.entries and not seen.staff and not seen.reports and not seen.done
    assert board(seen, NOW).obligations == ()
