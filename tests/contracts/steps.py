"""One step of each rule that is no row of section three: what carries a clause, changed as little as can be."""

from dataclasses import dataclass
from typing import Final

SEATS: Final = "rules/duties/post/seats.py"
NOTICE: Final = "rules/law/notices/lianyuan-2021-07.toml"


@dataclass(frozen=True, slots=True)
class Step:
    """A change of one file: the text `old`, which stands there once, becomes `new`."""

    file: str
    old: str
    new: str


STEPS: Final[dict[str, tuple[Step, ...]]] = {
    "0.1": (Step(NOTICE, "effective_from = 2021-06-07T00:00:00", "effective_from = 2021-06-08T00:00:00"),),
    "1.1": (Step("rules/records/settings.py", "value_in=lambda _: True", "value_in=lambda _: False"),),
    "1.3": (Step(SEATS, "    covered = frm\n", "    covered = frm + (to - frm) / 2\n"),),
    "1.4": (Step("rules/records/codes.py", '= ("leader", "officer")', '= ("leader",)'),),
    "1.5": (
        Step(
            "rules/duties/post/matters.py",
            "due=due or next_shift_end(transaction.snapshot, opened_at),",
            "due=due or opened_at,",
        ),
    ),
    "1.6": (Step("rules/duties/post/reports.py", '"directors": 1}', '"directors": 0}'),),
    "1.7": (Step(NOTICE, "minimum = { value = 5,", "minimum = { value = 6,"),),
    "1.8": (Step(NOTICE, "due = 2021-06-07T21:30:00", "due = 2021-06-07T21:31:00"),),
    "2.1": (Step("rules/law/assess.py", 'facts.border != "none" or', 'facts.border == "foreign" or'),),
    "2.2": (Step(NOTICE, 'when = [["sanfei is yes"]]', 'when = [["sanfei unknown"]]'),),
    "2.3": (Step(NOTICE, "arrived_from = 2021-05-07", "arrived_from = 2021-05-08"),),
    "2.4": (Step(NOTICE, "named_counties_count = true", "named_counties_count = false"),),
    "2.5": (Step("rules/duties/post/villages.py", "(?:村|社区|居委会)", "(?:村|居委会)"),),
    "2.6": (Step("rules/duties/person/placement.py", "if not officer_name:", "if officer_name is None:"),),
    "2.7": (Step(NOTICE, "unassessed_hours = 2", "unassessed_hours = 3"),),
    "2.8": (Step(NOTICE, 'due = "17:00"\nclause = "2.8"', 'due = "17:01"\nclause = "2.8"'),),
    "3.12": (Step("rules/law/gate.py", 'Blocker(code="no_home_cadre")', 'Blocker(code="no_vehicle")'),),
    "4.1a": (
        Step(NOTICE, "patrols = { value = 3,", "patrols = { value = 2,"),
        Step(NOTICE, 'en = "Pat.3" }\nkind = "patrol"', 'en = "Pat.3" }\nkind = "staff_check"'),
    ),
    "4.1b": (
        Step(NOTICE, "temperatures = { value = 2,", "temperatures = { value = 1,"),
        Step(NOTICE, 'en = "TmpPM" }\nkind = "temperature"', 'en = "TmpPM" }\nkind = "staff_check"'),
    ),
    "4.1c": (
        Step(NOTICE, "disinfections = { value = 2,", "disinfections = { value = 1,"),
        Step(NOTICE, 'en = "DisPM" }\nkind = "disinfection"', 'en = "DisPM" }\nkind = "staff_check"'),
    ),
    "4.1d": (Step(NOTICE, 'kind = "staff_check"', 'kind = "home_check"'),),
    "4.1e": (
        Step(
            NOTICE, 'clause = "4.1e"\nopens = "00:00"\ndue = "17:00"', 'clause = "4.1e"\nopens = "00:00"\ndue = "16:59"'
        ),
    ),
    "4.2": (Step(NOTICE, "occupancy_percent = 80", "occupancy_percent = 81"),),
    "5.1": (
        Step("rules/duties/post/units.py", "if was and not command.reason.strip():", "if not command.reason.strip():"),
    ),
    "5.2": (Step(NOTICE, 'advice = "individual"', 'advice = "local"'),),
    "5.3": (Step("rules/account/ledger.py", "counts[row.column] += 1", "counts[row.column] = 1"),),
    "A.1": (Step("tui/sheets/words/headings.toml", '[roster.duty]\nown = "职责分工"', '[roster.duty]\nown = "甲"'),),
}
"""By clause of docs/coverage.md. A row of section three has none: each of its numbers and conditions is changed."""
