"""The conditions of a notice, written as a lawyer would read them, and answered yes, no or unknown.

    release_cert is yes                 the fact is one of the words
    certificate_hours at most 48        also: at least, over, exactly
    border unknown                      nobody knows the answer; itself answered yes or no
    not recent_stay is high, medium     the reverse; unknown stays unknown
    lacks release_cert is yes           not surely so: no and unknown alike (不能出示)
    perhaps any_stay is high            not surely not so: yes and unknown alike

Conditions of one list must all hold; of several lists, one must.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache

from dutyboard.frozen import frozen
from dutyboard.rules.law.facts import Facts
from dutyboard.rules.law.subjects import (
    SUBJECTS,
    Choice,
    ChoiceSubject,
    ConditionSubject,
    Interpretation,
    Number,
    NumberSubject,
)

Truth = bool | None
"""True: yes; False: no; None: unknown."""
Predicate = Callable[[Facts, Interpretation], Truth]
AnyOfAll = tuple[tuple["Condition", ...], ...]

_FORM = re.compile(
    r"(?:(?P<turn>not|lacks|perhaps) )?(?P<subject>[a-z0-9_]+) "
    r"(?:(?P<unknown>unknown)|is (?P<words>[a-z0-9_]+(?:, [a-z0-9_]+)*)"
    r"|(?P<compare>at most|at least|over|exactly) (?P<number>\d+))"
)


class ConditionError(ValueError):
    """A condition that cannot be read, or that asks what no subject can answer."""


@frozen(kw_only=False, eq=False)
class Condition:
    """One condition of a notice file: `text` as it is written, and the predicate `holds` that answers it.

    `facts` are the keys of the facts it reads, `limit` is the number that it compares with. `words` are those it names;
    none in a condition on a number or on the unknown. `affirms`: it is not turned round by `not` or `lacks`.
    """

    text: str
    subject: str
    facts: tuple[str, ...]
    holds: Predicate
    limit: int | None = None
    words: frozenset[str] = frozenset()
    affirms: bool = True


@cache
def parse(text: str) -> Condition:
    """Read one condition. The same words are the same condition. Raises ConditionError."""
    form = _FORM.fullmatch(text)
    if form is None:
        raise ConditionError(text)
    subject = SUBJECTS.get(form["subject"])
    if subject is None:
        raise ConditionError(text)
    ask = _ask(subject, form)
    if form["turn"] == "not":
        ask = _turned(ask)
    elif form["turn"] == "lacks":
        ask = _lacking(ask)
    elif form["turn"] == "perhaps":
        ask = _possible(ask)
    return Condition(
        text,
        subject.name,
        subject.facts,
        ask,
        limit=int(form["number"]) if form["number"] else None,
        words=frozenset((form["words"] or "").split(", ")) - {""},
        affirms=form["turn"] in (None, "perhaps"),
    )


def _ask(subject: ConditionSubject, form: re.Match[str]) -> Predicate:
    if form["unknown"]:
        return _is_unknown(subject)
    if isinstance(subject, ChoiceSubject) and form["words"]:
        words = frozenset(form["words"].split(", "))
        if not words <= subject.words:
            raise ConditionError(form.string)
        return _is_one_of(subject, words)
    if isinstance(subject, NumberSubject) and form["compare"]:
        return _compares(subject, form["compare"], int(form["number"]) * subject.unit)
    raise ConditionError(form.string)


def _is_one_of(subject: ChoiceSubject, words: frozenset[str]) -> Predicate:
    read = subject.read

    def ask(facts: Facts, settings: Interpretation) -> Truth:
        sure, possible = read(facts, settings)
        if sure & words:
            return True
        return None if possible & words else False

    return ask


def _is_unknown(subject: ConditionSubject) -> Predicate:
    read: Callable[[Facts, Interpretation], Choice | Number] = subject.read

    def ask(facts: Facts, settings: Interpretation) -> Truth:
        sure, possible = read(facts, settings)
        # What does not apply is one value and no question; as a number it does not equal itself.
        return sure is not possible and sure != possible

    return ask


def _compares(subject: NumberSubject, compare: str, limit: int) -> Predicate:
    read = subject.read

    def ask(facts: Facts, settings: Interpretation) -> Truth:
        low, high = read(facts, settings)
        if compare == "at most":
            return True if high <= limit else None if low <= limit else False
        if compare == "over":
            return True if low > limit else None if high > limit else False
        if compare == "at least":
            return True if low >= limit else None if high >= limit else False
        return True if low == high == limit else None if low <= limit <= high else False

    return ask


def _turned(ask: Predicate) -> Predicate:
    def turned(facts: Facts, settings: Interpretation) -> Truth:
        truth = ask(facts, settings)
        return None if truth is None else not truth

    return turned


def _lacking(ask: Predicate) -> Predicate:
    return lambda facts, settings: ask(facts, settings) is not True


def _possible(ask: Predicate) -> Predicate:
    return lambda facts, settings: ask(facts, settings) is not False


class Answers:
    """Answers of one person's facts to the conditions of a notice. Each condition is asked once, wherever it stands."""

    def __init__(self, facts: Facts, settings: Interpretation) -> None:
        self._facts = facts
        self._settings = settings
        self._known: dict[Condition, Truth] = {}

    def all_of(self, conditions: Sequence[Condition]) -> Truth:
        """No if one is no; unknown if one is unknown; else yes (ternary logic: false and unknown is false)."""
        known = self._known
        answer: Truth = True
        for condition in conditions:
            if condition in known:
                truth = known[condition]
            else:
                truth = known[condition] = condition.holds(self._facts, self._settings)
            if truth is False:
                return False
            if truth is None:
                answer = None
        return answer

    def any_of_all(self, when: AnyOfAll) -> Truth:
        """Yes if one list holds; unknown if one may; else no (true or unknown is true)."""
        answer: Truth = False
        for conditions in when:
            truth = self.all_of(conditions)
            if truth is True:
                return True
            if truth is None:
                answer = None
        return answer


def all_of(conditions: Sequence[Condition], facts: Facts, settings: Interpretation) -> Truth:
    """Return the answer of facts to one list of conditions, all of which must hold."""
    return Answers(facts, settings).all_of(conditions)


def any_of_all(when: AnyOfAll, facts: Facts, settings: Interpretation) -> Truth:
    """Return the answer of facts to several lists of conditions, one of which must hold."""
    return Answers(facts, settings).any_of_all(when)
