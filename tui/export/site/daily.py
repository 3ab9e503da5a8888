"""A site's daily report on paper: the stated figures, the counted ones, and the lists behind them (隔离点日报)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from dutyboard.rules.duties.site.daily_figures import SiteDay, site_day, site_rounds
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Matter, Person, Site
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.staff import StaffMember
from dutyboard.tui.export.list_page import headed
from dutyboard.tui.export.page import Maker, Page, PageAsked, PageColumn, PageTable, rows_of
from dutyboard.tui.export.stated import stated_page
from dutyboard.tui.terminal.masking import shown
from dutyboard.tui.text import Words
from dutyboard.tui.views.board import state_text, title
from dutyboard.tui.views.times import clause, day_clock


def daily_page(asked: PageAsked, snapshot: Snapshot, now: datetime, maker: Maker, words: Words) -> Page:
    """Return the report of a site's day as it was stated last, beside it what the desk counts."""
    assert asked.subject is not None
    site = snapshot.sites[asked.subject.number]
    page = stated_page(asked, "site", snapshot, now, maker, words)
    counted = site_day(snapshot, site, asked.last, now)
    lists = (
        _by_class(counted, words),
        _by_day(counted, words),
        _ahead(counted, asked, words),
        _rounds(snapshot, site, asked, now, words),
        _incidents(counted.incidents, snapshot, words),
    )
    tables = (_figures(page, counted, words), *page.tables, *(each for each in lists if each.rows))
    ahead = [{"day": row["day"], "rooms": row["rooms"]} for row in rows_of(lists[2:3])]
    return replace(
        page,
        tables=tables,
        json={
            **page.json,
            "rows": [{"figure": name, "value": value} for name, value in page.json["figures"].items()],
            "counted": dict(counted.figures),
            "clauses": dict(counted.clauses) if counted.clauses is not None else None,
            "days": [{"day": row["stage_day"], "people": row["people"]} for row in rows_of(lists[1:2])],
            "ahead": ahead if counted.ahead is not None else None,
            "rounds": rows_of(lists[3:4]),
            "incidents": rows_of(lists[4:5]),
        },
    )


def _figures(page: Page, counted: SiteDay, words: Words) -> PageTable:
    """Return the figures: those stated, and what the desk counts; of a report not sent only these."""
    said = words.people_pages
    stated = page.json["figures"] if page.json["revision"] else {}
    names = list(dict.fromkeys((*stated, *counted.figures)))
    columns = [headed(words, "figure")[0]]
    columns += [PageColumn("stated", said.stated)] if stated else []
    columns.append(PageColumn("counted", said.counted))
    figures = {str(name): value for name, value in counted.figures.items()}
    rows = tuple(
        (words.reports.figures.get(name, name), *((stated.get(name),) if stated else ()), figures.get(name))
        for name in map(str, names)
    )
    return PageTable(tuple(columns), rows)


def _by_class(counted: SiteDay, words: Words) -> PageTable:
    said, held = words.people_pages, counted.clauses or {}
    rows = ((clause(words.duties, each) if each else said.unclassed, held[each]) for each in sorted(held))
    return PageTable(headed(words, "clause", "people"), tuple(rows), said.by_class)


def _by_day(counted: SiteDay, words: Words) -> PageTable:
    said, held = words.people_pages, counted.days or {}
    known = sorted(each for each in held if each is not None)
    rows = [(each, held[each]) for each in known]
    unknown = [(said.open_end, held[None])] if held.get(None) else []
    return PageTable(headed(words, "stage_day", "people"), (*rows, *unknown), said.by_day)


def _ahead(counted: SiteDay, asked: PageAsked, words: Words) -> PageTable:
    rows = tuple(
        ((asked.last + timedelta(days=number)).isoformat(), rooms)
        for number, rooms in enumerate(counted.ahead or (), start=1)
    )
    return PageTable(headed(words, "day", "rooms"), rows, words.people_pages.ahead)


def _rounds(snapshot: Snapshot, site: Site, asked: PageAsked, now: datetime, words: Words) -> PageTable:
    """Return the rounds of the day that were late, or that nobody did."""
    odd = [
        each for each in site_rounds(snapshot, site, asked.last, now) if each.state in ("missed", "done_late", "late")
    ]
    rows = tuple((title(each, words), state_text(each, now, snapshot.zone, words)) for each in odd)
    return PageTable(headed(words, "slot", "state"), rows, words.people_pages.rounds)


def _incidents(incidents: Iterable[Matter], snapshot: Snapshot, words: Words) -> PageTable:
    said = words.people_pages
    rows = tuple(
        (
            day_clock(each.opened_at, snapshot.zone),
            _name(each, snapshot),
            shown(each.what),
            shown(each.outcome) if each.closed_at is not None else said.incident_open,
        )
        for each in incidents
    )
    return PageTable(headed(words, "at", "about", "what", "outcome"), rows, said.incidents)


def _name(matter: Matter, snapshot: Snapshot) -> str:
    subject = Subject.parse(matter.subject)
    table, number = subject.record if subject is not None else ("", 0)
    about = getattr(snapshot, table, {}).get(number)
    return about.name if isinstance(about, Person | StaffMember | Site) else ""
