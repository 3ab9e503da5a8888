"""Clause by clause, what carries the notice: writes docs/coverage.md.

    python -m tests.contracts.coverage

A clause names the rule, the obligation or screen, and the tests that show it; or the later issue that brings it; or
says `not by program` and why. `problems` lists what is not so; tests/contracts/test_coverage.py keeps it empty.
tests/contracts/test_noticing.py changes the rule of each clause by one step: the named tests must fail.
"""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "coverage.md"


@dataclass(frozen=True, slots=True)
class Cover:
    """One clause. `rule` is a file and a name in it, `shows` the obligation kind or screen, `tests` files and names.

    `otherwise` stands in for all three: a later issue, or `not by program: ...`.
    """

    clause: str
    asks: str
    rule: str = ""
    shows: str = ""
    tests: tuple[str, ...] = ()
    otherwise: str = ""

    @property
    def row(self) -> str:
        """Return the name of the row of section three that carries the clause; empty: none does."""
        return self.rule.removeprefix(ROW).removesuffix('"') if self.rule.startswith(ROW) else ""


TABLE = "rules/law/notices/lianyuan-2021-07.toml:"
NOTICE = TABLE.removesuffix(":")
ROW = f'{TABLE}name = "'
APPLIES = "tests/rules/law/test_oracle.py:test_each_row_applies_when_the_reading_says_so"
CASES = "tests/rules/law/test_assess.py:test_the_worked_cases"
DATES = "tests/rules/law/test_plan.py:test_the_worked_dates"
HOSPITAL = "tests/rules/law/test_readings.py:test_what_follows_the_hospital_is_known_before_its_days_are"
ENTRANTS = "tests/rules/law/test_scope.py:test_whoever_enters_the_country_is_screened_wherever_he_stayed"
ARRIVALS = (
    "tests/rules/law/test_scope.py:test_arrivals_from_the_province_and_from_risk_areas_are_screened_from_a_day_on"
)
NOBODY = "tests/rules/duties/test_seats.py:test_a_desk_with_no_shifts_shows_the_gap_and_its_minutes_since_it_was_opened"
SINGLE = "tests/rules/law/test_bounds.py:test_the_single_sample_is_planned_for_the_day_of_arrival"
DAY_SEVEN = "tests/rules/law/test_bounds.py:test_a_secondary_contact_stays_until_his_own_day_seven"
LONGER_HOME = "tests/rules/law/test_plan.py:test_a_longer_stage_at_home_keeps_its_days_two_and_seven"
SETTINGS = "tests/rules/law/test_bounds.py:test_settings_of_the_conversion_and_the_samples"
WORDS = "tests/rules/law/test_readings.py:test_nothing_but_the_words_of_the_notice_lets_him_go"
UNKNOWN_LEVEL = "tests/rules/law/test_readings.py:test_a_stay_of_unknown_level_leaves_open_what_it_may_exclude"
GATE = "tests/rules/law/test_plan.py:test_the_gate_opens_only_when_all_is_negative_and_the_days_are_full"
SILENT = "tests/rules/law/test_assess.py:test_where_the_notice_is_silent_it_refers"
PLACED = "tests/rules/duties/test_queue.py:test_what_cannot_be_confirmed"
OVERDUE = "tests/rules/duties/test_queue.py:test_an_assessment_is_owed_within_two_hours"
EMERGENCY = (
    "tests/rules/records/test_settings.py:"
    "test_the_desk_is_in_a_state_of_emergency_from_the_day_of_its_notice_until_who_leads_ends_it"
)
FIRST_RESPONSIBLE = "tests/rules/duties/test_units.py:test_the_first_responsible_person_is_changed_with_a_reason"
ADVICE = "tests/rules/duties/test_advice.py:test_who_passes_under_three_eight_is_owed_the_advice_until_he_was_told"
FORM = "tests/rules/duties/test_arrivals.py:test_an_officer_with_a_new_phone_is_the_same_and_keeps_his_login"
SLOTS = "tests/rules/duties/test_rounds.py:test_an_active_site_owes_every_slot_of_the_notice_once_a_day"


def _row(name: str) -> str:
    return f'{ROW}{name}"'


