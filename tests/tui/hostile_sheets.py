"""Sheets that were damaged or made to harm, drawn by seed: as bytes, cells, parts and encodings."""

import csv
import io
import random
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

import msgspec
import openpyxl

from dutyboard.rules.decide import decide
from dutyboard.rules.records.codes import SheetKind
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.sheets.notes import row_report
from dutyboard.tui.sheets.reader.child import grids_of
from dutyboard.tui.sheets.reader.files import read_grids
from dutyboard.tui.sheets.reader.grids import Grid, SheetsRead
from dutyboard.tui.sheets.reader.intake_error import IntakeError
from dutyboard.tui.sheets.sheet_command import read_sheet
from dutyboard.tui.text import words
from dutyboard.tui.views.intake import preview_lines
from tests.rules.desks import ADMIN, DAY, desk, person, site, t, unit
from tests.tui.hostile_structures import changed_text, changed_workbook, plain_workbook

NOW: Final = t("19:40")
DATA: Final = Path(__file__).parent.parent / "data"
HEADINGS: Final[dict[SheetKind, tuple[str, ...]]] = {
    "arrivals": (
        "姓名",
        "身份证号",
        "联系电话",
        "到涟时间",
        "来源地",
        "离开日期",
        "核酸采样时间",
        "症状",
        "人员类别",
    ),
    "sites": ("名称", "所在乡镇", "房间数", "状态", "重点消毒区域", "负责人", "联系电话"),
    "areas": ("区划代码", "地区", "等级", "起始日期", "终止日期", "依据"),
    "roster": ("姓名", "职务", "联系电话", "职责分工", "备注"),
    "results": ("姓名", "身份证号", "房号", "样本编号", "采样时间", "检测时间", "核酸结果", "检测项目"),
    "temperatures": ("房号", "姓名", "日期", "时段", "测温时间", "体温", "症状", "不在"),
    "contacts": ("姓名", "身份证号", "人员类别", "末次接触时间", "密接姓名", "密接身份证号", "接触方式", "隔离地点"),
    "rounds": ("日期", "隔离点", "轮次", "时间", "情况", "不在人员", "浓度", "最高体温"),
}
CELLS: Final[tuple[Any, ...]] = (
    *(
        "",
        " ",
        "张三",
        "2021-06-07",
        "0001-01-01",
        "9999-12-31",
        "10000-01-01",
        "2月29日",
        "24:00",
        "1e400",
        "-1",
        "１２",
    ),
    *(
        "9" * 5000,
        "1" * 18,
        "43138219000101001X",
        "1-999999999",
        "A1-A2、" * 200,
        "=1+1",
        "=A1",
        "\u202e",
        "\ud7ff",
        "\x7f",
    ),
    *(
        "高",
        "中",
        "启用",
        "62间",
        "2000000000",
        "阴",
        "无",
        "发热99",
        "发热37.8",
        "密接",
        "a" * 40_000,
        "，" * 3000,
        '"',
        "'",
    ),
    *(0, -1, 1.5, 10**15, 10**300, 44_000, 44_000.99999, 2_958_465, 2_958_466, 1e308, True, None),
)
ENCODINGS: Final = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "latin-1", "utf-7", "cp037")


@contextmanager
def read_here() -> Iterator[None]:
    """Read files in this process: thousands of files need no children."""

    def here(raw: bytes, name: str) -> tuple[Grid, ...]:
        try:
            read = grids_of(raw)
        except IntakeError as error:
            raise IntakeError(error.code, **{**error.fields, "file": name}) from None
        return msgspec.msgpack.decode(msgspec.msgpack.encode(SheetsRead(grids=read)), type=SheetsRead).grids

    with patch("dutyboard.tui.sheets.reader.files.read_apart", here):
        yield


def sheet_as_cells(draw: random.Random) -> bytes:
    """A workbook or a text of drawn cells under true headings."""
    rows: list[list[Any]] = [list(HEADINGS[draw.choice([*HEADINGS])])]
    rows += [[draw.choice(CELLS) for _ in rows[0]] for _ in range(draw.randint(0, 6))]
    if draw.random() < 0.5:
        text = io.StringIO()
        csv.writer(text, delimiter=draw.choice(",\t;|")).writerows(rows)
        return text.getvalue().encode(draw.choice(ENCODINGS), "replace")
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([each if not isinstance(each, str) or each.isprintable() else "?" for each in row])
    if draw.random() < 0.3:
        book.active.merge_cells(start_row=2, end_row=draw.randint(2, 40), start_column=1, end_column=draw.randint(1, 3))
    whole = io.BytesIO()
    book.save(whole)
    return whole.getvalue()


