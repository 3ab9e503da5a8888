"""Every kind of page in other programs: workbooks in LibreOffice cell by cell, PDF in its text."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element, parse

import pytest
from openpyxl import load_workbook

from dutyboard.tui.export.kinds import KINDS
from dutyboard.tui.export.page import Page, PageCell, PageColumn, PageKind, PageTable
from dutyboard.tui.export.pdf import write_pdf
from dutyboard.tui.export.workbook import write_workbook
from dutyboard.tui.terminal.visible import visible_rows
from tests.tui.every_page import attacked, every_page, sample_desk
from tests.tui.test_paper_files import converted, font, office

Cells = list[list[PageCell]]
_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_ROWS_KEPT: Final = 6
"""Rows of each table of a PDF: its letters are the same further down, and a font takes its time."""


@pytest.fixture(scope="module")
def pages() -> list[tuple[PageKind, Page]]:
    """Every kind of page, its texts as bad as somebody can type them."""
    made = list(every_page(attacked(sample_desk())))
    assert {kind for kind, _ in made} == KINDS.keys()
    return made


# ------------------------------------------------------------ workbooks


def in_a_cell(cell: PageCell) -> PageCell:
    """A cell as whoever opens the book sees it: a figure, or the text with a guard where it looks like one."""
    if not isinstance(cell, str):
        return cell
    seen = visible_rows(cell)
    guarded = (seen.startswith("'") and not seen.endswith("'")) or re.fullmatch(r'=\s*".*"', seen, re.DOTALL)
    seen = seen.replace("\t", "") if "\n" in seen else seen  # LibreOffice keeps no tab in a text of several rows
    return (f"'{seen}" if guarded else seen) or None


def told_rows(page: Page, made: str) -> Iterator[list[PageCell]]:
    """The rows of the sheet of a page."""
    yield [page.title]
    yield from ([line] for line in page.above)
    for table in page.tables:
        yield from ([table.heading],) if table.heading else ()
        yield from heading_rows(table)
        yield from (list(row) for row in table.rows)
    yield from ([line] for line in page.below)
    yield [made]


def heading_rows(table: PageTable) -> Iterator[list[PageCell]]:
    """The rows of headings: a group's above its first column, that of a column of none over both rows."""
    if table.grouped:
        above: list[PageCell] = []
        for group, held in groupby(table.columns, key=lambda each: each.group):
            columns = list(held)
            above += [group, *[None] * (len(columns) - 1)] if group else [each.head for each in columns]
        yield above
    yield [each.head if each.group or not table.grouped else None for each in table.columns]


def text_of(element: Element) -> str:
    """A text of OpenDocument with its blanks, tabs and line ends."""
    said = element.text or ""
    for inner in element:
        if inner.tag == f"{_TEXT}s":
            said += " " * int(inner.get(f"{_TEXT}c", "1"))
        else:
            said += {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}.get(inner.tag) or text_of(inner)
        said += inner.tail or ""
    return said


def read_cell(cell: Element) -> PageCell:
    """What LibreOffice took a cell for: a figure or a text. It has calculated nothing."""
    assert not [name for name in cell.attrib if name.endswith("}formula")], cell.attrib
    kind = cell.get(f"{_OFFICE}value-type")
    if kind is None:
        return None
    if kind == "string":
        return "\n".join(text_of(each) for each in cell.iterfind(f"{_TEXT}p"))
    assert kind == "float", kind
    return float(cell.get(f"{_OFFICE}value", ""))


def rows_under(element: Element) -> Iterator[Element]:
    """The rows of a sheet, those of its headings too; a chart on it holds rows of its own."""
    for inner in element:
        if inner.tag == f"{_TABLE}table-row":
            yield inner
        elif inner.tag != f"{_TABLE}shapes":
            yield from rows_under(inner)


