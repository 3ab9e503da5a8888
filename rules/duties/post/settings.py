"""The desk's settings and the command post's switches: what stands now and what is planned, and how one is changed."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from dutyboard.frozen import frozen
from dutyboard.rules.law.notice import Notice
from dutyboard.rules.people.officers import officer_name
from dutyboard.rules.records.clock import midnight
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.post import ChangeSetting
from dutyboard.rules.records.model import SettingChange
from dutyboard.rules.records.refusals import Code, Refusal
from dutyboard.rules.records.settings import EMERGENCY, SETTINGS, Order, Setting, settings_of
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.timeline import Period, periods
from dutyboard.rules.records.told.post import SettingSet
from dutyboard.rules.records.transaction import Accepted, Transaction

_OUT_OF_ORDER: Final[Mapping[Order, Code]] = {
    "temperatures": "temperatures_out_of_order",
    "shift_ends": "shift_ends_out_of_order",
    "window": "window_out_of_order",
    "overlap": "windows_overlap",
}


@frozen
class StandingSetting:
    """A setting as it stands at an instant.

    `value` is as it is written. `change` None: it is the notice's, `since` it came into force. `by` is the officer's
    name. `planned` are the changes still to come, the next first.
    """

    setting: Setting
    value: str
    since: datetime
    change: SettingChange | None
    by: str
    planned: tuple[SettingChange, ...]


def standing_settings(snapshot: Snapshot, now: datetime) -> tuple[StandingSetting, ...]:
    """Return every setting under the notice in force, in the order of the table."""
    period = snapshot.period_at(now)
    return tuple(_standing(snapshot, period, setting, now) for setting in settings_of(period.notice).values())


def _standing(snapshot: Snapshot, period: Period, setting: Setting, now: datetime) -> StandingSetting:
    change = period.settings.get(setting.name)
    planned = (
        each for each in snapshot.setting_changes.values() if each.name == setting.name and each.effective_from > now
    )
    return StandingSetting(
        setting=setting,
        value=change.value if change else setting.form.write(setting.value_in(period.notice)),
        since=change.effective_from if change else _in_force_since(snapshot, now),
        change=change,
        by=officer_name(snapshot, change.set_by) if change else "",
        planned=tuple(sorted(planned, key=lambda each: (each.effective_from, each.id))),
    )


def _in_force_since(snapshot: Snapshot, now: datetime) -> datetime:
    begun = [each.effective_from for each in snapshot.notices.values() if each.effective_from <= now]
    return max(begun, default=min(each.effective_from for each in snapshot.notices.values()))


def emergency(snapshot: Snapshot, now: datetime) -> StandingSetting:
    """Return the switch between the state of emergency and the normal one, as it stands at an instant."""
    return _standing(snapshot, snapshot.period_at(now), SETTINGS[EMERGENCY], now)


def decide_change_setting(
    command: ChangeSetting, snapshot: Snapshot, now: datetime, actor: Actor
) -> Accepted | Refusal:
    """Set a value from an instant on, with its reason. It never reaches back, so that what was late then stays late.

    What shapes a whole day begins at the next 00:00. Only who leads decides about persons; for hours and thresholds the
    administrator may too.
    """
    wanted = command.effective_from or now
    period = snapshot.period_at(wanted)
    setting = settings_of(period.notice).get(command.name)
    if setting is None:
        return Refusal("unknown_setting", {"name": command.name})
    officer = snapshot.officers[actor.officer_id or 0]
    if not command.reason.strip():
        return Refusal("reason_needed")
    if wanted < now:
        return Refusal("before_now", {"at": wanted})
    starts = _next_midnight(snapshot, wanted) if setting.from_midnight else wanted
    written = _written(setting, command.value, snapshot, starts)
    if isinstance(written, Refusal):
        return written
    transaction = Transaction(snapshot, now, actor)
    change = SettingChange(
        id=transaction.new_id("setting_changes"),
        name=setting.name,
        value=written,
        effective_from=starts,
        reason=command.reason.strip(),
        set_by=officer.id,
        set_at=now,
    )
    before = _standing(snapshot, snapshot.period_at(starts), setting, starts).value
    if written == before:
        return Refusal("setting_unchanged", {"name": setting.name, "value": written})
    clash = _out_of_order(snapshot, change)
    if clash is not None:
        return clash
    transaction.put(change)
    transaction.log(
        SettingSet(name=change.name, from_=before, to=change.value, effective_from=starts), text=change.reason
    )
    return transaction.accepted()


def _next_midnight(snapshot: Snapshot, instant: datetime) -> datetime:
    """Return the first 00:00 that is not before an instant."""
    day = snapshot.day_of(instant)
    starts = midnight(day, snapshot.zone)
    return starts if starts == instant else midnight(day + timedelta(days=1), snapshot.zone)


def _written(setting: Setting, typed: str, snapshot: Snapshot, starts: datetime) -> str | Refusal:
    """Return a value as it is written down, or why it cannot be one."""
    try:
        value = setting.form.read(typed.strip())
    except ValueError:
        return Refusal("setting_unreadable", {"name": setting.name, "value": typed, "form": setting.form.kind})
    if setting.form.kind in ("degrees", "whole") and isinstance(value, int | float):
        low = setting.lowest(_bare(snapshot, starts))
        if not low <= value <= setting.high:
            return Refusal("bad_figure", {"name": setting.name, "value": value, "low": low, "high": setting.high})
    return setting.form.write(value)


def _bare(snapshot: Snapshot, instant: datetime) -> Notice:
    return snapshot.notices_known[snapshot.notice_at(instant).id]


def _out_of_order(snapshot: Snapshot, change: SettingChange) -> Refusal | None:
    """Return why a change does not fit what applies beside it, then or at any later change; None: it fits."""
    changes = [*snapshot.setting_changes.values(), change]
    for starts, period in periods(snapshot.notices_known, snapshot.notices.values(), changes):
        wrong = period.disorder() if starts >= change.effective_from else None
        if wrong is not None:
            order, other = wrong
            return Refusal(_OUT_OF_ORDER[order], {"name": change.name, "other": other, "at": starts})
    return None
