"""Words of the log: names of the kinds of entry, and one line for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dutyboard.rules.records.codes import CallAnswer, EntryKind


@dataclass(frozen=True, slots=True, kw_only=True)
class LogWords:
    """Names of the kinds of entry, and formats for what an entry carries."""

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
