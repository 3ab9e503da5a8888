"""Bytes of a file become the cells that were written, whatever program wrote them, or one true sentence."""

import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest
from python_calamine import SheetTypeEnum, SheetVisibleEnum

from dutyboard.tui.sheets.kinds.arrivals import read_arrivals
from dutyboard.tui.sheets.reader import child
from dutyboard.tui.sheets.reader.child import grids_of
from dutyboard.tui.sheets.reader.files import read_grids
from dutyboard.tui.sheets.reader.grids import DAY_ZERO_1904, Comment, Grid, Value
from dutyboard.tui.sheets.reader.intake_error import IntakeError
from dutyboard.tui.sheets.reader.number_formats import FormatKind, format_kind
from dutyboard.tui.sheets.reader.old_books import OldBook, read_old_book
from dutyboard.tui.text import LANGUAGES, words
from tests.tui.hostile_sheets import read_here

ROWS = '<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c><c r="B1" t="inlineStr"><is><t>值</t></is></c></row>'
STYLES = (
    '<styleSheet><numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/>'
    "</numFmts>"
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="176"/><xf numFmtId="20"/></cellXfs>'
    "</styleSheet>"
)


def packed(parts: dict[str, str | bytes]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in parts.items():
            # Without a time of its own: these bytes are names of tests, which must be the same in every process.
            out.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return whole.getvalue()


def workbook(
    rows: str = ROWS, after: str = "", book: str = "", strings: str = "", sheets: str = "", before: str = ""
) -> dict[str, str | bytes]:
    """The parts of a workbook with no more than it needs, written by hand."""
    relation = '<Relationship Id="{}" Type="x/{}" Target="{}"/>'
    return {
        "_rels/.rels": f"<r>{relation.format('r1', 'officeDocument', 'xl/workbook.xml')}</r>",
        "xl/workbook.xml": f'<workbook>{book}<sheets><sheet name="表" r:id="s1"/>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": "<r>"
        + relation.format("s1", "worksheet", "worksheets/sheet1.xml")
        + relation.format("s2", "worksheet", "/xl/worksheets/sheet2.xml")
        + relation.format("t", "sharedStrings", "sharedStrings.xml")
        + relation.format("f", "styles", "styles.xml")
        + "</r>",
        "xl/worksheets/sheet1.xml": f"<worksheet>{before}<sheetData>{rows}</sheetData>{after}</worksheet>",
        "xl/worksheets/sheet2.xml": f"<worksheet><sheetData>{ROWS}</sheetData></worksheet>",
        "xl/sharedStrings.xml": f"<sst>{strings}</sst>",
        "xl/styles.xml": STYLES,
    }


def one(cell: str, **parts: str) -> tuple[Value, str, str]:
    """Value, text as written and mark of one cell; a blank is (None, "", "")."""
    grid = grids_of(packed(workbook(f'<row r="7">{cell}</row>', **parts)))[0]
    cells = [each for row in grid.rows for each in row.cells]
    return (cells[0].value, cells[0].written, cells[0].mark) if cells else (None, "", "")


@pytest.mark.parametrize(
    ("cell", "value", "written", "mark"),
    [
        ('<c r="B7" t="inlineStr"><is><t> 张三 </t></is></c>', "张三", "张三", ""),
        (
            '<c r="B7" t="inlineStr"><is><r><t>张</t></r><r><t>三</t></r><rPh><t>zhang</t></rPh></is></c>',
            "张三",
            "张三",
            "",
        ),
        ('<c r="B7"><f>A1</f><v>5</v></c>', 5, "5", ""),
        ('<c r="B7" t="str"><f>A1</f><v>男</v></c>', "男", "男", ""),
        ('<c r="B7" t="str"><f>A1</f><v></v></c>', None, "", ""),
        ('<c r="B7"><f>A1+1</f><v/></c>', None, "=A1+1", "formula"),
        ('<c r="B7" t="e"><f>A1</f><v>#N/A</v></c>', None, "#N/A", "error"),
        ('<c r="B7" t="inlineStr"><is><t>#REF!</t></is></c>', None, "#REF!", "error"),
        ('<c r="B7" t="b"><v>1</v></c>', "TRUE", "TRUE", ""),
        ('<c r="B7" t="b"><v>0</v></c>', "FALSE", "FALSE", ""),
        ('<c r="B7"><v>36.799999999999997</v></c>', 36.8, "36.8", ""),
        ('<c r="B7"><v>19900000001</v></c>', 19900000001, "19900000001", ""),
        ('<c r="B7"><v>4.3130219790312E+17</v></c>', 431302197903120000, "431302197903120000", "cut"),
        ('<c r="B7"><v>999999999999999</v></c>', 999999999999999, "999999999999999", ""),
        ('<c r="B7"><v>1e999</v></c>', "1e999", "1e999", ""),
        ('<c r="B7" s="1"><v>44353</v></c>', date(2021, 6, 6), "2021-06-06", ""),
        ('<c r="B7" s="3"><v>44353</v></c>', date(2021, 6, 6), "2021-06-06", ""),
        ('<c r="B7" s="2"><v>44353</v></c>', datetime(2021, 6, 6), "2021-06-06 00:00", ""),  # noqa: DTZ001
        ('<c r="B7" s="1"><v>44353.41666666</v></c>', datetime(2021, 6, 6, 10), "2021-06-06 10:00", ""),  # noqa: DTZ001
        ('<c r="B7" s="4"><v>0.40625</v></c>', "09:45", "09:45", ""),
        ('<c r="B7" s="1"><v>-5</v></c>', -5, "-5", ""),
        ('<c r="B7" s="99"><v>44353</v></c>', 44353, "44353", ""),
        ('<c r="B7" t="d"><v>2021-06-06T10:00:00</v></c>', datetime(2021, 6, 6, 10), "2021-06-06 10:00", ""),  # noqa: DTZ001
        ('<c r="B7" t="s"><v>0</v></c>', "甲\n乙", "甲\n乙", ""),
        ('<c r="B7" t="inlineStr"><is><t>="431302"</t></is></c>', "431302", '="431302"', ""),
        ('<c r="B7" t="inlineStr"><is><t>\'007</t></is></c>', "007", "'007", ""),
        ('<c r="B7" t="inlineStr"><is><t>_x4e2d__x005F_x</t></is></c>', "中_x", "中_x", ""),
        ('<c r="B7" t="inlineStr"><is><t>A&#x1;B\x02</t></is></c>', "AB", "AB", ""),
    ],
)
def test_a_cell_says_what_was_stored(cell: str, value: Value, written: str, mark: str) -> None:
    strings = "<si><t>甲_x000D_\n乙</t><rPh><t>jia</t></rPh></si>"
    assert one(cell, strings=strings) == (value, written, mark)


def test_a_workbook_of_old_macs_tells_the_day_it_counts_from() -> None:
    old = {"book": '<workbookPr date1904="1"/>'}
    assert one('<c r="B7" s="1"><v>42891</v></c>', **old) == (date(2021, 6, 6), "2021-06-06", "")
    assert one('<c r="B7"><v>42891</v></c>', **old)[0] == 42891
    assert grids_of(packed(workbook(**old)))[0].day_zero == DAY_ZERO_1904


def test_a_bare_number_of_an_old_mac_is_its_own_day(tmp_path: Path) -> None:
    heads = "".join(f'<c t="inlineStr"><is><t>{head}</t></is></c>' for head in ("姓名", "来源地", "到涟时间"))
    row = '<c t="inlineStr"><is><t>张三</t></is></c><c t="inlineStr"><is><t>广州市</t></is></c><c><v>42891</v></c>'
    parts = workbook(f"<row>{heads}</row><row>{row}</row>", book='<workbookPr date1904="true"/>')
    (tmp_path / "表.xlsx").write_bytes(packed(parts))
    with read_here():
        arrived = read_arrivals(tmp_path / "表.xlsx").records[0].facts.arrival_at
    assert arrived is not None and arrived.date() == date(2021, 6, 6)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("General", ""),
        ("0.00E+00", ""),
        ('0"days"', ""),
        ("[Red]0.0", ""),
        ("@", ""),
        ("G/通用格式", ""),
        ("yyyy/m/d;@", "day"),
        ('[DBNum1][$-804]yyyy"年"m"月"d"日"', "day"),
        ('m"月"d"日"', "day"),
        ("yyyy-mm-dd hh:mm", "time"),
        ("[h]:mm", "clock"),
        ("h:mm AM/PM", "clock"),
    ],
)
def test_a_format_tells_a_day_from_a_number(code: str, kind: FormatKind) -> None:
    assert format_kind(code) == kind


