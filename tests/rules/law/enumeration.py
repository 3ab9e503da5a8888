"""Every outcome that the clauses of section three can have together, and a fact set for each.

A clause is a list of conditions, and each condition reads one *subject* (a stay's category, a certificate's age), never
more. So the tables are complete without every combination of facts being written out:

1. Each part of the facts is tabulated over all its values, bounds and both their sides included; values that answer
   every condition alike are one.
2. The parts that one family of clauses reads are combined whole, into that family's outcomes: which rows answer yes, no
   or unknown, and which questions are open.
3. The outcomes of the families are combined whole. Families share no facts but the certificate and the age of the
   arrival, for which the second step is done once for each of their values.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import chain, islice, product
from math import prod
from typing import Any

from dutyboard.rules.law.conditions import Condition, Truth
from dutyboard.rules.law.facts import Facts
from tests.rules.fact_sets import CERTIFICATES, CHOICES, DAY, QUIET, TESTS, notice

SECTION = notice().section_three
Known = dict[str, Any]
Outcome = tuple[tuple[Truth, ...], tuple[bool, ...]]
"""What each row answers, and which questions are open, in the order of the notice."""

AGES: dict[str, Known] = {
    "arrived today": {},
    "14 days ago": {"assessed_on": DAY + timedelta(days=14)},
    "15 days ago": {"assessed_on": DAY + timedelta(days=15)},
    "arrival unknown": {"arrival_at": None},
    "no arrival": {"arrival_at": None, "no_arrival": True},
    "hour unknown": {"arrival_at": datetime.combine(DAY, time()), "arrival_hour_unknown": True},
}
PCR, SERUM = [(), TESTS[3]], [(), TESTS[6]]
FAMILIES: dict[str, tuple[str, ...]] = {
    "cases": ("case_status", "discharged_on", "tests"),
    "contacts": ("contact", "linked"),
    "entrants": ("border", "foreign_14d", "macau_rebound", "isolation_days_done", "isolation_proof"),
    "travellers": ("stays", "release_cert", "investigation", "health_code", "travel_card", "symptoms"),
    "others": ("sanfei", "serum"),
}
TOGETHER = (("border", "foreign_14d"), ("case_status", "discharged_on", "tests"))
"""Facts that one subject reads together, and that are therefore tabulated together."""
SHARES_CERTIFICATE = ("entrants", "travellers")

Branch = tuple[Condition, ...]
_CONDITIONS = {
    condition.text: condition
    for each in (*SECTION.branches, *SECTION.questions)
    for branch in each.when
    for condition in branch
}


def _carried(given: Known) -> list[Any]:
    """The certificates that some condition tells apart. One that is positive makes a case, and those have their
    positives from the tests."""
    texts = _reads(frozenset({"pcr"}))
    distinct: dict[tuple[Truth, ...], Any] = {}
    for each in CERTIFICATES:
        if getattr(each, "result", None) != "positive":
            distinct.setdefault(_answers(texts, replace(QUIET, **{**given, "pcr": each})), each)
    return list(distinct.values())


def _values(fact: str) -> list[Known]:
    if fact == "serum":
        return [{"tests": each} for each in SERUM]
    return [{fact: each} for each in (PCR if fact == "tests" else CHOICES[fact])]


def _parts(family: str) -> list[list[Known]]:
    """The values of a family's facts, those together that one subject reads together."""
    facts = FAMILIES[family]
    joint = [group for group in TOGETHER if set(group) <= set(facts)]
    single = [(fact,) for fact in facts if not any(fact in group for group in joint)]
    parts = []
    for group in (*joint, *single):
        combined = [
            dict(pair for known in knowns for pair in known.items()) for knowns in product(*map(_values, group))
        ]
        parts.append(combined)
    return parts


def _reads(facts: frozenset[str]) -> list[str]:
    """The conditions that read one of these facts, the certificate and the arrival left aside."""
    return [text for text, condition in _CONDITIONS.items() if facts & set(condition.facts)]


def _answers(texts: list[str], facts: Facts) -> tuple[Truth, ...]:
    return tuple(_CONDITIONS[text].holds(facts, SECTION.settings) for text in texts)


def _all(answers: dict[str, Truth], branch: Branch) -> Truth:
    truth: Truth = True
    for condition in branch:
        answer = answers[condition.text]
        if answer is False:
            return False
        if answer is None:
            truth = None
    return truth


def _any(truths: list[Truth]) -> Truth:
    return True if True in truths else None if None in truths else False


