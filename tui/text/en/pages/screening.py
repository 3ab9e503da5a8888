"""English sentences of `ScreeningPageWords`."""

from dutyboard.tui.text.pages.screening import ScreeningPageWords

WORDS = ScreeningPageWords(
    columns=("figure", "today", "in all"),
    today="today",
    total="in all",
    supplements="Supplements (against the one before)",
    supplement_columns=("no.", "time", "reporter", "figure", "was", "is", "change"),
    nothing_changed="no figure changed",
    first_stated="stated by {reporter} at {at}, and fixed by that",
    stated_again="supplemented {n} times since: the figures are those after it, the changes stand below",
    sign="Reporter (signature): {reporter}  Checked by (signature): {checked}  Responsible (signature): {responsible}",
    not_added_up="the categories make {sum}, the total says {total}",
    city_title="Screening: the sheet of all units",
    city_columns=("unit", "state", "sent", "reporter", "checked by", "responsible"),
    marks={"stated": "reported", "zero": "zero", "missing": "missing", "not_owed": "not owed"},
    late="late",
    corrected="corrected x{n}",
    sum="Sum of {n} units",
    reported="{n} of {m} units have reported, zero {zero}, late {late}, corrected {corrected}",
    missing="missing, in no sum: {names}",
    partly="{name} {n}/{m}",
    partly_line="not every unit that reported states: {figures}",
    city_sent="the city's total was sent by {reporter} at {at} (revision {revision})",
    city_not_sent="the city's total is not sent yet",
    without_unit="{n} more people belong to no unit that reports, and are not in this sheet",
)