def test_what_is_hidden_is_told() -> None:
    rows = (
        ROWS
        + '<row r="2" hidden="1"><c><v>1</v></c></row><row r="3" ht="0"><c><v>1</v></c></row>'
        + '<row r="4"><c><v>1</v></c></row>'
    )
    parts = workbook(
        rows,
        before='<cols><col min="2" max="2" hidden="1"/></cols>',
        sheets='<sheet name="样表" state="hidden" r:id="s2"/>',
    )
    shown, hidden = grids_of(packed(parts))
    assert [(row.line, row.hidden) for row in shown.rows] == [(1, False), (2, True), (3, True), (4, False)]
    assert shown.hidden_columns == (2,)
    assert hidden == Grid("样表", hidden=True)


def test_a_merge_within_a_column_gives_its_value_to_each_row_that_holds_something() -> None:
    rows = ROWS + '<row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>9</v></c></row><row r="3"><c r="A3"><v>2</v></c></row>'
    grid = grids_of(packed(workbook(rows, after='<mergeCells><mergeCell ref="B2:B1048576"/></mergeCells>')))[0]
    assert [[cell.value for cell in row.cells] for row in grid.rows[1:]] == [[1, 9], [2, 9]]
    assert grid.merges == ((2, 2, 1_048_576, 2),)


