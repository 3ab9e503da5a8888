"""The second text (national-9-2022.toml, a summary, not the official one): what each class is asked, and its bounds."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from dutyboard.rules.law.assess import assess
from dutyboard.rules.law.conditions import all_of
from dutyboard.rules.law.facts import Facts, read_facts
from dutyboard.rules.law.notice import Notice
from dutyboard.rules.law.plan import plan
from dutyboard.rules.law.proof.cells import Cells
from dutyboard.rules.law.result import Result
from dutyboard.rules.law.risks import risks
from dutyboard.rules.law.subjects import SUBJECTS
from tests.rules.fact_sets import notice, notices
from tests.rules.law.test_oracle import national

NOTICE: Notice = notices()["national-9-2022"]
BASE: dict[str, Any] = {
    "arrival_at": "2022-07-01T10:30",
    "border": "none",
    "stays": [],
    "pcr": None,
    "health_code": "green",
    "travel_card": "green",
    "symptoms": "none",
    "arrival_pcr": None,
}
DAY_7, DAY_8 = {"assessed_on": "2022-07-08"}, {"assessed_on": "2022-07-09"}


def stay(category: str, left: str | None = "2022-07-01") -> dict[str, Any]:
    return {"stays": [{"category": category, **({"left_on": left} if left else {})}]}


def result(*changes: dict[str, Any]) -> Result:
    merged = dict(BASE)
    for each in changes:
        merged.update(each)
    return assess(read_facts({key: value for key, value in merged.items() if value != "absent"}), NOTICE)


def said(*changes: dict[str, Any]) -> str:
    got = result(*changes)
    if got.decision == "refer":
        return " + ".join([f"? {got.provisional}: {' '.join(reason.code for reason in got.reasons)}", *got.also])
    return " + ".join([str(got.clause), *got.also])


UNLISTED = "? 9.3: unlisted"
CLOSE, SECONDARY = {"contact": "close"}, {"contact": "secondary"}
INBOUND, MACAU = {"border": "foreign"}, {"border": "macau", "foreign_14d": "no"}
HIGH, MEDIUM, LOW = stay("high"), stay("medium"), stay("risk_county_other")
DISCHARGED = {"case_status": "discharged", "discharged_on": "2022-07-01"}
SITE_TESTS = ["site 1", "site 2", "site 3", "site 5", "site 7"]


@pytest.mark.parametrize(
    ("facts", "clause", "place", "loop", "stages", "tests"),
    [
        (CLOSE, "9.3", "site", "yes", "07-02..07-08, home 07-09..07-11", [*SITE_TESTS, "home 3"]),
        (SECONDARY, "9.4", "home", "not_stated", "home 07-02..07-08", ["home 1", "home 4", "home 7"]),
        (INBOUND, "9.5", "site", "yes", "07-02..07-08, home 07-09..07-11", [*SITE_TESTS, "home 3"]),
        (MACAU, "9.5", "site", "yes", "07-02..07-08, home 07-09..07-11", [*SITE_TESTS, "home 3"]),
        (HIGH, "9.6", "site", "yes", "07-02..07-08", SITE_TESTS),
        (MEDIUM, "9.7", "home", "not_stated", "home 07-02..07-08", ["home 1", "home 4", "home 7"]),
        (LOW, "9.8", "free_after_negative", "not_stated", "", ["single 1", "single 3"]),
        (DISCHARGED, "9.2", "home", "not_stated", "home 07-02..07-08", []),
        ({"case_status": "confirmed"}, "9.1", "hospital", "not_stated", "", []),
        ({"case_status": "asymptomatic"}, "9.1", "hospital", "not_stated", "", []),
    ],
)
def test_each_class(facts: dict[str, Any], clause: str, place: str, loop: str, stages: str, tests: list[str]) -> None:
    got = result(facts)
    assert (got.clause, got.first_place, got.closed_loop, got.serum) == (clause, place, loop, 0)
    dates = got.dates
    told = []
    if dates.site_first and dates.site_last:
        told.append(f"{dates.site_first:%m-%d}..{dates.site_last:%m-%d}")
    if dates.home_first and dates.home_last:
        told.append(f"home {dates.home_first:%m-%d}..{dates.home_last:%m-%d}")
    assert ", ".join(told) == stages
    planned = plan(got)
    assert [f"{test.stage} {test.number}" for test in planned.tests] == tests
    assert not any(test.proposed for test in planned.tests)


@pytest.mark.parametrize(
    ("clause", "facts"),
    [
        ("9.5", INBOUND),
        ("9.5", {"border": "hongkong"}),
        ("9.5", MACAU),
        ("9.6", HIGH),
        ("9.6", {"investigation": "found_high"}),
        ("9.6", {"investigation": "found_unknown"}),
        ("9.7", MEDIUM),
        ("9.7", {"investigation": "found_medium"}),
        ("9.8", LOW),
    ],
)
def test_a_class_of_arrivals_reaches_seven_days_and_no_further(clause: str, facts: dict[str, Any]) -> None:
    assert said(facts) == said(facts, DAY_7) == clause
    if "investigation" in facts:
        assert said(facts, DAY_8) == UNLISTED
    else:
        assert said(facts, DAY_8) == "? 9.8: arrived_long_ago"


def test_a_stay_counts_for_seven_days_and_an_older_one_is_not_listed() -> None:
    for category, clause in (("high", "9.6"), ("medium", "9.7"), ("risk_county_other", "9.8")):
        assert said(stay(category, "2022-06-24")) == clause
        assert said(stay(category, "2022-06-23")) == UNLISTED


@pytest.mark.parametrize(
    ("answer", "facts"),
    [
        ("none", {}),
        ("none", stay("low")),
        ("none", DAY_8),
        ("? hospital: suspected_case", {"case_status": "suspected"}),
        ("? fever clinic: symptoms_present", {"symptoms": "present"}),
        ("? fever clinic: symptoms_present + 9.6", {**HIGH, "symptoms": "present"}),
        ("9.1", {"case_status": "confirmed", "symptoms": "present"}),
        ("? ask: case_status_unknown", {"case_status": "unknown"}),
        ("none", {"arrival_at": "absent"}),
        ("? ask: arrival_unknown", {"arrival_at": "absent", "border": "unknown"}),
        ("? ask: symptoms_unknown", {"symptoms": "unknown"}),
        ("9.8", {**LOW, "symptoms": "unknown"}),
        ("? 9.5: border_unknown", {"border": "unknown"}),
        ("? 9.5: sanfei", {"sanfei": "yes"}),
        ("? 9.5: sanfei_unknown", {"sanfei": "unknown"}),
        ("? 9.3: contact_ungraded", {"contact": "unspecified"}),
        ("? 9.3: contact_ungraded", {"contact": "unknown"}),
        ("? 9.6: stays_unknown", {"stays": "absent"}),
        ("? 9.6: stay_of_unknown_level", stay("unknown")),
        ("? 9.6: stay_undated", stay("high", None)),
        ("? 9.6: stay_undated", stay("medium", None)),
        ("? 9.8: stay_undated", stay("risk_county_other", None)),
        *((UNLISTED, {"health_code": answer}) for answer in ("red", "yellow", "none", "unknown", "absent")),
        *((UNLISTED, {"travel_card": answer}) for answer in ("red", "yellow", "orange", "none", "absent")),
        (UNLISTED, stay("risk_city_province_other")),
        (UNLISTED, {**DAY_8, **stay("risk_city_province_other")}),
        (UNLISTED, {"tests": [{"type": "serum", "result": "positive"}]}),
        (f"{UNLISTED} + 9.7", {**MEDIUM, "health_code": "none"}),
        (f"{UNLISTED} + 9.7", {"stays": MEDIUM["stays"] + stay("high", "2022-06-23")["stays"]}),
        ("9.3", {**CLOSE, "health_code": "none"}),
        ("9.6", {"stays": HIGH["stays"] + stay("high", "2022-06-23")["stays"]}),
        ("none", {"release_cert": "no", "isolation_days_done": 3, "investigation": "clean"}),
        ("? 9.8: arrived_long_ago", {"border": "unknown", **DAY_8}),
        ("? 9.8: arrived_long_ago", {"border": "taiwan", **DAY_8}),
        ("? 9.8: arrived_long_ago", {"stays": "absent", **DAY_8}),
        ("? 9.8: arrived_long_ago", {**stay("unknown"), **DAY_8}),
        ("9.1", {"arrival_pcr": {"result": "positive"}}),
        ("9.1", {**DISCHARGED, "arrival_pcr": {"result": "positive"}}),
        ("9.3 + 9.8", {**CLOSE, **LOW}),
    ],
)
def test_what_applies_and_what_is_asked(answer: str, facts: dict[str, Any]) -> None:
    assert said(facts) == answer


@pytest.mark.parametrize(
    ("code", "reading", "desk", "facts"),
    [
        ("suspected_case", "O41", "medical", {"case_status": "suspected"}),
        ("symptoms_present", "O31", "medical", {"symptoms": "present"}),
        ("case_status_unknown", "O41", "cdc", {"case_status": "unknown"}),
        ("arrival_unknown", "O48", "person", {"arrival_at": "absent", "border": "unknown"}),
        ("symptoms_unknown", "O31", "person", {"symptoms": "unknown"}),
        ("border_unknown", "O38", "person", {"border": "unknown"}),
        ("sanfei", "O37", "public_security", {"sanfei": "yes"}),
        ("sanfei_unknown", "O37", "person", {"sanfei": "unknown"}),
        ("contact_ungraded", "O20", "cdc", {"contact": "unknown"}),
        ("stays_unknown", "O30", "person", {"stays": "absent"}),
        ("stay_of_unknown_level", "O30", "command_post", stay("unknown")),
        ("stay_undated", "O28", "person", stay("high", None)),
        ("stay_undated", "O28", "person", stay("risk_county_other", None)),
        ("unlisted", "O38", "command_post", {"health_code": "red"}),
        ("arrived_long_ago", "O40", "command_post", {**INBOUND, **DAY_8}),
        ("arrived_long_ago", "O40", "command_post", {**HIGH, **DAY_8}),
    ],
)
def test_which_desk_answers_by_which_reading(code: str, reading: str, desk: str, facts: dict[str, Any]) -> None:
    (reason,) = result(facts).reasons
    assert (reason.code, reason.reading, reason.office) == (code, reading, desk)


def test_a_class_that_leaves_more_open_is_asked_about_first() -> None:
    """The worst that an answer may bring decides whether a question matters, and which of two is the graver."""
    assert said(CLOSE, {"border": "unknown"}) == "9.3"
    assert said(SECONDARY, {"border": "unknown"}) == "? 9.5: border_unknown + 9.4"
    assert said(CLOSE, stay("unknown")) == "9.3"
    assert said(CLOSE, {"health_code": "red"}) == "9.3"
    assert said(MEDIUM, {"contact": "unspecified"}) == "? 9.3: contact_ungraded + 9.7"
    assert said(HIGH, {"sanfei": "yes"}) == "? 9.5: sanfei + 9.6"
    assert said(INBOUND, {"sanfei": "yes"}) == "9.5"
    assert said(MEDIUM, stay("unknown")) == "? 9.6: stay_of_unknown_level"
    assert (
        said(HIGH, {"stays": [{"category": "high", "left_on": "2022-07-01"}, {"category": "risk_county_other"}]})
        == "9.6"
    )


def test_when_it_applies_and_how_it_counts() -> None:
    assert NOTICE.effective_from.date() == date(2022, 6, 28)
    settings = NOTICE.section_three.settings
    assert (settings.look_back_days, settings.day_of_start) == (7, 0)
    assert result({"arrival_pcr": {"result": "positive"}}).flags == ("O9",)
    assert result({"case_status": "confirmed"}).flags == ()
    late = {"admitted_on": "2022-07-03"}
    assert result(HIGH, late).dates.site_last == date(2022, 7, 8)  # from the arrival
    assert result(MEDIUM, late).dates.home_last == date(2022, 7, 8)
    assert result(INBOUND, late).dates.site_last == date(2022, 7, 10)  # from the admission
    assert result(CLOSE, {"last_exposure_on": "2022-07-04"}).dates.site_last == date(2022, 7, 11)
    assert result(SECONDARY, {"last_exposure_on": "2022-07-04"}).dates.home_last == date(2022, 7, 11)
    assert result(DISCHARGED, {"discharged_on": "2022-07-05"}).dates.home_last == date(2022, 7, 12)


def test_it_replaces_section_three_alone() -> None:
    assert NOTICE.daily == notice().daily
    assert NOTICE.sentences == notice().sentences


def test_a_referral_is_explained_by_its_own_bounds() -> None:
    (reason,) = result({**INBOUND, **DAY_8}).reasons
    assert (reason.text.zh, reason.text.en[:24]) == ("到涟已超过7天，此文本未写", "arrived more than 7 days")
    (reason,) = result({"health_code": "red", "tests": [{"type": "serum", "result": "positive"}]}).reasons
    assert (reason.text.zh, reason.facts) == ("此文本未列的情形，由指挥部研判", ("health_code", "tests"))


def test_what_a_check_of_it_finds_is_explained_by_a_reading() -> None:
    for each, now in zip(NOTICE.accepted, ("9.7", "9.6"), strict=True):
        assert (each.finding, each.about, each.details, each.reading) == ("weaker", "9.8", (now, "last_test"), "O4")
        assert [condition.text for way in each.when for condition in way] == ["admitted_late is yes"]


def test_nobody_is_left_free_with_a_risk_that_the_text_does_not_list() -> None:
    """The kind, not the instances: every cell of each fact, alone and beside each class."""
    cells = Cells(NOTICE)
    for others in (cells.start, *classes(cells)):
        for at, dimension in enumerate(cells.dimensions):
            for cell in range(len(dimension.cells)):
                facts = cells.facts((*others[:at], cell, *others[at + 1 :]))
                got = assess(facts, NOTICE)
                assert got.clause != "none" or not risks(facts, NOTICE.section_three.settings), facts
                assert got.decision == "refer" or got.clause in ("9.1", "9.3", "9.5") or not unspoken_of(facts), facts


def classes(cells: Cells) -> list[tuple[int, ...]]:
    """Return a choice of cells for each value of a fact that puts somebody in a class alone."""
    alone = [
        (*cells.start[:at], cell, *cells.start[at + 1 :])
        for at, dimension in enumerate(cells.dimensions)
        for cell in range(1, len(dimension.cells))
    ]
    return [each for each in alone if assess(cells.facts(each), NOTICE).branches]


def unspoken_of(facts: Facts) -> set[str]:
    """Return the risky facts that nothing speaks of which applies or is asked: by fact, where the rule goes by word."""
    section = NOTICE.section_three
    heard = {
        condition.facts[0]
        for each in (*section.branches, *section.questions)
        for way in each.when
        if all_of(way, facts, section.settings) is True
        for condition in way
        if condition.affirms
    }
    return {SUBJECTS[name].facts[0] for name in risks(facts, section.settings)} - heard


def test_it_answers_as_it_reads() -> None:
    national(NOTICE)


QUESTIONS = [
    ("suspected_case", "hospital"),
    ("symptoms_present", "fever clinic"),
    ("case_status_unknown", "hospital"),
    ("arrival_unknown", "9.5"),
    ("arrival_unknown", "9.8"),
    ("discharge_unknown", "9.2"),
    ("symptoms_unknown", "ask"),
    ("border_unknown", "9.5"),
    ("sanfei", "9.5"),
    ("sanfei_unknown", "9.5"),
    ("contact_ungraded", "9.3"),
    ("stays_unknown", "9.6"),
    ("stay_of_unknown_level", "9.6"),
    ("stay_undated", "9.6"),
    ("stay_undated", "9.8"),
    ("arrived_long_ago", "9.5"),
    ("arrived_long_ago", "9.6"),
]


def test_what_each_open_question_may_bring() -> None:
    section = NOTICE.section_three
    assert [(each.code, each.worst) for each in section.questions] == QUESTIONS
    assert section.unlisted is not None
    assert (section.unlisted.code, section.unlisted.worst) == ("unlisted", "9.3")


def test_what_is_asked_of_whom_where_the_days_cannot_be_counted() -> None:
    asked = [
        (each.code, each.worst, each.provisional, each.reading, each.office, each.beside, each.asks)
        for each in NOTICE.section_three.questions
        if each.code in ("arrival_unknown", "discharge_unknown")
    ]
    assert asked == [
        ("arrival_unknown", "9.5", "ask", "O48", "person", False, ("arrival_at",)),
        ("arrival_unknown", "9.8", "ask", "O48", "person", False, ("arrival_at",)),
        ("discharge_unknown", "9.2", "9.2", "O47", "medical", True, ("discharged_on",)),
    ]


def test_how_it_counts() -> None:
    section = NOTICE.section_three
    at_home = {row.name: row.home.tests.pcr_days for row in section.branches if row.home.tests.pcr}
    assert at_home == {"close": (3,), "inbound": (3,), "secondary": (1, 4, 7), "medium": (1, 4, 7)}
    counted = {row.name: (row.start, row.site.until, row.home.after, row.home.days) for row in section.branches}
    assert counted == {
        "positive": ("discharge", "none", "none", 0),
        "discharged": ("discharge", "none", "start", 7),
        "close": ("exposure", "days", "site", 3),
        "secondary": ("exposure", "none", "start", 7),
        "inbound": ("admission", "days", "site", 3),
        "high": ("arrival", "days", "site", 0),
        "medium": ("arrival", "none", "start", 7),
        "low": ("admission", "none", "none", None),
    }
    assert section.settings == replace(notice().section_three.settings, look_back_days=7)
    assert all(row.sentence.zh == f"（概括）{row.title.zh}" for row in section.branches)
    assert (section.home_clause, section.home_sentence.zh) == ("9.0", "居家期间不得外出。")
    assert NOTICE.effective_from == datetime.fromisoformat("2022-06-28T00:00")
