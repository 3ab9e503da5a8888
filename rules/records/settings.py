"""The settings of a desk: names, forms and bounds of the values, and a notice with the values laid over.

The letter of a notice is no setting. A setting is what the notice leaves open (windows with `source = "setting"`,
thresholds, hours), a reading chosen among several, or a switch of the command post.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType
from typing import Any, Final, Literal, cast

from dutyboard.frozen import frozen
from dutyboard.rules.law.daily import Daily, Slot, overlapping
from dutyboard.rules.law.notice import Notice
from dutyboard.rules.records.codes import SettingForm
from dutyboard.rules.records.model import SettingChange

SettingValue = float | int | bool | str | tuple[timedelta, ...]
Order = Literal["temperatures", "shift_ends", "window", "overlap"]
"""Possible disorders: a temperature, the shift ends, a window in itself, two windows of one kind."""

EMERGENCY: Final = "emergency"
MACAU_REBOUND: Final = "macau_rebound"
_READING: Final = "reading-"
_CLOCK = re.compile(r"([01]\d|2[0-4]):([0-5]\d)")
_DEGREES = re.compile(r"\d{2}(\.\d)?")
_BETWEEN = re.compile(r"[\s,/，、-]+")
_PLACE = re.compile(r"[\u3400-\u9fff]{2,15}")
_LEVELS: Final = 3
"""Province, prefecture, county: the most places in which a county lies, itself among them."""
_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)
_SECOND = timedelta(seconds=1)


@frozen
class ValueForm:
    """A form in which a value is written. `read` raises ValueError for a text that is no such value."""

    kind: SettingForm
    read: Callable[[str], SettingValue]
    write: Callable[[Any], str]
    words: tuple[str, ...] = ()


@frozen
class Setting:
    """One thing that a desk may set for itself.

    `low` and `high` bound a number; with `letter_below` it is never set under the notice's own number. `clause` is that
    of the duty whose window it is, `reading` the open point that it answers. `leader`: a decision about persons, which
    only who leads may take. `from_midnight`: it shapes a whole day, so that it begins at 00:00.
    """

    name: str
    form: ValueForm
    value_in: Callable[[Notice], SettingValue]
    laid_in: Callable[[Notice, Any], Notice]
    low: float = 0
    high: float = 0
    letter_below: bool = False
    clause: str = ""
    reading: str = ""
    leader: bool = False
    from_midnight: bool = False

    @property
    def confirms(self) -> bool:
        """Tell if it is the command post's word on a reading, once and for all."""
        return self.name == f"{_READING}{self.reading}"

    def lowest(self, notice: Notice) -> float:
        """Return the least number that may be set under a notice as it was handed in."""
        own = self.value_in(notice)
        return own if self.letter_below and isinstance(own, int | float) else self.low


# ---------------------------------------------------------------- how values are written


def _degrees(text: str) -> float:
    if not _DEGREES.fullmatch(text):
        raise ValueError(text)
    return float(text)


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 6):
        raise ValueError(text)
    return int(text)


def _times(text: str) -> tuple[timedelta, ...]:
    times = tuple(_clock(each) for each in _BETWEEN.split(text.strip()))
    if max(times) >= _DAY:
        raise ValueError(text)
    return times


def _window(text: str) -> tuple[timedelta, ...]:
    times = tuple(_clock(each) for each in _BETWEEN.split(text.strip()))
    if len(times) != 3:
        raise ValueError(text)
    return times


def _clock(text: str) -> timedelta:
    match = _CLOCK.fullmatch(text)
    time = timedelta(hours=int(match[1]), minutes=int(match[2])) if match else None
    if time is None or time > _DAY:
        raise ValueError(text)
    return time


