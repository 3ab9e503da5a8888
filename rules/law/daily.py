"""Duties of the desk itself: sections one, two and four of a notice as numbers, each with its clause.

Times of day are `timedelta` since 00:00 of the day, so that 24:00 can be said. `source` tells the letter of the notice
from a setting that the desk may change (docs/reading.md, section 8).
"""

import itertools
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Literal, cast, get_args

from dutyboard.frozen import frozen
from dutyboard.rules.law.four_duties import FourDuties, read_four_duties
from dutyboard.rules.law.limits.entry_marks import MarkLimits, read_mark_limits
from dutyboard.rules.law.phrase import Phrase
from dutyboard.rules.law.toml_table import TomlTable

Source = Literal["notice", "setting"]
SlotKind = Literal["patrol", "temperature", "disinfection", "staff_check", "report", "home_check"]
_Alone = Literal["pending", "unassigned", "lost", "tests_due", "tests_done", "tests_waiting", "new", "total"]
_Found = Literal[
    "found_himself",
    "found_grid",
    "found_hospital",
    "found_police",
    "found_other_county",
    "found_other",
    "found_not_said",
]
_Came = Literal["at_site_today", "at_home_today", "in_hospital_today", "free_today"]
ScreeningFigure = Literal[
    "abroad",
    "abroad_today",
    "sanfei",
    "sanfei_today",
    "province_named",
    "province_named_today",
    "province_risk",
    "province_risk_today",
    "province_other",
    "province_other_today",
    "risk_elsewhere",
    "risk_elsewhere_today",
    "other",
    "other_today",
    "at_site",
    "at_home",
    "in_hospital",
    "free",
    _Came,
    _Alone,
    _Found,
    "found_other",
    "found_not_said",
]
SiteFigure = Literal[
    "rooms",
    "used",
    "kept",
    "vacant",
    "occupied",
    "new",
    "left",
    "close",
    "secondary",
    "entry",
    "other_class",
    "sampled",
    "results",
    "positives",
    "feverish",
    "to_hospital",
    "rounds_done",
    "rounds_late",
    "rounds_missed",
    "rounds_open",
    "staff",
    "staff_unwell",
    "incidents",
    "abnormal",
]
RosterFigure = Literal["members", "without_director", "directors", "phones"]
"""Lines that a report may state; `rules.duties.report_figures` counts each."""
Offices = Mapping[str, Phrase]


@frozen
class Count:
    """A number that the notice writes, and the clause that writes it."""

    value: int
    clause: str


@frozen
class Slot:
    """A round of a site's day, or the daily check of those at home.

    It opens, is late after `due`, and is missed after `closes`. `name` stands in a line, `head` over 6 cells.
    """

    id: str
    name: Phrase
    head: Phrase
    kind: SlotKind
    clause: str
    opens: timedelta
    due: timedelta
    closes: timedelta
    source: Source

    @property
    def in_order(self) -> bool:
        """Tell if it opens before it is due, and is due by the time it closes."""
        return self.opens < self.due <= self.closes


@frozen
class ScreeningReport:
    """A report owed every day, strictly before `due` (O42). It states `figures`, in this order, to the office."""

    due: timedelta
    clause: str
    office: Phrase
    figures: tuple[ScreeningFigure, ...]


@frozen
class SiteReport:
    """The report of a site's day. It is owed as its slot says, and states `figures`, in this order, to the office."""

    office: Phrase
    figures: tuple[SiteFigure, ...]


@frozen
class RosterReport:
    """The task force's roster, owed once, strictly before `due`: `minimum` full-time cadres and a director at least.

    `director_counts`: he is one of them though he holds another post beside (O52).
    """

    due: datetime
    clause: str
    minimum: Count
    director_clause: str
    director_counts: bool
    office: Phrase
    figures: tuple[RosterFigure, ...]


