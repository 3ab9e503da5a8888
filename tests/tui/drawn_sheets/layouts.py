"""Files drawn around people: titles, headings in one row or two, blocks, groups, footers, merges, hidden parts."""

import random
from dataclasses import dataclass, field
from typing import Final

from tests.tui.drawn_sheets import words
from tests.tui.drawn_sheets.paper import FORMATS, Cell, Paper, draw_file
from tests.tui.drawn_sheets.people import TOWNS, Crowd, Someone

DAY: Final = "2021年6月7日"
MOST_PEOPLE: Final = 7
ID_LENGTH: Final = 18


@dataclass
class DrawnSheet:
    """A file and what is true of it. `headings` are by column, as each of its tables writes them."""

    suffix: str
    raw: bytes
    people: list[Someone]
    columns: tuple[str, ...]
    headings: list[dict[str, str]]
    asked: dict[str, tuple[str, str, str, str]]
    risky: bool = False
    shape: list[str] = field(default_factory=list)
    """The things that were drawn, for whoever looks at a sheet that failed."""


def draw_sheet(draw: random.Random) -> DrawnSheet:
    """Draw a file of arrivals."""
    columns, asked = _columns(draw)
    crowd = Crowd(draw, columns, asked)
    sheet = DrawnSheet(draw.choice(FORMATS), b"", [], columns, [], asked, any(each in words.RISKY for each in columns))
    paper = Paper()
    unit = draw.choice(TOWNS)
    for _ in range(draw.choice((0, 1, 1, 2))):
        title = draw.choice(words.TITLES).format(unit=unit, day=DAY)
        line = paper.add(title)
        if draw.random() < 0.5:
            paper.merges.append((line, 1, line, len(columns)))
    if draw.random() < 0.2:
        paper.add()
    for block in range(draw.choices((1, 2), (4, 1))[0]):
        if block:
            sheet.shape.append("block")
            for _ in range(draw.randrange(3)):
                paper.add()
            if draw.random() < 0.5:
                paper.add(draw.choice(words.TITLES).format(unit=unit, day=DAY))
        _block(draw, sheet, paper, crowd)
    _write(draw, sheet, paper)
    return sheet


def _columns(draw: random.Random) -> tuple[tuple[str, ...], dict[str, tuple[str, str, str, str]]]:
    """Draw the columns of a sheet. Of one fact there is one column."""
    chosen = ["name", "id_no", "phone", "origin", "arrival_at", "address"]
    chosen += [each for each in words.HEADINGS if each not in chosen and draw.random() < 0.5]
    asked: dict[str, tuple[str, str, str, str]] = {}
    for question in draw.sample(words.QUESTIONS, 2):
        heading, fact = question[0], question[1]
        taken = {"contact": "kind"}.get(fact, fact)
        if taken not in chosen and fact not in [each[1] for each in asked.values()] and draw.random() < 0.6:
            asked[heading] = question
            chosen.append(heading)
    chosen += draw.sample([*words.EXTRA], draw.choice((0, 0, 1, 2, 4)))
    if draw.random() < 0.06:
        chosen.append(draw.choice([*words.RISKY]))
    if draw.random() < 0.5:
        draw.shuffle(chosen)
    return tuple(chosen), asked


