"""Section three of a notice as a decision table: branches, questions that stay open, and readings to be confirmed.

A *branch* is a part of a clause: when it applies, and what it then asks (place, days, tests). A *question* is what the
notice leaves open, with the worst outcome it may have and the place to hold the person until it is answered. A *flag*
is a reading chosen among several, which the command post has still to confirm. All of it is data, read here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Literal, cast, get_args

from dutyboard.frozen import frozen
from dutyboard.rules.law.conditions import AnyOfAll, Condition, ConditionError, parse
from dutyboard.rules.law.facts import FACT_KEYS
from dutyboard.rules.law.phrase import Phrase
from dutyboard.rules.law.subjects import Interpretation
from dutyboard.rules.law.toml_table import NoticeError, TomlTable

Place = Literal["none", "free_after_negative", "home", "site", "hospital"]
PLACES: tuple[Place, ...] = get_args(Place)
"""Places from the freest to the strictest (docs/reading.md, section 5, part 1 of the key)."""

Start = Literal["arrival", "admission", "exposure", "conversion", "discharge"]
"""Day 0 of a stage (O4). All but `arrival` are never earlier than the admission."""
Until = Literal["days", "linked", "cleared", "none"]
"""End of the site stage: its number of days, the linked close contact's release, or a cleared history (3.7b)."""
HomeAfter = Literal["site", "start", "negative", "none"]
"""Beginning of the home stage: after the site stage, day 0 itself, or the negative result of the single PCR."""
UNLISTED = "unlisted"
"""The code of the question that a risk raises where the notice speaks of it nowhere. The table has the same name."""
CASE = "case_status is confirmed, asymptomatic"
CLOSE_CONTACT = "contact is close"
"""Conditions by which the clause for a case or a close contact is found in any notice."""
WorstPlace = Literal["ask", "fever clinic", "hospital"]
HoldingPlace = Literal["ask", "fever clinic", "site + PCR", "hospital"]
"""Outcomes of a question, and places to hold a person meanwhile, that are no clauses."""
AnswerOffice = Literal["command_post", "medical", "cdc", "public_security", "person"]
Decision = Literal["decide", "decide_flag", "refer"]
"""Answers about a person: decided, decided with a point to confirm, or for an office to decide."""
BlockerCode = Literal[
    "referral_open",
    "positive",
    "day_not_full",
    "end_unknown",
    "waits_for",
    "test_missing",
    "result_pending",
    "result_unclear",
    "late_sample",
    "missed_sample",
    "condition_open",
    "no_home_cadre",
    "no_vehicle",
    "room_stopped",
    "reading_open",
    "mate_reading_open",
]
"""Things in the way of a release (rules/law/gate.py)."""


@frozen
class Tests:
    """PCR and serum of a stage: how many the text demands, the days it names, the days we propose.

    `suggested` are extra days that nobody demands (O8). Day numbers count from the stage's day 0.
    """

    pcr: int = 0
    pcr_days: tuple[int, ...] = ()
    pcr_proposed: tuple[int, ...] = ()
    serum: int = 0
    serum_proposed: tuple[int, ...] = ()
    suggested: tuple[int, ...] = ()


@frozen
class SiteStage:
    """Stage at a site. `days` None: the text gives no number. `usual_days` stands in while an open end is unknown."""

    until: Until = "none"
    days: int | None = None
    usual_days: int = 0
    tests: Tests = Tests()
    on_conversion: int = 0


@frozen
class HomeStage:
    """Stage at home under 3.12. `days` 0 after a site stage: the text leaves the home stage out (3.2b)."""

    after: HomeAfter = "none"
    days: int | None = None
    tests: Tests = Tests()