@pytest.mark.parametrize(
    "change",
    [
        {"xl/styles.xml": "<styleSheet><fills><fill/></fills><cellXfs><xf"},
        {"xl/styles.xml": b""},
        {"docProps/core.xml": "<created>gestern</created>"},
        {"xl/sharedStrings.xml": b""},
    ],
)
def test_decoration_decides_nothing(change: dict[str, str | bytes]) -> None:
    grid = grids_of(packed({**workbook(), **change}))[0]
    assert [cell.value for cell in grid.rows[0].cells] == ["姓名", "值"]


def test_odd_names_of_parts_and_strict_open_xml_are_read() -> None:
    odd = {name.replace("/", "\\").upper(): content for name, content in workbook().items()}
    assert grids_of(packed(odd)) == grids_of(packed(workbook()))
    strict = {
        name: content.replace("<worksheet>", '<worksheet xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main">')
        for name, content in workbook().items()
        if isinstance(content, str)
    }
    assert grids_of(packed({**strict})) == grids_of(packed(workbook()))


def ole(name: str) -> bytes:
    """The first sectors of a container of old Office programs, with one stream of this name."""
    entry = name.encode("utf-16-le").ljust(64, b"\0") + (2 * len(name) + 2).to_bytes(2, "little")
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + entry.ljust(128, b"\0")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"\xef\xbb\xbf", "no_header"),
        (b"\r\n \r\n", "file_empty"),
        (ole("EncryptedPackage"), "with_password"),
        (ole("WordDocument"), "a_document"),
        (ole("Table"), "old_excel"),
        (ole("Workbook"), "not_a_workbook"),
        (b"\x09\x08\x10\x00\x00\x06", "old_excel"),
        (b"%PDF-1.7\n", "a_pdf"),
        (b"\xef\xbb\xbf\r\n%PDF-1.4\n", "a_pdf"),
        (packed({"OFD.xml": "<o/>", "Doc_0/Document.xml": "<d/>"}), "a_document"),
        (b"From: <Saved by WPS>\r\nSubject: x\r\nMIME-Version: 1.0\r\n", "web_page"),
        (b"\x89PNG\r\n\x1a\n", "a_picture"),
        (b"\xff\xd8\xff\xe0", "a_picture"),
        (b"\0\0\0\x18ftypheic", "a_picture"),
        (b"Rar!\x1a\x07", "packed_files"),
        (b"7z\xbc\xaf\x27\x1c", "packed_files"),
        (packed({"名单.xlsx": b"PK"}), "packed_files"),
        (packed({"word/document.xml": "<d/>"}), "a_document"),
        (packed({"Index/Document.iwa": b"x"}), "apple_numbers"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "xml_table"),
        (b"<html><frameset></frameset></html>", "web_page"),
        (b"MIME-Version: 1.0\n", "web_page"),
        (b"\x00\x01\x02\x03" * 50, "encoding_unread"),
    ],
)
def test_a_file_that_holds_no_sheet_is_named_with_the_remedy(content: bytes, code: str, tmp_path: Path) -> None:
    file = tmp_path / "表.xlsx"
    file.write_bytes(content)
    with read_here(), pytest.raises(IntakeError) as refused:
        read_arrivals(file)
    assert refused.value.code == code
    for language in LANGUAGES:
        assert "表.xlsx" in words(language).sheets.files[refused.value.code].format(**refused.value.fields)


