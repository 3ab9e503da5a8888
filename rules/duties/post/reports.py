"""Reports owed by the day and once: the screening report (二), the site's daily report (四（一）), the roster (一)."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from dutyboard.frozen import frozen
from dutyboard.rules.duties.pairs import PAIRED
from dutyboard.rules.duties.post.handover import closed_before
from dutyboard.rules.law.daily import Daily, RosterFigure
from dutyboard.rules.law.phrase import Phrase
from dutyboard.rules.people.officers import directors, roster_counts
from dutyboard.rules.people.periods import held_to, known_since
from dutyboard.rules.records.clock import bounds, midnight
from dutyboard.rules.records.codes import ReportKind, UnitKind
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.post import SendReport
from dutyboard.rules.records.ids import POST, DutyId, Subject
from dutyboard.rules.records.model import Report, Site, subject_id
from dutyboard.rules.records.obligation import Kind, Obligation, State, Window, obligation, slot_window, standing
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot, desk_of
from dutyboard.rules.records.told.post import ReportSent
from dutyboard.rules.records.transaction import Accepted, Transaction

REPORTING: Final[frozenset[UnitKind]] = frozenset({"town", "street", "management"})
"""The kinds of unit that the notice asks for rosters and screening reports: 各乡镇（街道、管理处）."""
REPORT_KINDS: Final[Mapping[Kind, ReportKind]] = {
    "screening_report": "screening",
    "site_report": "site",
    "roster": "roster",
}
"""Duties that a report discharges, and its kind."""
ROSTER: Final = "roster"
_SLOT: Final[dict[ReportKind, str]] = {"screening": "screening-report", "site": "report", "roster": ROSTER}
_STRICT: Final[frozenset[ReportKind]] = frozenset({"screening", "roster"})
"""Reports that the notice wants *before* an hour (前). The hour of a site's report is a setting: at it is in time."""


def office_of(kind: ReportKind, daily: Daily) -> Phrase:
    """Return the office that gets a report of a kind, as the notice names it."""
    if kind == "screening":
        return daily.screening_report.office
    return daily.site_report.office if kind == "site" else daily.roster_report.office


def report_id(kind: ReportKind, subject: Subject, day: date) -> DutyId:
    """The id of the obligation that a report of that kind, subject and day discharges."""
    return DutyId(_SLOT[kind], subject, day)


@frozen(kw_only=False)
class _Asked:
    """One kind of report asked for one day, of whoever owes it."""

    kind: Kind
    report: ReportKind
    day: date
    clause: str
    window: Window
    soon: timedelta
    name: Phrase | None = None

    def of(
        self,
        snapshot: Snapshot,
        name: str,
        subject: Subject,
        owed_by: str,
        now: datetime,
        window: Window | None = None,
        heads: tuple[int, int] = (0, 0),
    ) -> Obligation:
        """The report as one subject owes it at an instant.

        `window` is the one that it is held to, `heads` how many there are of those it needs.
        """
        duty = report_id(self.report, subject, self.day)
        sent = snapshot.done.get(duty)
        window = window or self.window
        return obligation(
            self.kind,
            duty,
            subject,
            window,
            standing(window, sent, now, self.soon),
            sent,
            name=self.name,
            subject=name,
            clause=self.clause,
            owed_by=owed_by,
            count=heads[0],
            total=heads[1],
        )