@frozen
class DutyHours:
    """The desk's own settings about time; the notice writes none of them.

    `staff_pcr`: from one PCR sample of a site's staff to the next; 0: no plan is set. `lock_after`: from the last key
    until a screen asks for the PIN before it acts; 0: it never does. `shelve`: for so long a duty may be put aside, an
    alarm for `shelve_red`. `alarm_again`: an alarm that nobody has acknowledged rings again after so long.
    """

    shift_ends: tuple[timedelta, ...]
    due_soon: timedelta
    entry_needs_reason_after: timedelta
    take_back: timedelta
    handover_opens_before: timedelta
    handover_due_after: timedelta
    transfer: timedelta
    road: timedelta
    trace: timedelta
    rescreen: timedelta
    temperature_rounds_apart: timedelta
    not_found: timedelta
    staff_pcr: timedelta
    archive_after: timedelta
    lock_after: timedelta
    shelve: timedelta
    shelve_red: timedelta
    alarm_again: timedelta

    @property
    def in_order(self) -> bool:
        """Tell if the shift ends are at least one, and rise."""
        return bool(self.shift_ends) and list(self.shift_ends) == sorted(set(self.shift_ends))


@frozen
class DutyClauses:
    """The clause on which each duty of the desk itself rests."""

    seat: str
    handover: str
    assess: str
    rescreen: str
    rooms: str
    matter: str
    staff_test: str


@frozen
class Thresholds:
    """Limits that the notice leaves open; all are settings."""

    fever_c: float
    low_c: float
    least_c: float
    most_c: float
    occupancy_percent: int
    forecast: timedelta
    unassessed: timedelta
    certificate_soon: timedelta
    jump_c: float
    retake_after: timedelta
    retake_due: timedelta
    suspected: timedelta

    @property
    def in_order(self) -> bool:
        """Tell if the temperatures rise from the least that is taken to the most."""
        return self.least_c < self.low_c < self.fever_c < self.most_c


@frozen
class NamedCounty:
    """A county that section two names, whether or not it is on the national list (O2)."""

    code: str
    name: str


@frozen
class Screening:
    """Scope of section two: entrants, 三非, and arrivals of one province from a day on (O1: that day included).

    `home` are the places from the province down to the county in which the command post lies; () where none are named.
    """

    clause: str
    arrived_from: date
    code_prefix: str
    place_prefixes: tuple[str, ...]
    named_clause: str
    named: tuple[NamedCounty, ...]
    home: tuple[str, ...]

    def covers(self, place: str, code: str | None) -> bool:
        """Return True if a place lies in the screened province, by its county code or by its words."""
        return (code or "").startswith(self.code_prefix) or place.startswith(self.place_prefixes)


@frozen
class FollowUp:
    """Calls to those who were released: on which days after the day of the release (1: the day after)."""

    days: tuple[int, ...]
    clause: str


@frozen
class Daily:
    """Sections one, two and four of a notice. `counts`: how many slots of a kind a site owes each day.

    `follow_up` None: the notice asks no call after a release.
    """

    counts: Mapping[SlotKind, Count]
    slots: tuple[Slot, ...]
    screening_report: ScreeningReport
    site_report: SiteReport
    roster_report: RosterReport
    duty: DutyHours
    clauses: DutyClauses
    four_duties: FourDuties
    thresholds: Thresholds
    marks: MarkLimits
    screening: Screening
    follow_up: FollowUp | None

    @property
    def site_slots(self) -> tuple[Slot, ...]:
        """The slots that a site owes each day, in the order of the notice: its rounds and its report."""
        return tuple(slot for slot in self.slots if slot.kind != "home_check")

    def find_slot(self, slot_id: str) -> Slot | None:
        """Return the slot of that id; None: the notice has none."""
        return next((slot for slot in self.slots if slot.id == slot_id), None)

    def slot(self, slot_id: str) -> Slot:
        """Return the slot of that id. Raises KeyError."""
        slot = self.find_slot(slot_id)
        if slot is None:
            raise KeyError(slot_id)
        return slot


