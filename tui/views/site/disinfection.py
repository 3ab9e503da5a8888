"""A disinfection in words."""

from dutyboard.rules.records.told.site import Disinfected
from dutyboard.tui.text import Words


def disinfection_text(told: Disinfected, words: Words, *, area: bool = True) -> str:
    """Return area, agent, concentration, minutes and method; with the area also who checked it, and since when.

    What nobody stated is blank.
    """
    log = words.log
    parts = [
        told.area if area and told.area else "",
        told.agent or "",
        f"{told.mg_l}mg/L" if told.mg_l is not None else "",
        log.for_minutes.format(n=told.minutes) if told.minutes is not None else "",
        words.forms.disinfection_methods[told.method] if told.method is not None else "",
        log.checked_by.format(who=told.checked_by) if told.checked_by and area else "",
    ]
    return " ".join(part for part in parts if part)
