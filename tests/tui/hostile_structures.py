"""Workbooks and texts whose structure was changed by seed: parts, cells, references, merges, names; quotes, encodings.

Damage that knows the form of a file goes deeper into its reader than damage of bytes, which the first check ends.
"""

import io
import random
import re
import warnings
import zipfile
from collections.abc import Callable
from typing import Final

import openpyxl

PLACES: Final = (
    *(
        "A0",
        "",
        "A",
        "1",
        "XFD1048576",
        "XFE1",
        "A1048577",
        "ZZZZ1",
        "A99999999999",
        "a1",
        "$A$1",
        "A1:A1",
        "-A1",
        "É1",
    ),
)
NUMBERS: Final = (
    *("-1", "0", "1e400", "1e-400", "NaN", "inf", "99999999999999999999", "", " 1 ", "0x10", "1_0", "٣", "1.5.2"),
)
TEXTS: Final = (
    *(
        "",
        "&#0;",
        "&#x1B;",
        "&amp;amp;",
        "&nope;",
        "]]>",
        "<![CDATA[姓名]]>",
        "_x0000_",
        "_x001B_",
        "_xD800_",
        "张" * 40_000,
    ),
    *("<si/>", "<!-- 注 -->", "<?x y?>", "<r><t>张</t></r><r/>", "<rPh sb='0' eb='1'><t>ZHANG</t></rPh>"),
)
TYPES: Final = ("s", "str", "inlineStr", "b", "e", "d", "n", "x", "")
MERGES: Final = (
    *("A1:XFD1048576", "B2:A1", "A1", "A1:", ":", "A1:B2:C3", "A1:A1048576", "A2:A9", "XFD1:XFE2", "A-1:B2", "A1 A2"),
)
NAMES: Final = (
    *(
        "..\\xl\\worksheets\\sheet1.xml",
        "../xl/workbook.xml",
        "/xl/workbook.xml",
        "XL/WORKBOOK.XML",
        "xl//workbook.xml",
    ),
    *(
        "xl/workbook.xml\0",
        "数据/表.xml",
        "a" * 60_000,
        "",
        "xl/worksheets/sheet1.xml/",
        "C:\\x.xml",
        "xl/vbaProject.bin",
    ),
)
_ATTRIBUTE: Final = re.compile(rb'(\br|\bt|\bs|ref|count|sheetId|Id|Target|spans|min|max|hidden)="([^"]*)"')
_TAG: Final = re.compile(rb"</?[a-zA-Z:]+[^>]*>")
_VALUE: Final = re.compile(rb"<(v|t|f)>([^<]*)</")
_DOCTYPE: Final = b'<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;">]>'
SEPARATORS: Final = ",\t;|，\x1f "
LINE_ENDS: Final = ("\n", "\r\n", "\r", "\n\r", "\u2028", "\x0b", "\x85")
BITS: Final = (
    '"',
    '""',
    '"""',
    "'",
    "=",
    "sep=;\n",
    "\ufeff",
    "\0",
    "\x1a",
    '="1"',
    '"\n',
    ',"',
    '",',
    "\\",
    "\ufffd",
    "锟斤拷",
)
ENCODINGS: Final = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be", "utf-32", "big5", "shift_jis", "utf-7")


def changed_workbook(draw: random.Random, whole: bytes) -> bytes:
    """Return a workbook of which some parts were changed as XML, some names and bits of its archive too."""
    with zipfile.ZipFile(io.BytesIO(whole)) as held:
        parts = [(name, held.read(name)) for name in held.namelist()]
    for _ in range(draw.randint(1, 6)):
        at = draw.choices(range(len(parts)), [8 if "sheet" in name or "Strings" in name else 1 for name, _ in parts])[0]
        name, content = parts[at]
        parts[at] = (name, draw.choice(_CHANGES)(draw, content))
    if draw.random() < 0.3:
        at = draw.randrange(len(parts))
        parts[at] = (draw.choice((*NAMES, parts[at][0].upper(), parts[at][0].replace("/", "\\"))), parts[at][1])
    if draw.random() < 0.1:
        parts.append(draw.choice(parts))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, content in parts:
            with warnings.catch_warnings(action="ignore", category=UserWarning):  # two parts of one name are meant
                packed.writestr(
                    zipfile.ZipInfo(name or " "), content, draw.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
                )
        packed.comment = draw.choice((b"", b"PK\x05\x06" * 3))
    return _archived(draw, bytearray(out.getvalue()))


def _archived(draw: random.Random, whole: bytearray) -> bytes:
    """Return an archive whose own fields were changed: sizes, sums, flags, the place of its directory."""
    if draw.random() < 0.25:
        marks = [found.start() for found in re.finditer(rb"PK\x01\x02|PK\x03\x04|PK\x05\x06", bytes(whole))]
        at = draw.choice(marks) + draw.randrange(4, 30)
        whole[at : at + 4] = draw.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"\1\0\0\0", b"\x7f\xff\xff\x7f"))
    return bytes(whole)


