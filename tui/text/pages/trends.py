"""Words of the pictures of a period: its charts, its figures, and what a gap in them means."""

from collections.abc import Mapping
from typing import Literal

from dutyboard.frozen import frozen
from dutyboard.rules.account.over_days import DayFigure

ChartCode = Literal["intake", "rooms", "overdue", "fevers", "temperatures", "measured"]
GroupCode = Literal["rooms", "overdue", "temperatures", "measured"]
"""Headings above several columns of a table."""


@frozen
class TrendWords:
    """Headings, units and names. `charts` are headings with their units, `groups` stand above columns of a table.

    `figures` name what is counted; `came_here` is the intake of one site.
    """

    title: str
    note: str
    sum_note: str
    left_out: str
    charts: Mapping[ChartCode, tuple[str, str]]
    groups: Mapping[GroupCode, str]
    figures: Mapping[DayFigure, str]
    came_here: str
    day: str
    site: str
    days_heading: str
    sites_heading: str
    unknown: str
    same_place: str
