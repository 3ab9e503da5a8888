"""A condition of the notice, `recent_stay is high, medium`, in the officer's words."""

from dutyboard.tui.text.conditions import ConditionWords


def condition_text(text: str, words: ConditionWords) -> str:
    """Return one condition of a notice file in words.

    The condition has the right form, because `rules.law.conditions` has read it.
    """
    turn, rest = "", text
    if text.startswith(("not ", "lacks ")):
        turn, _, rest = text.partition(" ")
    subject, _, asked = rest.partition(" ")
    name = words.subjects[subject]
    if asked == "unknown":
        return words.is_unknown.format(subject=name)
    if asked.startswith("is "):
        answers = words.either.join(words.answers[each] for each in asked.removeprefix("is ").split(", "))
        template = {"": words.is_one_of, "not": words.is_not, "lacks": words.is_not_surely}[turn]
        return template.format(subject=name, answers=answers)
    compare, _, number = asked.rpartition(" ")
    templates = {
        "at most": words.at_most,
        "at least": words.at_least,
        "over": words.over,
        "exactly": words.exactly,
    }
    return templates[compare].format(subject=name, number=number)
