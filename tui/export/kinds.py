"""The kinds of pages that are printed. Each has its days, whom it may be about, and its maker."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal, Protocol, cast

from dutyboard.frozen import frozen
from dutyboard.rules.belonging import belongs, record_named
from dutyboard.rules.board import unreadable, without
from dutyboard.rules.permissions import NOT_HIS
from dutyboard.rules.records.codes import PAPER_KINDS
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Officer, Site, Unit
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.export.formats import FORMATS
from dutyboard.tui.export.page import Maker, NoPage, Page, PageAsked
from dutyboard.tui.link.care import proof
from dutyboard.tui.text import Words
from dutyboard.tui.text.pages.frame import PageKind, PageSubject
from dutyboard.tui.views.entry.names import subject_name

Days = Literal["none", "one", "span"]
MakePage = Callable[[PageAsked, Snapshot, datetime, Maker, Words], Page]
"""A maker of pages. It raises NoPage where there is nothing to print."""


@frozen
class KindOfPage:
    """A kind of page. `make` names its maker as `module:function`, in this folder.

    `about`: whom it may be about, `needed` that one must be named. `back`: how many days before today it begins where
    nobody names a day; `ahead`: its days may lie in the future. `always` are the tables that it reads of closed months
    too, `past` those that it reads of them for a day before today. `charts`: it has some, so that pictures of it can be
    written.
    """

    make: str
    about: tuple[PageSubject, ...] = ()
    needed: bool = False
    days: Days = "none"
    back: int = 0
    ahead: bool = False
    always: tuple[str, ...] = ()
    past: tuple[str, ...] = ()
    charts: bool = False


_BOOK: Final = ("persons", "entries", "reports", "shifts", "matters")
"""Tables of closed months that tell of a past day as a whole."""
KINDS: Final[Mapping[PageKind, KindOfPage]] = MappingProxyType(
    {
        "screening": KindOfPage(
            make="post.screening:screening_page",
            about=("unit",),
            days="one",
            always=("persons", "reports"),
            past=("entries",),
        ),
        "city": KindOfPage(make="post.city:city_page", days="one", always=("persons", "reports")),
        "site": KindOfPage(
            make="site.daily:daily_page",
            about=("site",),
            needed=True,
            days="one",
            always=("persons", "reports"),
            past=("entries", "matters"),
        ),
        "roster": KindOfPage(make="post.roster:roster_page", about=("unit",)),
        "handover": KindOfPage(make="post.handover:handover_page", days="one", past=("entries",)),
        "ledger": KindOfPage(
            make="account.ledger:ledger_page",
            about=("unit", "site", "officer", "person"),
            days="span",
            past=_BOOK,
        ),
        "statistics": KindOfPage(
            make="account.statistics:statistics_page",
            days="span",
            back=6,
            always=_BOOK,
        ),
        "trends": KindOfPage(
            make="account.trends:trends_page",
            about=("site",),
            days="span",
            back=13,
            always=_BOOK,
            charts=True,
        ),
        "marks": KindOfPage(make="account.marks:marks_page", days="span", back=6, always=("entries", "shifts")),
        "villages": KindOfPage(
            make="post.villages:villages_page", about=("unit",), needed=True, always=("persons", "reports")
        ),
        **dict.fromkeys(
            PAPER_KINDS,
            KindOfPage(make="person.paper:paper_page", about=("person",), needed=True, always=("persons", "entries")),
        ),
        "daybook": KindOfPage(make="post.day_book:day_book_page", days="one", past=_BOOK),
        "calls": KindOfPage(make="post.calls:calls_page", days="span", past=("entries", "matters")),
        "presence": KindOfPage(make="post.presence:presence_page", days="span", past=("entries",)),
        "rota": KindOfPage(make="post.rota:rota_page", days="span", ahead=True, past=("shifts",)),
        "temperatures": KindOfPage(
            make="site.temperatures:temperatures_page",
            about=("site", "person"),
            needed=True,
            days="one",
            always=("persons", "entries"),
        ),
        "patrols": KindOfPage(
            make="site.patrols:patrols_page",
            about=("site",),
            needed=True,
            days="span",
            always=("persons",),
            past=("entries", "matters"),
        ),
        "disinfections": KindOfPage(
            make="site.disinfections:disinfections_page",
            about=("site",),
            needed=True,
            days="span",
            past=("entries", "matters"),
        ),
        "residents": KindOfPage(make="site.residents:residents_page", about=("site",)),
        "staff": KindOfPage(make="site.staff:staff_page", about=("site",), days="span", past=("entries",)),
        "tests": KindOfPage(
            make="site.sampling:sampling_page", about=("site", "unit"), days="one", ahead=True, past=("entries",)
        ),
        "home-checks": KindOfPage(
            make="person.home_checks:home_checks_page", about=("unit",), days="span", past=("entries", "persons")
        ),
        "follow-ups": KindOfPage(
            make="person.follow_ups:follow_ups_page",
            about=("unit",),
            days="span",
            back=14,
            always=("entries", "persons"),
        ),
    }
)
"""Every kind of page, in the order in which they are offered."""


class PageDesk(Protocol):
    """The desk as a maker of pages needs it: its picture, closed months too, and the clock."""

    @property
    def snapshot(self) -> Snapshot: ...

    @property
    def actor(self) -> Actor: ...

    @property
    def folder(self) -> Path: ...

    @property
    def head(self) -> str: ...

    def may_not_read(self, what: str) -> Refusal | None: ...

    def with_archived(self, *tables: str) -> Snapshot: ...

    def now(self) -> datetime: ...


def formats_of(kind: PageKind) -> tuple[str, ...]:
    """Return the formats in which a page of a kind is written, by name."""
    return tuple(name for name, form in FORMATS.items() if KINDS[kind].charts or not form.pictures)


def maker_of(desk: PageDesk) -> Maker:
    """Return the maker of a page: whoever acts now, with what proves an entry to him."""
    asks = desk.may_not_read("report marks") is None
    return Maker(desk.actor.login, desk.head, prove=partial(proof, desk.folder), asks=asks)


def asked_today(kind: PageKind, now: datetime) -> PageAsked:
    """Return a page of a kind as it is offered: about nobody yet, up to today."""
    today = now.date()
    return PageAsked(kind=kind, first=today - timedelta(days=KINDS[kind].back), last=today)


def read_for(asked: PageAsked, desk: PageDesk) -> Snapshot:
    """Return the picture that a page is made from, with what it needs of closed months. Raises StoreTrouble."""
    kind = KINDS[asked.kind]
    tables = (*kind.always, *(kind.past if asked.first < desk.now().date() else ()))
    return desk.with_archived(*dict.fromkeys(tables)) if tables else desk.snapshot


def not_his(asked: PageAsked, snapshot: Snapshot) -> Refusal | None:
    """Return the refusal of a page that is not all in the reader's picture: another's, or the whole county's."""
    if snapshot.own is None:
        return None
    about = record_named(asked.subject, snapshot)
    return None if about is not None and belongs(about, snapshot.own, snapshot) else NOT_HIS


