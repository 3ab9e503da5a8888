"""Section three's answer for one person, as lines.

They say clause, place, dates, tests, the facts that would change the answer, and the sentence of the notice.
"""

from collections.abc import Sequence

from dutyboard.rules.law.explain import sentences
from dutyboard.rules.law.plan import Plan
from dutyboard.rules.law.result import Reason, Result
from dutyboard.rules.people.course import Course
from dutyboard.tui.terminal.cells import Line, Tone, wrap
from dutyboard.tui.text import Words
from dutyboard.tui.views.times import clause

SHORT_DAY = "%m-%d"
ASKED = 4
"""The most questions that a line names."""


def result_name(result: Result, words: Words) -> str:
    """Return the deciding clause as the notice numbers it, or the words for "to refer" or "no clause"."""
    if result.decision == "refer":
        return words.course.clause_refer
    if result.clause in (None, "none"):
        return words.course.clause_none
    return clause(words.duties, result.clause or "")


def course_lines(
    course: Course, words: Words, cells: int, asks: Sequence[str], before: Course | None = None
) -> list[Line]:
    """Return the whole answer, the decision first.

    `asks`: keys of the facts to ask (`rules.law.explain.open_facts`). `before`: the answer until now, or None; it is
    shown beside the new one.
    """
    result, said = course.result, words.course
    question = _rows(asked(asks, result, words), cells, "soon" if asks else "dim")
    if before is None:
        lines = [*_verdict(result, words, cells), *question]
        dates = dates_texts(result, words)
        lines += _rows("  ".join(dates), cells, "plain") if dates else []
    else:
        lines = compared_lines(before, course, words, cells)
        lines += _verdict(result, words, cells) if result.decision == "refer" else []
        lines += question
    tests = tests_text(course.plan, words)
    if tests:
        lines += _rows(said.tests_line.format(tests=tests), cells, "plain")
    if course.plan.waits_for:
        lines += _rows(said.waits_for.format(what=" ".join(course.plan.waits_for)), cells, "soon")
    if result.hold:
        lines += _rows(said.hold.format(why=words.assess.holds[result.hold]), cells, "soon")
    for each in sentences(result)[:1]:
        lines += _rows(said.quote.format(sentence=each.text.said_in(words.language)), cells, "dim")
    return lines


def compared_lines(before: Course, after: Course, words: Words, cells: int) -> list[Line]:
    """Return clause, place and dates as they were and as they would be."""
    lines: list[Line] = []
    for said, course in ((words.course.before, before), (words.course.after, after)):
        result = course.result
        place = words.course.places[result.first_place or "none"] if result.decision != "refer" else ""
        parts = [said, result_name(result, words), place, *dates_texts(result, words)]
        lines += _rows("  ".join(part for part in parts if part), cells, "strong" if course is after else "plain")
    return lines


def _verdict(result: Result, words: Words, cells: int) -> list[Line]:
    said = words.course
    also = said.also.format(clauses=" ".join(clause(words.duties, each) for each in result.also))
    if result.decision != "refer":
        text = said.clause_line.format(clause=result_name(result, words), decision=said.decisions[result.decision])
        text += " " + also if result.also else ""
        text += "  " + said.place_line.format(place=said.places[result.first_place or "none"])
        if result.closed_loop_default:
            text += " " + said.closed_loop
        return _rows(text, cells, "strong")
    lines = _rows(said.refer.format(reason=refer_reason(result.reasons, words)), cells, "strong")
    held = result.provisional or ""
    place = said.provisional_line.format(place=said.provisional.get(held) or clause(words.duties, held))
    parts = [place, answer_awaited(result, words), also if result.also else ""]
    return lines + _rows("  ".join(part for part in parts if part), cells, "strong")


def refer_reason(reasons: Sequence[Reason], words: Words) -> str:
    """Return the reasons of a referral in one line, the gravest first; "" if nothing is referred."""
    return words.marks.semicolon.join(each.text.said_in(words.language) for each in reasons)


def answer_awaited(result: Result, words: Words) -> str:
    """Return the offices that have to answer a referral; "" if only the person himself can."""
    said = words.course
    offices = dict.fromkeys(said.offices[each.office] for each in result.reasons if each.office != "person")
    return said.refer_office.format(office=words.marks.comma.join(offices)) if offices else ""


def asked(keys: Sequence[str], result: Result, words: Words) -> str:
    """Return the next questions. If the case is decided, they are those whose answer could still change it."""
    said = words.course
    if not keys:
        return said.needs_nothing if result.decision != "refer" else said.needs_answer
    template = said.ask_line if result.decision == "refer" else said.missing_line
    return template.format(asks=questions(keys, result, words))


def questions(keys: Sequence[str], result: Result, words: Words, most: int = ASKED) -> str:
    """Return the questions for at most `most` facts, by their keys. Stays are asked for as far back as they count."""
    days = result.notice.section_three.settings.look_back_days
    texts = dict.fromkeys(words.person.asks.get(key, key).format(days=days) for key in keys)
    return words.marks.comma.join(list(texts)[:most])


def dates_texts(result: Result, words: Words) -> list[str]:
    """Return the known stages from day to day, and the day from which the person is free."""
    said, dates = words.course, result.dates
    texts = []
    if dates.site_first and dates.site_last:
        text = said.site_days.format(first=_day(dates.site_first), last=_day(dates.site_last))
        texts.append(text + _days(result.quarantine_days, words))
    if dates.home_first and dates.home_last:
        text = said.home_days.format(first=_day(dates.home_first), last=_day(dates.home_last))
        texts.append(text + _days(result.home_days, words))
    if dates.free_from:
        texts.append(said.free_from.format(day=_day(dates.free_from)))
    return texts


def _days(days: int | None, words: Words) -> str:
    """Return the number of days; "" if the notice gives none."""
    return "" if days is None else " " + words.course.days.format(days=days)


def tests_text(plan: Plan, words: Words) -> str:
    """Return the demanded tests by day. A day that the notice does not name is marked as proposed."""
    said = words.course
    days: dict[str, list[str]] = {}
    for test in plan.tests:
        if test.demanded:
            mark = f"({said.proposed})" if test.proposed else ""
            days.setdefault(_day(test.day), []).append(said.test_types[test.type] + mark)
    return " ".join(f"{day} {'+'.join(kinds)}" for day, kinds in days.items())


def _day(day: object) -> str:
    return format(day, SHORT_DAY)


def _rows(text: str, cells: int, tone: Tone) -> list[Line]:
    return [((f" {row}", tone),) for row in wrap(text, cells - 2)]
