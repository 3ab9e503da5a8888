"""Every kind of entry can be corrected, and every act undone: one table says how (`rules/amending/ways.py`)."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Final, get_args, get_type_hints

import msgspec
import pytest

from dutyboard.rules.amending.ways import ByOwnAct, OnlyBack, way_of
from dutyboard.rules.records.commands import Command
from dutyboard.rules.records.commands.amending import Restated
from dutyboard.rules.records.told import Telling
from dutyboard.tui.acts.names import ACTS, act_name
from dutyboard.tui.screens.forms.post.retold import act_again, rows_of
from dutyboard.tui.text import words
from dutyboard.tui.views.fields import Problem
from tests.contracts.test_told import DESK, SAID, entry
from tests.tui.night import at

INVERSE: Final[Mapping[str, str]] = {
    "OpenDesk": "a desk is thrown away as a folder",
    "SignOn": "the login is bound to another officer",
    "GiveSignOnCode": "another code in its place, or the officer is bound; in a day it is too old",
    "BindLogin": "the login is unbound",
    "UnbindLogin": "the login is bound again",
    "AddKey": "the key is removed",
    "RemoveKey": "the key is added again",
    "SetPin": "the PIN is set again",
    "ResetPin": "the officer sets another PIN",
    "AddOfficer": "the officer is taken off with a day",
    "ChangeOfficer": "the officer is changed again",
    "EndOfficer": "the officer is added again",
    "ChangeUnit": "another name is put in",
    "SwitchNotice": "another switch",
    "ChangeSetting": "another change",
    "PlanShift": "the shift is changed or cancelled",
    "ChangeShift": "the shift is changed again",
    "SwapShifts": "the shifts are swapped again",
    "CancelShift": "the shift is planned again",
    "Void": "taken back by `amend`",
    "Settle": "taken back by `amend`",
    "SettleRecord": "taken back by `amend`, or the field changed again",
    "Merge": "taken back by `amend`",
    "PrintPaper": "taken back by `amend`",
    "Acknowledge": "taken back by `amend`",
    "Shelve": "taken back by `amend`, or taken up again by `ack`",
    "TakeSeat": "the seat is taken from him",
    "TakeBack": "taken back by `amend`",
    "Amend": "taken back by `amend`",
    "AddStaff": "taken off with a day",
    "ChangeStaff": "changed again",
    "EndStaff": "added again",
    "ChangeSite": "changed again",
    "Register": "void",
    "Correct": "corrected again",
    "ActOnPositive": "taken back by `amend`",
    "ActOnSuspicion": "taken back by `amend`",
    "ImportRoster": "taken back by `import undo`",
    "ImportSites": "taken back by `import undo`",
    "ImportAreas": "taken back by `import undo`",
    "RememberHeadings": "forgotten, or said again",
    "ImportArrivals": "taken back by `import undo`",
    "UndoImport": "imported again",
    "ImportTemperatures": "taken back by `import undo`, each check corrected",
    "ImportRounds": "taken back by `import undo`, each check corrected",
    "ImportResults": "taken back by `import undo`",
    "ImportContacts": "taken back by `import undo`",
}
"""Acts that are not told again with other values, and what undoes each."""


@pytest.mark.parametrize("told", [told for told, _, _ in SAID], ids=lambda told: type(told).__name__)
def test_every_class_of_entry_has_its_way_of_correction(told: Telling) -> None:
    """Told again by the command that wrote it, taken back whole, or changed by an act that the officer can do."""
    way = way_of(entry(told, obligation="patrol-3/site-1/2021-06-07", subject="person-1"), DESK)
    if isinstance(way, ByOwnAct):
        assert way.act.split()[0] in {name.split()[0] for name in ACTS} | {"void"}
        assert all(way.act in words(language).refusal_names.names for language in ("zh", "en"))
    elif not isinstance(way, OnlyBack):
        assert type(way) in get_args(Restated)
        assert act_name(way) in ACTS


def test_every_act_has_an_inverse_or_a_correction() -> None:
    corrected = {each.__name__ for each in get_args(Restated)}
    assert {each.__name__ for each in get_args(Command)} - corrected == set(INVERSE)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("told", [told for told, _, _ in SAID], ids=lambda told: type(told).__name__)
def test_the_form_has_a_row_with_its_words_for_all_that_an_act_tells(told: Telling, language: str) -> None:
    """A field without a label would be left out of the form in silence."""
    way = way_of(entry(told, obligation="patrol-3/site-1/2021-06-07", subject="person-1"), DESK)
    if isinstance(way, ByOwnAct | OnlyBack):
        return
    session = SimpleNamespace(words=words(language), snapshot=DESK, now=lambda: at(12))
    rows = [*rows_of(way, session)]  # type: ignore[arg-type]
    assert rows and all(row.field.label for row in rows)
    told_again = act_again(way, [], {}, session)  # type: ignore[arg-type]
    assert told_again == way


@pytest.mark.parametrize("told", [told for told, _, _ in SAID], ids=lambda told: type(told).__name__)
def test_a_row_that_is_emptied_is_read_as_not_told_or_asked_for(told: Telling) -> None:
    """An emptied hour was read as a text, and fell in the rules."""
    way = way_of(entry(told, obligation="patrol-3/site-1/2021-06-07", subject="person-1"), DESK)
    if isinstance(way, ByOwnAct | OnlyBack):
        return
    session = SimpleNamespace(words=words("zh"), snapshot=DESK, now=lambda: at(12))
    for row in rows_of(way, session):  # type: ignore[arg-type]
        again = act_again(way, [row], {row.field.id: None}, session)  # type: ignore[arg-type]
        if not isinstance(again, Problem):
            hint = get_type_hints(type(way))[row.name]
            msgspec.convert(getattr(again, row.name), hint, from_attributes=True)