def test_a_file_with_a_password_for_its_parts_is_named() -> None:
    whole = bytearray(packed({"xl/workbook.xml": "<w/>"}))
    at = whole.rindex(b"PK\x01\x02")
    whole[at + 8] |= 1
    with pytest.raises(IntakeError) as refused:
        grids_of(bytes(whole))
    assert refused.value.code == "with_password"


def test_what_excel_leaves_beside_an_open_workbook_is_named(tmp_path: Path) -> None:
    (tmp_path / "~$名单.xlsx").write_bytes(b"\x05duty ".ljust(165, b" "))
    with pytest.raises(IntakeError) as refused:
        read_grids(tmp_path / "~$名单.xlsx")
    assert refused.value.code == "lock_file"


def text_rows(raw: bytes) -> list[list[Value]]:
    return [[cell.value for cell in row.cells] for row in grids_of(raw)[0].rows]


TABLE = [["姓名", "来源地", "备注"], ["张三", "广州，荔湾", "无"], ["李四", "深圳", "7"]]


@pytest.mark.parametrize("sign", [",", ";", "|", "\t", "，"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_any_separator_line_end_and_encoding(sign: str, end: str, encoding: str) -> None:
    table = [[f'"{cell}"' if sign in cell else cell for cell in row] for row in TABLE]
    whole = end.join(sign.join(row) for row in table).encode(encoding)
    assert text_rows(whole) == TABLE
    assert grids_of(whole)[0].told == (("gb18030_read",) if encoding == "gb18030" else ())


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("sep=;\n姓名;值\n张,三;1\n", [["姓名", "值"], ["张,三", "1"]]),
        ('姓名,值\n"张""三""",1\n', [["姓名", "值"], ['张"三"', "1"]]),
        ('姓名,值\n张三,"="" 431302"""\n', [["姓名", "值"], ["张三", "431302"]]),
        ("姓名,值\n张三,'0738\n", [["姓名", "值"], ["张三", "0738"]]),
        ('姓名,值\n5"3,1\n', [["姓名", "值"], ['5"3', "1"]]),
        ("登记表\n\n姓名;值\n张三;1\n", [["登记表"], ["姓名", "值"], ["张三", "1"]]),
        ("姓名,值\n张三,#N/A\n", [["姓名", "值"], ["张三", None]]),
        ('甲\t乙\t丙\t丁\n1\t\t"3\n"\t4\n', [["甲", "乙", "丙", "丁"], ["1", "3", "4"]]),
        ('甲,乙,丙,丁\n"1\n2",3,4,5\n', [["甲", "乙", "丙", "丁"], ["1\n2", "3", "4", "5"]]),
    ],
)
def test_texts_as_programs_write_them(text: str, rows: list[list[Value]]) -> None:
    assert text_rows(text.encode()) == rows