def owed(snapshot: Snapshot, day: date, now: datetime) -> Iterator[Obligation]:
    """Yield each unit's screening report: daily and strictly before 17:00 (二, O42).

    The post owes the city's total as soon as it has a unit.
    """
    wanted = snapshot.daily_at(midnight(day, snapshot.zone)).screening_report
    opens, closes = bounds(day, snapshot.zone)
    window = Window(opens, opens + wanted.due, closes, strict="screening" in _STRICT)
    asked = _Asked("screening_report", "screening", day, wanted.clause, window, _soon(snapshot, now))
    units = [(u, known_since(snapshot, u)) for u in snapshot.units.values() if u.kind in REPORTING]
    units = [(unit, since) for unit, since in units if since.at < closes]
    named = directors(snapshot, now)
    for unit, since in units:
        held = window._replace(since=since)
        yield asked.of(snapshot, unit.name, subject_id(unit), named.get(unit.id, ""), now, held)
    if units:
        held = window._replace(since=min(since for _, since in units))
        yield asked.of(snapshot, desk_of(snapshot).desk, POST, "", now, held)


def owed_at(site: Site, snapshot: Snapshot, day: date, now: datetime) -> Iterator[Obligation]:
    """Yield a site's daily report (四（一）).

    The day is the notice's, the target hour a setting: at that very minute it is in time.
    """
    zone = snapshot.zone
    slot = snapshot.daily_at(midnight(day, zone)).slot(_SLOT["site"])
    window = slot_window(slot, day, zone)
    [held] = held_to(snapshot, site, day, [window])
    if held is not None and (held.since is None or snapshot.day_of(held.since.at) == day):
        asked = _Asked("site_report", "site", day, slot.clause, window, _soon(snapshot, now), slot.name)
        yield asked.of(snapshot, site.name, subject_id(site), site.keeper, now, held)


def of_day(snapshot: Snapshot, day: date, now: datetime) -> Iterator[Obligation]:
    """Yield all reports of one day."""
    yield from owed(snapshot, day, now)
    for site in snapshot.sites.values():
        yield from owed_at(site, snapshot, day, now)


def owed_once(snapshot: Snapshot, now: datetime) -> list[Obligation]:
    """Return each unit's roster (一), owed once and strictly before its hour (O42); it stays late until it is in.

    A unit that came to the desk after that hour may send it on that day still, and is not late (O51); one of a later
    day owes none.
    """
    wanted = snapshot.daily_at(now).roster_report
    due, day = wanted.due.replace(tzinfo=snapshot.zone), wanted.due.date()
    opens, closes = bounds(day, snapshot.zone)
    window = Window(opens, due, strict="roster" in _STRICT)
    asked = _Asked("roster", "roster", day, wanted.clause, window, _soon(snapshot, now))
    named, found = directors(snapshot, now), []
    for unit in snapshot.units.values():
        since = known_since(snapshot, unit)
        if unit.kind not in REPORTING or since.at >= closes:
            continue
        held = window if since.at < due else window._replace(closes=closes, since=since)
        heads = (0, 0)
        if report_id("roster", subject_id(unit), day) not in snapshot.done:
            heads = roster_counts(snapshot, unit.id, now)["members"], wanted.minimum.value
        roster = asked.of(snapshot, unit.name, subject_id(unit), named.get(unit.id, ""), now, held, heads)
        if roster.state != "missed":
            found.append(roster)
    return found


def _soon(snapshot: Snapshot, now: datetime) -> timedelta:
    return snapshot.daily_at(now).duty.due_soon


