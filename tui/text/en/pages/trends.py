"""English sentences of `TrendWords`."""

from dutyboard.tui.text.pages.trends import TrendWords

WORDS = TrendWords(
    title="Trends day by day",
    note="Figures are those of the day's reports and the ledger. A gap was not told; it is no 0. Today is as of now.",
    sum_note="Rooms are of the sites active that day. Where one site told no temperatures, there is no sum.",
    left_out="The record of {who} cannot be computed: what is owed about them is not in what was overdue.",
    charts={
        "intake": ("Intake", "people"),
        "rooms": ("Rooms", "rooms"),
        "overdue": ("Overdue", "things"),
        "fevers": ("Fevers", "people"),
        "temperatures": ("Temperature", "C"),
        "measured": ("Measured", "people"),
    },
    groups={
        "rooms": "Rooms",
        "overdue": "Overdue",
        "temperatures": "Temperature",
        "measured": "Measured",
    },
    figures={
        "came": "came",
        "used": "in use",
        "kept": "kept",
        "vacant": "free",
        "rooms": "all",
        "done_late": "done late",
        "late": "still late",
        "missed": "missed",
        "feverish": "fevers",
        "highest": "highest",
        "median": "median",
        "measured": "measured",
        "of": "of",
    },
    came_here="came in",
    day="Day",
    site="Site",
    days_heading="By day",
    sites_heading="By site",
    unknown="not told",
    same_place="same place",
)