def read_daily(file: TomlTable) -> Daily:
    """Read the daily tables of a notice file; they are taken out of it. Raises NoticeError."""
    counts = _counts(file.table("rounds"))
    slots = file.tables("slots", _slot)
    _slots_fit(file, counts, slots)
    reports, offices = file.table("reports"), file.table("offices").phrases()
    daily = Daily(
        counts=counts,
        slots=slots,
        screening_report=_screening_report(reports.table("screening"), offices),
        site_report=_site_report(reports.table("site"), offices),
        roster_report=_roster_report(reports.table("roster"), offices),
        duty=_duty(file.table("duty")),
        clauses=_clauses(file.table("clauses")),
        four_duties=read_four_duties(file.table("four_duties")),
        thresholds=_thresholds(file.table("thresholds")),
        marks=read_mark_limits(file.table("marks")),
        screening=_screening(file.table("screening")),
        follow_up=_follow_up(file.table("follow_up")) if file.has("follow_up") else None,
    )
    reports.done()
    return daily


def _count(table: TomlTable) -> Count:
    count = Count(value=table.whole("value", least=1), clause=table.text("clause"))
    table.done()
    return count


def _counts(table: TomlTable) -> Mapping[SlotKind, Count]:
    counts: dict[SlotKind, Count] = {
        "patrol": _count(table.table("patrols")),
        "temperature": _count(table.table("temperatures")),
        "disinfection": _count(table.table("disinfections")),
        "report": _count(table.table("site_reports")),
    }
    table.done()
    return MappingProxyType(counts)


def _slot(table: TomlTable) -> Slot:
    slot = Slot(
        id=table.text("id"),
        name=table.phrase("name"),
        head=table.phrase("head"),
        kind=cast(SlotKind, table.word("kind", get_args(SlotKind))),
        clause=table.text("clause"),
        opens=table.clock("opens"),
        due=table.clock("due"),
        closes=table.clock("closes"),
        source=cast(Source, table.word("source", get_args(Source))),
    )
    if not slot.in_order:
        raise table.error("out_of_order", "due")
    table.done()
    return slot


def _slots_fit(file: TomlTable, counts: Mapping[SlotKind, Count], slots: tuple[Slot, ...]) -> None:
    """Refuse too many or too few windows of a kind, an id that stands twice, and windows that overlap."""
    ids = [slot.id for slot in slots]
    if len(set(ids)) != len(ids):
        raise file.error("counted_twice", "slots")
    for kind, count in counts.items():
        if sum(slot.kind == kind for slot in slots) != count.value:
            raise file.error("count_differs", f"slots ({kind})")
    if (late := overlapping(slots)) is not None:
        raise file.error("out_of_order", f"slots ({late.id})")


def overlapping(slots: tuple[Slot, ...]) -> Slot | None:
    """Return the first slot that opens before the one of its kind before it closes; None: all follow one another."""
    for kind in get_args(SlotKind):
        for earlier, later in itertools.pairwise(slot for slot in slots if slot.kind == kind):
            if later.opens < earlier.closes:
                return later
    return None


def _office(table: TomlTable, offices: Offices) -> Phrase:
    return offices[table.word("office", tuple(offices))]


def _screening_report(table: TomlTable, offices: Offices) -> ScreeningReport:
    report = ScreeningReport(
        due=table.clock("due"),
        clause=table.text("clause"),
        office=_office(table, offices),
        figures=cast(tuple[ScreeningFigure, ...], table.words("figures", get_args(ScreeningFigure))),
    )
    table.done()
    return report


def _site_report(table: TomlTable, offices: Offices) -> SiteReport:
    report = SiteReport(
        office=_office(table, offices),
        figures=cast(tuple[SiteFigure, ...], table.words("figures", get_args(SiteFigure))),
    )
    table.done()
    return report


def _roster_report(table: TomlTable, offices: Offices) -> RosterReport:
    report = RosterReport(
        due=table.moment("due"),
        clause=table.text("clause"),
        minimum=_count(table.table("minimum")),
        director_clause=table.text("director_clause"),
        director_counts=table.flag("director_counts"),
        office=_office(table, offices),
        figures=cast(tuple[RosterFigure, ...], table.words("figures", get_args(RosterFigure))),
    )
    table.done()
    return report