def decide_send_report(command: SendReport, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """State a report. Sent again it is a new revision; the first one sent in its window discharges the obligation,
    so that a supplement never changes whether it was in time. One sent after its window is kept and discharges nothing;
    one for a day of a closed month is refused.
    """
    asked = _find(snapshot, command, now)
    if isinstance(asked, Refusal):
        return asked
    sent_at = command.sent_at or now
    if sent_at < asked.opens:
        return Refusal("not_open_yet", {"subject": asked.subject, "opens": asked.opens})
    archived = closed_before(snapshot, now)
    if asked.closes is not None and asked.closes <= archived:  # what was sent for that day may be in the archive
        return Refusal("window_closed", {"subject": asked.subject, "closes": archived})
    if asked.closes is not None and now >= asked.closes and not command.text.strip():
        return Refusal("told_late", {"subject": asked.subject, "closes": asked.closes})
    refused = _misstated(command) or _roster_too_small(command, asked, snapshot, now)
    if refused:
        return refused
    before = snapshot.last_reports.get((command.kind, command.subject, command.day))
    discharges = asked.entry is None and (asked.closes is None or sent_at < asked.closes)
    transaction = Transaction(snapshot, now, actor)
    report = Report(
        id=transaction.new_id("reports"),
        kind=command.kind,
        subject=command.subject,
        day=command.day,
        revision=before.revision + 1 if before else 1,
        figures=dict(command.figures),
        zero=command.zero,
        reporter=command.reporter.strip(),
        sent_at=sent_at,
        entered_by=actor.officer_id or 0,
        zero_villages=tuple(dict.fromkeys(name for each in command.zero_villages if (name := each.strip()))),
        checked_by=command.checked_by.strip(),
        responsible=command.responsible.strip(),
    )
    transaction.put(report)
    transaction.log(
        ReportSent(report=report.id, kind=report.kind, day=report.day, revision=report.revision),
        happened_at=sent_at,
        subject=command.subject,
        obligation=asked.id if discharges else None,
        beside=asked.id if asked.entry is None and not discharges else None,
        text=command.text.strip(),
        done_by=report.reporter,
    )
    state: State = asked.state
    if discharges:
        state = "done_late" if asked.window.past_due(sent_at) else "done"
    return transaction.accepted(state)


def report_owed(snapshot: Snapshot, kind: ReportKind, subject: Subject, day: date, now: datetime) -> Obligation | None:
    """Return the report of a kind, subject and day as it stands; None: nobody owes it."""
    wanted = report_id(kind, subject, day)
    reports = owed_once(snapshot, now) if kind == "roster" else of_day(snapshot, day, now)
    return next((each for each in reports if each.id == wanted), None)


def _find(snapshot: Snapshot, command: SendReport, now: datetime) -> Obligation | Refusal:
    subject = Subject.parse(command.subject)
    if subject is None:
        return Refusal("unknown_obligation", {"obligation": command.subject})
    asked = report_owed(snapshot, command.kind, subject, command.day, now)
    return asked or Refusal("unknown_obligation", {"obligation": report_id(command.kind, subject, command.day)})


def _misstated(command: SendReport) -> Refusal | None:
    """Unknown is not zero, silence is not zero: figures are stated, or 零报告 is said aloud."""
    for name, value in command.figures.items():
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            return Refusal("bad_figure", {"name": name, "value": value, "low": 0, "high": None})
    for whole, today in PAIRED.items():
        if whole in command.figures and command.figures.get(today, 0) > command.figures[whole]:
            high = command.figures[whole]
            return Refusal("bad_figure", {"name": today, "value": command.figures[today], "low": 0, "high": high})
    if not command.reporter.strip():
        return Refusal("figures_needed", {"names": ["reporter"]})
    if command.zero_villages and (command.kind != "screening" or command.subject == POST):
        return Refusal("figures_unknown", {"names": ["zero_villages"]})
    if any(command.figures.values()):
        return Refusal("zero_contradicted") if command.zero else None
    if command.zero:
        return None
    return Refusal("zero_not_stated") if command.figures else Refusal("figures_needed", {"names": []})


def _roster_too_small(command: SendReport, asked: Obligation, snapshot: Snapshot, now: datetime) -> Refusal | None:
    """一: 5 or more full-time with a director, counted on the desk's own roster and not as stated."""
    if command.kind != "roster":
        return None
    counted = roster_counts(snapshot, asked.subject_id.number, now)
    minimum = snapshot.daily_at(midnight(command.day, snapshot.zone)).roster_report.minimum
    needed: Mapping[RosterFigure, int] = {"members": minimum.value, "directors": 1}
    for name, low in needed.items():
        if counted[name] < low:
            return Refusal("bad_figure", {"name": name, "value": counted[name], "low": low, "high": None})
    return None
