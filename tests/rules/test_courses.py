"""Nobody slips: whole courses of people drawn at random, with an officer who errs, over weeks of a desk.

The share that runs here is cut from tests/nightly/rules_courses.py.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Final, get_args

import pytest

from dutyboard.rules.records.commands import Command
from tests.rules.courses.course import worked
from tests.rules.courses.never import wrong
from tests.shares import SHARES

SHARE = SHARES["rules"]["courses"]
NOT_DONE: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        ("OpenDesk", "SignOn", "GiveSignOnCode", "BindLogin", "UnbindLogin"),
        "the desk is open, and its officer signed on",
    ),
    **dict.fromkeys(("AddOfficer", "ChangeOfficer", "EndOfficer", "ImportRoster"), "one officer does everything"),
    **dict.fromkeys(("PlanShift", "ChangeShift", "SwapShifts", "CancelShift", "TakeSeat"), "he sits for half a year"),
    **dict.fromkeys(("AddKey", "RemoveKey"), "keys are files of the account"),
    **dict.fromkeys(("SetPin", "ResetPin"), "a PIN moves nobody"),
    "HandOver": "nobody comes after him; each morning stands for one",
    "SendReport": "it counts people and moves none",
    "PrintPaper": "a paper moves nobody",
    **dict.fromkeys(("ImportSites", "ChangeSite", "ChangeUnit"), "the sites and the town stay as they are"),
    **dict.fromkeys(("AddStaff", "ChangeStaff", "EndStaff"), "staff of a site are not under control"),
    **dict.fromkeys(("SendOffDuty", "ReturnToDuty", "RecordStaffTest"), "staff of a site are not under control"),
    "ImportContacts": "its rows are taken in as those of arrivals are, and tests/rules/duties draws the links",
    "RememberHeadings": "it is about sheets, not about people",
    **dict.fromkeys(("Acknowledge", "Shelve"), "they end nothing, and tests/rules/duties/test_alarms.py draws them"),
    "CheckPresence": "it is about officers at their posts",
    "SettleRecord": "it is about a roster, a site or an area",
}
"""Acts that no course does, and why none is lost."""
SELDOM: Final = frozenset({"CallTouched", "Void", "Merge", "Move", "SetSiteState"})
"""Acts that only the whole run is sure to do."""


def courses(seed: int, steps: int) -> Counter[str]:
    """Work a desk for so many steps; return how often each act was taken. Raises AssertionError with the course."""
    done: Counter[str] = Counter()
    for night in worked(seed, steps):
        found = wrong(night)  # asked once: what it asks of whom is drawn
        assert not found, f"seed {seed}: {found}"
        done = night.done
    return done


@pytest.mark.parametrize("seed", range(SHARE["seeds"]))
def test_no_person_is_ever_both_under_control_and_unowed(seed: int) -> None:
    done = courses(seed, SHARE["steps"])
    assert done["Register"] > 3
    assert done["Confirm"] > 3


def test_every_act_is_done_in_some_course_or_says_why_not() -> None:
    done: Counter[str] = Counter()
    acts = {each.__name__ for each in get_args(Command)}
    for seed in range(SHARE["seeds"]):
        if set(done) | set(NOT_DONE) | SELDOM >= acts:
            break
        for night in worked(seed, SHARE["steps"]):
            last = night.done
        done += last
    assert acts - set(done) - SELDOM == set(NOT_DONE)
