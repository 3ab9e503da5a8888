"""Every way in which a record can stand owes something: its stage, the question about him, his class and his road."""

from dataclasses import replace
from datetime import date
from random import Random
from typing import Any, Final, get_args

import pytest

from dutyboard.rules.board import board
from dutyboard.rules.people.course import assessment_of, course_of
from dutyboard.rules.records.codes import Destination, Stage
from dutyboard.rules.records.referral import Referral, ReferralAnswer
from dutyboard.rules.records.stays import Lodging, Road
from tests.rules.courses.never import unowed
from tests.rules.courses.night import Night
from tests.rules.desks import LI, t
from tests.rules.duties.test_queue import NOW, someone, the_desk

ANSWER: Final = ReferralAnswer(authority="指挥部", by=LI, at=t("19:00"), decision="按此办理", clause="3.5")
ASKED: Final = Referral(since=t("18:30"), reasons=("symptoms_present",), provisional="fever clinic")
QUESTIONS: Final = {
    "never asked": None,
    "asked": ASKED,
    "asked, with no place to go to": replace(ASKED, provisional="ask"),
    "answered": replace(ASKED, answer=ANSWER),
}
PLACES: Final[dict[Stage, dict[str, Any]]] = {
    "site": {"site_id": 1, "room": 3, "admitted_on": date(2021, 6, 7)},
    "home": {"home_from": date(2021, 6, 7), "town_cadre": "甲", "home_cadre": "乙", "watched_since": t("19:00")},
    "waiting": {"watched_since": t("19:00")},
}


def road(to: Destination, stage: Stage) -> Road:
    """A road that began in the queue; somebody `away` has arrived in the other county."""
    arrived = t("19:10") if stage == "away" else None
    there = "娄底市" if to == "county" else ""
    left = Lodging(stage="referred")
    return Road(left_at=t("18:50"), to=to, place=there, vehicle="湘K1", driver="周", left=left, arrived_at=arrived)


def standings(stage: Stage) -> list[dict[str, Any]]:
    """What a record holds of a place in a stage: on each road where it is one."""
    if stage == "away":
        return [{"road": road("county", stage)}]
    roads = [{"road": road(to, stage)} for to in get_args(Destination)] if stage == "transfer" else []
    return [PLACES.get(stage, {}), *roads]


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("stage", [each for each in get_args(Stage) if each != "closed"])
def test_no_standing_of_a_record_is_unowed(stage: Stage, question: str) -> None:
    for clause in ("3.5", "3.6", "3.7a", "3.8b", "3.9", "3.10", "none"):
        for classed in (False, True):
            for held in standings(stage):
                person = someone(1, clause, stage=stage, referral=QUESTIONS[question], **held)
                if classed:
                    result = course_of(person, the_desk(person), NOW).result
                    person = replace(person, assessment=assessment_of(result, LI, t("18:40")))
                night = Night(random=Random(1), questions=Random(1), snapshot=the_desk(person), now=NOW)
                assert not unowed(night, board(night.snapshot, NOW).obligations), (clause, classed, held)