COVERS = (
    Cover(
        "0.1",
        "addressees, in force from 2021-06-07",
        "rules/law/notice.py:effective_from",
        "rules list",
        ("tests/rules/law/test_readings.py:test_the_settings_of_the_desk_that_the_notice_leaves_open",),
    ),
    Cover(
        "1.1",
        "emergency state, until the command post ends it",
        "rules/duties/post/settings.py:emergency",
        "F9, settings",
        (EMERGENCY,),
    ),
    Cover("1.2", "principals act in person", otherwise="not by program: a duty of conduct"),
    Cover(
        "1.3",
        "24 hours, every day",
        "rules/duties/post/seats.py:gap",
        "seat",
        (NOBODY,),
    ),
    Cover(
        "1.4",
        "leader and seated officer, every shift",
        "rules/duties/post/handover.py:handover",
        "seat, handover",
        (NOBODY, "tests/rules/duties/test_seats.py:test_now_and_next_at_shift_ends_and_through_the_night"),
    ),
    Cover(
        "1.5",
        "act early on a problem",
        "rules/duties/post/matters.py:open_finding",
        "finding, call",
        ("tests/rules/duties/test_matters.py:test_a_finding_is_owed_by_its_owner_until_the_next_change_of_shift",),
    ),
    Cover(
        "1.6",
        "a director for each office",
        "rules/law/daily.py:director_clause",
        "roster",
        ("tests/rules/duties/test_reports.py:test_a_roster_too_small_or_without_director_is_not_one",),
    ),
    Cover(
        "1.7",
        "five cadres or more",
        "rules/law/daily.py:minimum",
        "roster",
        ("tests/rules/duties/test_reports.py:test_a_roster_of_five_with_a_director_is_done_once_and_for_all",),
    ),
    Cover(
        "1.8",
        "roster before 2021-06-07 21:30",
        "rules/law/daily.py:RosterReport",
        "roster",
        ("tests/rules/duties/test_reports.py:test_the_roster_stays_late_until_it_is_in",),
    ),
    Cover("2.1", "screen entrants", "rules/law/assess.py:screening_scope", "F4", (ENTRANTS,)),
    Cover(
        "2.2",
        "screen 三非",
        f'{TABLE}code = "sanfei"',
        "F4",
        (SILENT,),
    ),
    Cover(
        "2.3", "screen arrivals from Guangdong since 05-07", "rules/law/assess.py:screening_scope", "F4", (ARRIVALS,)
    ),
    Cover(
        "2.4",
        "five named counties and other counties with risk areas",
        f"{TABLE}named_counties_count",
        "F4",
        ("tests/rules/law/test_scope.py:test_a_county_that_section_two_names_counts_as_one_with_a_risk_area",),
    ),
    Cover(
        "2.5",
        "screen everybody",
        "rules/duties/post/villages.py:village_of",
        "report villages",
        ("tests/rules/duties/test_villages.py:test_the_village_of_an_address",),
    ),
    Cover(
        "2.6",
        "one named officer a person",
        "rules/duties/person/placement.py:officer_needed",
        "F4",
        (PLACED,),
    ),
    Cover("2.7", "nobody lost to control", f"{TABLE}unassessed_hours", "assess", (OVERDUE,)),
    Cover(
        "2.8",
        "daily report before 17:00, zero stated",
        "rules/law/daily.py:ScreeningReport",
        "screening_report",
        ("tests/rules/duties/test_reports.py:test_the_screening_report_is_late_at_seventeen_exactly",),
    ),
    Cover(
        "3.1",
        "cases: hospital, 14 days at a site, 7 at home",
        _row("3.1 hospital"),
        "F4, F5",
        (CASES, APPLIES, HOSPITAL),
    ),
    Cover(
        "3.2a",
        "close contacts: 14 days, 4 PCR, serum, 7 at home",
        _row("3.2a close"),
        "test, release",
        (DATES, APPLIES, SETTINGS, LONGER_HOME),
    ),
    Cover(
        "3.2b",
        "secondary contacts follow their close contact",
        _row("3.2b"),
        "test, release",
        (APPLIES, CASES, DAY_SEVEN, SETTINGS),
    ),
    Cover("3.3a", "entrants: 14+7+7", _row("3.3a none done"), "F4, release", (APPLIES, DATES)),
    Cover(
        "3.3b",
        "21 days done, proof, 72 h: 7 at home, 2 PCR",
        _row("3.3b"),
        "F4, test",
        (
            APPLIES,
            CASES,
            "tests/rules/law/test_bounds.py:test_home_samples_of_an_entrant_who_is_done_elsewhere",
            LONGER_HOME,
        ),
    ),
    Cover("3.4", "Macau: 1 PCR; rebound as high risk", _row("3.4"), "F4, test", (APPLIES, WORDS, SINGLE)),
    Cover("3.5", "high-risk area: 14 days from arrival", _row("3.5"), "F4, test, release", (APPLIES, DATES)),
    Cover("3.6", "medium-risk area: 7 days", _row("3.6"), "F4, test, release", (APPLIES, DATES)),
    Cover(
        "3.7a", "rest of the county, certificate, 48 h: 14 at home", _row("3.7a"), "F4, test", (APPLIES, CASES, SINGLE)
    ),
    Cover(
        "3.7b",
        "rest of the county, no certificate: site first",
        _row("3.7b"),
        "F4, test, release",
        (
            APPLIES,
            WORDS,
            CASES,
            "tests/rules/law/test_readings.py:test_green_codes_or_a_cleared_history_let_him_go",
            SINGLE,
        ),
    ),
    Cover("3.8a", "rest of the province with a stay in the county", _row("3.8a"), "F4", (APPLIES,)),
    Cover(
        "3.8b",
        "rest of the province: 1 PCR, double green",
        _row("3.8b"),
        "F4, test, advice",
        (APPLIES, WORDS, UNKNOWN_LEVEL, SINGLE, ADVICE),
    ),
    Cover("3.9", "red code or card: 14 days", _row("3.9"), "F4, test, release", (DATES, APPLIES)),
    Cover("3.10", "yellow code: 7 days", _row("3.10"), "F4, test, release", (APPLIES, DATES)),
    Cover("3.11", "green code and yellow card", _row("3.11b"), "F4, test", (APPLIES, CASES, UNKNOWN_LEVEL, SINGLE)),
    Cover(
        "3.12",
        "home monitoring, no going out, named cadres",
        "rules/law/gate.py:no_home_cadre",
        "home_check, breach",
        (
            GATE,
            "tests/rules/duties/test_home_checks.py:test_three_of_four_stays_open_and_the_fourth_is_owed_by_name",
            "tests/rules/duties/test_home_checks.py:test_a_breach_is_of_the_person_and_the_command_posts",
            "tests/rules/duties/test_queue.py:test_nobody_goes_home_before_two_cadres_are_named",
        ),
    ),
    Cover("4.1a", "three patrols", "rules/duties/site/rounds.py:def owed", "patrol", (SLOTS,)),
    Cover("4.1b", "two temperature rounds", "rules/duties/site/rounds.py:def owed", "temperature", (SLOTS,)),
    Cover("4.1c", "two disinfections", "rules/duties/site/rounds.py:def owed", "disinfection", (SLOTS,)),
    Cover(
        "4.1d",
        "staff and residents: symptoms and PCR",
        "rules/duties/site/staff.py:staff_check",
        "staff_check",
        (
            SLOTS,
            "tests/rules/duties/test_staff.py:test_who_is_not_well_is_off_duty_with_the_same_act_and_somebody_sees_to_it",
            "tests/rules/duties/test_staff_tests.py:test_who_never_had_one_owes_it_on_the_first_day_and_it_grows_late",
        ),
    ),
    Cover(
        "4.1e",
        "site report every day",
        "rules/law/daily.py:site_report",
        "site_report",
        ("tests/rules/duties/test_reports.py:test_the_site_report_at_its_target_hour_is_in_time",),
    ),
    Cover(
        "4.2",
        "open standby sites in good time",
        "rules/duties/post/spare_rooms.py:def owed",
        "rooms",
        ("tests/rules/duties/test_care.py:test_from_eighty_in_a_hundred_on_a_standby_site_is_considered",),
    ),
    Cover(
        "5.1",
        "first responsible person",
        "rules/duties/post/units.py:decide_change_unit",
        "report roster",
        (FIRST_RESPONSIBLE,),
    ),
    Cover(
        "5.2",
        "the four duties",
        "rules/law/four_duties.py:read_four_duties",
        "report ledger",
        ("tests/rules/law/test_notice_daily.py:test_each_kind_of_duty_is_one_of_the_four",),
    ),
    Cover(
        "5.3",
        "accountability: what was owed, done and missed, with its proof; people judge",
        "rules/account/ledger.py:def ledger",
        "report ledger, report marks, verify",
        (
            "tests/tui/test_account_pages.py:test_the_totals_of_the_ledger_are_those_of_its_rows",
            "tests/tui/test_account_pages.py:test_the_proof_of_a_ledger_is_the_line_and_hash_that_verify_knows",
        ),
    ),
    Cover(
        "A.1",
        "the roster form",
        "rules/records/commands/sheets.py:RosterSheet",
        "roster",
        ("tests/tui/test_intake_files.py:test_roster_has_120_officers_in_20_units", FORM),
    ),
)


