"""Words of the log: what each kind of entry is called, and how it is told in one line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dutyboard.rules.records.codes import CallAnswer, EntryKind


@dataclass(frozen=True, slots=True, kw_only=True)
class LogWords:
    """`kinds` names every kind of entry; the other fields are formats for what an entry carries."""

    kinds: Mapping[EntryKind, str]
    abnormal: str
    measured: str
    checked: str
    abnormal_count: str
    call: str
    told: str
    handed_over: str
    report: str
    done_by: str
    received_by: str
    led_by: str
    overridden: str
    traced: str
    carried_out: str
    answers: Mapping[CallAnswer, str]
