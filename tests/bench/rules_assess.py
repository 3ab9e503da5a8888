"""What section three costs: microseconds a person, alone and with its plan, over 10,000 drawn people.

python -m tests.bench.rules_assess
"""

from random import Random
from time import perf_counter

from dutyboard.rules.law.assess import assess
from dutyboard.rules.law.explain import would_change
from dutyboard.rules.law.plan import plan
from tests.rules.fact_sets import drawn, notice

PEOPLE = 10_000


def main() -> None:
    """Print the costs and their ratio to copying the same fact sets' hashes once."""
    random, ruled_by = Random(1), notice()
    people = [drawn(random) for _ in range(PEOPLE)]
    start = perf_counter()
    for facts in people:
        hash(facts)
    hashed = perf_counter() - start
    start = perf_counter()
    results = [assess(facts, ruled_by) for facts in people]
    assessed = perf_counter() - start
    start = perf_counter()
    for result in results:
        plan(result)
    planned = perf_counter() - start
    start = perf_counter()
    for result in results[:500]:
        would_change(result)
    explained = (perf_counter() - start) * PEOPLE / 500
    for name, seconds in (("assess", assessed), ("plan", planned), ("what would change it", explained)):
        print(f"{name:22} {seconds / PEOPLE * 1e6:8.1f} us a person  {seconds / hashed:8.1f} x hashing the facts")
    one, all_of_them = assessed / PEOPLE, assessed
    print(f"one changed person     {one * 1e6:8.1f} us, a full recompute {all_of_them * 1e3:.0f} ms: 1 to {PEOPLE}")


if __name__ == "__main__":
    main()
