"""Sheets while their rows are written, and the file that they become: a workbook, a text or a web page."""

import csv
import html
import io
import random
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

import openpyxl
from openpyxl.styles import PatternFill

ENCODINGS: Final = ("utf-8", "utf-8-sig", "gb18030", "utf-16")
FORMATS: Final = ("xlsx", "xlsx", "xlsx", "csv", "csv", "xls")
LAST_ROW: Final = 1_048_576

Cell = str | int | float | datetime | date | None


@dataclass
class Paper:
    """The rows of one sheet while they are written. `name` "": one is drawn."""

    name: str = ""
    rows: list[list[Cell]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)

    def add(self, *cells: Cell) -> int:
        """Write a row; return its line."""
        self.rows.append([*cells])
        return len(self.rows)


@dataclass
class DrawnFile:
    """A file as bytes. `lines` are those of a text by rows of its paper, `shape` names what was drawn."""

    suffix: str
    raw: bytes
    lines: dict[int, int] = field(default_factory=dict)
    shape: list[str] = field(default_factory=list)


def draw_file(draw: random.Random, papers: list[Paper], suffix: str, sample: list[list[Cell]]) -> DrawnFile:
    """Write papers as a file. Only a workbook holds several; `sample` are rows of a hidden sheet that it may have."""
    if suffix == "xlsx":
        return _workbook(draw, papers, sample)
    (paper,) = papers
    return _text(draw, paper) if suffix == "csv" else _web_page(draw, paper)


def _workbook(draw: random.Random, papers: list[Paper], sample: list[list[Cell]]) -> DrawnFile:
    shape: list[str] = []
    book = openpyxl.Workbook()
    first = book.active
    for at, paper in enumerate(papers):
        page = first if at == 0 else book.create_sheet()
        page.title = paper.name or draw.choice(("Sheet1", "登记表", "6月7日"))
        for row in paper.rows:
            page.append([_escaped(draw, each) for each in row])
        for top, left, bottom, right in paper.merges:
            if (top, left) != (bottom, right):
                page.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
        for line in paper.hidden:
            page.row_dimensions[line].hidden = True
    if draw.random() < 0.1:
        shape.append("far cell")
        first.cell(LAST_ROW, 3).fill = PatternFill("solid", fgColor="FFFF00")
    if draw.random() < 0.15:
        shape.append("hidden sheet")
        other = book.create_sheet("填写示例")
        for row in sample:
            other.append(row)
        other.sheet_state = "hidden"
    if draw.random() < 0.15:
        shape.append("other sheet")
        book.create_sheet("Sheet2").append(["码表", "绿码", "黄码"] if draw.random() < 0.5 else [])
    out = io.BytesIO()
    book.save(out)
    return DrawnFile("xlsx", out.getvalue(), shape=shape)


def _escaped(draw: random.Random, cell: Cell) -> Cell:
    """Return a cell as programs write a line end that they escape."""
    return cell.replace("\n", "_x000D_\n") if isinstance(cell, str) and draw.random() < 0.5 else cell


def as_text(cell: Cell) -> str:
    """Return a cell as a text file holds it."""
    match cell:
        case None:
            return ""
        case datetime():
            return f"{cell.year}/{cell.month}/{cell.day} {cell.hour}:{cell.minute:02}"
        case date():
            return f"{cell.year}/{cell.month}/{cell.day}"
        case float() if cell >= 10**15:
            return f"{cell:.5E}"
        case _:
            return str(cell)


def _text(draw: random.Random, paper: Paper) -> DrawnFile:
    out = io.StringIO()
    ends = draw.choice(("\n", "\r\n", "\r"))
    widest = max(map(len, paper.rows))
    writer = csv.writer(out, delimiter=draw.choice(",,,\t;|"), lineterminator=ends)
    padded = draw.random() < 0.5
    lines: dict[int, int] = {}
    for line, row in enumerate(paper.rows, start=1):
        lines[line] = out.getvalue().replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
        texts = [as_text(each).replace("\n", " ") if ends == "\r" else as_text(each) for each in row]
        writer.writerow(texts + [""] * (widest - len(texts)) * padded)
    encoding = draw.choice(ENCODINGS)
    return DrawnFile("csv", out.getvalue().encode(encoding), lines, [encoding])


def _web_page(draw: random.Random, paper: Paper) -> DrawnFile:
    spans: dict[tuple[int, int], tuple[int, int]] = {
        (top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in paper.merges
    }
    covered = {
        (line, at)
        for top, left, bottom, right in paper.merges
        for line in range(top, bottom + 1)
        for at in range(left, right + 1)
        if (line, at) != (top, left)
    }
    lines = []
    for line, row in enumerate(paper.rows, start=1):
        cells = []
        for at, cell in enumerate(row or [None], start=1):
            if (line, at) in covered:
                continue
            down, wide = spans.get((line, at), (1, 1))
            span = (f' rowspan="{down}"' if down > 1 else "") + (f' colspan="{wide}"' if wide > 1 else "")
            cells.append(f"<td{span}>{html.escape(as_text(cell))}</td>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    encoding = draw.choice(("utf-8", "gb18030"))
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={encoding}">'
    head = f"<html><head>{meta}</head><body><table border=1>"
    raw = f"{head}{''.join(lines)}</table></body></html>".encode(encoding, "xmlcharrefreplace")
    return DrawnFile("xls", raw, shape=[encoding])
