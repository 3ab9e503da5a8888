"""The list for the team that takes samples, with a place for the code of each tube."""

from datetime import datetime

from dutyboard.rules.duties.lists.sampling_list import ToSample, to_be_sampled
from dutyboard.rules.people.stage import lodging
from dutyboard.rules.records.model import Person
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.export.list_page import headed, list_page
from dutyboard.tui.export.page import Maker, Page, PageAsked, PageCell
from dutyboard.tui.terminal.masking import secret, shown
from dutyboard.tui.text import Words

_KEYS = (
    *("number", "site", "unit", "place", "name", "sex", "id_no", "phone", "type", "stage_day", "test_day", "state"),
    *("sampled_on", "code"),
)


def sampling_page(asked: PageAsked, snapshot: Snapshot, now: datetime, maker: Maker, words: Words) -> Page:
    """Return the samples of a day at one site, of one unit's people at home, or of everybody."""
    found = [each for each in to_be_sampled(snapshot, asked.last, now) if _is_asked(each.person, asked)]
    rows = [(number, *_cells(each, snapshot, words)) for number, each in enumerate(found, start=1)]
    states = [each.state for each in found]
    totals = {str(state): states.count(state) for state in words.people_pages.sample_states}
    return list_page(asked, headed(words, *_KEYS), rows, snapshot, now, maker, words, totals=totals)


def _is_asked(person: Person, asked: PageAsked) -> bool:
    if asked.subject is None:
        return True
    held = lodging(person)
    if asked.subject.kind == "site":
        return held is not None and held.site_id == asked.subject.number
    return held is None and person.unit_id == asked.subject.number


def _cells(each: ToSample, snapshot: Snapshot, words: Words) -> tuple[PageCell, ...]:
    said, person, test = words.people_pages, each.person, each.test
    held = lodging(person)
    site = snapshot.sites.get(held.site_id or 0) if held is not None else None
    unit = snapshot.units.get(person.unit_id or 0)
    room = held.room if held is not None else None
    return (
        site.name if site is not None else said.at_home,
        unit.name if unit is not None else None,
        (str(room) if room is not None else None) if held is not None else shown(person.address) or None,
        person.name,
        person.sex or None,
        secret(person.id_no) or None,
        secret(person.phone) or None,
        words.course.test_types[test.type] if test is not None else None,
        test.number if test is not None else None,
        test.day.isoformat() if test is not None else None,
        said.sample_states[each.state],
        test.sampled_on.isoformat() if test is not None and test.sampled_on is not None else None,
        shown(each.code) or None,
    )
