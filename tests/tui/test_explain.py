"""The page that explains a row: the clauses behind the duty in the notice's words, and what it leaves to the desk."""

from dataclasses import replace
from datetime import datetime

import pytest

from dutyboard.rules.board import board
from dutyboard.rules.law.facts import Facts
from dutyboard.rules.records.model import NoticeInForce, Person
from dutyboard.rules.records.obligation import Obligation
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.text import words
from dutyboard.tui.views.explain import explain_lines
from dutyboard.tui.views.plain import plain
from tests.rules.desks import DAY, desk, site, t, unit
from tests.rules.fact_sets import notices

LETTER, NINTH = notices()["lianyuan-2021-07"], notices()["national-9-2022"]


def page(obligation: str, snapshot: Snapshot, now: datetime, language: str = "zh") -> str:
    (owed,) = (each for each in board(snapshot, now).obligations if each.id == obligation)
    return told(owed, snapshot, now, language)


def told(owed: Obligation, snapshot: Snapshot, now: datetime, language: str = "zh") -> str:
    return ("" if language == "zh" else " ").join(
        plain(line).strip() for line in explain_lines(owed, snapshot, now, words(language), 80)
    )


@pytest.mark.parametrize(
    ("obligation", "said"),
    [
        (f"patrol-3/site-1/{DAY}", ["四（一）", "做到每天进餐时间巡查", "通知：每日 3 次", "钟点由值班台设定"]),
        (f"staff-check/site-1/{DAY}", ["对工作人员和隔离对象", "钟点由值班台设定"]),
        (f"report/site-1/{DAY}", ["每日将管控情况汇总", "每日 1 次", "报送：市疫情防控工作指挥部办公室"]),
        (
            f"screening-report/unit-1/{DAY}",
            ["下午5:00前", "2021年5月7日后广东省", "重点加强广州市荔湾区", "报送：市疫情防控工作指挥部网格化工作组"],
        ),
        (f"roster/unit-1/{DAY}", ["6月7日21：30前", "至少安排5名以上", "专职副书记要兼任", "网格化工作组"]),
        (f"seat-leader/post/{DAY}", ["要保持24小时应急状态"]),
    ],
)
def test_a_duty_is_explained_by_the_sentences_of_its_notice(obligation: str, said: list[str]) -> None:
    found = page(obligation, desk(site(), unit()), t("19:42"))
    assert [each for each in said if each not in found] == []


def test_the_page_speaks_the_language_of_the_screen() -> None:
    found = page(f"roster/unit-1/{DAY}", desk(site(), unit()), t("19:42"), "en")
    assert "reach the grid working group of the command post before 21:30 on 7 June" in found
    assert "To: grid working group of the command post" in found


def test_hours_that_the_notice_writes_are_not_called_the_desks() -> None:
    patrols = tuple(replace(each, source="notice") for each in LETTER.daily.slots)
    known = {LETTER.id: replace(LETTER, daily=replace(LETTER.daily, slots=patrols))}
    found = page(f"patrol-3/site-1/{DAY}", replace(desk(site()), notices_known=known), t("19:42"))
    assert "钟点出自通知" in found
    assert "值班台设定" not in found


def switched(*records: Person) -> Snapshot:
    later = NoticeInForce(id=2, notice=NINTH.id, effective_from=t("00:00", 8))
    return replace(desk(site(), *records, later), notices_known={LETTER.id: LETTER, NINTH.id: NINTH})


def test_a_second_notice_is_never_explained_by_the_words_of_the_first() -> None:
    """A clause that the notice in force does not have is shown without a sentence, not with another's."""
    patrol = next(each for each in board(switched(), t("12:00", 8)).obligations if each.kind == "patrol")
    assert "密切接触者" not in told(replace(patrol, clause="3.2a"), switched(), t("12:00", 8))
    assert "密切接触者集中隔离7天" in told(replace(patrol, clause="9.3"), switched(), t("12:00", 8))
    before = replace(patrol, clause="3.2a", window=patrol.window._replace(opens=t("07:00", 7)))
    assert "密切接触者及次密切接触者" in told(before, switched(), t("12:00", 8))


def test_a_person_is_explained_by_the_notice_that_he_is_judged_by() -> None:
    close = Person(
        id=1, name="甲", unit_id=1, facts=Facts(contact="close"), registered_at=t("09:00", 8), stage="pending"
    )
    snapshot = switched(close)
    (owed,) = (each for each in board(snapshot, t("12:00", 8)).obligations if each.kind == "assess")
    assert "密切接触者集中隔离7天" in told(replace(owed, clause="9.3"), snapshot, t("12:00", 8))
