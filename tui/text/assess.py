"""Words of section three's results: holds of an end, blockers of a release."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dutyboard.frozen import frozen

if TYPE_CHECKING:
    from dutyboard.rules.law.result import Hold
    from dutyboard.rules.law.section_three import BlockerCode


@frozen
class AssessWords:
    """Sentences by code. The reasons of a referral stand in the notice itself."""

    holds: Mapping[Hold, str]
    blockers: Mapping[BlockerCode, str]