@frozen(eq=False)
class Branch:
    """One branch of a clause. `release_when`: what its first stage ends on besides days and tests.

    `advice`: who passes under it is told to watch his own health.

    `hands_over`: it only sends the person to other clauses and asks nothing itself; `yields_to`: it asks nothing once
    one of those clauses applies (the hand-overs written in the text).
    """

    name: str
    clause: str
    title: Phrase
    sentence: Phrase
    when: AnyOfAll
    place: Place
    closed_loop: bool
    start: Start
    site: SiteStage
    home: HomeStage
    single: Tests
    release_when: AnyOfAll
    advice: bool
    hands_over: bool
    yields_to: tuple[str, ...]
    flags: tuple[str, ...]
    readings: tuple[str, ...]
    facts: tuple[str, ...]


@frozen(eq=False)
class Question:
    """A question that the notice leaves open. `reason` says why a person is referred.

    It matters unless what is decided already reaches `worst` (a clause or a place), or reaches the place `settled_by`;
    with `unclassed`, only while no branch applies. With `beside` the place is certain and only the end is open: it is
    asked beside the decision and refers nobody. `may_be` are the branches of `worst` (a clause, or one branch by its
    name) and of other clauses that may end later, `held_to` the branch of `provisional`; none where that is no clause.
    `asks` are the facts to ask.
    """

    code: str
    when: AnyOfAll
    worst: str
    provisional: str
    reading: str
    office: AnswerOffice
    may_be: tuple[Branch, ...]
    held_to: Branch | None
    reason: Phrase
    settled_by: Place | None
    unclassed: bool
    beside: bool
    asks: tuple[str, ...]
    facts: tuple[str, ...]


@frozen(eq=False)
class Flag:
    """A reading that marks the branches of its clauses for confirmation when its condition holds."""

    reading: str
    clauses: tuple[str, ...]
    when: AnyOfAll
    facts: tuple[str, ...]


@frozen(eq=False)
class SectionThree:
    """The whole decision table, and the settings it is read with.

    `unlisted` is the question that a risk raises of which no branch and no question speaks. None: the notice leaves
    such a person free.
    """

    settings: Interpretation
    branches: tuple[Branch, ...]
    questions: tuple[Question, ...]
    unlisted: Question | None
    flags: tuple[Flag, ...]
    home_clause: str
    home_sentence: Phrase

    def branch(self, name: str) -> Branch:
        """The branch of that name. Raises KeyError."""
        for branch in self.branches:
            if branch.name == name:
                return branch
        raise KeyError(name)

    def clause_of(self, condition: str) -> str:
        """The clause of the first branch that asks this condition; empty: none does."""
        asking = (
            branch.clause
            for branch in self.branches
            if any(each.text == condition for part in branch.when for each in part)
        )
        return next(asking, "")

    def of_clause(self, clause: str) -> tuple[Branch, ...]:
        """The branches of one clause, in the order of the file."""
        return tuple(branch for branch in self.branches if branch.clause == clause)

    def ways_into(self, clauses: Iterable[str]) -> AnyOfAll:
        """Every way into the branches of these clauses."""
        return tuple(way for clause in clauses for branch in self.of_clause(clause) for way in branch.when)


def read_section_three(file: TomlTable, fever_c: float) -> SectionThree:
    """Read settings, branches, questions and flags of a notice file. Raises NoticeError."""
    home, branches = file.table("home_monitoring"), file.tables("branches", _branch)
    reasons = file.table("reasons").phrases()
    unlisted = file.table(UNLISTED) if file.has(UNLISTED) else None
    section = SectionThree(
        settings=_settings(file.table("settings"), fever_c),
        branches=branches,
        questions=file.tables("questions", partial(_question, reasons=reasons, branches=branches)),
        unlisted=_asked(unlisted, UNLISTED, (), reasons, branches) if unlisted else None,
        flags=file.tables("flags", _flag),
        home_clause=home.text("clause"),
        home_sentence=home.phrase("sentence"),
    )
    home.done()
    _names_fit(file, section)
    return section


def _names_fit(file: TomlTable, section: SectionThree) -> None:
    names = [branch.name for branch in section.branches]
    if len(set(names)) != len(names):
        raise file.error("counted_twice", "branches")
    clauses = {branch.clause for branch in section.branches}
    for number, branch in enumerate(section.branches):
        if not clauses.issuperset(branch.yields_to):
            raise file.error("no_such_clause", f"branches[{number}].yields_to")
    for number, flag in enumerate(section.flags):
        if not clauses.issuperset(flag.clauses):
            raise file.error("no_such_clause", f"flags[{number}].clauses")