def _with_attribute(draw: random.Random, part: bytes) -> bytes:
    found = [*_ATTRIBUTE.finditer(part)]
    if not found:
        return part
    one = draw.choice(found)
    value = draw.choice({b"t": TYPES, b"r": PLACES, b"ref": MERGES}.get(one[1], NUMBERS))
    return part[: one.start(2)] + value.encode() + part[one.end(2) :]


def _with_value(draw: random.Random, part: bytes) -> bytes:
    found = [*_VALUE.finditer(part)]
    if not found:
        return part
    one = draw.choice(found)
    return part[: one.start(2)] + draw.choice((*TEXTS, *NUMBERS)).encode() + part[one.end(2) :]


def _without_tag(draw: random.Random, part: bytes) -> bytes:
    found = [*_TAG.finditer(part)]
    one = draw.choice(found) if found else None
    return part if one is None else part[: one.start()] + part[one.end() :]


def _with_tag_again(draw: random.Random, part: bytes) -> bytes:
    found = [*_TAG.finditer(part)]
    if not found:
        return part
    one, other = draw.choice(found), draw.choice(found)
    return part[: one.start()] + other[0] * draw.choice((1, 2, 500)) + part[one.start() :]


def _with_merges(draw: random.Random, part: bytes) -> bytes:
    merges = b"".join(b'<mergeCell ref="%s"/>' % draw.choice(MERGES).encode() for _ in range(draw.choice((1, 3, 400))))
    return part.replace(b"</sheetData>", b"</sheetData><mergeCells>" + merges + b"</mergeCells>")


def _with_rows(draw: random.Random, part: bytes) -> bytes:
    """Add rows and cells in any place and order, with columns that are hidden."""
    cell = b'<c r="%s" t="%s"><v>%s</v></c>'
    cells = b"".join(
        cell % tuple(draw.choice(each).encode() for each in (PLACES, TYPES, NUMBERS)) for _ in range(draw.randint(0, 4))
    )
    row = b'<row r="%s" hidden="1">' % draw.choice(("1", "1048576", "1048577", "-3", "", "2", "x")).encode()
    columns = b'<cols><col min="1" max="%s" hidden="1"/></cols>' % draw.choice(NUMBERS).encode()
    return part.replace(b"</sheetData>", row + cells + b"</row></sheetData>").replace(
        b"<sheetData>", columns + b"<sheetData>"
    )


def _with_head(draw: random.Random, part: bytes) -> bytes:
    return draw.choice(
        (
            _DOCTYPE + part,
            b'<?xml version="1.0" encoding="utf-16"?>' + part,
            b'<?xml version="1.1" encoding="gb2312"?>' + part.removeprefix(b"<?xml"),
            part.decode("utf-8", "replace").encode("utf-16"),
            b"\xef\xbb\xbf" + part,
            part.replace(b"<row", b"<x:row").replace(b"</row", b"</x:row"),
            b"<a>" * 20_000 + part,
            b"",
        )
    )


_CHANGES: Final[tuple[Callable[[random.Random, bytes], bytes], ...]] = (
    _with_attribute,
    _with_attribute,
    _with_value,
    _with_value,
    _without_tag,
    _with_tag_again,
    _with_merges,
    _with_rows,
    _with_head,
)


def changed_text(draw: random.Random, rows: list[list[str]]) -> bytes:
    """Return rows as a text whose separators, quotes, line ends and encodings change on the way."""
    lines = []
    separator = draw.choice(SEPARATORS)
    for row in rows:
        if draw.random() < 0.15:
            separator = draw.choice(SEPARATORS)
        cells = [f'"{cell}"' if draw.random() < 0.2 else cell for cell in row]
        for _ in range(draw.choice((0, 0, 0, 1, 2))):
            at = draw.randrange(len(cells))
            place = draw.randint(0, len(cells[at]))
            cells[at] = cells[at][:place] + draw.choice((*BITS, *LINE_ENDS)) + cells[at][place:]
        lines.append(separator.join(cells) + separator * draw.choice((0, 0, 1, 3_000)))
    end = draw.choice(LINE_ENDS)
    texts = [line + (end if draw.random() < 0.9 else draw.choice(LINE_ENDS)) for line in lines]
    encoding = draw.choice(ENCODINGS)
    cut = draw.randint(0, len(texts)) if draw.random() < 0.15 else len(texts)
    first, rest = "".join(texts[:cut]), "".join(texts[cut:])
    return first.encode(encoding, "replace") + rest.encode(draw.choice(ENCODINGS), "replace")


def plain_workbook(rows: list[list[str]]) -> bytes:
    """Return a workbook with merges, shared texts and a second sheet, to be changed."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([each if each.isprintable() else "?" for each in row])
    book.active.merge_cells(start_row=2, end_row=3, start_column=2, end_column=2)
    book.create_sheet("表2").append(["姓名", "来源地"])
    whole = io.BytesIO()
    book.save(whole)
    return whole.getvalue()