def read_sheets(file: Path) -> list[Cells]:
    """The cells of each sheet of a book, without the blank ones at the ends."""
    sheets = []
    for table in parse(file).iterfind(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table"):
        rows: Cells = []
        for row in rows_under(table):
            cells: list[PageCell] = []
            for cell in row:
                many = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
                cells += [read_cell(cell)] * (1 if many > 999 else many)
            many = int(row.get(f"{_TABLE}number-rows-repeated", "1"))
            rows += [cut(cells)] * (1 if many > 999 else many)
        sheets.append(rows)
    return sheets


def cut(cells: list[PageCell]) -> list[PageCell]:
    """A row without the blank cells at its end."""
    while cells and cells[-1] is None:
        cells = cells[:-1]
    return cells


def test_libreoffice_reads_every_cell_of_every_kind_of_page_as_it_was_told(
    pages: list[tuple[PageKind, Page]], tmp_path: Path
) -> None:
    office()
    for at, (kind, page) in enumerate(pages):
        with (tmp_path / f"{at}-{kind}.xlsx").open("wb") as file:
            write_workbook(page, file)
    converted("fods", tmp_path, tmp_path.glob("*.xlsx"))
    figures = texts = 0
    for at, (kind, page) in enumerate(pages):
        sheets = read_sheets(tmp_path / f"{at}-{kind}.fods")
        if page.charts:  # they stand on a sheet before the table
            assert sheets.pop(0)[0][0] == page.title
        for each, sheet in zip((page, *page.more), sheets, strict=True):
            told = [cut([in_a_cell(cell) for cell in row]) for row in told_rows(each, page.made)]
            read = sheet[: len(told)] if not any(sheet[len(told) :]) else sheet
            assert read == told, (kind, [pair for pair in zip(told, read) if pair[0] != pair[1]][:3])
            figures += sum(isinstance(cell, float) for row in read for cell in row)
            texts += sum(isinstance(cell, str) for row in read for cell in row)
    assert figures > 500 and texts > 2000


# ------------------------------------------------------------ PDF


def test_every_kind_of_page_is_a_pdf_with_its_title_and_who_made_it_on_each_sheet(
    pages: list[tuple[PageKind, Page]], tmp_path: Path
) -> None:
    font()
    kinds = dict(reversed(pages))
    short = [
        replace(page, more=(), tables=tuple(replace(each, rows=each.rows[:_ROWS_KEPT]) for each in page.tables))
        for page in kinds.values()
    ]
    with (tmp_path / "all.pdf").open("wb") as file:
        write_pdf(replace(short[0], more=tuple(short[1:])), file)  # in one go: a font is put into a file in a second
    told = subprocess.run(["pdftotext", "-layout", tmp_path / "all.pdf", "-"], capture_output=True, check=True)
    sheets = [re.sub(r"\s", "", each) for each in told.stdout.decode().split("\f")[:-1]]
    (made,) = {page.made for kind, page in kinds.items() if kind != "roster"}  # it keeps the rows of the form
    assert all(re.sub(r"\s", "", made) in sheet for sheet in sheets)
    for kind, page in kinds.items():
        assert any(sheet.startswith(page.title) for sheet in sheets), kind


def test_a_text_longer_than_a_sheet_is_printed_whole_and_its_row_is_not_higher_than_excel_has(tmp_path: Path) -> None:
    font()
    columns = (PageColumn("no", "序号"), PageColumn("text", "内容"), PageColumn("by", "登记人"))
    table = PageTable(columns, ((1, "字" * 4000, "王芳"), (2, "短", "李明")))
    page = Page(title="长文", tables=(table,), made="制表：王")
    for name, write in (("long.pdf", write_pdf), ("long.xlsx", write_workbook)):
        with (tmp_path / name).open("wb") as file:
            write(page, file)
    told = subprocess.run(["pdftotext", "-layout", tmp_path / "long.pdf", "-"], capture_output=True, check=True)
    text = told.stdout.decode()
    assert (text.count("字"), text.count("王芳"), text.count("短")) == (4000, 1, 1)
    heights = [each.height or 0 for each in load_workbook(tmp_path / "long.xlsx").worksheets[0].row_dimensions.values()]
    assert 400 < max(heights) < 410
