"""A hostile sheet is refused in one line, in bounded time and memory, before an object is made of every cell."""

import io
import resource
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

from dutyboard.tui.sheets.kinds.arrivals import read_arrivals
from dutyboard.tui.sheets.reader.files import read_grids
from dutyboard.tui.sheets.reader.intake_error import IntakeError
from dutyboard.tui.sheets.reader.xml_parts import CELLS
from tests.tui.hostile_sheets import read_here

SECONDS, BYTES = 30, 900 << 20
"""What a process may use that reads one of these files; it is ended beyond."""
HEAD = "姓名,到涟时间,来源地\n"


def parts_of(book: openpyxl.Workbook) -> dict[str, bytes]:
    whole = io.BytesIO()
    book.save(whole)
    with zipfile.ZipFile(whole) as held:
        return {name: held.read(name) for name in held.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in parts.items():
            out.writestr(name, content)
    return whole.getvalue()


def arrivals() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.active.append(["姓名", "到涟时间", "来源地"])
    book.active.append(["张三", "2021-06-06 10:00", "广州市"])
    return book


def sheet_with(old: bytes, new: bytes) -> bytes:
    parts = parts_of(arrivals())
    sheet = "xl/worksheets/sheet1.xml"
    assert old in parts[sheet]
    return packed({**parts, sheet: parts[sheet].replace(old, new, 1)})


def lying_about_its_size() -> bytes:
    """A part that unpacks to 300 MB and says 1,000 bytes, in its own header and in the directory."""
    whole = bytearray(sheet_with(b"</worksheet>", b"</worksheet>" + b" " * (300 << 20)))
    with zipfile.ZipFile(io.BytesIO(whole)) as held:
        size = held.getinfo("xl/worksheets/sheet1.xml").file_size.to_bytes(4, "little")
    return bytes(whole.replace(size, (1000).to_bytes(4, "little")))


HOSTILE = {
    "cells that all hold something": lambda: sheet_with(
        b"</sheetData>", (b"<row>" + b"<c><v>1</v></c>" * 15_000 + b"</row>") * 14 + b"</sheetData>"
    ),
    "a row in the far corner": lambda: sheet_with(
        b"</sheetData>", b'<row r="99999999999999999999"><c><v>1</v></c></row></sheetData>'
    ),
    "300 MB of blanks": lambda: sheet_with(b"</sheetData>", b"</sheetData>" + b" " * (300 << 20)),
    "60 MB of blanks": lambda: sheet_with(b"</sheetData>", b"</sheetData>" + b" " * (60 << 20)),
    "300 MB that say they are little": lying_about_its_size,
    "more elements than two million": lambda: sheet_with(b"</sheetData>", b"</sheetData>" + b"<a/>" * 2_100_000),
    "elements in one another": lambda: sheet_with(b"</sheetData>", b"</sheetData>" + b"<a>" * 1_000_000),
    "entities of entities": lambda: sheet_with(
        b"<worksheet",
        b'<!DOCTYPE a [<!ENTITY b "lollol"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]><worksheet',
    ),
    "a line of 40 MB": lambda: (HEAD + "a" * (40 << 20)).encode(),
    "a line of separators": lambda: (HEAD + "," * (40 << 20)).encode(),
    "lines of separators": lambda: (HEAD + ("," * 1000 + "\n") * 40_000).encode(),
    "rows without end": lambda: (HEAD + "甲,乙,丙\n" * 100_000).encode(),
}
READ = """
import sys
from pathlib import Path
from dutyboard.tui.sheets.reader.files import read_grids
from dutyboard.tui.sheets.reader.intake_error import IntakeError
try:
    read_grids(Path(sys.argv[1]))
except IntakeError as error:
    print(error.code)
"""


def limits() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_sheet_is_refused_within_its_budget(name: str, tmp_path: Path) -> None:
    file = tmp_path / "表"
    file.write_bytes(HOSTILE[name]())
    done = subprocess.run(
        [sys.executable, "-c", READ, str(file)], capture_output=True, text=True, preexec_fn=limits, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip() in ("too_many_cells", "unpacks_too_large", "not_a_workbook", "line_too_long")


def sheet_of_far_things() -> dict[str, bytes]:
    return {
        "a cell in the far corner": sheet_with(
            b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        ),
        "a blank in the last row": sheet_with(
            b"</sheetData>", b'<row r="1048576"><c r="S1048576" s="0"/></row></sheetData>'
        ),
        "a merge of a million rows": sheet_with(
            b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="A2:A1048576"/></mergeCells>'
        ),
        "a merge of everything": sheet_with(
            b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        ),
        "rows declared without end": sheet_with(b"</sheetData>", b"<row/>" * 300_000 + b"</sheetData>"),
        "cells that hold nothing": sheet_with(b"</sheetData>", b"<row>" + b"<c/>" * 16_000 + b"</row></sheetData>"),
        "400,000 styles": packed(
            {
                **parts_of(arrivals()),
                "xl/styles.xml": b"<styleSheet><cellXfs>" + b"<xf/>" * 400_000 + b"</cellXfs></styleSheet>",
            }
        ),
    }


def test_what_lies_far_out_costs_nothing(tmp_path: Path) -> None:
    """Only cells that hold something are cells. One child with little memory reads each of these files."""
    for name, content in sheet_of_far_things().items():
        assert len(content) < 8000, name
        file = tmp_path / "表.xlsx"
        file.write_bytes(content)
        assert [person.name for person in read_arrivals(file).records][:1] == ["张三"], name


def test_the_refusal_names_the_place(tmp_path: Path) -> None:
    file = tmp_path / "表.xlsx"
    file.write_bytes(HOSTILE["cells that all hold something"]())
    with pytest.raises(IntakeError) as refused:
        read_grids(file)
    assert refused.value.fields == {"file": "表.xlsx", "place": "Sheet!16", "most": CELLS}


def test_every_flipped_byte_leaves_the_same_sheet_or_a_refusal(tmp_path: Path) -> None:
    """Each part that is read carries its sum: a changed one never makes other people."""
    whole, file = packed(parts_of(arrivals())), tmp_path / "表.xlsx"
    refused = 0
    with read_here():
        file.write_bytes(whole)
        records = read_arrivals(file).records
        for at in range(0, len(whole), 7):
            file.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
            try:
                assert read_arrivals(file).records == records
            except IntakeError:
                refused += 1
    assert refused > len(whole) // 70


def test_a_large_list_is_read(tmp_path: Path) -> None:
    book = arrivals()
    for number in range(6_000):
        book.active.append([f"张{number}", "2021-06-06 10:00", "广州市", *["备注"] * 20])
    book.save(tmp_path / "表.xlsx")
    assert len(read_arrivals(tmp_path / "表.xlsx").records) == 6_001


@pytest.mark.parametrize(
    ("text", "code", "row", "names"),
    [
        (HEAD + "张三,6月1日,广州\n李四,6月2日," + "长" * 140_000 + "\n", "cell_too_long", 3, ["张三", "李四"]),
        (HEAD + '张三,6月1日,"广州\n李四,6月2日,深圳\n', "quote_open", 2, ["张三", "李四"]),
        (HEAD + '"张三,6月1日,广州\n"李四,6月2日,深圳\n', "quote_open", 2, ["张三", "李四"]),
        (HEAD + '张三,6月1日,广州\n李四,6月2日,"深圳', "quote_open", 3, ["张三", "李四"]),
        (HEAD.replace(",", ";") + '张三;6月1日;"广州;荔湾\n李四;6月2日;深圳\n', "quote_open", 2, ["张三", "李四"]),
    ],
)
def test_a_cell_without_an_end_swallows_nobody(
    text: str, code: str, row: int, names: list[str], tmp_path: Path
) -> None:
    file = tmp_path / "表.csv"
    file.write_text(text, encoding="utf-8")
    with read_here():
        read = read_arrivals(file)
    assert [person.name for person in read.records] == names
    assert row in [note.row for note in read.notes if note.code == code]


def test_a_quote_that_is_closed_may_hold_lines(tmp_path: Path) -> None:
    file = tmp_path / "表.csv"
    file.write_text(HEAD + '张三,6月1日,"广州\n天河"\n李四,6月1日,深圳\n', encoding="utf-8")
    with read_here():
        assert [(row.line, row.record, row.doubt) for row in read_grids(file)[0].rows] == [
            (1, 1, ""),
            (2, 2, ""),
            (4, 3, ""),
        ]
        file.write_bytes((HEAD + "张三,6月1日,广州\n").replace("\n", "\r").encode())
        assert len(read_grids(file)[0].rows) == 2