def _duty(table: TomlTable) -> DutyHours:
    duty = DutyHours(
        shift_ends=table.clocks("shift_ends"),
        due_soon=timedelta(minutes=table.whole("due_soon_minutes")),
        entry_needs_reason_after=timedelta(hours=table.whole("entry_needs_reason_after_hours")),
        take_back=timedelta(minutes=table.whole("take_back_minutes")),
        handover_opens_before=timedelta(minutes=table.whole("handover_opens_before_minutes")),
        handover_due_after=timedelta(minutes=table.whole("handover_due_after_minutes")),
        transfer=timedelta(hours=table.whole("transfer_hours")),
        road=timedelta(minutes=table.whole("road_minutes", least=1)),
        trace=timedelta(hours=table.whole("trace_hours")),
        rescreen=timedelta(hours=table.whole("rescreen_hours")),
        temperature_rounds_apart=timedelta(hours=table.whole("temperature_rounds_apart_hours")),
        not_found=timedelta(minutes=table.whole("not_found_minutes")),
        staff_pcr=timedelta(days=table.whole("staff_pcr_days")),
        archive_after=timedelta(days=table.whole("archive_after_days")),
        lock_after=timedelta(minutes=table.whole("lock_after_minutes")),
        shelve=timedelta(minutes=table.whole("shelve_minutes")),
        shelve_red=timedelta(minutes=table.whole("shelve_red_minutes")),
        alarm_again=timedelta(minutes=table.whole("alarm_again_minutes", least=1)),
    )
    if not duty.in_order:
        raise table.error("out_of_order", "shift_ends")
    table.done()
    return duty


def _clauses(table: TomlTable) -> DutyClauses:
    clauses = DutyClauses(
        seat=table.text("seat"),
        handover=table.text("handover"),
        assess=table.text("assess"),
        rescreen=table.text("rescreen"),
        rooms=table.text("rooms"),
        matter=table.text("matter"),
        staff_test=table.text("staff_test"),
    )
    table.done()
    return clauses


def _thresholds(table: TomlTable) -> Thresholds:
    thresholds = Thresholds(
        fever_c=table.number("fever_c"),
        low_c=table.number("low_c"),
        least_c=table.number("least_c"),
        most_c=table.number("most_c"),
        occupancy_percent=table.whole("occupancy_percent"),
        forecast=timedelta(hours=table.whole("forecast_hours")),
        unassessed=timedelta(hours=table.whole("unassessed_hours")),
        certificate_soon=timedelta(hours=table.whole("certificate_soon_hours")),
        jump_c=table.number("jump_c"),
        retake_after=timedelta(minutes=table.whole("retake_after_minutes")),
        retake_due=timedelta(minutes=table.whole("retake_due_minutes")),
        suspected=timedelta(minutes=table.whole("suspected_minutes")),
    )
    if not thresholds.in_order:
        raise table.error("out_of_order", "fever_c")
    table.done()
    return thresholds


def _named_county(table: TomlTable) -> NamedCounty:
    county = NamedCounty(code=table.text("code"), name=table.text("name"))
    table.done()
    return county


def _screening(table: TomlTable) -> Screening:
    screening = Screening(
        clause=table.text("clause"),
        arrived_from=table.day("arrived_from"),
        code_prefix=table.text("code_prefix"),
        place_prefixes=table.texts("place_prefixes"),
        named_clause=table.text("named_clause"),
        named=table.tables("named", _named_county),
        home=table.texts("home") if table.has("home") else (),
    )
    table.done()
    return screening


def _follow_up(table: TomlTable) -> FollowUp | None:
    """Return the calls after a release. An empty list of days takes away those of the base."""
    follow_up = FollowUp(days=table.wholes("days", least=1), clause=table.text("clause"))
    table.done()
    return follow_up if follow_up.days else None
