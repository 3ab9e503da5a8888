"""Every clause of the notice is carried, postponed to a named issue, or said to be none of the program's business."""

from tests.contracts.coverage import COVERS, PAGE, page, problems
from tests.rules.fact_sets import notice

INVENTORY = [
    *("0.1", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7", "1.8"),
    *("2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "2.7", "2.8"),
    *("3.1", "3.2a", "3.2b", "3.3a", "3.3b", "3.4", "3.5", "3.6", "3.7a", "3.7b", "3.8a", "3.8b"),
    *("3.9", "3.10", "3.11", "3.12", "4.1a", "4.1b", "4.1c", "4.1d", "4.1e", "4.2", "5.1", "5.2", "5.3", "A.1"),
]


def test_the_inventory_is_whole_and_in_order() -> None:
    assert [cover.clause for cover in COVERS] == INVENTORY


def test_every_clause_of_the_table_is_in_the_inventory() -> None:
    clauses = {row.clause.replace("3.11a", "3.11").replace("3.11b", "3.11") for row in notice().section_three.branches}
    assert clauses <= set(INVENTORY)


def test_what_a_clause_names_exists() -> None:
    assert problems() == []


def test_the_page_is_not_stale() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tests.contracts.coverage"
