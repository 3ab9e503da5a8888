"""The first sign-on: by a one-time code of an administrator, never by being the first to pick a name."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dutyboard.rules.decide import decide
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.post import BindLogin, EndOfficer, GiveSignOnCode, SignOn, UnbindLogin
from dutyboard.rules.records.model import DeskSettings, Officer
from dutyboard.rules.records.pins import code_waits, secret_of
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.secrets import Hashed
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.post import SignedOn, SignOnCodeGiven
from tests.rules.desks import LI, LIU, act, actor, desk, refused, t

HASH = Hashed(digest="ab", salt="cd", n=2, r=8, p=1)
CODE = GiveSignOnCode(officer_id=LI, code="abcdefghjk", hashed=HASH)
NOW = t("10:00")
NEW = Actor(login="lijg", officer_id=None, address="10.0.0.7")


def used() -> Snapshot:
    """A desk whose administrator is signed on."""
    return desk(Officer(id=1, name="管理员", role="admin", login="login-1"))


def given(snapshot: Snapshot, who: Actor = NEW) -> Actor:
    """Whoever has typed the code right."""
    held = secret_of(snapshot, LI, "sign_on_code")
    assert held is not None
    return replace(who, codes=(held.id,))


def test_a_code_binds_the_login_that_gives_it_once_and_the_entries_name_all_three() -> None:
    snapshot = act(used(), CODE, NOW, actor(1))
    gave = max(snapshot.entries.values(), key=lambda each: each.id)
    assert (gave.entered_by, gave.subject) == (1, f"officer-{LI}")
    assert gave.told == SignOnCodeGiven(officer_id=LI, code_until=NOW + timedelta(days=1))
    asked = refused(snapshot, SignOn(officer_id=LI), NOW, NEW)
    assert (asked.code, asked.fields["id"]) == ("code_needed", LI)
    bound = act(snapshot, SignOn(officer_id=LI), NOW, given(snapshot))
    took = max(bound.entries.values(), key=lambda each: each.id)
    assert (took.login, took.address, took.told) == ("lijg", "10.0.0.7", SignedOn(officer_id=LI, code_from=1))
    assert bound.officers[LI].login == "lijg" and not code_waits(bound, LI, "sign_on_code", NOW)
    unbound = act(bound, UnbindLogin(officer_id=LI, reason="换人"), NOW, actor(1))
    assert refused(unbound, SignOn(officer_id=LI), NOW, given(snapshot)).code == "bound_by_admin"


def test_a_code_of_one_officer_binds_no_other() -> None:
    snapshot = act(used(), CODE, NOW, actor(1))
    assert refused(snapshot, SignOn(officer_id=LIU), NOW, given(snapshot)).code == "bound_by_admin"
    both = act(snapshot, replace(CODE, officer_id=LIU), NOW, actor(1))
    assert refused(both, SignOn(officer_id=LIU), NOW, given(both)).code == "code_needed"


def test_a_code_is_too_old_after_a_day() -> None:
    snapshot = act(used(), CODE, NOW, actor(1))
    late = NOW + timedelta(days=1)
    assert refused(snapshot, SignOn(officer_id=LI), late, given(snapshot)).code == "bound_by_admin"


def test_a_code_that_was_given_ends_where_an_administrator_binds() -> None:
    snapshot = act(used(), CODE, NOW, actor(1))
    bound = act(snapshot, BindLogin(officer_id=LI, login="lijg", reason="到岗"), NOW, actor(1))
    unbound = act(bound, UnbindLogin(officer_id=LI, reason="换人"), NOW, actor(1))
    assert refused(unbound, SignOn(officer_id=LI), NOW, given(snapshot)).code == "bound_by_admin"


def test_who_has_left_signs_on_by_no_code() -> None:
    snapshot = act(used(), CODE, NOW, actor(1))
    ended = act(snapshot, EndOfficer(officer_id=LI, reason="调离"), NOW, actor(1))
    assert refused(ended, SignOn(officer_id=LI), NOW, given(ended)).code == "officer_left"
    assert refused(ended, CODE, NOW, actor(1)).code == "officer_left"


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (replace(CODE, officer_id=99), "unknown_officer"),
        (replace(CODE, officer_id=1), "officer_bound"),
        (replace(CODE, code="short"), "bad_code"),
    ],
)
def test_a_code_is_refused_where_it_would_bind_nobody(command: GiveSignOnCode, code: str) -> None:
    assert refused(used(), command, NOW, actor(1)).code == code


def test_at_the_door_nobody_is_the_first_to_pick_a_name() -> None:
    """On a desk that nobody is bound on the owner of the files may begin; whoever comes through a server may not."""
    assert refused(desk(), SignOn(officer_id=1), NOW, NEW).code == "bound_by_admin"
    assert refused(desk(), SignOn(officer_id=1), NOW, replace(NEW, address="local")).code == "bound_by_admin"
    assert act(desk(), SignOn(officer_id=1), NOW, replace(NEW, address="")).officers[1].login == "lijg"


@pytest.mark.parametrize(
    "settings",
    [DeskSettings(opened_at=NOW, sample=True), DeskSettings(opened_at=NOW, practice_starts=NOW, practice_since=NOW)],
)
def test_on_a_desk_of_invented_people_everybody_picks_his_name(settings: DeskSettings) -> None:
    snapshot = used().applied(5, [settings])
    assert decide(CODE, snapshot, NOW, actor(1)) == Refusal("no_sign_on_code")
    assert act(snapshot, SignOn(officer_id=LI), NOW, NEW).officers[LI].login == "lijg"