def test_a_damaged_character_is_told_with_its_row_and_spoils_no_other() -> None:
    whole = "姓名,来源地\n张三,广州市\n李四,深圳市\n".encode()
    grid = grids_of(whole[:-3])[0]
    assert [(row.line, row.doubt) for row in grid.rows] == [(1, ""), (2, ""), (3, "damaged")]
    assert grid.told == ()


def test_a_web_page_saved_as_a_workbook_is_read_with_its_spans() -> None:
    page = (
        "<html><head><style>td{x:1}</style></head><body><table><tr><th>姓名<th>住址<th>备注</tr>"
        "<tr><td>张&nbsp;三</td><td rowspan=2>金石镇<br>新塘村</td><td colspan=2>无</td></tr>"
        "<tr><td>李四<td>有</tr></table>"
    )
    for encoding in ("utf-8", "gb18030"):
        rows = [[(cell.column, cell.value) for cell in row.cells] for row in grids_of(page.encode(encoding))[0].rows]
        assert rows == [
            [(1, "姓名"), (2, "住址"), (3, "备注")],
            [(1, "张 三"), (2, "金石镇\n新塘村"), (3, "无")],
            [(1, "李四"), (2, "金石镇\n新塘村"), (3, "有")],
        ]


def test_other_programs_books_are_read_as_far_as_their_reader_goes() -> None:
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        '<table:table table:name="表"><table:table-row><table:table-cell office:value-type="string"><text:p>姓名'
        '</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="37.5"><text:p>1</text:p>'
        '</table:table-cell><table:table-cell office:value-type="date" office:date-value="2021-06-06"><text:p>x'
        "</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    )
    parts: dict[str, str | bytes] = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": "<manifest/>",
        "content.xml": content,
    }
    grid = grids_of(packed(parts))[0]
    assert [cell.value for cell in grid.rows[0].cells] == ["姓名", 37.5, date(2021, 6, 6)]
    assert (grid.name, grid.told) == ("表", ("old_format_read",))


OPEN_DOCUMENT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    "{}</office:spreadsheet></office:body></office:document-content>"
)


def open_document(tables: str) -> bytes:
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return packed(
        {"mimetype": kind, "META-INF/manifest.xml": "<manifest/>", "content.xml": OPEN_DOCUMENT.format(tables)}
    )


def open_cell(text: str, comment: str = "", more: str = "") -> str:
    said = "".join(f"<text:p>{each}</text:p>" for each in comment.splitlines())
    beside = f"<office:annotation><dc:creator>村医</dc:creator><dc:date>2021</dc:date>{said}</office:annotation>"
    return (
        f'<table:table-cell office:value-type="string"{more}>{beside if comment else ""}<text:p>{text}</text:p>'
        "</table:table-cell>"
    )


def test_the_comments_of_an_open_document_stand_beside_their_cells() -> None:
    blank = '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
    wide = '<table:table-cell table:number-columns-repeated="2"/>'
    noted = open_cell("测甲", "本人说与<text:s/>病例同车<text:line-break/>已核实")
    first = (
        f'<table:table table:name="甲"><table:table-row>{open_cell("姓名")}{open_cell("住址")}</table:table-row>{blank}'
        f"<table:table-row>{wide}{noted}</table:table-row></table:table>"
    )
    second = (
        f'<table:table table:name="乙"><table:table-row>{open_cell("一", "甲")}<table:covered-table-cell/>'
        f"{open_cell('二', chr(10).join(('两行', '的')))}</table:table-row></table:table>"
    )
    tracked = f"<table:tracked-changes>{open_cell('旧', '旧的批注')}</table:tracked-changes>"
    one, other = grids_of(open_document(tracked + first + second))
    assert one.comments == (Comment(5, 3, "本人说与 病例同车\n已核实"),)
    assert [(row.line, [cell.written for cell in row.cells]) for row in one.rows] == [
        (1, ["姓名", "住址"]),
        (5, ["测甲"]),
    ]
    assert other.comments == (Comment(1, 1, "甲"), Comment(1, 3, "两行\n的"))
    assert [cell.written for cell in other.rows[0].cells] == ["一", "二"]
    assert one.told == ("old_format_read",)


