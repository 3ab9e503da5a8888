"""The queue of people to be assessed, and what section three makes of one of them, as rows and lines."""

from datetime import datetime

from rules.explain import sentences, would_change
from rules.result import Result
from rules.screening import Waiting
from tui.cells import Line, clip, pad, wrap
from tui.text import Words
from tui.text.assess_words import refer_reason
from tui.views.when import clause, span

NAME_CELLS, ARRIVED_CELLS, WAITING_CELLS, CLAUSE_CELLS, OFFICER_CELLS = 8, 11, 8, 8, 10
WIDE = 100
ORIGIN_CELLS = {False: 14, True: 26}
"""By whether the screen is wide."""
ASKED = 3
"""How many of the facts still to be asked a line names."""


def queue_header(words: Words, cells: int, count: int) -> Line:
    """The heading row, with how many wait."""
    people = words.people
    parts = [
        pad(people.column_name, NAME_CELLS),
        pad(people.column_origin, ORIGIN_CELLS[cells >= WIDE]),
        pad(people.column_arrived, ARRIVED_CELLS),
        pad(people.column_waiting, WAITING_CELLS),
        pad(people.column_clause, CLAUSE_CELLS),
    ]
    if cells >= WIDE:
        parts.append(pad(people.column_officer, OFFICER_CELLS))
    return ((" " + " ".join([*parts, people.column_missing]), "dim"), (f" ({count})", "strong"))


def queue_row(waiting: Waiting, now: datetime, words: Words, cells: int) -> Line:
    """One person: since when, how likely which clause, and what to ask first."""
    people, person, result = words.people, waiting.person, waiting.course.result
    arrival, origin = person.facts.arrival_at, ORIGIN_CELLS[cells >= WIDE]
    waited = span(words.frame, int((now - waiting.since).total_seconds() // 60))
    parts = [
        pad(clip(person.name, NAME_CELLS), NAME_CELLS),
        pad(clip(person.origin or people.no_answer, origin), origin),
        pad(f"{arrival:%m-%d %H:%M}" if arrival else people.no_answer, ARRIVED_CELLS),
    ]
    rest = [pad(result_name(result, words), CLAUSE_CELLS)]
    if cells >= WIDE:
        rest.append(pad(clip(person.officer_name or people.no_answer, OFFICER_CELLS), OFFICER_CELLS))
    return (
        (" " + " ".join(parts) + " ", "plain"),
        (pad(waited, WAITING_CELLS) + " ", "late" if waiting.overdue else "plain"),
        (" ".join(rest) + " ", "strong"),
        (asked(waiting, words), "soon" if waiting.missing else "dim"),
    )


def result_name(result: Result, words: Words) -> str:
    """The governing clause as the notice numbers it, or that it has to be referred, or that none applies."""
    if result.decision == "refer":
        return words.people.clause_refer
    if result.clause in (None, "none"):
        return words.people.clause_none
    return clause(words.duties, result.clause or "")


def asked(waiting: Waiting, words: Words) -> str:
    """The questions to put next, and the 专人 where none is named."""
    people = words.people
    questions = [people.asks.get(key, key) for key in waiting.missing[:ASKED]]
    if waiting.officer_missing:
        questions.append(people.officer_missing)
    return ("、" if words.language == "zh" else ", ").join(questions) or people.nothing_missing


def result_lines(result: Result, words: Words, cells: int) -> list[Line]:
    """What section three says of a person: clause, place, dates, what would change it, and the sentence relied on."""
    people = words.people
    decision = people.decisions[result.decision]
    lines: list[Line] = [
        ((f" {people.clause_line.format(clause=result_name(result, words), decision=decision)}", "strong"),)
    ]
    if result.also:
        others = " ".join(clause(words.duties, each) for each in result.also)
        lines.append(((f" {people.also.format(clauses=others)}", "plain"),))
    if result.decision == "refer":
        reason = refer_reason(result.reasons, "en" if words.language == "en" else "zh") or ""
        lines += _wrapped(people.refer.format(reason=reason), cells, "soon")
        held = result.provisional or ""
        place = people.provisional.get(held) or clause(words.duties, held)
        lines.append(((f" {people.provisional_line.format(place=place)}", "strong"),))
    else:
        lines.append(((f" {people.place_line.format(place=people.places[result.first_place or 'none'])}", "strong"),))
    lines += [((f" {text}", "plain"),) for text in _dates(result, words)]
    asks = list(dict.fromkeys(people.asks.get(key, key) for key in would_change(result)))
    if asks:
        lines += _wrapped(people.missing_line.format(asks="、".join(asks[:ASKED])), cells, "soon")
    quoted = sentences(result)
    if quoted:
        lines += _wrapped(people.quote.format(sentence=quoted[0].text), cells, "dim")
    return lines


def _dates(result: Result, words: Words) -> list[str]:
    people, dates = words.people, result.dates
    texts = []
    if dates.site_first and dates.site_last:
        texts.append(
            people.site_days.format(first=dates.site_first, last=dates.site_last, days=result.quarantine_days or "?")
        )
    if dates.home_first and dates.home_last:
        texts.append(
            people.home_days.format(first=dates.home_first, last=dates.home_last, days=result.home_days or "?")
        )
    if dates.free_from:
        texts.append(people.free_from.format(day=dates.free_from))
    return texts


def _wrapped(text: str, cells: int, tone: str) -> list[Line]:
    return [((f" {part}", "soon" if tone == "soon" else "dim"),) for part in wrap(text, cells - 2)]
