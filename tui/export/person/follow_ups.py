"""The calls to people after their release: when each was due, and what was said (解除后随访)."""

from datetime import datetime

from dutyboard.rules.duties.person.let_go.follow_up import CallAfter, calls_after
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import FollowedUp
from dutyboard.tui.export.list_page import headed, list_page
from dutyboard.tui.export.page import Maker, Page, PageAsked, PageCell
from dutyboard.tui.terminal.masking import secret, shown
from dutyboard.tui.text import Words
from dutyboard.tui.views.times import day_clock

_KEYS = ("number", "unit", "name", "phone", "address", "released_at", "call", "due", "answer", "remark", "by", "at")


def follow_ups_page(asked: PageAsked, snapshot: Snapshot, now: datetime, maker: Maker, words: Words) -> Page:
    """Return the calls due in the days asked: a row for each, answered or not."""
    unit_id = asked.subject.number if asked.subject is not None else None
    found = [
        each
        for each in calls_after(snapshot)
        if asked.first <= each.day <= asked.last and unit_id in (None, each.person.unit_id)
    ]
    found.sort(key=lambda each: (each.person.unit_id or 0, each.person.id, each.day))
    rows = [(number, *_cells(each, snapshot, words)) for number, each in enumerate(found, start=1)]
    totals = {"answered": sum(each.answered is not None for each in found)}
    return list_page(asked, headed(words, *_KEYS), rows, snapshot, now, maker, words, totals=totals)


def _cells(each: CallAfter, snapshot: Snapshot, words: Words) -> tuple[PageCell, ...]:
    said, person = words.people_pages, each.person
    unit = snapshot.units.get(person.unit_id or 0)
    last = each.answered or (each.made[-1] if each.made else None)
    told = last.told if last is not None and isinstance(last.told, FollowedUp) else None
    return (
        unit.name if unit is not None else None,
        person.name,
        secret(person.phone) or None,
        shown(person.address) or None,
        day_clock(each.released_at, snapshot.zone),
        each.number,
        each.day.isoformat(),
        said.answers[told.answer] if told is not None else None,
        shown(told.remark or (last.text if last is not None else "")) or None if told is not None else None,
        last.done_by or None if last is not None else None,
        day_clock(last.happened_at, snapshot.zone) if last is not None else None,
    )
