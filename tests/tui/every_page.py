"""Every kind of page on a desk, about whomever there is one, and a desk whose texts attack sheet programs."""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import datetime, timedelta
from functools import cache
from itertools import cycle
from typing import Any, Final

from dutyboard.rules.law.daily import FollowUp
from dutyboard.rules.law.notice import Notice
from dutyboard.rules.records.commands.post import OpenDesk
from dutyboard.rules.records.ids import POST, TABLES_OF_KINDS, Subject
from dutyboard.rules.records.model import TABLES, Ending, Entry, Record, subject_id
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told import Told
from dutyboard.rules.records.told.person import Released
from dutyboard.rules.records.told.post import Called, PresenceFound
from dutyboard.tui.export.kinds import KINDS, make_page
from dutyboard.tui.export.page import Maker, NoPage, Page, PageAsked, PageKind
from dutyboard.tui.link.picture import known_notices
from dutyboard.tui.sample import busy_desk
from dutyboard.tui.text import words

NOW: Final = datetime.fromisoformat("2026-11-24T18:30:00+08:00")
MAKER: Final = Maker("root", "cd513c88c81b6d1b" + "0" * 48, asks=True)
ATTACKS: Final = (
    *("=1+1", "+1+1", "-2+3", "@SUM(A1)", '=HYPERLINK("http://example.org";"x")', '="1"', "=", "'王芳", "'", "''"),
    *("\x1b[2J红", "a\x00b", "甲\r乙", "甲\n乙", "甲\t乙", "甲\u2028乙", "\u202e张三", "\ufeff李", "a\u200bb"),
    *("_x0041_", "_x005F_", "_x000D_x", "&lt;b&gt;", "<b>&", "]]>", "#N/A", "#REF!", "TRUE", "FALSE", "Err:508"),
    *("1-2", "6/7", "2021-06-07", "12:30", "1e5", "0012", "43138219900101123X", "12345678901234567890", "1,234", "3%"),
    *("甲" * 300, "a" * 4000, "  甲  乙  ", "😀", "e\u0301", "{{ name }}", "${x}", 'DDE("cmd";"/C calc")'),
)
_UNITS: Final = 4
# fmt: off
FREE_TEXTS: Final = frozenset((
    "name", "title", "phone", "duty", "note", "label", "keeper", "first_responsible", "origin", "travel",
    "address", "officer_name", "emergency_name", "emergency_phone", "companions", "vehicle", "seat_no",
    "workplace", "illness", "medicine", "special_need", "nation", "sex", "id_no", "town_cadre",
    "home_cadre", "text", "done_by", "late_reason", "reason", "caller", "matter", "told", "unit", "handler",
    "instruction", "outcome", "whom", "answered_by", "asked_by", "stand_in", "what", "owner", "reporter",
    "checked_by", "responsible", "desk", "driver", "received_by", "by", "remark", "source",
))
# fmt: on
"""Fields that hold whatever somebody typed."""


def _calling_after_release(notice: Notice) -> Notice:
    return replace(notice, daily=replace(notice.daily, follow_up=FollowUp(days=(1, 2), clause="3.12")))


@cache
def sample_desk() -> Snapshot:
    """The sample desk with few of its people: one was let go two days ago, two rang, two posts were checked."""
    command = OpenDesk(desk="疫情防控", admin_name="", notice="lianyuan-2021-07")
    known = {name: _calling_after_release(each) for name, each in known_notices().items()}
    desk = Snapshot(notices_known=known).applied(7, busy_desk(command, NOW, "root", known))
    first, at = max(desk.entries) + 1, NOW - timedelta(days=2)
    few = {key: each for key, each in desk.persons.items() if each.stage not in ("site", "home") or not key % 12}
    held = [f"unit-{key}" for key in range(1, _UNITS + 1)]
    units = {key: each for key, each in desk.units.items() if key <= _UNITS}
    reports = {key: each for key, each in desk.reports.items() if "unit" not in each.subject or each.subject in held}
    gone = next(each for each in few.values() if each.stage == "home")
    left = replace(gone, stage="closed", closed_at=at, end=Ending(how="released", at=at, leader=1, entry=first))
    said: tuple[tuple[str, datetime, Told], ...] = (
        (subject_id(gone), at, Released(from_="home", to="closed", leader_id=1)),
        (POST, NOW, Called(caller="杨某", unit="安平镇", phone="19900001542", matter="返乡", handler="刘敏")),
        (POST, NOW, Called(caller="茅塘镇", matter="要车", told="李局", outcome="已派车")),
        ("unit-1", NOW, PresenceFound(asked_by="娄底", found="on_post", answered_by="刘勇")),
        ("site-1", NOW, PresenceFound(asked_by="", found="off_post", whom="负责人1")),
    )
    told = [
        Entry(id=first + n, happened_at=when, entered_at=when, entered_by=1, login="root", subject=about, told=each)
        for n, (about, when, each) in enumerate(said)
    ]
    return replace(desk, units=units, reports=reports, persons=few).applied(8, (left, *told))


def attacked(desk: Snapshot, texts: tuple[str, ...] = ATTACKS) -> Snapshot:
    """The same desk with each free text of its records replaced by the next attack."""
    turn = cycle(texts)

    def of(value: Any) -> Any:
        return replace(
            value,
            **{
                each.name: next(turn)
                for each in fields(value)
                if each.name in FREE_TEXTS and getattr(value, each.name) and isinstance(getattr(value, each.name), str)
            },
        )

    changed: list[Record] = []
    for table in TABLES:
        for record in getattr(desk, table).values():
            made = of(record)
            changed.append(replace(made, told=of(made.told)) if isinstance(made, Entry) else made)
    return desk.applied(desk.seq, changed)


def every_page(desk: Snapshot, now: datetime = NOW, *, most: int = 1) -> Iterator[tuple[PageKind, Page]]:
    """Each kind of page, about `most` subjects of each sort of which there is one, and about the whole desk."""
    for kind, how in KINDS.items():
        first = now.date() - timedelta(days=how.back)
        for about in (*((None,) if not how.needed else ()), *how.about):
            subjects: list[Subject | None] = [None]
            if about is not None:
                subjects = [Subject(about, number) for number in getattr(desk, TABLES_OF_KINDS[about])]
            made = 0
            for subject in subjects:
                asked = PageAsked(kind=kind, subject=subject, first=first, last=now.date())
                try:
                    yield kind, make_page(asked, desk, now, MAKER, words("zh"))
                except NoPage:
                    continue
                made += 1
                if made == most:
                    break
