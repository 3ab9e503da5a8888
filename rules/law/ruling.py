"""Ruling of an office on one person: the questions that it settles, and the class that it decides."""

from typing import Final

from dutyboard.frozen import frozen
from dutyboard.rules.law.section_three import Branch, SectionThree

NO_CLAUSE: Final = "none"
"""Class of somebody whom no clause concerns."""


@frozen(kw_only=False)
class Ruling:
    """An office's word where the notice leaves a question open.

    `settles` are the codes of the questions that are asked no more. `clause` is the class in place of all that the
    facts give (`none`: no clause); None: what the facts give without those questions.
    """

    settles: frozenset[str]
    clause: str | None = None

    def branches(self, section: SectionThree) -> tuple[Branch, ...]:
        """Return the branch that the class is; none for `none`. Raises LookupError for a clause the notice lacks."""
        if self.clause in (None, NO_CLAUSE):
            return ()
        rows = [branch for branch in section.of_clause(self.clause or "") if not branch.hands_over]
        if not rows:
            raise LookupError("unknown clause")
        return (rows[0],)
