"""What the reading chose for each open point (O1 to O52), row by row and question by question, and the words quoted."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from dutyboard.rules.law.assess import assess
from dutyboard.rules.law.conditions import any_of_all
from dutyboard.rules.law.facts import Facts, read_facts
from dutyboard.rules.law.gate import Arranged, gate
from dutyboard.rules.law.notice import Acceptance
from dutyboard.rules.law.plan import plan
from dutyboard.rules.law.result import Result
from tests.rules.fact_sets import notice

NOTICE = notice()
LETTER = re.sub(r"\s", "", (Path(__file__).parents[1] / "data" / "notice.txt").read_text(encoding="utf-8"))

KNOWN: dict[str, Any] = {
    "arrival_at": "2021-06-07T10:30",
    "border": "none",
    "stays": [],
    "pcr": None,
    "health_code": "green",
    "travel_card": "green",
    "symptoms": "none",
    "arrival_pcr": {"sampled_on": "2021-06-07", "result": "negative", "result_on": "2021-06-07"},
}

# docs/reading.md, section 9, the open points: which rows rest on which reading.
RESTS_ON = {
    "O3": [
        *("3.1 hospital", "3.1 positive", "3.1 discharged", "3.2a close", "3.2a converted", "3.2b"),
        *("3.3a none done", "3.3a port done", "3.3b", "3.5", "3.6", "3.7a", "3.7b", "3.9", "3.10", "3.11b"),
    ],
    "O4": ["3.2a close", "3.2a converted", "3.2b", "3.3a none done", "3.3a port done", "3.3b", "3.6", "3.9", "3.10"],
    "O5": ["3.5", "3.6", "3.9", "3.10"],
    "O6": ["3.2a close", "3.2a converted", "3.2b", "3.5", "3.9"],
    "O7": ["3.2a close", "3.2a converted", "3.3b"],
    "O8": ["3.1 hospital", "3.1 positive", "3.1 discharged", "3.3a none done", "3.3a port done"],
    "O14": ["3.2b"],
    "O16": ["3.2a converted", "3.2b"],
    "O21": ["3.3b"],
    "O22": ["3.3a port done"],
    "O24": ["3.3a none done"],
    "O25": ["3.3b", "3.4", "3.7a"],
    "O27": ["3.7b"],
    "O28": ["3.5", "3.6", "3.7a", "3.7b", "3.8b"],
    "O32": ["3.4", "3.7a", "3.8b", "3.11b"],
    "O33": ["3.1 hospital", "3.1 positive", "3.1 discharged", "3.7b", "3.10"],
    "O34": ["3.3a none done", "3.3a port done", "3.3b", "3.8b"],
    "O39": ["3.11b"],
}
TO_CONFIRM = {
    "O9": ["3.1 positive"],
    "O13": ["3.2b"],
    "O15": ["3.2b"],
    "O18": ["3.2a converted"],
    "O34": ["3.11b"],
}
STAGED = ["3.2a", "3.2b", "3.3a", "3.3b", "3.5", "3.6", "3.7a", "3.7b", "3.9", "3.10", "3.11b"]
FLAGGED = [
    ("O2", ["3.7a", "3.7b"]),
    ("O4", STAGED),
    ("O4", ["3.2a", "3.2b"]),
    ("O4", ["3.1"]),
    (
        "O11",
        ["3.1", "3.2a", "3.2b", "3.3a", "3.3b", "3.4", "3.5", "3.6", "3.7a", "3.7b", "3.8b", "3.9", "3.10", "3.11b"],
    ),
    ("O23", ["3.3b"]),
    ("O29", ["3.5", "3.6", "3.7a", "3.7b"]),
    ("O30", ["3.5"]),
    ("O24", ["3.3a"]),
    ("O38", ["3.9"]),
]
# docs/reading.md, section 5: the worst outcome of an open question, its provisional place, the desk that can answer.
QUESTIONS = [
    ("suspected_case", "hospital", "hospital", "O41", "medical"),
    ("positive_after_discharge", "hospital", "hospital", "O35", "medical"),
    ("symptoms_present", "fever clinic", "fever clinic", "O31", "medical"),
    ("serum_positive", "fever clinic", "3.2a", "O12", "medical"),
    ("case_status_unknown", "hospital", "ask", "O41", "cdc"),
    ("arrival_unknown", "3.3a", "ask", "O48", "person"),
    ("arrival_unknown", "3.5", "ask", "O48", "person"),
    ("arrival_unknown", "3.6", "ask", "O48", "person"),
    ("arrival_unknown", "3.7b", "ask", "O48", "person"),
    ("arrival_unknown", "3.8b", "ask", "O48", "person"),
    ("arrival_hour_unknown", "3.3a", "3.3a", "O25", "person"),
    ("arrival_hour_unknown", "3.7b", "3.7b", "O25", "person"),
    ("discharge_unknown", "3.1 discharged", "3.1", "O47", "medical"),
    ("discharged_long_ago", "3.1 discharged", "3.1", "O47", "medical"),
    ("symptoms_unknown", "ask", "ask", "O31", "person"),
    ("symptoms_unknown", "ask", "ask", "O31", "person"),
    ("border_unknown", "3.3a", "3.3a", "O38", "person"),
    ("sanfei", "3.3a", "3.3a", "O37", "public_security"),
    ("sanfei_unknown", "3.3a", "3.3a", "O37", "person"),
    ("macau_foreign_unknown", "3.3a", "3.3a", "O38", "person"),
    ("macau_without_certificate", "3.3a", "site + PCR", "O21", "command_post"),
    ("isolation_days_unknown", "3.3a", "3.3a", "O22", "person"),
    ("isolation_part_done", "3.3a", "3.3a", "O22", "command_post"),
    ("isolation_unproved", "3.3a", "3.3a", "O22", "command_post"),
    ("released_abroad_unproved", "3.3a", "3.3a", "O21", "command_post"),
    ("orange_card", "3.2a", "3.2a", "O38", "command_post"),
    ("contact_ungraded", "3.2a", "3.2a", "O20", "cdc"),
    ("no_linked_contact", "3.2a", "3.2b", "O16", "cdc"),
    ("linked_contact_unknown", "3.2a", "3.2b", "O16", "cdc"),
    ("linked_contact_released_early", "3.2b", "3.2b", "O17", "cdc"),
    ("stays_unknown", "3.11b", "3.11b", "O30", "person"),
    ("stays_unknown", "3.5", "3.7b", "O30", "person"),
    ("stay_of_unknown_level", "3.5", "3.7b", "O30", "command_post"),
    ("old_high_stay", "3.5", "3.7b", "O28", "command_post"),
    ("old_medium_stay", "3.6", "3.7b", "O28", "command_post"),
    ("stay_undated", "3.5", "3.7b", "O28", "person"),
    ("stay_undated", "3.6", "3.7b", "O28", "person"),
    ("stay_undated", "3.7b", "3.7b", "O28", "person"),
    ("code_or_card_missing", "3.9", "3.7b", "O38", "person"),
    ("release_cert_without_pcr", "3.7b", "3.7b", "O26", "command_post"),
    ("arrived_long_ago", "3.7b", "3.8b", "O40", "command_post"),
]


def test_each_row_rests_on_the_readings_chosen_for_it() -> None:
    rows = NOTICE.section_three.branches
    for row in rows:
        expected = {reading for reading, names in RESTS_ON.items() if row.name in names}
        assert (row.name, set(row.readings)) == (row.name, expected)
        confirm = {reading for reading, names in TO_CONFIRM.items() if row.name in names}
        assert (row.name, set(row.flags)) == (row.name, confirm)


def test_what_is_to_be_confirmed_of_which_clauses() -> None:
    assert [(flag.reading, list(flag.clauses)) for flag in NOTICE.section_three.flags] == FLAGGED


def test_what_each_open_question_may_bring_where_it_holds_and_who_answers() -> None:
    asked = NOTICE.section_three.questions
    assert [(q.code, q.worst, q.provisional, q.reading, q.office) for q in asked] == QUESTIONS
    special = [
        (q.code, q.settled_by, q.unclassed) for q in NOTICE.section_three.questions if q.settled_by or q.unclassed
    ]
    assert special == [("symptoms_unknown", "home", False), ("symptoms_unknown", None, True)]
    assert {q.code: list(q.asks) for q in asked if q.beside} == {"discharge_unknown": ["discharged_on"]}
    wider = {q.code: [row.clause for row in q.may_be if row.clause != q.worst] for q in asked}
    assert {code: others for code, others in wider.items() if others} == {
        "discharge_unknown": ["3.1"],
        "discharged_long_ago": ["3.1"],
        "stays_unknown": ["3.6", "3.7b"],
        "stay_of_unknown_level": ["3.6", "3.7b"],
    }
    assert {q.code: list(q.asks) for q in asked if set(q.asks) != set(q.facts) - {"arrival_at", "assessed_on"}} == {
        "serum_positive": ["vaccinated", "tests"],
        "arrival_unknown": ["arrival_at"],
        "arrival_hour_unknown": ["arrival_at"],
        "discharge_unknown": ["discharged_on"],
        "discharged_long_ago": ["discharged_on"],
    }


def test_the_sentences_are_the_notice_s_own() -> None:
    section = NOTICE.section_three
    quoted = {row.name: row.sentence.zh for row in section.branches} | {"home": section.home_sentence.zh}
    quoted |= {clause: sentence.zh for clause, sentence in NOTICE.sentences.items()}
    for name, sentence in quoted.items():
        assert sentence.endswith("。"), name
        parts = re.split(r"。", re.sub(r"\s", "", sentence).removesuffix("。"))
        for part in parts:
            # A part may end where the notice goes on with a semicolon or a comma.
            assert part.replace("(", "（") in LETTER, (name, part)
    assert {row.clause for row in section.branches} == {
        *("3.1", "3.2a", "3.2b", "3.3a", "3.3b", "3.4", "3.5", "3.6", "3.7a", "3.7b", "3.8a", "3.8b"),
        *("3.9", "3.10", "3.11a", "3.11b"),
    }
    assert section.home_clause == "3.12"


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        (
            "3.8b",
            {"stays": [{"category": "unknown", "left_on": "2021-06-06"}, {"category": "risk_city_province_other"}]},
        ),
        ("3.11b", {"stays": [{"category": "unknown", "left_on": "2021-06-06"}], "travel_card": "yellow"}),
    ],
)
def test_a_stay_of_unknown_level_leaves_open_what_it_may_exclude(name: str, changes: dict[str, Any]) -> None:
    section = NOTICE.section_three
    assert any_of_all(section.branch(name).when, read_facts({**KNOWN, **changes}), section.settings) is None


# ---------------------------------------------------------------- where the days begin (O4)

CERTIFICATE = {"result": "negative", "sampled_at": "2021-06-07T08:00"}
LINKED = [{"id": "C1", "state": "quarantined_negative", "admitted_on": "2021-06-01"}]
CLASSES: dict[str, dict[str, Any]] = {
    "3.2a": {"contact": "close"},
    "3.2b": {"contact": "secondary", "linked": LINKED},
    "3.3a": {"border": "foreign", "isolation_days_done": 0},
    "3.3a port": {"border": "foreign", "isolation_days_done": 14, "isolation_proof": "yes"},
    "3.3b": {"border": "foreign", "isolation_days_done": 21, "isolation_proof": "yes", "pcr": CERTIFICATE},
    "3.4": {"border": "macau", "foreign_14d": "no", "pcr": CERTIFICATE},
    "3.5": {"stays": [{"category": "high", "left_on": "2021-06-06"}]},
    "3.6": {"stays": [{"category": "medium", "left_on": "2021-06-06"}]},
    "3.7a": {
        "stays": [{"category": "risk_county_other", "left_on": "2021-06-06"}],
        "release_cert": "yes",
        "pcr": CERTIFICATE,
    },
    "3.7b": {"stays": [{"category": "risk_county_other", "left_on": "2021-06-06"}], "investigation": "clean"},
    "3.8b": {"stays": [{"category": "risk_city_province_other", "left_on": "2021-06-06"}]},
    "3.9": {"health_code": "red"},
    "3.10": {"health_code": "yellow"},
    "3.11b": {"travel_card": "yellow"},
}


def result(name: str, **changes: Any) -> Result:
    got = assess(read_facts({**KNOWN, **CLASSES[name], **changes}), NOTICE)
    assert got.clause == name.split()[0]
    return got


def starts(got: Result) -> list[date]:
    """The first day of the first stage and the days of the tests, as far as the start moves them."""
    first = got.dates.site_first or got.dates.home_first
    return [*([first] if first else []), *(test.day for test in plan(got).tests if test.stage != "home")]


@pytest.mark.parametrize("name", CLASSES)
def test_a_late_admission_moves_all_but_what_counts_from_the_arrival(name: str) -> None:
    at_once, late = result(name), result(name, admitted_on="2021-06-09")
    moved = {b - a for a, b in zip(starts(at_once), starts(late))}
    if name in ("3.7a", "3.7b", "3.11b"):
        # Their home stage begins with the negative result; the one sample is taken on admission.
        single = {b.day - a.day for a, b in zip(plan(at_once).tests, plan(late).tests)}
        assert single == {timedelta(days=2)}
    else:
        assert moved == ({timedelta()} if name == "3.5" else {timedelta(days=2)})


@pytest.mark.parametrize("name", CLASSES)
def test_a_later_exposure_moves_contacts_alone(name: str) -> None:
    before, after = result(name), result(name, last_exposure_on="2021-06-10")
    moved = {b - a for a, b in zip(starts(before), starts(after))} - {timedelta()}
    assert bool(moved) is (name in ("3.2a", "3.2b"))


@pytest.mark.parametrize("name", ["3.2a", "3.2b"])
def test_a_contact_s_own_count_does_not_begin_with_another_s_positive(name: str) -> None:
    """Only a converted contact may begin anew, and only by the setting of O18."""
    linked = [{**LINKED[0], "positive_on": "2021-06-12"}]
    going_on = replace(NOTICE.section_three.settings, conversion_restarts_if_exposure_unknown=False)
    changed = replace(NOTICE, section_three=replace(NOTICE.section_three, settings=going_on))
    facts = read_facts({**KNOWN, **CLASSES[name], "linked": linked})
    assert assess(facts, changed).dates == assess(facts, NOTICE).dates


@pytest.mark.parametrize(
    ("facts", "start"),
    [
        ({"case_status": "discharged", "discharged_on": "2021-06-12"}, date(2021, 6, 13)),
        ({"case_status": "discharged", "discharged_on": "2021-06-03"}, date(2021, 6, 8)),
    ],
)
def test_the_days_after_a_hospital_begin_with_the_discharge(facts: dict[str, Any], start: date) -> None:
    assert assess(read_facts({**KNOWN, **facts}), NOTICE).dates.site_first == start


@pytest.mark.parametrize("facts", [{"case_status": "confirmed"}, {"arrival_pcr": {"result": "positive"}}])
def test_what_follows_the_hospital_is_known_before_its_days_are(facts: dict[str, Any]) -> None:
    got = assess(read_facts({**KNOWN, **facts}), NOTICE)
    assert (got.clause, got.quarantine_days, got.home_days) == ("3.1", 14, 7)
    rows = [NOTICE.section_three.branch(name) for name in ("3.1 hospital", "3.1 positive", "3.1 discharged")]
    assert {(row.start, row.site.until, row.site.days, row.home.after, row.home.days) for row in rows} == {
        ("discharge", "days", 14, "site", 7)
    }


def test_how_contacts_entrants_and_travellers_are_counted() -> None:
    counted = {row.name: row.start for row in NOTICE.section_three.branches if not row.hands_over}
    assert {name for name, start in counted.items() if start == "exposure"} == {"3.2a close", "3.2b"}
    assert {name for name, start in counted.items() if start == "conversion"} == {"3.2a converted"}
    assert {name for name, start in counted.items() if start == "arrival"} == {"3.5"}
    assert NOTICE.section_three.branch("3.2b").home.after == "site"


# ---------------------------------------------------------------- what lets a tested person go


def test_only_three_eight_asks_to_advise_whom_it_lets_pass() -> None:
    assert [row.name for row in NOTICE.section_three.branches if row.advice] == ["3.8b"]


@pytest.mark.parametrize(
    ("name", "leaving", "facts", "free"),
    [
        ("3.4", "single", {}, True),
        *(("3.4", "single", {"health_code": code}, False) for code in ("none", "unknown")),
        ("3.8b", "single", {}, True),
        *(("3.8b", "single", {"travel_card": card}, False) for card in ("none", "unknown", "orange")),
        *(("3.8b", "single", {"health_code": code}, False) for code in ("none", "unknown")),
        ("3.7b", "site", {}, True),
        *(("3.7b", "site", {"investigation": found}, False) for found in ("pending", None)),
    ],
)
def test_green_codes_or_a_cleared_history_let_him_go(
    name: str, leaving: Any, facts: dict[str, Any], free: bool
) -> None:
    changes = {**KNOWN, **CLASSES[name], **facts}
    known = read_facts({key: value for key, value in changes.items() if value is not None or key == "pcr"})
    assert (_condition(name, known) == []) is free
    assert _gate_condition(name, leaving, known) is free


def _condition(name: str, known: Facts) -> list[str]:
    row = NOTICE.section_three.branch(name)
    settings = NOTICE.section_three.settings
    return [c.text for branch in row.release_when for c in branch if c.holds(known, settings) is not True]


def _gate_condition(name: str, leaving: Any, known: Facts) -> bool:
    """Whether the gate, asked about the result of this row alone, has no condition open."""
    got = result(name)
    got = replace(got, facts=known)
    found = gate(got, plan(got), leaving, date(2021, 6, 30), Arranged(home_cadres=True, vehicle=True))
    return "condition_open" not in [each.code for each in found.blockers]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("3.4", {"health_code": {"green"}}),
        ("3.8b", {"health_code": {"green"}, "travel_card": {"green"}}),
        ("3.7b", {"investigation": {"clean"}}),
    ],
)
def test_nothing_but_the_words_of_the_notice_lets_him_go(name: str, wanted: dict[str, set[str]]) -> None:
    for key, allowed in wanted.items():
        every = {
            "health_code": ("green", "yellow", "red", "none"),
            "travel_card": ("green", "yellow", "orange", "red", "none"),
            "investigation": ("clean", "pending", "found_high", "found_medium", "found_unknown"),
        }[key]
        others = {other: next(iter(words)) for other, words in wanted.items()}
        free = {word for word in every if not _condition(name, Facts(**{**others, key: word}))}  # type: ignore[arg-type]
        assert free == allowed
    assert NOTICE.section_three.branch("3.7b").yields_to == ("3.5", "3.6")


# ---------------------------------------------------------------- settings with their defaults


def test_each_open_point_left_to_a_setting_has_its_default() -> None:
    settings = NOTICE.section_three.settings
    assert settings.day_of_start == 0  # O3
    assert settings.look_back_days == 14  # O28
    assert settings.named_counties_count is True  # O2
    assert settings.certificate_counts_to == "arrival"  # O25
    assert settings.conversion_restarts_if_exposure_unknown is True  # O18
    assert settings.secondary_least_days == 7  # O13, O17
    assert settings.secondary_early_close_pcr == 2  # O13 (b)
    assert settings.hours_between_samples == 24  # O11
    at_home = {row.name: row.home.tests.pcr_proposed for row in NOTICE.section_three.branches if row.home.tests.pcr}
    assert at_home == dict.fromkeys(("3.2a close", "3.2a converted", "3.3b"), (2, 7))  # O7
    site = {row.name: row.site.tests for row in NOTICE.section_three.branches}
    assert [site[name].pcr_proposed for name in ("3.5", "3.6", "3.9", "3.10")] == [
        (1, 14),
        (1, 7),
        (1, 14),
        (1, 7),
    ]  # O5
    assert [site[name].serum_proposed for name in ("3.2a close", "3.2b", "3.5", "3.9")] == [
        (14,),
        (7,),
        (14,),
        (14,),
    ]  # O6
    home = {row.name: row.home.tests.pcr_proposed for row in NOTICE.section_three.branches}
    assert (home["3.2a close"], home["3.3b"]) == ((2, 7), (2, 7))  # O7
    assert site["3.3a port done"].suggested == (2, 7)  # O8


def test_the_settings_of_the_desk_that_the_notice_leaves_open() -> None:
    duty, limits = NOTICE.daily.duty, NOTICE.daily.thresholds
    assert duty.take_back == timedelta(minutes=2)
    assert (duty.handover_opens_before, duty.handover_due_after) == (timedelta(hours=1), timedelta(minutes=30))
    assert (duty.transfer, duty.trace, duty.rescreen) == (timedelta(hours=4), timedelta(hours=48), timedelta(hours=12))
    assert limits.certificate_soon == timedelta(hours=12)
    assert duty.archive_after == timedelta(days=31)
    assert (duty.shelve, duty.shelve_red, duty.alarm_again) == tuple(timedelta(minutes=each) for each in (60, 30, 10))
    assert (duty.road, duty.not_found) == (timedelta(minutes=60), timedelta(minutes=30))
    assert (limits.retake_after, limits.retake_due) == (timedelta(minutes=15), timedelta(minutes=30))
    assert (limits.suspected, limits.jump_c) == (timedelta(minutes=15), 2.0)
    asked = NOTICE.daily.marks
    assert (asked.alone_people, asked.alone_within) == (10, timedelta(seconds=30))
    assert (asked.same_people, asked.same_percent, asked.same_minute_days) == (8, 75, 5)
    assert (asked.presence, asked.late_entries, asked.late_after) == (timedelta(minutes=30), 5, timedelta(hours=2))
    assert NOTICE.daily.roster_report.director_counts is True  # O52
    assert NOTICE.effective_from == datetime.fromisoformat("2021-06-07T00:00")


def test_the_province_of_section_two_by_its_code_and_its_cities() -> None:
    screening = NOTICE.daily.screening
    assert (screening.clause, screening.code_prefix) == ("2.3", "44")
    assert screening.place_prefixes == (
        *("广东", "广州", "深圳", "珠海", "汕头", "韶关", "佛山", "江门", "湛江", "茂名", "肇庆"),
        *("惠州", "梅州", "汕尾", "河源", "阳江", "清远", "东莞", "中山", "潮州", "揭阳", "云浮"),
    )
    staff, home = NOTICE.daily.slot("staff-check"), NOTICE.daily.slot("home-check")
    assert (staff.clause, home.clause, staff.source, home.source) == ("4.1d", "3.12", "setting", "setting")
    hours = [timedelta(hours=6, minutes=30), timedelta(hours=20, minutes=30), timedelta(hours=24)]
    assert [staff.opens, staff.due, staff.closes] == hours
    assert [home.opens, home.due, home.closes] == [timedelta(), timedelta(hours=20), timedelta(hours=24)]
    assert NOTICE.daily.roster_report.office.zh == "市疫情防控工作指挥部网格化工作组"


def test_who_came_from_nowhere_carried_no_certificate_to_here() -> None:
    carried = {"pcr": {"result": "negative", "sampled_at": "2021-06-06T10:30"}}
    elsewhere = {"border": "unknown", "isolation_days_done": 21, "isolation_proof": "yes"}
    when = NOTICE.section_three.branch("3.3b").when
    settings = NOTICE.section_three.settings
    unknown = {key: value for key, value in (KNOWN | carried | elsewhere).items() if key != "arrival_at"}
    assert any_of_all(when, read_facts(unknown), settings) is None
    assert any_of_all(when, read_facts(unknown | {"arrival_at": "none"}), settings) is False


def test_what_a_check_of_the_notice_finds_is_explained_by_a_reading() -> None:
    assert [accepted_text(each) for each in NOTICE.accepted] == [
        "weaker 3.3b 3.3a pcr last_test: O8",
        "weaker 3.4 3.3a pcr last_test: O8",
        "weaker 3.11b 3.8b place: O40 arrived_days_ago over 14",
        "weaker 3.6 3.5 site_end control_end last_test: O4 admitted_late is yes",
        "weaker 3.7a 3.5 control_end: O4 admitted_late is yes",
        "weaker 3.7b 3.5 control_end: O4 admitted_late is yes",
        "weaker 3.11b 3.5 control_end: O4 admitted_late is yes",
        "uncovered border unknown: O48 arrival is none",
        "uncovered any_stay unknown: O48 arrival is none",
    ]


def accepted_text(accepted: Acceptance) -> str:
    when = [condition.text for way in accepted.when for condition in way]
    return f"{' '.join([accepted.finding, accepted.about, *accepted.details])}: {' '.join([accepted.reading, *when])}"
