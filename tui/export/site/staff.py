"""The sheet of a site's staff: temperatures, symptoms, samples, who is off duty (工作人员登记)."""

from datetime import datetime

from dutyboard.rules.duties.lists.staff_days import StaffDay, StaffHalf, staff_days
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.export.list_page import headed, list_page
from dutyboard.tui.export.page import Maker, Page, PageAsked, PageCell
from dutyboard.tui.terminal.masking import secret, shown
from dutyboard.tui.text import Words
from dutyboard.tui.views.times import day_clock

_KEYS = (
    *("number", "site", "day", "name", "post", "phone", "am.temp", "am.symptom", "pm.temp", "pm.symptom"),
    *("samples", "off"),
)


def staff_page(asked: PageAsked, snapshot: Snapshot, now: datetime, maker: Maker, words: Words) -> Page:
    """Return the staff of one site, or of all: a row for each of them on each day."""
    of_site = asked.subject.number if asked.subject is not None else None
    found = [
        (site.name, each)
        for number, site in snapshot.sites.items()
        if of_site in (None, number)
        for each in staff_days(snapshot, site, asked.first, asked.last, now)
    ]
    rows = [(number, site, *_cells(each, snapshot, words)) for number, (site, each) in enumerate(found, start=1)]
    return list_page(asked, headed(words, *_KEYS), rows, snapshot, now, maker, words)


def _cells(each: StaffDay, snapshot: Snapshot, words: Words) -> tuple[PageCell, ...]:
    said, member = words.people_pages, each.member
    samples = "; ".join(
        f"{sample.on:%m-%d} {words.course.results[sample.result]}" for sample in member.samples if sample.on <= each.day
    )
    off = said.on_duty
    if each.off is not None:
        off = said.off_duty.format(since=day_clock(each.off.since, snapshot.zone), why=shown(each.off.why))
    return (
        each.day.isoformat(),
        member.name,
        member.post or None,
        secret(member.phone) or None,
        *_half(each.am, words),
        *_half(each.pm, words),
        samples or None,
        off,
    )


def _half(half: StaffHalf | None, words: Words) -> tuple[PageCell, PageCell]:
    """Return temperature and symptom of one half of a day; blank where nobody looked."""
    if half is None:
        return None, None
    said = words.people_pages
    how = {"well": said.well, "unwell": "", "absent": said.absent}[half.found]
    return half.temp_c, " ".join(part for part in (how, shown(half.remark)) if part) or None
