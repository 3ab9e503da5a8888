"""A check finds each fault put into a shipped notice, and shows it by a person of at most four facts.

The faults stand in tests/rules/data/broken_notices.toml.
"""

import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from dutyboard.rules.law.assess import assess
from dutyboard.rules.law.check_notice import check_notice
from dutyboard.rules.law.conditions import Truth
from dutyboard.rules.law.facts import FACT_KEYS
from dutyboard.rules.law.notice import Notice, load_notice
from dutyboard.rules.law.proof.cells import WITHOUT_CELLS, Cells, conditions_of
from dutyboard.rules.law.proof.findings import NoticeFinding
from dutyboard.rules.law.proof.raises import Raise
from dutyboard.rules.law.proof.reach import Reach
from dutyboard.rules.law.proof.weaker import Weaker
from dutyboard.rules.law.risks import risks
from tests.rules.fact_sets import FILE, notices

BASES = {"lianyuan-2021-07": tomllib.loads(FILE.read_text(encoding="utf-8"))}
DATA = Path(__file__).parents[1] / "data" / "broken_notices.toml"
BROKEN: list[dict[str, str]] = tomllib.loads(DATA.read_text(encoding="utf-8"))["broken"]
FACTS_SHOWN = 4


def broken_text(each: dict[str, str]) -> str:
    before, after, rest = FILE.with_name(each["notice"]).read_text(encoding="utf-8").partition(each["after"])
    assert after and each["find"] in rest, each["what"]
    return before + after + rest.replace(each["find"], each["replace"], 1)


def found_in(each: dict[str, str]) -> list[NoticeFinding]:
    """Return the findings of the kind that an edit must bring; only what proves that kind is run."""
    text = broken_text(each)
    if each["finding"] in ("test_day", "text"):
        return [finding for finding in of_words(text, each["notice"]) if finding.kind == each["finding"]]
    cells = Cells(load_notice(text, each["notice"], BASES))
    weaker = WeakerOf(cells, each["about"]).pairs
    proofs = {"uncovered": Reach(cells).uncovered, "never": Reach(cells).never, "weaker": weaker}
    return list(proofs[each["finding"]]())


class WeakerOf(Weaker):
    """The same search, of the branches of one clause alone: no other brings a finding about it."""

    def __init__(self, cells: Cells, clause: str) -> None:
        super().__init__(cells)
        self._clause = clause

    def _lost(self, step: Raise) -> Iterator[Any]:
        return (each for each in super()._lost(step) if each.branch.clause == self._clause)


def quickly(text: str, name: str) -> Iterable[NoticeFinding]:
    """Return the findings of a check but for the pairs, which take long."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Weaker, "pairs", lambda _: iter(()))
        return check_notice(text, name, BASES).findings


def of_words(text: str, name: str) -> Iterable[NoticeFinding]:
    """Return the findings of a check but for those of people."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Reach, "uncovered", lambda _: iter(()))
        return quickly(text, name)


@pytest.mark.parametrize("each", BROKEN, ids=lambda each: each["what"])
def test_a_fault_is_found_and_shown_by_few_facts(each: dict[str, str]) -> None:
    found = [finding for finding in found_in(each) if finding.about == each["about"] and not finding.reading]
    assert found
    for finding in found:
        assert len(finding.differs) <= FACTS_SHOWN
        assert (finding.person is None) == (each["finding"] in ("never", "text"))
        assert (finding.raised is None) == (each["finding"] != "weaker")


def test_every_kind_is_broken_in_both_notices() -> None:
    assert {(each["notice"], each["finding"]) for each in BROKEN} == {
        (name, kind)
        for name in ("lianyuan-2021-07.toml", "national-9-2022.toml")
        for kind in ("uncovered", "weaker", "never", "test_day", "text")
    }


@pytest.mark.parametrize(
    ("days", "fault"), [("[0, 3]", "out_of_range"), ("[3, 3]", "counted_twice"), ("3", "not_a_list")]
)
def test_calls_on_days_that_cannot_be_are_found_and_the_rest_is_checked(days: str, fault: str) -> None:
    text = FILE.read_text(encoding="utf-8")
    calls = f'[follow_up]\ndays = {days}\nclause = "3.12"\n\n[duty]'
    broken = text.replace("[duty]", calls, 1).replace('rooms = "4.2"', 'rooms = "9.2"')
    found = [(each.about.partition("[")[0], each.details[0]) for each in of_words(broken, FILE.name)]
    assert ("follow_up.days", fault) in found
    assert ("clauses.rooms", "no_sentence") in found
    good = text.replace("[duty]", '[follow_up]\ndays = [3]\nclause = "9.9"\n\n[duty]', 1)
    assert ("follow_up.clause", "no_sentence") in [(each.about, each.details[0]) for each in of_words(good, FILE.name)]


