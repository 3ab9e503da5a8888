"""The desk's settings in words: their names and values, and the line that tells a change."""

import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import cast

from dutyboard.rules.duties.post.settings import StandingSetting
from dutyboard.rules.law.notice import Notice
from dutyboard.rules.records.settings import EMERGENCY, Setting, settings_of
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told import SettingSet
from dutyboard.tui.text import Words
from dutyboard.tui.views.times import day_clock


def setting_name(setting: Setting, notice: Notice, words: Words) -> str:
    """Return the name of a setting: from the catalogue, from its O-number, or from the notice for a window."""
    said = words.settings
    if setting.confirms:
        return said.reading.format(number=setting.reading, name=said.readings.get(setting.reading, "")).strip()
    slot = notice.daily.find_slot(setting.name)
    if slot is not None:
        return said.window.format(name=slot.name.said_in(words.language))
    return cast(Mapping[str, str], said.names)[setting.name]


def value_text(setting: Setting, value: str, words: Words) -> str:
    """Return a value as an officer reads it. A number or an hour stays as it is written."""
    said = words.settings
    if setting.form.kind not in ("switch", "choice"):
        return value
    table = _states(words) if setting.name == EMERGENCY else said.confirmed if setting.confirms else said.values
    return table.get(value, value)


def _states(words: Words) -> Mapping[str, str]:
    return {"on": words.frame.emergency, "off": words.frame.normal}


def typed_value(typed: str, words: Words) -> str:
    """Return the code of a typed value. Full-width signs and the words of the screen are accepted."""
    said, text = words.settings, unicodedata.normalize("NFKC", typed).strip()
    shown = {word: code for table in (said.values, _states(words), said.confirmed) for code, word in table.items()}
    return shown.get(text, text)


def setting_texts(
    standing: StandingSetting, snapshot: Snapshot, now: datetime, words: Words
) -> tuple[str, str, str, str]:
    """Return the columns of one setting: name, value, source, and the details.

    The details are: since when, by whom, why, and the changes that are planned.
    """
    said, setting, zone = words.settings, standing.setting, snapshot.zone
    parts = [said.since.format(since=day_clock(standing.since, zone))]
    if standing.change is not None:
        parts += [standing.by, standing.change.reason]
    for each in standing.planned:
        value = value_text(setting, each.value, words)
        parts.append(said.planned.format(value=value, since=day_clock(each.effective_from, zone)))
    return (
        setting_name(setting, snapshot.notice_at(now), words),
        value_text(setting, standing.value, words),
        said.of_desk if standing.change else said.of_notice,
        " ".join(part for part in parts if part),
    )


def changed_text(told: SettingSet, snapshot: Snapshot, words: Words) -> str:
    """Return the line of the log that tells a change of a setting."""
    notice = snapshot.notice_at(told.effective_from)
    setting = settings_of(notice).get(told.name)
    if setting is None:
        return told.name
    return words.settings.changed.format(
        name=setting_name(setting, notice, words),
        before=value_text(setting, told.from_, words),
        after=value_text(setting, told.to, words),
        since=day_clock(told.effective_from, snapshot.zone),
    )