def look_at(asked: PageAsked, snapshot: Snapshot) -> str:
    """Return what the view log calls a page: its kind, whom it is about, its days. Of a person his number alone."""
    if asked.subject is not None and asked.subject.kind == "person":
        return str(asked.subject)
    about = record_named(asked.subject, snapshot)
    name = about.name if isinstance(about, Unit | Site | Officer) else ""
    days = () if KINDS[asked.kind].days == "none" else dict.fromkeys((asked.first.isoformat(), asked.last.isoformat()))
    return " ".join([asked.kind, *([name] if name else []), *days])


def make_page(asked: PageAsked, snapshot: Snapshot, now: datetime, maker: Maker, words: Words) -> Page:
    """Return the page that somebody asks for. Raises NoPage.

    People whose records cannot be computed are left out, and the page names them. It raises what is raised all the
    same.
    """
    module, name = KINDS[asked.kind].make.split(":")
    make = cast(MakePage, getattr(import_module(f"dutyboard.tui.export.{module}"), name))
    try:
        return make(asked, snapshot, now, maker, words)
    except NoPage:
        raise
    except Exception:
        failures = tuple(unreadable(snapshot, now))
        if not failures:
            raise
    numbers = [str(Subject("person", each.person_id or 0)) for each in failures]
    who = words.marks.comma.join(subject_name(each, snapshot) for each in numbers)
    said = words.pages.left_out.format(who=who)
    if asked.subject in numbers:
        raise NoPage(said)
    page = make(asked, without(snapshot, failures), now, maker, words)
    return replace(page, above=(*page.above, said), json={**page.json, "left_out": numbers})
