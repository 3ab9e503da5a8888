"""English sentences of `PageWords`."""

from dutyboard.tui.text.pages.frame import PageWords

WORDS = PageWords(
    kinds={
        "screening": "screening report",
        "site": "site report",
        "roster": "task-force roster",
        "handover": "handover list",
        "ledger": "ledger of the four duties",
        "statistics": "statistics of the duty",
        "marks": "what is to be asked about",
        "villages": "villages screened",
        "notice-isolation": "notice of isolation",
        "notice-release": "notice of release",
        "notice-home": "notice of home monitoring",
        "transfer": "transfer sheet",
        "record": "record of a person",
        "presence": "checks of presence",
        "calls": "phone log",
        "daybook": "day book",
        "rota": "rota of a month",
        "temperatures": "temperature sheet",
        "patrols": "patrol sheet",
        "disinfections": "disinfection sheet",
    },
    made="made by {by}, {at}, from line {seq} (head {head}), {numbers}",
    numbers_masked="numbers masked",
    numbers_shown="numbers in full, the reason is in the view log",
    nothing="{kind}: nothing to print for {scope} {days}",
    subject_needed="say whose {kind}: {options}",
    either=" or ",
    one_subject="only one of {options}",
    subjects={"unit": "unit", "site": "site", "person": "person", "officer": "officer"},
    days_twice="--date or --from and --to, not both",
)