class Family:
    """The outcomes of one family under one certificate and age. `asked`: how many fact sets the table stands for."""

    def __init__(self, name: str, given: Known) -> None:
        quiet = replace(QUIET, **given)
        self.asked = 1
        parts: list[list[tuple[Known, tuple[tuple[str, Truth], ...]]]] = []
        for values in _parts(name):
            texts = _reads(frozenset(values[0]))
            distinct: dict[tuple[Truth, ...], Known] = {}
            for known in values:
                distinct.setdefault(_answers(texts, replace(quiet, **known)), known)
            self.asked *= len(values)
            parts.append([(known, tuple(zip(texts, answers))) for answers, known in distinct.items()])
        base = dict(zip(_CONDITIONS, _answers(list(_CONDITIONS), quiet)))
        told_of = {text for part in parts for text, _ in part[0][1]}
        rows = [_any([_all(base, branch) for branch in row.when]) for row in SECTION.branches]
        questions = [any(_all(base, branch) is True for branch in each.when) for each in SECTION.questions]
        asking_rows = [(at, row.when) for at, row in enumerate(SECTION.branches) if _asks(row.when, told_of)]
        asking = [(at, each.when) for at, each in enumerate(SECTION.questions) if _asks(each.when, told_of)]
        self.found: dict[Outcome, Known] = {}
        for combined in product(*parts):
            answers = dict(base)
            for _, told in combined:
                answers.update(told)
            for at, when in asking_rows:
                rows[at] = _any([_all(answers, branch) for branch in when])
            for at, when in asking:
                questions[at] = any(_all(answers, branch) is True for branch in when)
            outcome = (tuple(rows), tuple(questions))
            if outcome not in self.found:
                self.found[outcome] = {key: value for known, _ in combined for key, value in known.items()}


def _asks(when: tuple[Branch, ...], texts: set[str]) -> bool:
    return any(condition.text in texts for branch in when for condition in branch)


Choice = tuple[Outcome, Known]


def _whole(family: Family) -> list[Choice]:
    return list(family.found.items())


def _yes_sets(family: Family) -> list[Choice]:
    """One outcome for each set of rows that this family can answer yes, the one with the fewest open questions."""
    best: dict[tuple[bool, ...], Choice] = {}
    for outcome, known in family.found.items():
        key = tuple(truth is True for truth in outcome[0])
        if key not in best or sum(outcome[1]) < sum(best[key][0][1]):
            best[key] = outcome, known
    return list(best.values())


class Enumeration:
    """The joint outcomes under one age of the arrival: every outcome of each family with every set of rows that the
    others can answer yes. What the others leave open besides adds reasons to a referral and takes none away, for each
    question is weighed by itself.

    `sizes`: (fact sets stood for, outcomes, sets of rows answered yes), family by family.
    """

    def __init__(self, age: str) -> None:
        self._given = AGES[age]
        alone = {name: Family(name, self._given) for name in FAMILIES if name not in SHARES_CERTIFICATE}
        shared: dict[str, list[Family]] = {name: [] for name in SHARES_CERTIFICATE}
        certificates = _carried(self._given)
        for carried in certificates:
            for name in SHARES_CERTIFICATE:
                shared[name].append(Family(name, {**self._given, "pcr": carried}))
        self.sizes = {
            name: (
                sum(each.asked for each in families),
                len({outcome for each in families for outcome in each.found}),
                len({tuple(t is True for t in outcome[0]) for each in families for outcome in each.found}),
            )
            for name, families in {**{name: [family] for name, family in alone.items()}, **shared}.items()
        }
        yes = {name: _yes_sets(family) for name, family in alone.items()}
        self._products: list[tuple[list[Choice], ...]] = [
            (_paired(certificates, shared, _yes_sets, _whole), yes["cases"], yes["contacts"], yes["others"]),
            (_paired(certificates, shared, _whole, _yes_sets), yes["cases"], yes["contacts"], yes["others"]),
        ]
        both = _paired(certificates, shared, _yes_sets, _yes_sets)
        for name, family in alone.items():
            others = [yes[other] for other in alone if other != name]
            self._products.append((both, _whole(family), *others))

    def __len__(self) -> int:
        return sum(prod(map(len, lists)) for lists in self._products)

    def joint(self, step: int = 1, start: int = 0) -> Iterator[tuple[Facts, Outcome]]:
        """A fact set and the outcome that it must have, for every `step`-th joint outcome."""
        for chosen in islice(chain.from_iterable(product(*lists) for lists in self._products), start, None, step):
            told: Known = dict(self._given)
            for _, known in chosen:
                tests = told.get("tests", ()) + known.get("tests", ())
                told |= {**known, "tests": tests}
            yield replace(QUIET, **told), _joined([outcome for outcome, _ in chosen])


def _paired(certificates: list[Any], shared: dict[str, list[Family]], of_one: Any, of_other: Any) -> list[Choice]:
    """Outcomes of entrants and of travellers who carry the same certificate, as one."""
    pairs: dict[Outcome, Known] = {}
    for carried, one, other in zip(certificates, *shared.values()):
        for (first, known), (second, told) in product(of_one(one), of_other(other)):
            pairs.setdefault(_joined([first, second]), {"pcr": carried, **known, **told})
    return list(pairs.items())


def _joined(outcomes: list[Outcome]) -> Outcome:
    """A row is a list of branches, and each branch belongs to one family: one family's yes is the row's."""
    rows = tuple(_any(list(truths)) for truths in zip(*(each[0] for each in outcomes)))
    questions = tuple(any(raised) for raised in zip(*(each[1] for each in outcomes)))
    return rows, questions
