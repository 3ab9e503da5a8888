"""Words of the desk's settings: what each is called, how its value is written and told, and their page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dutyboard.frozen import frozen

if TYPE_CHECKING:
    from dutyboard.rules.records.codes import SettingForm, SettingName


@frozen
class SettingWords:
    """Placeholders in braces are filled with `str.format`.

    `readings` are by O-number. `values` tell a switch or a choice, `confirmed` the switch of a reading. `forms` say how
    a value is typed.
    """

    title: str
    heads: tuple[str, str, str, str]
    names: Mapping[SettingName, str]
    window: str
    reading: str
    readings: Mapping[str, str]
    values: Mapping[str, str]
    confirmed: Mapping[str, str]
    forms: Mapping[SettingForm, str]
    of_notice: str
    of_desk: str
    since: str
    planned: str
    comes: str
    by_leader: str
    by_both: str
    new_value: str
    starts: str
    hint_starts: str
    hint_midnight: str
    changed: str