def _settings(table: TomlTable, fever_c: float) -> Interpretation:
    day_of_start = table.whole("day_of_start")
    if day_of_start not in (0, 1):
        raise table.error("out_of_range", "day_of_start")
    settings = Interpretation(
        day_of_start=cast(Literal[0, 1], day_of_start),
        look_back_days=table.whole("look_back_days", least=1),
        named_counties_count=table.flag("named_counties_count"),
        certificate_counts_to=cast(
            Literal["arrival", "assessment"], table.word("certificate_counts_to", ("arrival", "assessment"))
        ),
        conversion_restarts_if_exposure_unknown=table.flag("conversion_restarts_if_exposure_unknown"),
        secondary_least_days=table.whole("secondary_least_days"),
        secondary_early_close_pcr=table.whole("secondary_early_close_pcr", least=1),
        hours_between_samples=table.whole("hours_between_samples"),
        fever_c=fever_c,
    )
    table.done()
    return settings


def read_when(table: TomlTable, key: str = "when") -> tuple[AnyOfAll, tuple[str, ...]]:
    """The conditions under a key, and the facts they read, in order."""
    lists: list[tuple[Condition, ...]] = []
    value = table.take(key)
    if not isinstance(value, list) or not value:
        raise table.error("not_a_list", key)
    for number, texts in enumerate(value):
        if not isinstance(texts, list) or not texts:
            raise table.error("not_a_list", f"{key}[{number}]")
        try:
            lists.append(tuple(parse(text) for text in texts))
        except (ConditionError, TypeError):
            raise table.error("not_a_condition", f"{key}[{number}]") from None
    facts = dict.fromkeys(key for conditions in lists for condition in conditions for key in condition.facts)
    return tuple(lists), tuple(facts)


def _texts(table: TomlTable, key: str) -> tuple[str, ...]:
    return table.texts(key) if table.has(key) else ()


def _readings(table: TomlTable, key: str) -> tuple[str, ...]:
    readings = _texts(table, key)
    for number, each in enumerate(readings):
        if not (each.startswith("O") and each[1:].isdigit()):
            raise table.error("no_such_reading", f"{key}[{number}]")
    return readings


def _branch(table: TomlTable) -> Branch:
    when, facts = read_when(table)
    site = _site(table.table("site")) if table.has("site") else SiteStage()
    home = _home(table.table("home")) if table.has("home") else HomeStage()
    single = _tests(table.table("single"), done=True) if table.has("single") else Tests()
    hands_over = table.flag("hands_over") if table.has("hands_over") else False
    branch = Branch(
        name=table.text("name"),
        clause=table.text("clause"),
        title=table.phrase("title"),
        sentence=table.phrase("sentence"),
        when=when,
        place="none" if hands_over else cast(Place, table.word("place", PLACES)),
        closed_loop=False if hands_over else table.flag("closed_loop"),
        start="admission" if hands_over else cast(Start, table.word("start", get_args(Start))),
        site=site,
        home=home,
        single=single,
        release_when=read_when(table, "release_when")[0] if table.has("release_when") else (),
        advice=table.flag("advice") if table.has("advice") else False,
        hands_over=hands_over,
        yields_to=_texts(table, "yields_to"),
        flags=_readings(table, "flags"),
        readings=_readings(table, "readings"),
        facts=facts,
    )
    if branch.place == "site" and site.until == "none":
        raise table.error("missing_key", "site")
    if branch.place == "home" and home.after == "none":
        raise table.error("missing_key", "home")
    table.done()
    return branch


def _whole(table: TomlTable, key: str) -> int:
    return table.whole(key) if table.has(key) else 0


def _wholes(table: TomlTable, key: str) -> tuple[int, ...]:
    return table.wholes(key) if table.has(key) else ()