def problems() -> list[str]:
    """Clauses that name what does not exist, or nothing at all."""
    found: list[str] = []
    for cover in COVERS:
        if cover.otherwise:
            if cover.rule or cover.tests or not re.match(r"issue \d+: .|not by program: .", cover.otherwise):
                found.append(f"{cover.clause}: neither an issue nor a reason")
            continue
        for place in (cover.rule, *cover.tests):
            name, _, needle = place.partition(":")
            file = ROOT / name
            if not needle or not file.is_file() or needle not in file.read_text(encoding="utf-8"):
                found.append(f"{cover.clause}: {place}")
        if not cover.shows:
            found.append(f"{cover.clause}: no obligation or screen")
    return found


def page() -> str:
    """The text of docs/coverage.md."""
    lines = [
        "# What carries each clause",
        "",
        "Generated by `python -m tests.contracts.coverage`; a test fails when it is stale. Clauses are numbered as",
        "in the notice's sections one to five, with the branches of a paragraph as letters; A is the annex.",
        "",
        "| clause | asks | rule | on the desk | shown by |",
        "|---|---|---|---|---|",
    ]
    for cover in COVERS:
        cells = (cover.rule, cover.shows, ", ".join(cover.tests)) if not cover.otherwise else (cover.otherwise, "", "")
        lines.append("| " + " | ".join((cover.clause, cover.asks, *(cell.replace("|", "/") for cell in cells))) + " |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
