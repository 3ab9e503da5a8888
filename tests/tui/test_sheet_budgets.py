"""A hostile sheet is refused in one line, in bounded time and memory, before an object is made of every cell."""

import io
import resource
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

from dutyboard.tui.sheets.arrivals import read_arrivals
from dutyboard.tui.sheets.files import read_grids
from dutyboard.tui.sheets.notes import IntakeError
from dutyboard.tui.sheets.workbook import CELLS
from dutyboard.tui.text import LANGUAGES, words

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
    "a merge of a million rows": lambda: sheet_with(
        b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="A2:A1048576"/></mergeCells>'
    ),
    "a merge of everything": lambda: sheet_with(
        b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    ),
    "a cell in the far corner": lambda: sheet_with(
        b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    ),
    "a row in the far corner": lambda: sheet_with(
        b"</sheetData>", b'<row r="99999999999999999999"><c><v>1</v></c></row></sheetData>'
    ),
    "cells without an address": lambda: sheet_with(
        b"</sheetData>", b"<row>" + b"<c/>" * 300_000 + b"</row></sheetData>"
    ),
    "300 MB of blanks": lambda: sheet_with(b"</sheetData>", b"</sheetData>" + b" " * (300 << 20)),
    "60 MB of blanks": lambda: sheet_with(b"</sheetData>", b"</sheetData>" + b" " * (60 << 20)),
    "300 MB that say they are little": lying_about_its_size,
    "five million elements": lambda: sheet_with(b"</sheetData>", b"</sheetData>" + b"<a/>" * 5_000_000),
    "half a million styles": lambda: packed(
        {
            **parts_of(arrivals()),
            "xl/styles.xml": b"<styleSheet><cellXfs>" + b"<xf/>" * 500_000 + b"</cellXfs></styleSheet>",
        }
    ),
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
from dutyboard.tui.sheets.files import read_grids
from dutyboard.tui.sheets.notes import IntakeError
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


def test_the_refusal_names_the_cell(tmp_path: Path) -> None:
    file = tmp_path / "表.xlsx"
    file.write_bytes(HOSTILE["a merge of a million rows"]())
    with pytest.raises(IntakeError) as refused:
        read_grids(file)
    assert refused.value.fields == {"file": "表.xlsx", "place": "A2:A1048576", "most": CELLS}


def test_every_flipped_byte_leaves_a_sheet_or_a_refusal(tmp_path: Path) -> None:
    whole, file = packed(parts_of(arrivals())), tmp_path / "表.xlsx"
    refused = 0
    for at in range(0, len(whole), 7):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        try:
            read_arrivals(file)
        except IntakeError:
            refused += 1
    assert refused > len(whole) // 14


def test_a_large_list_is_read(tmp_path: Path) -> None:
    book = arrivals()
    for number in range(6_000):
        book.active.append([f"张{number}", "2021-06-06 10:00", "广州市", *["备注"] * 20])
    book.save(tmp_path / "表.xlsx")
    assert len(read_arrivals(tmp_path / "表.xlsx").records) == 6_001


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        (HEAD + "张三,6月1日,广州\n李四,6月2日," + "长" * 140_000 + "\n", "cell_too_long", 3),
        (HEAD + '张三,6月1日,"广州\n李四,6月2日,深圳\n', "unclosed_quote", 2),
        (HEAD + '张三,6月1日,广州\n李四,6月2日,"深圳', "unclosed_quote", 3),
    ],
)
def test_a_cell_without_an_end_names_file_and_row(text: str, code: str, row: int, tmp_path: Path) -> None:
    file = tmp_path / "表.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(IntakeError) as refused:
        read_arrivals(file)
    assert (refused.value.code, refused.value.fields["row"]) == (code, row)
    for language in LANGUAGES:
        said = words(language).sheets.files[refused.value.code].format(**refused.value.fields)
        assert "表.csv" in said and str(row) in said


def test_a_quote_that_is_closed_may_hold_lines(tmp_path: Path) -> None:
    file = tmp_path / "表.csv"
    file.write_text(HEAD + '张三,6月1日,"广州\n天河"\n', encoding="utf-8")
    assert len(read_grids(file)[0].rows) == 2
    file.write_bytes((HEAD + "张三,6月1日,广州\n").replace("\n", "\r").encode())
    assert len(read_grids(file)[0].rows) == 2