def _tests(table: TomlTable, done: bool = False) -> Tests:
    tests = Tests(
        pcr=_whole(table, "pcr"),
        pcr_days=_wholes(table, "pcr_days"),
        pcr_proposed=_wholes(table, "pcr_proposed"),
        serum=_whole(table, "serum"),
        serum_proposed=_wholes(table, "serum_proposed"),
        suggested=_wholes(table, "suggested"),
    )
    if len(tests.pcr_days) + len(tests.pcr_proposed) != tests.pcr:
        raise table.error("count_differs", "pcr")
    if len(tests.serum_proposed) != tests.serum:
        raise table.error("count_differs", "serum")
    if done:
        table.done()
    return tests


def _site(table: TomlTable) -> SiteStage:
    until = cast(Until, table.word("until", get_args(Until)))
    stage = SiteStage(
        until=until,
        days=table.whole("days", least=1) if until == "days" else None,
        usual_days=_whole(table, "usual_days"),
        tests=_tests(table),
        on_conversion=_whole(table, "pcr_on_conversion"),
    )
    table.done()
    return stage


def _home(table: TomlTable) -> HomeStage:
    stage = HomeStage(
        after=cast(HomeAfter, table.word("after", get_args(HomeAfter))),
        days=table.whole("days"),
        tests=_tests(table),
    )
    table.done()
    return stage


_ASKED_BY_NAME = ("arrival_at", "assessed_on")
"""Facts that many questions read, and that only a question which names them asks for."""


def _question(table: TomlTable, reasons: Mapping[str, Phrase], branches: tuple[Branch, ...]) -> Question:
    when, facts = read_when(table)
    question = _asked(table, table.text("code"), when, reasons, branches)
    asks = question.asks or tuple(key for key in facts if key not in _ASKED_BY_NAME)
    return replace(question, facts=facts, asks=asks)


def _asked(
    table: TomlTable, code: str, when: AnyOfAll, reasons: Mapping[str, Phrase], branches: tuple[Branch, ...]
) -> Question:
    worst, provisional = table.text("worst"), table.text("provisional")
    may_be, held_to = (
        tuple(each for each in branches if word in (each.clause, each.name)) for word in (worst, provisional)
    )
    others = _texts(table, "may_also_be")
    for number, each in enumerate(others):
        if each not in {branch.clause for branch in branches}:
            raise table.error("no_such_clause", f"may_also_be[{number}]")
    if not may_be and worst not in get_args(WorstPlace):
        raise table.error("no_such_clause", "worst")
    if not held_to and provisional not in get_args(HoldingPlace):
        raise table.error("no_such_clause", "provisional")
    if code not in reasons:
        raise NoticeError("missing_key", table.file, f"reasons.{code}")
    question = Question(
        code=code,
        when=when,
        worst=worst,
        provisional=held_to[0].clause if held_to else provisional,
        may_be=(*may_be, *(each for each in branches if each.clause in others)),
        held_to=next(iter(held_to), None),
        reading=table.text("reading"),
        office=cast(AnswerOffice, table.word("office", get_args(AnswerOffice))),
        reason=reasons[code],
        settled_by=cast(Place, table.word("settled_by", PLACES)) if table.has("settled_by") else None,
        unclassed=table.flag("unclassed") if table.has("unclassed") else False,
        beside=table.flag("beside") if table.has("beside") else False,
        asks=_asks(table),
        facts=(),
    )
    table.done()
    return question


def _asks(table: TomlTable) -> tuple[str, ...]:
    """Return the facts to ask that the file names; () stands for all that the question reads."""
    asks = _texts(table, "asks")
    for number, key in enumerate(asks):
        if key not in FACT_KEYS:
            raise table.error("not_allowed", f"asks[{number}]")
    return asks


def _flag(table: TomlTable) -> Flag:
    when, facts = read_when(table)
    flag = Flag(reading=table.text("reading"), clauses=table.texts("clauses"), when=when, facts=facts)
    table.done()
    return flag
