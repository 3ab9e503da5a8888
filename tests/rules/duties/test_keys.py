"""Keys of the door as acts: who may write them down, for whom, and from where."""

import pytest

from dutyboard.rules.records.commands import Actor, Command
from dutyboard.rules.records.commands.post import AddKey, RemoveKey
from dutyboard.rules.records.told.post import KeyAdded, KeyRemoved
from tests.rules.desks import act, refused
from tests.rules.duties.test_officers import NOW, office

KEY = "SHA256:x"


@pytest.mark.parametrize("command", [AddKey(login="admin", fingerprint=KEY), RemoveKey(login="admin", fingerprint=KEY)])
@pytest.mark.parametrize("address", ["203.0.113.7", "local tty1"])
def test_nobody_who_came_in_at_the_door_touches_keys(command: Command, address: str) -> None:
    behind = Actor(login="admin", officer_id=1, address=address)
    assert refused(office(), command, NOW, behind).code == "keys_by_account"


def test_only_an_administrator_touches_keys() -> None:
    assert refused(office(), AddKey(login="admin", fingerprint=KEY), NOW, Actor(login="x", officer_id=25)).code


def test_a_key_is_of_a_login_that_somebody_who_serves_has() -> None:
    admin = Actor(login="admin", officer_id=1)
    assert refused(office(), AddKey(login="", fingerprint=KEY), NOW, admin).code == "unknown_login"
    assert refused(office(), AddKey(login="gb5", fingerprint=KEY), NOW, admin).fields == {"login": "gb5"}
    added = act(office(), AddKey(login="admin", fingerprint=KEY), NOW, admin)
    assert (added.entries[1].told, added.entries[1].subject) == (KeyAdded(login="admin", added=KEY), "officer-1")


def test_a_key_of_a_login_that_nobody_has_any_longer_is_taken_away_all_the_same() -> None:
    admin = Actor(login="admin", officer_id=1)
    gone = act(office(), RemoveKey(login="gb5", fingerprint=KEY, reason="离岗"), NOW, admin)
    assert (gone.entries[1].told, gone.entries[1].text) == (KeyRemoved(login="gb5", removed=KEY), "离岗")
