"""PINs by the rules: what is none, who sets and resets one, and how wrong tries close it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from dutyboard.rules.decide import decide
from dutyboard.rules.duties.post.pins import tries_forgotten, wrong_try
from dutyboard.rules.records.commands.post import ResetPin, SetPin, WriteLog
from dutyboard.rules.records.model import DeskSettings, Officer
from dutyboard.rules.records.pins import (
    closed_until,
    code_waits,
    not_to_be_tried,
    pin_is_set,
    secret_of,
    shares_pin,
    unfit_pin,
)
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.secrets import Hashed
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.post import PinSet, WrongPin
from dutyboard.rules.records.transaction import Accepted
from tests.rules.desks import actor, desk, t

HASH = Hashed(digest="ab", salt="cd", n=2, r=8, p=1)
ADMIN = Officer(id=1, name="王芳", role="admin", login="login-1")
NOW = t("10:00")


def done(snapshot: Snapshot, answer: Accepted | Refusal) -> Snapshot:
    assert isinstance(answer, Accepted), answer
    return snapshot.applied(snapshot.seq + 1, answer.changes)


def with_pin(*officers: int) -> Snapshot:
    """A desk on which the administrator and these officers have set a PIN."""
    snapshot = desk(ADMIN)
    snapshot = done(snapshot, decide(SetPin(new="739154", hashed=HASH), snapshot, NOW, actor(1)))
    for each in officers:
        snapshot = reset(snapshot, each)
        code = secret_of(snapshot, each, "pin_code")
        assert code is not None
        given = replace(actor(each), codes=(code.id,))
        snapshot = done(snapshot, decide(SetPin(new="804271", hashed=HASH), snapshot, NOW, given))
    return snapshot


def reset(snapshot: Snapshot, officer_id: int) -> Snapshot:
    command = ResetPin(officer_id=officer_id, code="abcdefghjk", hashed=HASH)
    return done(snapshot, decide(command, snapshot, NOW, actor(1)))


@pytest.mark.parametrize(
    ("pin", "code"),
    [
        ("739154", None),
        ("10293847566574", None),
        ("73915", "bad_pin"),
        ("", "bad_pin"),
        ("73915a", "bad_pin"),
        ("７３９１５４", "bad_pin"),
        ("7" * 33, "bad_pin"),
        ("246810", "weak_pin"),
        ("123456", "weak_pin"),
        ("987654", "weak_pin"),
        ("890123", "weak_pin"),
        ("135791", "weak_pin"),
        ("111111", "weak_pin"),
        ("121212", "weak_pin"),
        ("739739", "weak_pin"),
        ("000001", "weak_pin"),
    ],
)
def test_a_pin_has_six_digits_that_nobody_guesses(pin: str, code: str | None) -> None:
    refused = unfit_pin(pin)
    assert (refused.code if refused else None) == code


def test_a_weak_pin_is_not_set() -> None:
    answer = decide(SetPin(new="123456", hashed=HASH), desk(ADMIN), NOW, actor(1))
    assert answer == Refusal("weak_pin")


def test_the_administrator_sets_the_first_pin_of_a_desk_and_nobody_else_does() -> None:
    snapshot = desk(ADMIN)
    assert isinstance(decide(SetPin(new="739154", hashed=HASH), snapshot, NOW, actor(1)), Accepted)
    assert decide(SetPin(new="739154", hashed=HASH), snapshot, NOW, actor(2)) == Refusal(
        "no_code", {"officer": snapshot.officers[2].name}
    )
    second = replace(snapshot.officers[3], role="admin", login="login-3")
    two = with_pin().applied(9, [second])
    answer = decide(SetPin(new="739154", hashed=HASH), two, NOW, actor(3))
    assert isinstance(answer, Refusal) and answer.code == "no_code"


def test_a_pin_is_set_by_the_code_that_was_given_and_then_by_the_old_pin() -> None:
    snapshot = reset(with_pin(), 2)
    answer = decide(SetPin(new="804271", hashed=HASH), snapshot, NOW, actor(2))
    assert isinstance(answer, Refusal) and (answer.code, answer.fields["id"]) == ("code_needed", 2)
    snapshot = with_pin(2)
    assert pin_is_set(snapshot, 2) and not code_waits(snapshot, 2, "pin_code", NOW)
    answer = decide(SetPin(new="557013", hashed=HASH), snapshot, NOW, actor(2))
    assert isinstance(answer, Refusal) and (answer.code, answer.fields["id"]) == ("pin_needed", 2)
    answer = decide(SetPin(new="557013", hashed=HASH), snapshot, NOW, replace(actor(2), signed=(2,)))
    assert isinstance(answer, Accepted) and answer.entry.told == PinSet(officer_id=2)
    assert answer.entry.signed == (2,)


def test_a_reset_takes_the_pin_and_is_an_entry_that_names_both() -> None:
    snapshot = with_pin(2)
    answer = decide(ResetPin(officer_id=2, code="abcdefghjk", hashed=HASH), snapshot, NOW, actor(1))
    assert isinstance(answer, Accepted)
    assert answer.entry.told == PinSet(officer_id=2, reset=True)
    assert (answer.entry.entered_by, answer.entry.subject) == (1, "officer-2")
    after = done(snapshot, answer)
    assert not pin_is_set(after, 2)
    assert code_waits(after, 2, "pin_code", NOW + timedelta(hours=23))
    assert not code_waits(after, 2, "pin_code", NOW + timedelta(hours=24))


@pytest.mark.parametrize("officer_id", [2, 3])
def test_only_an_administrator_resets(officer_id: int) -> None:
    answer = decide(ResetPin(officer_id=1, code="abcdefghjk", hashed=HASH), with_pin(), NOW, actor(officer_id))
    assert isinstance(answer, Refusal) and answer.code == "not_permitted"


def test_no_entry_holds_a_hash_that_was_changed() -> None:
    snapshot = with_pin(2)
    answer = decide(SetPin(new="557013", hashed=HASH), snapshot, NOW, replace(actor(2), signed=(2,)))
    assert isinstance(answer, Accepted)
    assert answer.entry.before == ()


@pytest.mark.parametrize(
    "settings",
    [
        DeskSettings(opened_at=NOW, sample=True),
        DeskSettings(opened_at=NOW, practice_starts=NOW, practice_since=NOW),
    ],
)
def test_on_a_desk_of_practice_all_share_a_pin_and_none_is_set(settings: DeskSettings) -> None:
    snapshot = desk(ADMIN, settings)
    assert shares_pin(snapshot) and all(pin_is_set(snapshot, each) for each in snapshot.officers)
    assert decide(SetPin(new="739154", hashed=HASH), snapshot, NOW, actor(1)) == Refusal("pin_is_shared")
    reset_ = ResetPin(officer_id=2, code="abcdefghjk", hashed=HASH)
    assert decide(reset_, snapshot, NOW, actor(1)) == Refusal("pin_is_shared")


def wrong(snapshot: Snapshot, now: datetime, times: int = 1, by: int = 3) -> Snapshot:
    for _ in range(times):
        snapshot = done(snapshot, wrong_try(2, "pin", snapshot, now, actor(by)))
    return snapshot


@pytest.mark.parametrize(
    ("tries", "seconds"),
    [(0, 0), (1, 0), (2, 2), (3, 5), (4, 15), (5, 900), (6, 1800), (7, 3600), (8, 3600), (50, 3600)],
)
def test_wrong_tries_slow_down_and_close(tries: int, seconds: int) -> None:
    snapshot = wrong(with_pin(2), NOW, tries)
    until = closed_until(secret_of(snapshot, 2, "pin"), NOW, own=False)
    assert until == (NOW + timedelta(seconds=seconds) if seconds else None)
    refused = not_to_be_tried(snapshot, 2, "pin", NOW, actor(3))
    assert (refused.code if refused else None) == ("pin_locked" if seconds else None)
    assert not_to_be_tried(snapshot, 2, "pin", NOW + timedelta(seconds=seconds), actor(3)) is None


@pytest.mark.parametrize(("by", "other"), [(2, 3), (3, 2)])
def test_a_colleague_s_wrong_tries_close_a_pin_for_himself_alone(by: int, other: int) -> None:
    """Else anybody could keep a leader from his acts: five wrong tries, and no release for a quarter of an hour."""
    snapshot = wrong(with_pin(2), NOW, 9, by=by)
    refused = not_to_be_tried(snapshot, 2, "pin", NOW, actor(by))
    assert refused is not None and refused.code == "pin_locked"
    assert not_to_be_tried(snapshot, 2, "pin", NOW, actor(other)) is None


def test_who_acts_for_an_officer_is_not_himself() -> None:
    snapshot = wrong(with_pin(2), NOW, 9)
    as_him = replace(actor(2), by_login="login-1")
    refused = not_to_be_tried(snapshot, 2, "pin", NOW, as_him)
    assert refused is not None and refused.code == "pin_locked"


def test_a_wrong_try_is_an_entry_that_names_who_tried_whose_pin() -> None:
    answer = wrong_try(2, "pin", with_pin(2), NOW, actor(3))
    assert answer.entry.told == WrongPin(officer_id=2, use="pin", tries=1)
    assert (answer.entry.entered_by, answer.entry.login, answer.entry.subject) == (3, "login-3", "officer-2")


def test_tries_are_forgotten_after_a_day_and_after_a_right_one() -> None:
    snapshot = wrong(with_pin(2), NOW, 4)
    assert not_to_be_tried(snapshot, 2, "pin", NOW + timedelta(days=1, seconds=1), actor(3)) is None
    later = wrong(snapshot, NOW + timedelta(days=1, seconds=1))
    held = secret_of(later, 2, "pin")
    assert held is not None and held.elsewhere == 1
    (forgotten,) = tries_forgotten(snapshot, (), replace(actor(3), signed=(2,)))
    assert (forgotten.officer_id, forgotten.elsewhere, forgotten.hashed) == (2, 0, HASH)
    assert tries_forgotten(with_pin(2), (), replace(actor(3), signed=(2,))) == ()


def test_a_pin_that_is_not_set_cannot_be_tried() -> None:
    refused = not_to_be_tried(with_pin(), 2, "pin", NOW, actor(3))
    assert refused is not None and refused.code == "pin_not_set"
    refused = not_to_be_tried(with_pin(), 2, "sign_on_code", NOW, actor(3))
    assert refused is not None and refused.code == "no_code"


def test_wrong_tries_of_a_shared_pin_count_too() -> None:
    snapshot = wrong(desk(ADMIN, DeskSettings(opened_at=NOW, sample=True)), NOW, 5)
    refused = not_to_be_tried(snapshot, 2, "pin", NOW, actor(3))
    assert refused is not None and refused.code == "pin_locked"
    assert isinstance(decide(WriteLog(text="记"), snapshot, NOW, actor(1)), Accepted)
