"""Words of the lists behind a screen: calls about a risk area, certificates that run out, one site's people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from dutyboard.frozen import frozen

if TYPE_CHECKING:
    from dutyboard.rules.people.areas import Touch
    from dutyboard.rules.records.codes import AreaLevel


SliceCode = Literal["ready", "waits_for_answer", "own_town", "fever", "result_out", "test_due", "released_tomorrow"]
"""Codes of the slices of a list of people, beside those by clause."""
BulkAct = Literal["negative", "sampled", "assign", "confirm", "move", "home_check"]
"""Codes of the acts on everybody who is marked."""


@frozen
class ListWords:
    """Headings and lines. Placeholders in braces are filled with `str.format`."""

    calls_title: str
    calls_area: str
    calls_empty: str
    levels: Mapping[AreaLevel, str]
    touches: Mapping[Touch, str]
    column_place: str
    column_left: str
    column_state: str
    not_called: str
    call_title: str
    call_about: str
    call_answer: str
    call_text: str
    call_text_hint: str
    called: str
    then_correct: str
    expiring_title: str
    expiring_empty: str
    column_clause: str
    column_until: str
    column_left_over: str
    column_decides: str
    decides: str
    settled: str
    site_rooms: str
    site_forecast: str
    site_duties_title: str
    site_duties_hint: str
    site_empty: str
    site_seen: str
    column_room: str
    column_temperatures: str
    column_test: str
    column_owed: str


@frozen
class SliceWords:
    """Names of the slices of a list of people, and the order of its rows."""

    everybody: str
    order: str
    order_queue: str
    order_people: str
    names: Mapping[SliceCode, str]


@frozen
class BulkWords:
    """Marks, and acts on all who are marked. Placeholders in braces are filled with `str.format`."""

    acts: Mapping[BulkAct, str]
    marked: str
    in_heading: str
    none_marked: str
    gone: str
    title: str
    hint: str
    form: str
    sampled_hint: str
    kind_hint: str
    officer_hint: str
    cadre_hint: str
    site: str
    look: str
    form_keys: str
    preview_keys: str
    counts: str
    left_out: str
    nobody: str
    again: str
    done: str
    left: str
    taken_back: str
    not_taken_back: str
