"""A sheet before it is taken in, in lines: counts, what is rejected, changed, told unlike, in doubt, not read."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from dutyboard.rules.records.codes import SheetKind
from dutyboard.rules.records.outcome import ImportRow
from dutyboard.tui.sheets.notes import RowNote, SheetReport
from dutyboard.tui.terminal.cells import Line, Tone, wrap
from dutyboard.tui.text import Words
from dutyboard.tui.views.headings import heading_text
from dutyboard.tui.views.person.changes import change_texts, left_texts

_OF_RESULTS: Final = frozenset({"result_lower", "result_raised"})
"""Codes of rows whose text is two results."""


def preview_lines(
    kind: SheetKind,
    report: SheetReport,
    answers: Mapping[str, str],
    words: Words,
    cells: int,
    *,
    on_screen: bool = False,
) -> list[Line]:
    """Return the lines of a preview in so many cells. `answers` are the fields that the officer gave to headings.

    `on_screen` chooses the words of its remedies: there a heading is told in a step, not by an option.
    """
    said = words.intake
    lines: list[Line] = [((f" {counts_text(report.counts, words)}", "strong"),)]
    if report.counts.get("touched"):
        lines.append(((f" {words.cli.touched.format(touched=report.counts['touched'])}", "soon"),))
    if report.counts.get("linked") or report.counts.get("unlinked"):
        lines.append(((f" {words.cli.linked.format(**report.counts)}", "soon"),))
    known = [row for row in report.rows if row.code == "heading_known"]
    used = [*(heading_text(kind, heading, field, words) for heading, field in answers.items())]
    used += [said.known_used.format(told=row.text) for row in known]
    rows = [row for row in report.rows if row.code != "heading_known"]
    unlike = tuple(change_texts(replace(report, changes=()), words))
    said_of = [(row, row_text(row, report, words, on_screen=on_screen)) for row in rows]
    parts: tuple[tuple[str, Tone, Iterable[str]], ...] = (
        (said.part_left_to_see, "late", left_texts(report, words)),
        (said.part_rejected, "late", (text for row, text in said_of if row.level == "error")),
        (said.part_unlike, "late", unlike),
        (said.part_changes, "plain", change_texts(replace(report, contradictions=()), words)),
        (said.part_headings, "plain", used),
        (said.part_doubts, "soon", (text for row, text in said_of if row.level != "error")),
    )
    for title, tone, texts in parts:
        lines += _part(title, tone, list(texts), cells)
    if report.unread:
        lines += [(), ((f" {said.unread.format(n=len(report.unread))}", "dim"),)]
    return lines


def counts_text(counts: Mapping[str, int], words: Words) -> str:
    """Return the counts of a sheet in one line."""
    return words.intake.counts.format(**counts)


def row_text(row: RowNote | ImportRow, report: SheetReport, words: Words, *, on_screen: bool = False) -> str:
    """Return a statement about a row, or about the file, with the row's number in its sheet."""
    message = row_message(row, words, on_screen=on_screen)
    sheet = f"{row.sheet} " if len(report.sheets) > 1 and row.sheet else ""
    where = words.intake.row.format(row=row.row, column=row.column).rstrip() if row.row else row.column
    if not where:
        return f"{sheet}{message}"
    return words.intake.row_says.format(where=f"{sheet}{where}", message=message)


def row_message(row: RowNote | ImportRow, words: Words, *, on_screen: bool = False) -> str:
    """Return what is said of a row, with the text that it is said of. Two results of a sample are told in words."""
    said, text = words.sheets, row.text
    if row.code in _OF_RESULTS:
        text = " / ".join(words.course.results.get(each, each) for each in text.split(" / "))
    sentence = (said.rows_on_screen.get(row.code) if on_screen else None) or said.rows[row.code]
    return said.with_text.format(said=sentence, text=text) if text else sentence


def _part(title: str, tone: Tone, texts: list[str], cells: int) -> Iterator[Line]:
    if not texts:
        return
    yield ()
    yield ((f" {title} {len(texts)}", "strong"),)
    for text in texts:
        for number, row in enumerate(wrap(text, cells - 5)):
            yield ((f"   {row}" if not number else f"     {row}", tone),)
