"""Words of the duties: kinds, states, slots. A notice names its own slots."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dutyboard.frozen import frozen

if TYPE_CHECKING:
    from dutyboard.rules.records.obligation import Kind, State, Waiver


@frozen
class DutyWords:
    """Names of kinds and states; `slots` names those slots that no notice names."""

    kinds: Mapping[Kind, str]
    slots: Mapping[str, str]
    states: Mapping[State, str]
    waivers: Mapping[Waiver, str]
    seen_by: str
    shelved_until: str
    shelf_over: str
    overlooked: str
    late_by: str
    unreported_by: str
    unreported: str
    due_in: str
    since: str
    opens_at: str
    done_by: str
    done_late_by: str
    late_entry: str
    told_afterwards: str
    abnormal: str
    gap_of: str
    title: str
    title_count: str
    no_director: str
    title_text: str
    title_number: str
    clause: str
    sections: tuple[str, ...]
    items: tuple[str, ...]