def test_comments_of_an_open_document_that_go_too_far_are_said_to_be_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dutyboard.tui.sheets.reader.xml_parts.ELEMENTS", 12)
    rows = f"<table:table-row>{open_cell('测甲', '批注')}</table:table-row>" * 4
    (grid,) = grids_of(open_document(f'<table:table table:name="表">{rows}</table:table>'))
    assert (len(grid.rows), grid.comments, grid.told) == (4, (), ("old_format_read", "comments_unread"))


@pytest.mark.parametrize(
    ("kind", "parts", "told"),
    [
        ("binary_workbook", {"xl/workbook.bin": ""}, ("old_format_read",)),
        ("binary_workbook", {"xl/comments1.bin": ""}, ("old_format_read", "comments_unread")),
        ("binary_workbook", {"xl/threadedComments/threadedComment1.xml": ""}, ("old_format_read", "comments_unread")),
        ("old_workbook", {}, ("old_format_read", "comments_untold")),
    ],
)
def test_whether_a_book_of_an_old_kind_has_comments_is_told(
    kind: OldBook, parts: dict[str, str | bytes], told: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = SimpleNamespace(start=(0, 0), merged_cell_ranges=(), to_python=lambda **_: [["姓名"]])
    of_book = SimpleNamespace(typ=SheetTypeEnum.WorkSheet, visible=SheetVisibleEnum.Visible, name="表")
    book = SimpleNamespace(sheets_metadata=[of_book], get_sheet_by_name=lambda _: sheet)
    monkeypatch.setattr("python_calamine.CalamineWorkbook", SimpleNamespace(from_filelike=lambda _: book))
    assert read_old_book(packed(parts), kind)[0].told == told


def test_a_child_that_aborts_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Nothing of what the child says on its way out reaches the screen."""
    file, interpreter = tmp_path / "表.csv", tmp_path / "python"
    file.write_text("姓名,值\n张三,1\n", encoding="utf-8")
    interpreter.write_text("#!/bin/sh\necho memory allocation failed >&2\nkill -ABRT $$\n", encoding="utf-8")
    interpreter.chmod(0o700)
    monkeypatch.setattr("sys.executable", str(interpreter))
    with pytest.raises(IntakeError) as refused:
        read_grids(file)
    assert (refused.value.code, refused.value.fields) == ("reading_stopped", {"file": "表.csv"})
    assert capfd.readouterr() == ("", "")


def test_the_child_has_little_memory(tmp_path: Path) -> None:
    """A book of another program that unpacks to more than the child may hold ends the child, not the desk."""
    rows = (
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="1000" '
    )
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="表">{rows}office:value-type="float" office:value="1"/></table:table-row>'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    file = tmp_path / "表.ods"
    file.write_bytes(
        packed(
            {
                "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
                "META-INF/manifest.xml": "<m/>",
                "content.xml": content,
            }
        )
    )
    with pytest.raises(IntakeError) as refused:
        read_grids(file)
    assert refused.value.code in ("reading_stopped", "not_a_workbook")
    assert child.MEMORY < 1 << 30


def test_every_example_of_ours_is_read_as_its_own_program_reads_it() -> None:
    """openpyxl, which wrote them, is the second opinion."""
    data = Path(__file__).parent.parent / "data"
    for name in ("arrivals.xlsx", "sites.xlsx", "roster.xlsx"):
        book = openpyxl.load_workbook(data / name, data_only=True)
        for grid, sheet in zip(read_grids(data / name), book.worksheets, strict=True):
            theirs = {
                (cell.row, cell.column): cell.value.strip() if isinstance(cell.value, str) else cell.value
                for row in sheet.iter_rows()
                for cell in row
                if cell.value is not None
            }
            ours = {(row.line, cell.column): cell.value for row in grid.rows for cell in row.cells if not cell.mark}
            assert {key: value for key, value in ours.items() if theirs.get(key) != value} == {}
            assert len(theirs) == len(ours)
