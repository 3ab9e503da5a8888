"""Nothing of one bad record stops a page: whatever the store can hold, each kind is printed, or says why it is not."""

from collections import Counter

import orjson
import pytest

from dutyboard.rules.law.facts import Facts, Stay
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.export.kinds import KINDS, make_page
from dutyboard.tui.export.page import NoPage, PageAsked
from dutyboard.tui.export.page_text import as_text
from dutyboard.tui.text import words
from tests.rules.desks import DAY, desk, person, site, t, unit
from tests.tui.every_page import MAKER, every_page, sample_desk
from tests.tui.poison import FAR, spoiled

ZH = words("zh")
MOST = 3
"""Subjects of each sort that a page is made about."""


@pytest.mark.parametrize(("seed", "share"), [(0, 0.05), (1, 0.3)])
def test_every_kind_of_page_is_made_of_whatever_the_store_holds(seed: int, share: float) -> None:
    bad = spoiled(sample_desk(), seed, share)
    made: Counter[str] = Counter()
    for kind, page in every_page(bad, most=MOST):
        assert as_text(page) and orjson.dumps(page.json), kind
        made[kind] += 1
    assert len(made) > len(KINDS) * 2 / 3, made


def of_one_who_cannot_be_computed() -> Snapshot:
    """A desk of two people at a site, one with a day at the end of the calendar."""
    far = Facts(stays=(Stay(place="某地", category="high", left_on=FAR[1]),), contact="close", last_exposure_on=FAR[1])
    lives = {"stage": "site", "site_id": 1, "admitted_on": DAY}
    return desk(unit(), site(), person(1, name="好记录", room=1, **lives), person(2, name="坏记录", facts=far, **lives))


def test_who_cannot_be_computed_is_left_out_and_named_and_has_no_paper_of_his_own() -> None:
    snapshot = of_one_who_cannot_be_computed()
    asked = PageAsked(kind="handover", first=DAY, last=DAY)
    page = make_page(asked, snapshot, t("19:00"), MAKER, ZH)
    assert page.above[-1] == "记录无法计算，未列入：坏记录" and page.json["left_out"] == ["person-2"]
    with pytest.raises(NoPage, match="记录无法计算"):
        make_page(
            PageAsked(kind="record", subject=Subject("person", 2), first=DAY, last=DAY),
            snapshot,
            t("19:00"),
            MAKER,
            ZH,
        )
