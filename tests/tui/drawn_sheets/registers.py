"""Registers of any kind laid out as offices write them: titles, headings of a row or two, blocks, damage, footers."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from dutyboard.rules.records.codes import SheetKind
from tests.tui.drawn_sheets.paper import FORMATS, Cell, Paper, draw_file

UNSAID: Final = "?"
"""The cell states nothing that the desk can know: the row must be named."""
NUMBERS: Final = ("序号", "编号", "序", "NO.")
FOOTS: Final = (
    ("填表人：周某", "审核人：吴某", "填报日期：2021年6月7日"),
    ("合计", "", "{count}"),
    ("本页小计：{count}",),
    ("备注：本表于每日17时前报送",),
    ("填报单位（盖章）：", "", "负责人签字："),
    ("注：1.请如实填写。",),
)
UNKNOWN_COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "所属网格": ("第三网格", "7号网格"),
    "录入情况": ("已录入", "补录"),
    "档案盒": ("甲-1", "乙-2"),
    "政治面貌": ("党员", "群众"),
}
"""Headings of which no kind of sheet knows a field, with cells."""
_SIGNS: Final = ("\u200b", "\u202d", "\ufeff", "\u200e", "\u2060")
_WIDE: Final = str.maketrans("0123456789X:-.()", "０１２３４５６７８９Ｘ：－．（）")
ERRORS: Final = ("#N/A", "#REF!", "#VALUE!", "#NAME?")
DAMAGE: Final = 0.1


@dataclass
class DrawnRow:
    """One record of a register. `truth` is by column what its cell states, `cells` as it is written.

    `hurt` are the columns whose cells nobody can read any more. `sure` False: the row may be refused though its cells
    are whole, for what it says cannot be taken.
    """

    cells: dict[str, Cell] = field(default_factory=dict)
    truth: dict[str, Any] = field(default_factory=dict)
    lines: list[int] = field(default_factory=list)
    sheet: str = ""
    hurt: set[str] = field(default_factory=set)
    sure: bool = True

    def put(self, column: str, cell: Cell, truth: Any) -> None:
        """Write a cell that states something."""
        self.cells[column], self.truth[column] = cell, truth


@dataclass
class Page:
    """The records that stand together on one sheet or in one block, below lines of their own.

    `over` are headings that may stand over several columns, `groups` rows that may stand between the records.
    """

    rows: list[DrawnRow]
    above: list[str] = field(default_factory=list)
    name: str = ""


@dataclass
class Plan:
    """A register before it is laid out: the headings of its columns, each with others for it, and its pages."""

    kind: SheetKind
    headings: Mapping[str, tuple[str, ...]]
    columns: list[str]
    pages: list[Page]
    groups: tuple[str, ...] = ()
    over: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    foots: tuple[tuple[str, ...], ...] = FOOTS
    key: tuple[str, ...] = ()
    """The columns, or what is true beside them, that tell one record from another."""
    needed: tuple[str, ...] = ()
    """The columns without which no record is taken."""
    within: frozenset[str] = frozenset()
    """The columns whose words stand among others in what the desk holds."""


@dataclass
class DrawnRegister:
    """A file and the records in it. `written` are the headings of each column, as each of its tables writes them."""

    plan: Plan
    suffix: str
    raw: bytes
    written: dict[str, set[str]]
    shape: list[str]

    @property
    def rows(self) -> list[DrawnRow]:
        """Every record."""
        return [row for page in self.plan.pages for row in page.rows]


def with_unknown(draw: random.Random, plan: Plan) -> None:
    """Add columns whose headings no kind of sheet knows; in each row something may stand there."""
    for heading in draw.sample([*UNKNOWN_COLUMNS], draw.choice((0, 0, 1, 2))):
        plan.columns.append(heading)
        for page in plan.pages:
            for row in page.rows:
                if draw.random() < 0.7:
                    row.put(heading, draw.choice(UNKNOWN_COLUMNS[heading]), UNSAID)


def damage(draw: random.Random, row: DrawnRow, column: str, *, wide: bool) -> None:
    """Let something happen to a cell on its way: most of it changes nothing of what is said."""
    written = row.cells.get(column)
    if not isinstance(written, str) or not written:
        return
    hurts: tuple[Callable[[str], str], ...] = (
        lambda text: f" {text}\u3000",
        lambda text: text[: len(text) // 2] + draw.choice(_SIGNS) + text[len(text) // 2 :],
        lambda text: text.translate(_WIDE) if wide else text,
        lambda text: f"{text}\n",
        lambda text: f"\xa0{text}",
        lambda _: draw.choice(ERRORS),
    )
    row.cells[column] = draw.choice(hurts)(written)
    if row.cells[column] in ERRORS:
        row.hurt.add(column)
        row.truth[column] = UNSAID


def lay_out(draw: random.Random, plan: Plan) -> DrawnRegister:
    """Lay a plan out as a file."""
    if draw.random() < 0.4:
        draw.shuffle(plan.columns)
    suffix = draw.choice(FORMATS)
    shape: list[str] = []
    written: dict[str, set[str]] = {}
    papers: list[Paper] = []
    apart = suffix == "xlsx" and len(plan.pages) > 1 and draw.random() < 0.6
    for at, page in enumerate(plan.pages):
        if not papers or apart:
            papers.append(Paper(page.name or ("" if at == 0 else f"表{at + 1}")))
        paper = papers[-1]
        if paper.rows:
            shape.append("block")
            for _ in range(draw.randrange(3)):
                paper.add()
        _page(draw, plan, page, paper, written, shape)
    for paper in papers:
        paper.name = paper.name or draw.choice(("Sheet1", "登记表"))
    _named_sheets(plan, papers, apart, suffix)
    heads = [plan.headings.get(each, (each,))[0] for each in plan.columns]
    file = draw_file(draw, papers, suffix, [[*heads], ["样" for _ in heads]])
    for row in (row for page in plan.pages for row in page.rows):
        row.lines = [file.lines.get(each, each) for each in row.lines]
    return DrawnRegister(plan, file.suffix, file.raw, written, [*shape, *file.shape])


def _named_sheets(plan: Plan, papers: list[Paper], apart: bool, suffix: str) -> None:
    """Tell each record the sheet in which it stands."""
    for at, page in enumerate(plan.pages):
        for row in page.rows:
            row.sheet = papers[at if apart else 0].name if suffix == "xlsx" else ""


def _page(
    draw: random.Random, plan: Plan, page: Page, paper: Paper, written: dict[str, set[str]], shape: list[str]
) -> None:
    for line in page.above:
        at = paper.add(line)
        if draw.random() < 0.4:
            paper.merges.append((at, 1, at, len(plan.columns)))
    if page.above and draw.random() < 0.2:
        paper.add()
    order = [*plan.columns]
    if draw.random() < 0.2:
        draw.shuffle(order)
    numbered = draw.random() < 0.6
    order = _headings(draw, plan, order, numbered, paper, written, shape)
    if draw.random() < 0.08:
        shape.append("sample")
        paper.add(*(["示例"] if numbered else []), *("示例" for _ in order))
    for number, row in enumerate(page.rows, start=1):
        if plan.groups and draw.random() < 0.08:
            shape.append("group")
            paper.add(draw.choice(plan.groups))
        row.lines.append(paper.add(*([number] if numbered else []), *(row.cells.get(column) for column in order)))
        if draw.random() < 0.04:
            paper.hidden.append(row.lines[-1])
        if draw.random() < 0.05:
            paper.add()
        if number == len(page.rows) // 2 and draw.random() < 0.06:
            shape.append("headings again")
            _again(paper, order, numbered, written)
    if draw.random() < 0.35:
        shape.append("foot")
        for foot in draw.sample(plan.foots, draw.choice((1, 2))):
            paper.add(*(each.format(count=len(page.rows)) for each in foot))


def _again(paper: Paper, order: list[str], numbered: bool, written: dict[str, set[str]]) -> None:
    """Repeat the last headings, as a page break does."""
    paper.add(*(["序号"] if numbered else []), *(min(written[column], key=len) for column in order))


def _headings(
    draw: random.Random,
    plan: Plan,
    order: list[str],
    numbered: bool,
    paper: Paper,
    written: dict[str, set[str]],
    shape: list[str],
) -> list[str]:
    """Write headings of one row or of two; return the columns in their order."""
    own = {column: draw.choice(plan.headings.get(column, (column,))) for column in order}
    groups = {name: [each for each in columns if each in order] for name, columns in plan.over.items()}
    groups = {name: columns for name, columns in groups.items() if len(columns) > 1}
    for column in order:
        written.setdefault(column, set()).add(own[column])
    if not groups or draw.random() < 0.75:
        paper.add(*([draw.choice(NUMBERS)] if numbered else []), *(own[column] for column in order))
        return order
    shape.append("two rows")
    name = draw.choice([*groups])
    together = groups[name]
    arranged = [each for each in order if each not in together]
    at = draw.randrange(len(arranged) + 1)
    arranged[at:at] = together
    line = len(paper.rows) + 1
    over: list[Cell] = ["序号"] if numbered else []
    under: list[Cell] = [None] if numbered else []
    if numbered:
        paper.merges.append((line, 1, line + 1, 1))
    for column in arranged:
        place = len(over) + 1
        if column not in together:
            over.append(own[column])
            under.append(None)
            paper.merges.append((line, place, line + 1, place))
            continue
        over.append(name if column == together[0] else None)
        under.append(own[column])
        if column == together[0]:
            paper.merges.append((line, place, line, place + len(together) - 1))
    paper.add(*over)
    paper.add(*under)
    return arranged
