"""Figures of the screening report that belong together: its categories, and pairs of today and in all."""

from collections.abc import Mapping
from typing import Final

from dutyboard.rules.law.daily import ScreeningFigure

ORIGINS: Final[tuple[ScreeningFigure, ...]] = (
    "abroad",
    "sanfei",
    "province_named",
    "province_risk",
    "province_other",
    "risk_elsewhere",
    "other",
)
"""Categories of section two; everybody stands in one of them."""
PAIRED: Final[Mapping[ScreeningFigure, ScreeningFigure]] = {
    "abroad": "abroad_today",
    "sanfei": "sanfei_today",
    "province_named": "province_named_today",
    "province_risk": "province_risk_today",
    "province_other": "province_other_today",
    "risk_elsewhere": "risk_elsewhere_today",
    "other": "other_today",
    "at_site": "at_site_today",
    "at_home": "at_home_today",
    "in_hospital": "in_hospital_today",
    "free": "free_today",
    "total": "new",
}
"""Figures that are stated as a pair: the total of each, and how many of them are of today."""
