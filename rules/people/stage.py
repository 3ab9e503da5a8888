"""Stages of a person: those of the queue, those of somebody placed, and the place that a result sends to."""

from typing import Final

from dutyboard.rules.law.result import Result
from dutyboard.rules.law.section_three import Place
from dutyboard.rules.records.codes import Stage

QUEUED: Final[frozenset[Stage]] = frozenset({"pending", "referred"})


PLACED: Final[frozenset[Stage]] = frozenset({"waiting", "transfer", "site", "home", "hospital"})


def first_place(result: Result) -> Place:
    """Return the place that a result sends a person to; a referred one goes to its provisional place.

    That is the hospital for a fever clinic, the place of the clause that it names, and a site for all else.
    """
    if result.first_place is not None:
        return result.first_place
    held = result.provisional or ""
    if held in ("hospital", "fever clinic"):
        return "hospital"
    rows = result.notice.section_three.of_clause(held)
    return rows[0].place if rows else "site"
