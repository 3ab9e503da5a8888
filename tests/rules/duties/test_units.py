"""The first responsible person of a unit (五): named by hand or by the unit's form, and never guessed."""

import pytest

from dutyboard.rules.duties.sheets.roster import decide_import_roster
from dutyboard.rules.records.commands.post import ChangeUnit
from dutyboard.rules.records.commands.sheets import ImportRoster, RosterSheet
from dutyboard.rules.records.model import Officer
from dutyboard.rules.records.outcome import ImportTally
from dutyboard.rules.records.told.post import UnitChanged
from tests.rules.desks import ADMIN, ZHANG, act, actor, desk, refused, t, unit

NOW = t("12:00")
HEAD = Officer(id=1, name="管理员", role="admin")


def named(name: str, reason: str = "") -> ChangeUnit:
    return ChangeUnit(unit_id=1, first_responsible=name, reason=reason)


def test_the_first_responsible_person_is_changed_with_a_reason() -> None:
    snapshot = desk(unit(1), HEAD)
    assert snapshot.units[1].first_responsible == ""
    snapshot = act(snapshot, named(" 张  书记 "), NOW)
    assert snapshot.units[1].first_responsible == "张 书记"
    assert refused(snapshot, named("张 书记"), NOW).code == "nothing_changed"
    assert refused(snapshot, named("李书记"), NOW).code == "reason_needed"
    snapshot = act(snapshot, named("李书记", "调任"), NOW)
    entry = snapshot.entries[max(snapshot.entries)]
    told = UnitChanged(first_responsible="李书记", was="张 书记")
    assert (entry.told, entry.subject, entry.text) == (told, "unit-1", "调任")
    assert act(snapshot, named("", "待任命"), NOW).units[1].first_responsible == ""


def test_only_the_administrator_and_who_leads_name_him() -> None:
    snapshot = desk(unit(1), HEAD)
    assert refused(snapshot, named("张书记"), NOW, actor(ZHANG)).code == "not_permitted"
    assert refused(snapshot, ChangeUnit(unit_id=9, first_responsible="张书记"), NOW).code == "unknown_unit"


@pytest.mark.parametrize(("told", "left"), [("李书记", "李书记"), ("", "张书记")])
def test_the_form_of_the_unit_names_him_and_its_silence_erases_nobody(told: str, left: str) -> None:
    snapshot = desk(unit(1, name="蓝田街道", first_responsible="张书记"))
    sheet = RosterSheet(unit="蓝田街道", members=((3, Officer(id=0, name="甲")),), first_responsible=told)
    accepted = decide_import_roster(ImportRoster(sheets=(sheet,)), snapshot, NOW, ADMIN)
    after = snapshot.applied(2, accepted.changes)
    assert after.units[1].first_responsible == left
    assert isinstance(accepted.outcome, ImportTally) and accepted.outcome.updated == (1 if told else 0)
    again = decide_import_roster(ImportRoster(sheets=(sheet,)), after, NOW, ADMIN)
    assert isinstance(again.outcome, ImportTally) and again.outcome.updated == 0
