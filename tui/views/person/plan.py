"""The plan of a person in words: a row for each stage, each test, and each sample beside the plan."""

from collections.abc import Iterator
from datetime import date

from dutyboard.rules.law.facts import Test as Sample
from dutyboard.rules.law.plan import Plan
from dutyboard.rules.law.sampling.planned_tests import PlannedTest
from dutyboard.tui.terminal.cells import Tone
from dutyboard.tui.text import Words
from dutyboard.tui.views.times import clause


def plan_texts(plan: Plan, today: date, words: Words) -> Iterator[tuple[str, Tone]]:
    """Yield the rows of a plan, each with its tone."""
    said = words.page
    for stage in plan.stages:
        name = said.stages[stage.kind]
        first, last = (f"{day:%m-%d}" if day else words.people.open_end for day in (stage.first, stage.last))
        text = f"{name} {first}" if stage.kind == "done" else said.stage_line.format(stage=name, first=first, last=last)
        yield " ".join([text, clause(words.duties, stage.clause) if stage.clause else ""]).rstrip(), "plain"
    for test in plan.tests:
        yield _test(test, today, words), _test_tone(test, today)
    for sample in plan.extras:
        yield _extra(sample, words), "late" if sample.result == "positive" else "plain"


def _extra(sample: Sample, words: Words) -> str:
    day = f"{sample.sampled_on:%m-%d}" if sample.sampled_on else ""
    result = words.course.results[sample.result] if sample.result else ""
    return " ".join([words.page.test_beside, words.course.test_types[sample.type], day, result]).rstrip()


def _test(test: PlannedTest, today: date, words: Words) -> str:
    said = words.page
    parts = [
        said.stages.get(test.stage, said.stages["waiting"]),
        words.course.test_types[test.type],
        said.test_window.format(day=f"{test.day:%m-%d}"),
        clause(words.duties, test.clause),
        said.proposed if test.proposed else said.by_text,
    ]
    if not test.demanded:
        parts.append(said.test_extra)
    if test.result:
        sampled = f"{test.sampled_on:%m-%d}" if test.sampled_on else ""
        parts += [said.test_late if test.late else said.test_done, sampled, words.course.results[test.result]]
    if test.missed_by(today):
        parts.append(said.test_missed)
    elif test.demanded and not test.result:
        parts.append(
            said.test_missing if test.day < today else said.test_today if test.day == today else said.test_to_come
        )
    return " ".join(part for part in parts if part)


def _test_tone(test: PlannedTest, today: date) -> Tone:
    if test.result == "positive" or (test.demanded and test.result is None and test.day < today):
        return "late"
    return "soon" if test.demanded and test.result in (None, "pending") and test.day == today else "plain"
