"""The daily checks at home, person by person (居家监测每日核查)."""

from datetime import datetime

from dutyboard.rules.duties.lists.home_days import HomeDay, home_days
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.export.list_page import headed, list_page
from dutyboard.tui.export.page import Maker, Page, PageAsked, PageCell
from dutyboard.tui.terminal.masking import secret, shown
from dutyboard.tui.text import Words
from dutyboard.tui.views.times import day_clock

_KEYS = (
    *("number", "day", "unit", "name", "phone", "address", "am.temp", "pm.temp", "symptom", "at_home"),
    *("how", "by", "at", "remark"),
)


def home_checks_page(asked: PageAsked, snapshot: Snapshot, now: datetime, maker: Maker, words: Words) -> Page:
    """Return the people at home of one unit, or of all: a row for each of them on each day."""
    unit_id = asked.subject.number if asked.subject is not None else None
    found = home_days(snapshot, unit_id, asked.first, asked.last, now)
    rows = [(number, *_cells(each, snapshot, words)) for number, each in enumerate(found, start=1)]
    return list_page(asked, headed(words, *_KEYS), rows, snapshot, now, maker, words)


def _cells(each: HomeDay, snapshot: Snapshot, words: Words) -> tuple[PageCell, ...]:
    said, person = words.people_pages, each.person
    return (
        each.day.isoformat(),
        each.unit,
        person.name,
        secret(person.phone) or None,
        shown(person.address) or None,
        each.am,
        each.pm,
        shown(words.marks.comma.join(each.symptoms)) or None,
        said.home_found[each.found] if each.found is not None else None,
        words.forms.home_ways[each.how] if each.how is not None else None,
        each.by or None,
        day_clock(each.at, snapshot.zone) if each.at is not None else None,
        shown(each.remark) or None,
    )
