"""The backlog of a site's rounds on paper: slots of past days, each told as a single check would be."""

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from dutyboard.rules.duties.checks import decide_discharge
from dutyboard.rules.duties.doer import doer_as_written, known_doers, names_apart, strangers
from dutyboard.rules.duties.person.readings import decide_take_reading
from dutyboard.rules.duties.sheets.bad_news import BadNews, of_reading, of_round, of_untaken
from dutyboard.rules.duties.sheets.lodgers import Lodgers
from dutyboard.rules.duties.sheets.tally import Tally
from dutyboard.rules.duties.site.slots import SiteSlot, slot_named, slots_of
from dutyboard.rules.law.impossible import EARLIEST
from dutyboard.rules.records.clock import midnight
from dutyboard.rules.records.codes import SheetKind
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.person import TakeReading
from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.commands.sheets import ReadingRow, RoundRow, SlotTold, UntakenRow
from dutyboard.rules.records.effects import earlier
from dutyboard.rules.records.ids import POST, DutyId, Subject
from dutyboard.rules.records.model import Entry, Matter, Record, Site, subject_id
from dutyboard.rules.records.obligation import Kind, slot_window
from dutyboard.rules.records.outcome import RowCode
from dutyboard.rules.records.refusals import Code, Refusal
from dutyboard.rules.records.snapshot import Snapshot, desk_of, table_of
from dutyboard.rules.records.transaction import Accepted, Transaction

_MINUTE: Final = timedelta(minutes=1)
_ROW_CODES: Final[Mapping[Code, RowCode]] = {
    "unknown_obligation": "slot_unknown",
    "site_not_active": "slot_unknown",
    "already_done": "round_told",
    "in_future": "future_date",
    "not_open_yet": "hour_outside",
    "rounds_too_close": "rounds_too_close",
    "not_on_row": "person_not_on_row",
    "note_needed": "note_needed",
    "figures_needed": "figures_needed",
    "bad_figure": "figure_unlikely",
    "start_out_of_reach": "start_unlikely",
}
"""Codes of a row for each refusal of the check that it tells."""


class PlacedSlot(NamedTuple):
    """A slot that a row tells, and the instant at which it was done. `after`: its window had closed by then."""

    each: SiteSlot
    at: datetime
    after: bool
    sure: bool

    @property
    def key(self) -> tuple[datetime, int, str, bool]:
        """Return what sorts slots, whatever the order of the rows: by opening, site and name."""
        return self.each.window.opens, self.each.site.id, self.each.slot.id, self.after


