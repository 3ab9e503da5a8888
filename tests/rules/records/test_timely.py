"""What is told long after it happened owes a reason."""

from datetime import timedelta

import pytest

from dutyboard.rules.records.commands import Command
from dutyboard.rules.records.commands.person import Transfer
from dutyboard.rules.records.commands.post import Discharge, SendReport, TakeBack, WriteLog
from dutyboard.rules.records.timely import owes_reason
from dutyboard.rules.records.told.post import Called
from tests.rules.desks import DAY, desk, t

NOW = t("20:00", 8)
A_DAY = timedelta(hours=24)


def told(text: str, ago: timedelta) -> list[Command]:
    """Every command that tells when something happened."""
    at = NOW - ago
    return [
        Discharge(obligation="patrol-1/site-1/2021-06-07", happened_at=at, text=text),
        WriteLog(text=text, call=Called(caller="甲", matter="乙"), happened_at=at),
        SendReport(
            kind="site", subject="site-1", day=DAY, figures={}, zero=True, reporter="周涛", sent_at=at, text=text
        ),
        Transfer(person_id=1, left_at=at, vehicle="湘K12345", driver="甲", arrived_at=NOW, received_by="乙", text=text),
    ]


@pytest.mark.parametrize("number", range(4))
def test_more_than_a_day_ago_needs_a_text(number: int) -> None:
    snapshot = desk()
    assert owes_reason(told("", A_DAY + timedelta(seconds=1))[number], snapshot, NOW)
    assert owes_reason(told("  ", A_DAY + timedelta(seconds=1))[number], snapshot, NOW)
    assert not owes_reason(told("停电，补录", A_DAY + timedelta(seconds=1))[number], snapshot, NOW)
    assert not owes_reason(told("", A_DAY)[number], snapshot, NOW)


def test_what_happens_now_or_tells_no_time_needs_none() -> None:
    assert not owes_reason(Discharge(obligation="patrol-1/site-1/2021-06-07"), desk(), NOW)
    assert not owes_reason(TakeBack(entry_id=1), desk(), NOW)
