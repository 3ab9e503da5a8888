"""A busy fictional desk around any moment, for the demo, for training and for tests. Nobody in it exists.

`now` alone decides every record, so that two runs in the same minute show the same desk.
"""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from random import Random

from dutyboard.rules.law.notice import Notice
from dutyboard.rules.records.commands.post import OpenDesk
from dutyboard.rules.records.model import TABLES, DeskSettings, NoticeInForce, Record
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.sample.crowd import build_crowd
from dutyboard.tui.sample.day import late_rounds, live_through
from dutyboard.tui.sample.names import Names
from dutyboard.tui.sample.post import build_post

SEED = 20210607
OPENED_DAYS_AGO = 3


def busy_desk(command: OpenDesk, now: datetime, login: str, notices: Mapping[str, Notice]) -> tuple[Record, ...]:
    """Return the records of a desk that has been worked for three days.

    `now` is an instant in the desk's zone; `command` names the desk, its notice and its practice clock. `login` is
    bound to the duty officer who sits now. About 180 people are in 214 rooms and 70 at home; 12 arrived in the last 36
    hours. Three duties are late, two were missed, and one person is on the road. Every kind of duty is on the board.
    """
    random = Random(SEED)
    names = Names(random)
    opened_at = datetime.combine(now.date() - timedelta(days=OPENED_DAYS_AGO), time(8), now.tzinfo)
    post = build_post(now, opened_at, login, names)
    settings = DeskSettings(
        desk=command.desk,
        timezone=command.timezone,
        opened_at=opened_at,
        practice_starts=command.practice_starts,
        practice_since=command.practice_since,
        sample=True,
    )
    notice = NoticeInForce(id=1, notice=command.notice, effective_from=opened_at)
    people: tuple[Record, ...] = (*post.units, *post.officers, *post.staff, *post.shifts)
    base: tuple[Record, ...] = (settings, notice, post.plan, *people, *post.sites, *post.areas)
    empty = Snapshot(notices_known=notices).applied(0, base)
    peopled = empty.applied(0, build_crowd(empty, now, names, random, late_rounds(empty, now)))
    lived = live_through(peopled, now, random)
    return tuple(record for table in TABLES for record in getattr(lived, table).values())