def sheet_as_parts(draw: random.Random, whole: bytes) -> bytes:
    """A workbook with some bytes of one of its parts changed, cut or doubled, packed anew."""
    with zipfile.ZipFile(io.BytesIO(whole)) as held:
        parts = {name: held.read(name) for name in held.namelist()}
    name = draw.choice([*parts])
    parts[name] = damaged(draw, parts[name])
    if draw.random() < 0.2:
        del parts[draw.choice([*parts])]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for each, content in parts.items():
            packed.writestr(each, content)
    return out.getvalue()


def damaged(draw: random.Random, whole: bytes) -> bytes:
    """Bytes with up to five changes: a flip, a cut, a run doubled, digits made large, a run of one byte."""
    held = bytearray(whole)
    for _ in range(draw.randint(1, 5)):
        at = draw.randrange(len(held) + 1)
        match draw.randrange(5):
            case 0 if at < len(held):
                held[at] ^= 1 << draw.randrange(8)
            case 1:
                del held[at : at + draw.randint(1, 200)]
            case 2:
                held[at:at] = held[at : at + draw.randint(1, 200)]
            case 3:
                held[at:at] = draw.choice((b"99999999999", b"-1", b"1e999", b"\xff", b"\0", b"<", b'"', b"{", b"["))
            case _:
                held[at:at] = bytes([draw.randrange(256)]) * draw.randint(1, 300)
    return bytes(held)


def sheet_as_structure(draw: random.Random) -> bytes:
    """A workbook or a text whose structure was changed, of people whom a reader would take."""
    heads = [*HEADINGS[draw.choice([*HEADINGS])]]
    rows = [heads] + [[str(draw.choice(CELLS[:-12])) for _ in heads] for _ in range(draw.randint(1, 5))]
    if draw.random() < 0.4:
        return changed_text(draw, rows)
    return changed_workbook(draw, plain_workbook(rows))


def import_apart(draw: random.Random, folder: Path) -> str:
    """Read one drawn file in a child process, with its limits. Returns the code of a refusal; "" if it was read."""
    file = folder / "表"
    file.write_bytes(sheet_as_structure(draw) if draw.random() < 0.7 else sheet_as_cells(draw))
    try:
        read_grids(file)
    except IntakeError as error:
        return error.code
    return ""


def import_one(draw: random.Random, folder: Path) -> bool:
    """Read one drawn file with every importer. Returns True if one of them took it. Raises what none may raise."""
    kind = draw.randrange(8)
    if kind > 3:
        return _taken(sheet_as_structure(draw), folder)
    whole = sheet_as_cells(draw) if kind < 2 else (DATA / draw.choice(("sites.xlsx", "risk_areas.csv"))).read_bytes()
    if kind % 2:
        whole = sheet_as_parts(draw, whole) if whole.startswith(b"PK") else damaged(draw, whole)
    if draw.random() < 0.3:
        whole = damaged(draw, whole)
    return _taken(whole, folder)


def _taken(whole: bytes, folder: Path) -> bool:
    """Return True if an importer takes a file. What it takes is decided on a desk, and worded."""
    file, taken = folder / "表", False
    file.write_bytes(whole)
    with read_here():
        for kind in HEADINGS:
            try:
                intake, command = read_sheet(kind, file, None, now=NOW)
            except IntakeError:
                continue
            answer = decide(command, a_desk(), NOW, ADMIN)
            assert isinstance(answer, Accepted), answer
            preview_lines(kind, row_report(intake, answer), {}, words("zh"), 80)
            taken = True
    return taken


@cache
def a_desk() -> Snapshot:
    """A desk of whose site, officer and people the drawn cells tell."""
    there: dict[str, Any] = {"stage": "site", "site_id": 1, "admitted_on": DAY}
    return desk(
        unit(name="金石镇"),
        site(name="张三", rooms=("1", "A1", "A2")),
        person(1, name="张三", room="1", id_no="43138219000101001X", **there),
        person(2, name="李四", room="A1", warnings=("id_missing",), **there),
    )