def _written(time: timedelta) -> str:
    minutes = time // _MINUTE
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _one_of(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in words:
            raise ValueError(text)
        return text

    return read


def _places(text: str) -> str:
    places = _BETWEEN.split(text.strip())
    if not 1 <= len(places) <= _LEVELS or not all(_PLACE.fullmatch(each) for each in places):
        raise ValueError(text)
    return " ".join(places)


def _switch(text: str) -> bool:
    return _one_of("on", "off")(text) == "on"


_DEGREES_FORM = ValueForm(kind="degrees", read=_degrees, write=lambda value: f"{value:.1f}")
_WHOLE_FORM = ValueForm(kind="whole", read=_whole, write=str)
_TIMES_FORM = ValueForm(kind="times", read=_times, write=lambda value: " ".join(map(_written, value)))
_WINDOW_FORM = ValueForm(kind="window", read=_window, write=lambda value: "/".join(map(_written, value)))
_PLACES_FORM = ValueForm(kind="places", read=_places, write=str)
_SWITCH_FORM = ValueForm(kind="switch", read=_switch, write=lambda value: "on" if value else "off", words=("on", "off"))


# ---------------------------------------------------------------- the table


def _part(notice: Notice, part: str) -> Any:
    return notice.section_three.settings if part == "settings" else getattr(notice.daily, part)


def _in_part(part: str, field: str, unit: timedelta | None) -> dict[str, Any]:
    """Return how one field of a part of `Daily`, or of section three's settings, is read and replaced."""

    def value_in(notice: Notice) -> SettingValue:
        value = getattr(_part(notice, part), field)
        return cast(SettingValue, value if unit is None else value // unit)

    def laid_in(notice: Notice, value: Any) -> Notice:
        changed = replace(_part(notice, part), **{field: value if unit is None else value * unit})
        if part == "settings":
            return replace(notice, section_three=replace(notice.section_three, settings=changed))
        return replace(notice, daily=replace(notice.daily, **{part: changed}))

    return {"value_in": value_in, "laid_in": laid_in}


def _temperature(field: str) -> Setting:
    return Setting(name=field, form=_DEGREES_FORM, low=30.0, high=45.0, **_in_part("thresholds", field, None))


def _fever() -> Setting:
    """Return the fever threshold, which the rounds and section three share."""
    rounds = _temperature("fever_c")
    in_section = _in_part("settings", "fever_c", None)["laid_in"]
    return replace(rounds, laid_in=lambda notice, value: in_section(rounds.laid_in(notice, value), value))


def _span(part: str, field: str, unit: timedelta, name: str, low: int, high: int) -> Setting:
    return Setting(name=name, form=_WHOLE_FORM, low=low, high=high, **_in_part(part, field, unit))


def _limit(field: str, name: str, low: int, high: int) -> Setting:
    """Return a limit from which on entries are asked about."""
    return Setting(name=name, form=_WHOLE_FORM, low=low, high=high, **_in_part("marks", field, None))


def _interpretation(field: str, form: ValueForm, reading: str, **bounds: Any) -> Setting:
    return Setting(name=field, form=form, reading=reading, leader=True, **bounds, **_in_part("settings", field, None))


def _home() -> Setting:
    """Return the places of the command post, by which addresses are read; written from the province down."""

    def laid_in(notice: Notice, value: str) -> Notice:
        screening = replace(notice.daily.screening, home=tuple(value.split()))
        return replace(notice, daily=replace(notice.daily, screening=screening))

    return Setting(
        name="home",
        form=_PLACES_FORM,
        value_in=lambda notice: " ".join(notice.daily.screening.home),
        laid_in=laid_in,
    )


def _day_of_start() -> Setting:
    form = ValueForm(kind="choice", read=lambda text: int(_one_of("0", "1")(text)), write=str, words=("0", "1"))
    return _interpretation("day_of_start", form, "O3")


def _certificate_counts_to() -> Setting:
    words = ("arrival", "assessment")
    form = ValueForm(kind="choice", read=_one_of(*words), write=str, words=words)
    return _interpretation("certificate_counts_to", form, "O25")


SETTINGS: Final[Mapping[str, Setting]] = MappingProxyType(
    {
        setting.name: setting
        for setting in (
            Setting(
                name=EMERGENCY,
                form=_SWITCH_FORM,
                leader=True,
                value_in=lambda _: True,
                laid_in=lambda notice, _: notice,
            ),
            _interpretation(MACAU_REBOUND, _SWITCH_FORM, "O30"),
            _fever(),
            _temperature("low_c"),
            _temperature("least_c"),
            _temperature("most_c"),
            Setting(
                name="occupancy_percent",
                form=_WHOLE_FORM,
                low=1,
                high=100,
                **_in_part("thresholds", "occupancy_percent", None),
            ),
            _span("thresholds", "forecast", _HOUR, "forecast_hours", 1, 336),
            _span("thresholds", "unassessed", _HOUR, "unassessed_hours", 1, 24),
            _span("thresholds", "certificate_soon", _HOUR, "certificate_soon_hours", 0, 168),
            _span("thresholds", "retake_after", _MINUTE, "retake_after_minutes", 0, 30),
            _span("thresholds", "retake_due", _MINUTE, "retake_due_minutes", 30, 240),
            _span("thresholds", "suspected", _MINUTE, "suspected_minutes", 1, 240),
            Setting(name="shift_ends", form=_TIMES_FORM, **_in_part("duty", "shift_ends", None)),
            _span("duty", "due_soon", _MINUTE, "due_soon_minutes", 0, 240),
            _span("duty", "entry_needs_reason_after", _HOUR, "entry_needs_reason_after_hours", 0, 168),
            _span("duty", "take_back", _MINUTE, "take_back_minutes", 0, 60),
            _span("duty", "handover_opens_before", _MINUTE, "handover_opens_before_minutes", 0, 240),
            _span("duty", "handover_due_after", _MINUTE, "handover_due_after_minutes", 0, 240),
            _span("duty", "transfer", _HOUR, "transfer_hours", 1, 168),
            _span("duty", "road", _MINUTE, "road_minutes", 1, 1440),
            _span("duty", "trace", _HOUR, "trace_hours", 1, 168),
            _span("duty", "rescreen", _HOUR, "rescreen_hours", 1, 168),
            _span("duty", "not_found", _MINUTE, "not_found_minutes", 5, 720),
            _span("duty", "temperature_rounds_apart", _HOUR, "temperature_rounds_apart_hours", 0, 12),
            replace(_span("duty", "staff_pcr", _DAY, "staff_pcr_days", 0, 30), from_midnight=True),
            _span("duty", "archive_after", _DAY, "archive_after_days", 1, 3660),
            _span("duty", "lock_after", _MINUTE, "lock_after_minutes", 0, 240),
            _span("duty", "shelve", _MINUTE, "shelve_minutes", 5, 240),
            _span("duty", "shelve_red", _MINUTE, "shelve_red_minutes", 5, 60),
            _span("duty", "alarm_again", _MINUTE, "alarm_again_minutes", 1, 60),
            _limit("alone_people", "marks_alone_people", 2, 500),
            _span("marks", "alone_within", _SECOND, "marks_alone_seconds", 0, 600),
            _limit("same_people", "marks_same_people", 2, 500),
            _limit("same_percent", "marks_same_percent", 1, 100),
            _span("marks", "presence", _MINUTE, "marks_presence_minutes", 0, 720),
            _limit("late_entries", "marks_late_entries", 2, 500),
            _span("marks", "late_after", _MINUTE, "marks_late_minutes", 1, 1440),
            _limit("same_minute_days", "marks_same_minute_days", 2, 30),
            _day_of_start(),
            _interpretation("look_back_days", _WHOLE_FORM, "O28", letter_below=True, high=60),
            _interpretation("named_counties_count", _SWITCH_FORM, "O2"),
            _certificate_counts_to(),
            _interpretation("conversion_restarts_if_exposure_unknown", _SWITCH_FORM, "O18"),
            _interpretation("secondary_least_days", _WHOLE_FORM, "O13", letter_below=True, high=60),
            _interpretation("secondary_early_close_pcr", _WHOLE_FORM, "O13", low=1, high=10),
            _interpretation("hours_between_samples", _WHOLE_FORM, "O11", low=0, high=168),
            Setting(
                name="director_counts",
                form=_SWITCH_FORM,
                reading="O52",
                leader=True,
                **_in_part("roster_report", "director_counts", None),
            ),
            _home(),
        )
    }
)
"""Every setting but those that a notice names itself: its windows, and its readings to be confirmed."""


def about_persons(name: str) -> bool:
    """Tell if a setting of the table decides about persons, so that some may get another clause by it."""
    return name in SETTINGS and SETTINGS[name].leader


def settings_of(notice: Notice) -> dict[str, Setting]:
    """Return all settings under a notice by name: the table, its open windows by slot, and its readings to confirm."""
    windows = (_window_of(slot.id, slot.clause) for slot in notice.daily.slots if slot.source == "setting")
    readings = (_confirmed(reading) for reading in _to_confirm(notice))
    return {**SETTINGS, **{each.name: each for each in (*windows, *readings)}}


def _window_of(slot_id: str, clause: str) -> Setting:
    def value_in(notice: Notice) -> SettingValue:
        slot = notice.daily.slot(slot_id)
        return slot.opens, slot.due, slot.closes

    def laid_in(notice: Notice, value: tuple[timedelta, timedelta, timedelta]) -> Notice:
        opens, due, closes = value

        def shifted(slot: Slot) -> Slot:
            return replace(slot, opens=opens, due=due, closes=closes) if slot.id == slot_id else slot

        daily = replace(notice.daily, slots=tuple(map(shifted, notice.daily.slots)))
        return replace(notice, daily=daily)

    return Setting(
        name=slot_id, form=_WINDOW_FORM, clause=clause, value_in=value_in, laid_in=laid_in, from_midnight=True
    )


def _to_confirm(notice: Notice) -> list[str]:
    """Return the readings of a notice that the command post has to confirm, by number."""
    section = notice.section_three
    named = {reading for row in section.branches for reading in row.flags} | {flag.reading for flag in section.flags}
    return sorted(named, key=lambda reading: int(reading[1:]))


def _confirmed(reading: str) -> Setting:
    def laid_in(notice: Notice, value: bool) -> Notice:
        section = notice.section_three
        known = section.settings.confirmed
        confirmed = known | {reading} if value else known - {reading}
        return replace(notice, section_three=replace(section, settings=replace(section.settings, confirmed=confirmed)))

    return Setting(
        name=f"{_READING}{reading}",
        form=_SWITCH_FORM,
        reading=reading,
        leader=True,
        value_in=lambda notice: reading in notice.section_three.settings.confirmed,
        laid_in=laid_in,
    )


# ---------------------------------------------------------------- laid over a notice


def disorder(daily: Daily) -> tuple[Order, str] | None:
    """Return what stands out of order, and the name of a setting that does; None: all is in order."""
    if not daily.thresholds.in_order:
        return "temperatures", "fever_c"
    if not daily.duty.in_order:
        return "shift_ends", "shift_ends"
    if (wrong := next((slot for slot in daily.slots if not slot.in_order), None)) is not None:
        return "window", wrong.id
    if (late := overlapping(daily.slots)) is not None:
        return "overlap", late.id
    return None


def _lay(notice: Notice, change: SettingChange, settings: Mapping[str, Setting]) -> Notice | None:
    """Return the notice with one value in its place; None: this notice has no such setting, or cannot read it."""
    setting = settings.get(change.name)
    if setting is None:
        return None
    try:
        return setting.laid_in(notice, setting.form.read(change.value))
    except ValueError:
        return None


def laid_over(notice: Notice, changes: Iterable[SettingChange]) -> tuple[Notice, dict[str, SettingChange]]:
    """Return a notice with the values that a desk has set, and the changes that apply, by name. In order or not."""
    settings = settings_of(notice)
    applied: dict[str, SettingChange] = {}
    for change in changes:
        laid = _lay(notice, change, settings)
        if laid is not None:
            notice = laid
            applied[change.name] = change
    return notice, applied
