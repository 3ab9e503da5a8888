"""Sentences of what a round or an act at a site tells."""

from collections.abc import Iterator, Mapping
from typing import Any, assert_never

from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Entry
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.site import (
    Disinfected,
    OffDutySet,
    RoundDone,
    SiteChanged,
    SiteStateSet,
    SiteTelling,
    StaffChecked,
    StaffSet,
    StaffTested,
    TemperatureTaken,
)
from dutyboard.tui.text import Words
from dutyboard.tui.views.entry.names import remarks_said, subject_name
from dutyboard.tui.views.site.disinfection import disinfection_text
from dutyboard.tui.views.site.rooms import rooms_written
from dutyboard.tui.views.times import clock

NAMED_AT_MOST = 5
"""People that a line names; more are counted."""


def site_told(what: SiteTelling, entry: Entry, snapshot: Snapshot, words: Words) -> Iterator[str]:
    """Yield the parts of what an entry tells of a site."""
    log = words.log
    match what:
        case RoundDone() as seen:
            yield from _symptoms(seen.symptoms, snapshot, words)
            if seen.absent:
                yield words.log.absent.format(who=_names(seen.absent, snapshot, words))
            yield from remarks_said(seen.remarks, snapshot)
            yield from _left(seen.left, snapshot, words)
        case Disinfected() as done:
            yield disinfection_text(done, words)
            if done.started_at is not None:
                yield log.began.format(at=clock(done.started_at, snapshot.zone))
        case TemperatureTaken() as taken:
            yield from _temperature(entry, taken, snapshot, words)
        case StaffChecked() as checked:
            yield from _staff(checked, snapshot, words)
        case StaffSet(site_id=site_id, changed=changed, until=until):
            site = subject_name(Subject("site", site_id), snapshot)
            if until is not None:
                yield log.staff_ended.format(day=f"{until:%m-%d}", site=site)
            elif changed:
                yield log.officer_changed.format(what=" ".join(words.staff.fields[key] for key in changed))
            else:
                yield log.staff_added.format(site=site)
        case OffDutySet(off=off):
            yield log.staff_off if off else log.staff_back
        case StaffTested(people=people, sampled_on=sampled_on, result=result):
            if not entry.obligation:  # else the slot has said so
                yield words.duties.kinds["staff_test"]
            yield f"{sampled_on:%m-%d} {words.course.results[result]} {_names(people, snapshot, words)}"
        case SiteStateSet(from_=before, to=after):
            yield log.change.format(before=log.site_states[before], after=log.site_states[after])
        case SiteChanged() as site:
            yield from _site_changed(site, words)
        case never:
            assert_never(never)


def _site_changed(told: SiteChanged, words: Words) -> Iterator[str]:
    for name in told.changed:
        label = words.trail.fields.get(name, name)
        if name not in told.after:  # of a phone only that it changed
            yield label
            continue
        before, after = (_written(name, side.get(name), words) for side in (told.before, told.after))
        yield f"{label} {words.log.change.format(before=before, after=after)}"


def _written(name: str, value: Any, words: Words) -> str:
    if name == "rooms":
        return rooms_written(value)
    return words.marks.comma.join(value) if isinstance(value, list | tuple) else str(value) or "-"


def _staff(told: StaffChecked, snapshot: Snapshot, words: Words) -> Iterator[str]:
    """Yield how many were checked, and by name who was not well or did not come."""
    yield words.log.staff_checked.format(checked=told.checked, abnormal=told.abnormal)
    odd = dict.fromkeys((*told.unwell, *told.readings))
    for whose in odd:
        measured = f"{told.readings[whose]:.1f}" if whose in told.readings else ""
        parts = (subject_name(whose, snapshot), measured, told.remarks.get(whose, ""))
        yield " ".join(part for part in parts if part)
    if told.absent:
        named = (f"{subject_name(each, snapshot)} {told.remarks.get(each, '')}".strip() for each in told.absent)
        yield words.log.staff_absent.format(who=words.marks.comma.join(named))


def _temperature(entry: Entry, taken: TemperatureTaken, snapshot: Snapshot, words: Words) -> Iterator[str]:
    highest = "-" if taken.highest is None else taken.highest
    yield words.log.measured.format(measured=taken.measured, of=taken.of, highest=highest)
    fever = snapshot.daily_at(entry.happened_at).thresholds.fever_c
    for whose, reading in taken.readings.items():
        if reading >= fever or whose in taken.first:
            yield f"{subject_name(whose, snapshot)} {reading:.1f}"
        if whose in taken.first:
            yield words.log.read_first.format(temp=f"{taken.first[whose]:.1f}")
    yield from _symptoms(taken.symptoms, snapshot, words)
    if taken.absent:
        yield words.log.absent.format(who=_names(taken.absent, snapshot, words))
    yield from remarks_said(taken.remarks, snapshot)
    yield from _left(taken.left, snapshot, words)


def _left(left: tuple[str, ...], snapshot: Snapshot, words: Words) -> Iterator[str]:
    """Yield who still has to be seen: a few by name, more by their number."""
    if 0 < len(left) <= NAMED_AT_MOST:
        yield words.log.left.format(who=_names(left, snapshot, words))
    elif left:
        yield words.log.left_many.format(n=len(left))


def _names(people: tuple[str, ...], snapshot: Snapshot, words: Words) -> str:
    return words.marks.comma.join(subject_name(each, snapshot) for each in people)


def _symptoms(told: Mapping[str, str], snapshot: Snapshot, words: Words) -> Iterator[str]:
    for whose, text in told.items():
        yield f"{subject_name(whose, snapshot)} {words.log.symptom.format(text=text)}"
