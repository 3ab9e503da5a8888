"""The desk's settings in words: their names and values, and the line that tells a change."""

import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Final, NamedTuple, cast

from dutyboard.rules.duties.post.settings import StandingSetting
from dutyboard.rules.law.notice import Notice
from dutyboard.rules.people.officers import officer_name
from dutyboard.rules.records.settings import EMERGENCY, Setting, settings_of
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.post import SettingSet
from dutyboard.tui.terminal.cells import Line, clip, pad
from dutyboard.tui.text import Words
from dutyboard.tui.views.times import clause, day_clock

_COLUMNS: Final = (30, 18, 4)
"""Cells of name, value and source."""


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
    return _worded(setting, words).get(value, value)


def _worded(setting: Setting, words: Words) -> Mapping[str, str]:
    """Return the word of each value of a switch or a choice, by its code; of any other setting nothing."""
    said = words.settings
    if setting.name == EMERGENCY:
        return {"on": words.frame.emergency, "off": words.frame.normal}
    if setting.confirms:
        return said.confirmed
    return {code: said.values[code] for code in setting.form.words}


def typed_value(setting: Setting, typed: str, words: Words) -> str:
    """Return a typed value as it is written.

    Full width is read as half width, 375 as 37.5, and a word of the screen as its code.
    """
    text = unicodedata.normalize("NFKC", typed).strip()
    if setting.form.kind == "degrees" and len(text) == 3 and text.isdecimal():
        return f"{text[:2]}.{text[2]}"
    codes = {_unspaced(word): code for code, word in _worded(setting, words).items()}
    return codes.get(_unspaced(text), text)


def _unspaced(text: str) -> str:
    return "".join(text.split())


def value_hint(setting: Setting, notice: Notice, words: Words) -> str:
    """Return how a value is typed: the words to choose from, the bounds of a number, an example."""
    if worded := _worded(setting, words):
        return " / ".join(worded.values())
    hint = words.settings.forms[setting.form.kind]
    return f"{hint} {setting.lowest(notice):g}-{setting.high:g}" if setting.high else hint


class SettingTexts(NamedTuple):
    """The columns of a setting: its name, its value, whose it is; `more` tells since when, by whom and why."""

    name: str
    value: str
    source: str
    more: str
    planned: tuple[str, ...]


def setting_texts(standing: StandingSetting, snapshot: Snapshot, now: datetime, words: Words) -> SettingTexts:
    """Return the columns of one setting, and a line for each change that is planned."""
    said, setting, zone = words.settings, standing.setting, snapshot.zone
    more = [said.since.format(since=day_clock(standing.since, zone))]
    if standing.change is not None:
        more += [standing.by, standing.change.reason]
    planned = []
    for each in standing.planned:
        since, by = day_clock(each.effective_from, zone), officer_name(snapshot, each.set_by)
        value = value_text(setting, each.value, words)
        planned.append(said.planned.format(value=value, since=since, by=by, reason=each.reason))
    return SettingTexts(
        name=setting_name(setting, snapshot.notice_at(now), words),
        value=value_text(setting, standing.value, words),
        source=said.of_desk if standing.change else said.of_notice,
        more=" ".join(part for part in more if part),
        planned=tuple(planned),
    )


def settings_header(words: Words) -> Line:
    """Return the heading row."""
    *heads, last = words.settings.heads
    columns = [pad(text, cells) for text, cells in zip(heads, _COLUMNS, strict=True)]
    return ((" " + " ".join([*columns, last]), "dim"),)


def setting_row(standing: StandingSetting, snapshot: Snapshot, now: datetime, words: Words, cells: int) -> Line:
    """Return one setting as a row of so many cells. The desk's own values are bright."""
    texts = setting_texts(standing, snapshot, now, words)
    parts = [pad(clip(text, width), width) for text, width in zip(texts[:3], _COLUMNS, strict=True)]
    mark = words.settings.comes if texts.planned else ""
    row = clip(" " + " ".join([*parts, f"{mark}{texts.more}"]), cells)
    return ((row, "strong" if standing.change else "plain"),)


def setting_detail(
    standing: StandingSetting, snapshot: Snapshot, now: datetime, words: Words, cells: int
) -> list[Line]:
    """Return two lines: the setting with its clause or open point, and what is planned for it.

    Where nothing is planned the second line says how a value is typed, and who may set it.
    """
    setting, said = standing.setting, words.settings
    texts = setting_texts(standing, snapshot, now, words)
    basis = clause(words.duties, setting.clause) if setting.clause else setting.reading
    who = said.by_leader if setting.leader else said.by_both
    hint = value_hint(setting, snapshot.notice_at(now), words)
    first = "  ".join(part for part in (texts.name, basis, texts.value, texts.more) if part)
    second = "  ".join(texts.planned) or f"{hint}  {who}"
    return [((clip(f" {first}", cells), "plain"),), ((clip(f" {second}", cells), "dim"),)]


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