def _block(draw: random.Random, sheet: DrawnSheet, paper: Paper, crowd: Crowd) -> None:
    order = [*sheet.columns]
    if draw.random() < 0.3:
        draw.shuffle(order)
    numbered = draw.random() < 0.7
    headings = {column: draw.choice(words.HEADINGS.get(column, (column,))) for column in order}
    written = {**headings}
    if draw.random() < 0.25:
        sheet.shape.append("two rows")
        order, written = _two_rows(draw, paper, order, headings, numbered)
    else:
        paper.add(*(["序号"] if numbered else []), *(headings[column] for column in order))
    sheet.headings.append(written)
    if draw.random() < 0.1:
        sheet.shape.append("sample")
        paper.add(*(["示例"] if numbered else []), *(_sample(column) for column in order))
    people = crowd.people(draw.randint(1, MOST_PEOPLE))
    family = draw.random() < 0.1 and len(people) > 1 and "address" in order
    if family:
        sheet.shape.append("family")
        for fact in ("address", "unit"):
            people[1].truth[fact] = people[0].truth.get(fact)
        people[1].cells["address"] = people[0].cells.get("address")
    for number, one in enumerate(people, start=1):
        if draw.random() < 0.08:
            sheet.shape.append("group")
            paper.add(draw.choice(words.GROUPS))
        one.lines.append(paper.add(*([number] if numbered else []), *(one.cells.get(column) for column in order)))
        if draw.random() < 0.04:
            paper.hidden.append(one.lines[-1])
        if draw.random() < 0.05:
            paper.add()
    if draw.random() < 0.1:
        sheet.shape.append("twice")
        one = draw.choice(people)
        if not one.lost and len(one.truth.get("id_no") or "") == ID_LENGTH:
            one.lines.append(paper.add(*([99] if numbered else []), *(one.cells.get(column) for column in order)))
    if family and people[1].lines[0] == people[0].lines[0] + 1:
        at = order.index("address") + 1 + numbered
        paper.merges.append((people[0].lines[0], at, people[1].lines[0], at))
    if draw.random() < 0.4:
        sheet.shape.append("foot")
        for foot in draw.sample(words.FOOTS, draw.choice((1, 2))):
            paper.add(*(each.format(day=DAY, count=len(people)) for each in foot))
    sheet.people += people


def _two_rows(
    draw: random.Random, paper: Paper, order: list[str], headings: dict[str, str], numbered: bool
) -> tuple[list[str], dict[str, str]]:
    """Write headings of two rows: some columns stand together under a heading of their own."""
    together: dict[str, list[str]] = {}
    if {"sampled_at", "pcr"} <= set(order) and draw.random() < 0.7:
        together[draw.choice(("核酸检测情况", "核酸检测", "最近一次核酸检测"))] = ["sampled_at", "pcr"]
    if draw.random() < 0.6:
        together[draw.choice(("基本情况", "人员基本信息", "个人信息"))] = [
            "name",
            *(each for each in ("sex", "id_no", "phone") if each in order),
        ]
    if draw.random() < 0.4:
        together[draw.choice(("行程信息", "来涟行程"))] = [
            each for each in ("origin", "left_on", "arrival_at", "travel") if each in order
        ]
    together = together or {"基本情况": ["name", "id_no"]}
    of_group = {column: group for group, columns in together.items() for column in columns}
    arranged: list[str] = []
    for column in order:
        arranged += [each for each in together.get(of_group.get(column, ""), [column]) if each not in arranged]
    short = {"sampled_at": draw.choice(("采样时间", "时间")), "pcr": draw.choice(("结果", "检测结果"))}
    over: list[Cell] = ["序号"] if numbered else []
    under: list[Cell] = [None] if numbered else []
    line = len(paper.rows) + 1
    written: dict[str, str] = {}
    if numbered:
        paper.merges.append((line, 1, line + 1, 1))
    for column in arranged:
        at = len(over) + 1
        group = of_group.get(column)
        if group is None:
            over.append(headings[column])
            under.append(None)
            paper.merges.append((line, at, line + 1, at))
            written[column] = headings[column]
            continue
        own = (
            short.get(column, headings[column])
            if group.endswith(("检测", "情况")) and column in short
            else headings[column]
        )
        first = together[group][0] == column
        over.append(group if first else None)
        under.append(own)
        if first:
            paper.merges.append((line, at, line, at + len(together[group]) - 1))
        written[column] = own
    paper.add(*over)
    paper.add(*under)
    return arranged, written


def _sample(column: str) -> Cell:
    return {
        "name": "张三",
        "id_no": "430101199001010010",
        "phone": "13800000000",
        "arrival_at": "2021-01-01 08:00",
    }.get(column, "示例")


def _write(draw: random.Random, sheet: DrawnSheet, paper: Paper) -> None:
    sample: list[list[Cell]] = [["姓名", "来源地", "到涟时间"], ["范例人", "广东省深圳市", "2021-01-01"]]
    file = draw_file(draw, [paper], sheet.suffix, sample)
    sheet.raw = file.raw
    sheet.shape += file.shape
    for one in sheet.people:
        one.lines = [file.lines.get(each, each) for each in one.lines]
