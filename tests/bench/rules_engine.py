"""Assessing a person against a decision table in Rust, zen-engine: `python -m tests.bench.rules_engine [people]`.

Ours answers yes, no or unknown, joins what applies, dates it and says why. The engine evaluates one condition list of
each clause of the same notice, two-valued, over values that are ready made, and names the clauses that hold; a run
checks that they are the right ones. It needs the package of the extra `bench`.
"""

import json
import re
import statistics
import time
from collections.abc import Callable, Iterable
from random import Random
from typing import Any

from dutyboard.rules.law.assess import assess
from dutyboard.rules.law.conditions import Condition
from dutyboard.rules.law.facts import Facts
from dutyboard.rules.law.notice import Notice
from dutyboard.rules.law.subjects import SUBJECTS, ChoiceSubject, NumberSubject
from tests.bench.figure import Figure, options
from tests.rules.fact_sets import drawn, notice

AIM, ROUNDS = 0.4, 5
COMPARED = {"at most": "<=", "at least": ">=", "over": ">", "exactly": "=="}
LACKING = -1e12
"""The number where there is none, or it is not known to a second; a certificate of after the arrival is below 0."""
Row = tuple[Condition, ...]


def rows_of(ruled_by: Notice) -> dict[str, Row]:
    """Return the first condition list of each clause."""
    found: dict[str, Row] = {}
    for branch in ruled_by.section_three.branches:
        found.setdefault(branch.clause, branch.when[0])
    return found


def cell(condition: Condition) -> str:
    """Return a condition in the words of the engine, about the value of its column."""
    subject = SUBJECTS[condition.subject]
    if isinstance(subject, NumberSubject):
        compare = next(sign for words, sign in COMPARED.items() if f" {words} " in condition.text)
        assert condition.limit is not None
        return f"$ > {LACKING:.0f} and $ {compare} {condition.limit * subject.unit}"
    holds = f"some($, # in {json.dumps(sorted(condition.words))})"
    return holds if condition.affirms else f"not ({holds})"


def decision_table(rows: dict[str, Row]) -> str:
    """Return the rows as a table of the engine: a column a subject, every row evaluated, the clauses collected."""
    subjects = sorted({condition.subject for row in rows.values() for condition in row})
    rules = []
    for clause, row in rows.items():
        rule = dict.fromkeys(subjects, "")
        for condition in row:
            rule[condition.subject] = " and ".join(filter(None, (rule[condition.subject], cell(condition))))
        rules.append({"_id": clause, **rule, "clause": json.dumps(clause)})
    content = {
        "hitPolicy": "collect",
        "inputs": [{"id": each, "name": each, "field": each} for each in subjects],
        "outputs": [{"id": "clause", "name": "clause", "field": "clause"}],
        "rules": rules,
    }
    nodes = (("in", "inputNode", {}), ("table", "decisionTableNode", content), ("out", "outputNode", {}))
    return json.dumps(
        {
            "nodes": [{"id": name, "name": name, "type": kind, "content": held} for name, kind, held in nodes],
            "edges": [
                {"id": f"{one}-{two}", "sourceId": one, "targetId": two, "type": "edge"}
                for one, two in (("in", "table"), ("table", "out"))
            ],
        }
    )


def values_of(facts: Facts, ruled_by: Notice, rows: dict[str, Row]) -> dict[str, Any]:
    """Return the values that the engine looks at: words that surely hold, and numbers that are known."""
    settings, values = ruled_by.section_three.settings, {}
    for name in {condition.subject for row in rows.values() for condition in row}:
        subject = SUBJECTS[name]
        if isinstance(subject, ChoiceSubject):
            values[name] = sorted(subject.read(facts, settings)[0])
        else:
            low, high = subject.read(facts, settings)
            values[name] = low if low == high and low < 1e12 else LACKING
    return values


def held(facts: Facts, ruled_by: Notice, rows: dict[str, Row]) -> list[str]:
    """Return the clauses whose conditions hold by our own answers; what is unknown counts as a no, as in the engine."""
    settings = ruled_by.section_three.settings

    def holds(condition: Condition) -> bool:
        subject = SUBJECTS[condition.subject]
        if isinstance(subject, NumberSubject):
            low, high = subject.read(facts, settings)
            return low == high and condition.holds(facts, settings) is True
        if re.match("not |lacks ", condition.text):
            return not subject.read(facts, settings)[0] & condition.words
        return condition.holds(facts, settings) is True

    return [clause for clause, row in rows.items() if all(map(holds, row))]


def microseconds(act: Callable[[Any], object], cases: Iterable[Any], count: int) -> float:
    """Return the processor time of one call, in µs."""
    began = time.process_time()
    for each in cases:
        act(each)
    return (time.process_time() - began) / count * 1e6


def main(people: int) -> None:
    """Measure and print."""
    try:
        import zen
    except ImportError:
        raise SystemExit("zen-engine is not installed: pip install -e '.[bench]'") from None
    random, ruled_by = Random(1), notice()
    crowd, rows = [drawn(random) for _ in range(people)], rows_of(ruled_by)
    decision = zen.ZenEngine().create_decision(decision_table(rows))
    values = [values_of(facts, ruled_by, rows) for facts in crowd]
    for facts, known in zip(crowd, values, strict=True):
        named = [each["clause"] for each in decision.evaluate(known)["result"]]
        if named != held(facts, ruled_by, rows):
            raise SystemExit(f"the engine names {named}, not {held(facts, ruled_by, rows)}: it is no peer")
    taken: dict[str, list[float]] = {"ours": [], "engine": []}
    for _ in range(ROUNDS):
        taken["ours"].append(microseconds(lambda each: assess(each, ruled_by), crowd, people))
        taken["engine"].append(microseconds(decision.evaluate, values, people))
    ours, engine = (statistics.median(each) for each in taken.values())
    told = f"{ours:.0f} µs, engine {engine:.0f} µs for {len(rows)} rows, one a clause"
    print(Figure("assess a person against a decision table in Rust", ours / engine, "x", AIM, ROUNDS, told))


if __name__ == "__main__":
    asked = options(people=5_000)
    main(500 if asked.quick else asked.people)