@pytest.mark.parametrize("each", [each for each in BROKEN if each["finding"] == "uncovered"], ids=lambda e: e["what"])
def test_the_person_whom_nothing_covers_is_left_free_with_his_risk(each: dict[str, str]) -> None:
    notice = load_notice(broken_text(each), each["notice"], BASES)
    (finding, *_) = [finding for finding in found_in(each) if finding.about == each["about"]]
    assert finding.person is not None
    assert assess(finding.person, notice).clause == "none"
    assert finding.details[0] in risks(finding.person, notice.section_three.settings)[finding.about]


@cache
def whole(name: str) -> tuple[NoticeFinding, ...]:
    return check_notice(FILE.with_name(name).read_text(encoding="utf-8"), name, BASES).findings


def test_nothing_is_found_in_the_shipped_notices_that_no_reading_explains() -> None:
    for name in ("national-9-2022.toml", FILE.name):
        accepted = {(each.finding, each.about, each.reading) for each in notices()[name.removesuffix(".toml")].accepted}
        assert {(finding.kind, finding.about, finding.reading) for finding in whole(name)} == accepted


def test_an_acceptance_holds_for_whom_it_names_and_no_further() -> None:
    """A resident without an arrival may have crossed no border. Everybody else of whom that is unknown is asked."""
    text = FILE.read_text(encoding="utf-8")
    asked = 'code = "border_unknown"\nwhen = [["arrival is given", "border unknown"]]'
    assert asked in text
    notice = load_notice(text, FILE.name)
    of_border = [each for each in Reach(Cells(notice)).uncovered() if each.about == "border"]
    assert [(each.reading, each.differs) for each in of_border] == [("O48", ("arrival_at", "border"))]
    narrower = text.replace(asked, asked.replace('"border unknown"', '"border unknown", "symptoms is present"'))
    notice = load_notice(narrower, FILE.name)
    of_border = [each for each in Reach(Cells(notice)).uncovered() if each.about == "border"]
    assert [(each.reading, each.differs) for each in of_border] == [("", ("border",))]


BOTTOMLESS = (
    "a = " + "[" * 5000,
    "a = " + "[" * 50 + "]" * 50,
    ".".join("a" * 3000) + " = 1",
    "[" + ".".join("a" * 50) + "]",
    "a = " + "9" * 5000,
)


@pytest.mark.parametrize(
    "text", ["", "x", "[notice", "[notice]\nbase = 'x'", "[notice]\nid = 3", "settings = 1", *BOTTOMLESS]
)
def test_a_file_that_is_no_notice_is_a_finding_and_no_error(text: str) -> None:
    check = check_notice(text, "x.toml", BASES)
    assert check.notice is None
    assert [finding.kind for finding in check.findings] == ["text"]


def test_several_missing_words_are_all_named() -> None:
    text = FILE.read_text(encoding="utf-8").replace('title.en = "yellow code"\n', "", 1)
    text = text.replace('[reasons.orange_card]\nzh = "橙卡通知未列"\n', "[reasons.orange_card]\n", 1)
    named = [finding.about for finding in of_words(text, FILE.name) if finding.kind == "text"]
    assert named == ["branches[17].title.en", "reasons.orange_card.zh"]


def test_a_clause_that_is_left_out_is_missed_where_it_is_named_and_by_whom_it_covered() -> None:
    before, after, rest = FILE.read_text(encoding="utf-8").partition('[[branches]]\nname = "3.10"')
    text = before + rest.partition("[[branches]]")[1] + rest.partition("[[branches]]")[2]
    found = list(quickly(text, FILE.name))
    assert after and {finding.details for finding in found if finding.kind == "text"} == {("no_such_clause",)}
    free = {
        (finding.about, finding.details): finding.differs
        for finding in found
        if finding.kind == "uncovered" and not finding.reading
    }
    assert free == {
        ("health_code", ("yellow",)): ("health_code",),
        ("travel_card", ("yellow",)): ("health_code", "travel_card"),
    }


@pytest.mark.parametrize("notice", notices().values(), ids=notices())
def test_the_cells_hold_every_fact_and_both_answers_of_every_condition(notice: Notice) -> None:
    cells = Cells(notice)
    assert {each.key for each in cells.dimensions} | set(WITHOUT_CELLS) == set(FACT_KEYS)
    for condition in conditions_of(notice):
        assert both(cells, condition) >= {True, False}, condition.text


def both(cells: Cells, condition: Any) -> set[Truth]:
    """Return what a condition answers when one cell is changed, or two."""
    read = cells.reads(condition)
    answers = {cells.answer(condition, cells.start)}
    for at in read:
        for cell in range(len(cells.dimensions[at].cells)):
            one = (*cells.start[:at], cell, *cells.start[at + 1 :])
            answers.add(cells.answer(condition, one))
            for other in read:
                for second in range(len(cells.dimensions[other].cells)):
                    answers.add(cells.answer(condition, (*one[:other], second, *one[other + 1 :])))
    return answers