class Backlog:
    """Checks of a sheet, decided one after the other, each on the desk as those before it leave it."""

    def __init__(self, snapshot: Snapshot, now: datetime, actor: Actor) -> None:
        self.before = snapshot
        self.now = now
        self.fever_c = snapshot.daily_at(now).thresholds.fever_c
        self.actor = actor
        self.tally = Tally()
        officer = snapshot.officers.get(actor.officer_id or 0)
        self.own = officer.site_id if officer is not None and officer.role == "site" else None
        # The sheet's own entry goes before those of its checks, and takes its number first.
        ids = {**snapshot.next_ids, "entries": snapshot.next_id("entries") + 1}
        self.snapshot = replace(snapshot, next_ids=ids)
        self._changed: dict[tuple[str, int], Record] = {}
        self._lodgers: dict[tuple[int, date], Lodgers] = {}
        self._strangers: set[str] = set()
        self._placed: dict[tuple[object, ...], PlacedSlot | RowCode] = {}

    def place(self, told: SlotTold, kinds: Collection[Kind]) -> PlacedSlot | RowCode:
        """Return the slot that a row tells, or why there is none. What lies ahead of the desk's clock is refused."""
        key = told.site, told.titles, told.day, told.slot, told.minute
        if key not in self._placed:
            self._placed[key] = self._place(told, kinds)
        return self._placed[key]

    def _place(self, told: SlotTold, kinds: Collection[Kind]) -> PlacedSlot | RowCode:
        site = site_told(told, self.before, self.own)
        if site is None:
            return "site_unknown"
        if told.day > self.before.day_of(self.now):
            return "future_date"
        if told.day < EARLIEST:
            return "early_date"
        start = midnight(told.day, self.before.zone)
        at = start + told.minute * _MINUTE if told.minute is not None else None
        known = [
            (slot, slot_window(slot, told.day, self.before.zone)) for slot, _ in slots_of(self.before, told.day, kinds)
        ]
        named = [slot for slot, _ in known if slot.id == told.slot] or [
            slot
            for slot, window in known
            if slot.kind == told.slot and at is not None and window.opens <= at and not window.closed(at)
        ]
        if len(named) != 1:
            return "slot_unknown"
        each = slot_named(self.before, DutyId(named[0].id, subject_id(site), told.day), kinds)
        if isinstance(each, Refusal):
            return _ROW_CODES.get(each.code, "round_refused")
        window = each.window
        if at is None:
            latest = window.due if window.closes is None else min(window.due, window.closes - _MINUTE)
            at = min(latest, self.now)
            if at < window.opens:
                return "future_date"
            return PlacedSlot(each, at, after=False, sure=False)
        if at > self.now:
            return "future_date"
        if at < window.opens:
            return "hour_outside"
        return PlacedSlot(each, at, window.closed(at), sure=True)

    def lodgers(self, site: Site, day: date) -> Lodgers:
        """Return who lived at a site on a day; each day is looked up once."""
        key = site.id, day
        if key not in self._lodgers:
            self._lodgers[key] = Lodgers(self.before, site, day)
        return self._lodgers[key]

    def reject(
        self,
        row: ReadingRow | RoundRow,
        code: RowCode,
        column: str = "",
        text: str = "",
        about: Subject | None = None,
    ) -> None:
        """Keep that a row is not taken, and why, and leave its bad news to an officer.

        `about` is whom it tells of (None: the site).
        """
        self.leave(row, code, column, text, self.bad_news(row), about)

    def leave(
        self,
        row: ReadingRow | RoundRow,
        code: RowCode,
        column: str,
        text: str,
        news: BadNews | None,
        about: Subject | None,
    ) -> None:
        """Keep that a row is not taken, and leave its news to an officer. None: it has none."""
        self.tally.counts["rejected"] += 1
        self.tally.say(row.slot, column, code, "error", text)
        site = site_told(row.slot, self.before, self.own)
        if news is not None:
            place = row.slot.site  # as it is written, where the desk has no such site
            if site is not None:
                place = site.name if about is not None else ""  # a room alone may be one of any site
            news = replace(news, words=" ".join(filter(None, (place, self._when(row.slot), news.words))))
        self.tally.leave_to_see(row.slot, news, about or (subject_id(site) if site is not None else POST))

    def _when(self, told: SlotTold) -> str:
        """Return the day, the round and the hour of a slot, in the words of the notice, which is Chinese."""
        slot = self.before.daily_at(self.now).find_slot(told.slot)
        hour = f"{told.minute // 60:02}:{told.minute % 60:02}" if told.minute is not None else ""
        return " ".join(filter(None, (told.day.isoformat(), slot.name.zh if slot is not None else "", hour)))

    def leave_untaken(self, rows: Iterable[UntakenRow]) -> None:
        """Leave the bad news of rows to an officer that could not be read into a round."""
        for row in rows:
            site = site_told(row, self.before, self.own)
            news = of_untaken(row, self.fever_c)
            self.tally.leave_to_see(row, news, subject_id(site) if site is not None else POST)

    def bad_news(self, row: ReadingRow | RoundRow) -> BadNews | None:
        """Return the bad news of a row."""
        return of_reading(row, self.fever_c) if isinstance(row, ReadingRow) else of_round(row, self.fever_c)

    def known(self, placed: PlacedSlot) -> tuple[Entry, ...]:
        """Return the checks of a slot that stand: its parts, and the one that was made after its window."""
        duty = placed.each.duty
        if placed.after:
            beside = self.snapshot.beside.get(duty)
            return (beside,) if beside is not None else ()
        parts = self.snapshot.parts.get(duty, ())
        done = self.snapshot.done.get(duty)
        return parts if done is None or done in parts else (*parts, done)

    def check(self, command: Discharge) -> Entry | RowCode:
        """Return the entry of a check as a single act would write it, or why it is refused.

        A check of a day before the desk starts nothing: it opens no finding.
        """
        answer = decide_discharge(command, self.snapshot, self.now, self.actor, on_paper=True)
        if isinstance(answer, Refusal):
            return _ROW_CODES.get(answer.code, "round_refused")
        changes, entry = answer.changes, answer.entry
        if self.before.day_of(entry.happened_at) < self.before.day_of(desk_of(self.before).opened_at):
            kept = [each for each in changes if not isinstance(each, Matter)]
            entry = replace(entry, before=earlier(self.snapshot, [each for each in kept if each is not entry]))
            changes = tuple(entry if each.id == entry.id and isinstance(each, Entry) else each for each in kept)
        self._put(changes)
        return entry

    def read_singly(self, command: TakeReading) -> Refusal | None:
        """Write a reading of one person as a single act would; return why it is refused."""
        answer = decide_take_reading(command, self.snapshot, self.now, self.actor)
        if isinstance(answer, Refusal):
            return answer
        self._put(answer.changes)
        return None

    def _put(self, changes: Iterable[Record]) -> None:
        changes = tuple(changes)
        self.snapshot = self.snapshot.applied(self.snapshot.seq, changes)
        for each in changes:
            key = (table_of(each), each.id)
            self._changed.pop(key, None)
            self._changed[key] = each

    def done_by(self, told: Iterable[SlotTold], placed: PlacedSlot) -> str:
        """Return who made a check, by the names in its rows. Whom the desk does not know is said once, as another."""
        rows = [(each, names_apart(each.done_by)) for each in told]
        known = known_doers(self.before, subject_id(placed.each.site), placed.at, self.now)
        for row, names in rows:
            for name in strangers(names, known):
                if name not in self._strangers:
                    self._strangers.add(name)
                    self.tally.say(row, "done_by", "doer_other", text=name)
        return doer_as_written(sorted({name for _, names in rows for name in names}), known)

    def say_hours(self, told: Iterable[SlotTold], placed: PlacedSlot) -> None:
        """Say once of a check that rows told no hour, or that it was made after the window."""
        rows = sorted(told, key=lambda each: (each.sheet, each.row))
        unsure = [each for each in rows if each.minute is None]
        if unsure:
            self.tally.say(unsure[0], "time", "hour_of_slot", text=placed.each.duty)
        elif rows and placed.after:
            self.tally.say(rows[0], "time", "after_window", text=placed.each.duty)

    def accepted(self, sheet: SheetKind) -> Accepted:
        """Return the sheet as one act, with its checks as parts; without anything new it writes nothing."""
        self.tally.parts = list(self._changed.values())
        return self.tally.accepted(Transaction(self.before, self.now, self.actor), sheet)


def site_told(told: SlotTold | UntakenRow, snapshot: Snapshot, own: int | None) -> Site | None:
    """Return the site that a row names, or its titles, else the actor's own. None: there is none, or several."""
    sites = snapshot.sites.values()
    named = _folded(told.site)
    if named:
        found = [each for each in sites if named in (_folded(each.name), _folded(each.label), str(subject_id(each)))]
        found = found or [each for each in sites if _folded(each.name).startswith(named)]
        found = found or [each for each in sites if named.startswith(_folded(each.name))]
        return found[0] if len(found) == 1 else None
    for texts in told.titles:
        titles = [_folded(each) for each in texts]
        found = [each for each in sites if any(_folded(each.name) in title for title in titles)]
        if found:
            return found[0] if len(found) == 1 else None
    return snapshot.sites.get(own) if own is not None else None


def _folded(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def reasons(told: Iterable[SlotTold]) -> str:
    """Return why a check is told late: the reasons of its rows, else the sheet's name."""
    rows = list(told)
    return "、".join(sorted({each.reason for each in rows if each.reason}))
