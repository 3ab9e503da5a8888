"""Facts that are a risk by themselves, and those of them that nothing in a notice speaks of."""

from collections.abc import Iterable, Iterator, Mapping

from dutyboard.rules.law.conditions import Condition
from dutyboard.rules.law.facts import Facts
from dutyboard.rules.law.subjects import SUBJECTS, ChoiceSubject, Interpretation, WordSet

QUIET: Mapping[str, WordSet] = {
    "case_status": frozenset({"none"}),
    "contact": frozenset({"none"}),
    "border": frozenset({"none"}),
    "sanfei": frozenset({"no"}),
    "any_stay": frozenset({"low"}),
    "investigation": frozenset({"not_done", "pending", "clean"}),
    "health_code": frozenset({"green"}),
    "travel_card": frozenset({"green"}),
    "symptoms": frozenset({"none"}),
    "positive_pcr": frozenset({"no"}),
    "positive_serum": frozenset({"no"}),
}
"""The words of a subject that are no risk. Any other word is one, and so is not to know."""
UNKNOWN = "unknown"


def risks(facts: Facts, settings: Interpretation) -> dict[str, WordSet]:
    """Return the subjects that are a risk with their risky words; `unknown` alone where the answer is not known."""
    found: dict[str, WordSet] = {}
    for name, quiet in QUIET.items():
        sure, possible = _subject(name).read(facts, settings)
        risky = sure - quiet
        if risky or (sure != possible and not sure):
            found[name] = risky or frozenset({UNKNOWN})
    return found


def unspoken(facts: Facts, settings: Interpretation, met: Iterable[Condition]) -> tuple[str, ...]:
    """Return the facts that are a risk, and of which none of the met conditions of a notice speaks."""
    spoken = [condition for condition in met if condition.affirms]
    left = risks(facts, settings)
    return tuple(
        dict.fromkeys(
            _subject(name).facts[0] for name, words in left.items() if words.difference(*_heard(name, words, spoken))
        )
    )


def _heard(name: str, words: WordSet, spoken: list[Condition]) -> Iterator[WordSet]:
    """Return the words of a risk that each condition speaks of: those it names, or all where it names none."""
    subject = _subject(name)
    for condition in spoken:
        other = SUBJECTS[condition.subject]
        if other.facts[0] == subject.facts[0]:
            alike = isinstance(other, ChoiceSubject) and condition.words and other.words <= subject.words
            yield condition.words if alike else words


def _subject(name: str) -> ChoiceSubject:
    subject = SUBJECTS[name]
    assert isinstance(subject, ChoiceSubject)
    return subject
