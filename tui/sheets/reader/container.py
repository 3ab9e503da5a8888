"""The kind of a file, judged by its content: a name and its ending say little."""

import re
from typing import Final, Literal

from dutyboard.tui.sheets.reader.intake_error import ErrorCode, IntakeError
from dutyboard.tui.sheets.reader.xml_parts import Parts

Container = Literal["workbook", "binary_workbook", "old_workbook", "open_document", "web_page", "text"]

OLE: Final = b"\xd0\xcf\x11\xe0"
ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_MAGIC: Final[tuple[tuple[bytes, ErrorCode], ...]] = (
    (b"%PDF", "a_pdf"),
    (b"\x89PNG", "a_picture"),
    (b"\xff\xd8\xff", "a_picture"),
    (b"GIF8", "a_picture"),
    (b"II*\0", "a_picture"),
    (b"MM\0*", "a_picture"),
    (b"{\\rtf", "a_document"),
    (b"Rar!", "packed_files"),
    (b"7z\xbc\xaf\x27\x1c", "packed_files"),
    (b"\x1f\x8b", "packed_files"),
    (b"\x09\x00\x04\x00", "old_excel"),
    (b"\x09\x02\x06\x00", "old_excel"),
    (b"\x09\x04\x06\x00", "old_excel"),
    (b"\x09\x08\x08\x00", "old_excel"),
    (b"\x09\x08\x10\x00", "old_excel"),
)
_HEAD: Final = 4096
_MARKS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_PAGE: Final = re.compile(rb"\s*<(!doctype html|html|head|meta|body|table|style|div)\b", re.IGNORECASE)
_BEFORE_PDF: Final = b"\xef\xbb\xbf\r\n \t\0"
_MESSAGE: Final = re.compile(
    rb"\s*(?:(?:from|subject|date|snapshot-content-location): [^\n]*\n)*mime-version:", re.IGNORECASE
)
"""The first lines of a web page that is saved in one file."""
_JOURNAL: Final = re.compile(rb'\s*\{"n":\d+,"t":')
_EXPORT: Final = re.compile(rb'\s*\{\s*"n":\s*\d+,\s*"head":\s*"[^"]*",\s*"tables":')
_JSON: Final = re.compile(rb'\s*(\{\s*("[^"]*"\s*:|\})|\[\s*(\{|\[|"|-?\d|\]))')
_PAGE_LATER: Final = re.compile(rb"<(html|table)\b", re.IGNORECASE)


def container_of(raw: bytes) -> Container:
    """Return the kind of a file that holds sheets. Raises IntakeError: it holds none, zipfile.BadZipFile."""
    if not raw.strip(b" \t\r\n\0"):
        raise IntakeError("file_empty")
    if raw.startswith(OLE):
        return _of_ole(raw)
    if raw.startswith(ZIP):
        return _of_zip(raw)
    for magic, code in _MAGIC:
        if raw.startswith(magic):
            raise IntakeError(code)
    if b"%PDF-" in raw[:1024].lstrip(_BEFORE_PDF)[:5]:
        raise IntakeError("a_pdf")
    if _is_picture(raw):
        raise IntakeError("a_picture")
    return _of_text(raw)


def _is_picture(raw: bytes) -> bool:
    """True: BMP, WebP or the HEIC of phones."""
    return (
        (raw.startswith(b"BM") and raw[6:10] == b"\0\0\0\0")
        or (raw.startswith(b"RIFF") and raw[8:12] == b"WEBP")
        or (raw[4:8] == b"ftyp" and raw[8:12] in (b"heic", b"heix", b"mif1", b"avif"))
    )


def _of_ole(raw: bytes) -> Container:
    """Return the kind of a container of Microsoft's programs before 2007, which also wraps what has a password."""
    if _ole_has(raw, "Workbook") or _ole_has(raw, "Book"):
        return "old_workbook"
    if "EncryptedPackage".encode("utf-16-le") in raw:
        raise IntakeError("with_password")
    if _ole_has(raw, "WordDocument") or _ole_has(raw, "PowerPoint Document"):
        raise IntakeError("a_document")
    raise IntakeError("old_excel")


def _ole_has(raw: bytes, name: str) -> bool:
    """True: a directory of the container lists a stream of this name. Its entry tells the name's length at byte 64."""
    wide = name.encode("utf-16-le") + b"\0\0"
    length = len(wide).to_bytes(2, "little")
    at = raw.find(wide)
    while at >= 0:
        if at % 128 == 0 and raw[at + 64 : at + 66] == length:
            return True
        at = raw.find(wide, at + 1)
    return False


def _of_zip(raw: bytes) -> Container:
    parts = Parts(raw)
    names = parts.names
    if parts.locked:
        raise IntakeError("with_password")
    if "xl/workbook.bin" in names:
        return "binary_workbook"
    if "mimetype" in names and b"opendocument.spreadsheet" in parts.start_of("mimetype", 100):
        return "open_document"
    if names & {"word/document.xml", "ppt/presentation.xml", "ofd.xml"} or "mimetype" in names:
        raise IntakeError("a_document")
    if any(name.startswith("index/") and name.endswith(".iwa") for name in names) or "index.zip" in names:
        raise IntakeError("apple_numbers")
    if names & {"_rels/.rels", "[content_types].xml"} or any(name.endswith("workbook.xml") for name in names):
        return "workbook"
    raise IntakeError("packed_files")


def _of_text(raw: bytes) -> Container:
    head = raw[: 2 * _HEAD]
    for mark in _MARKS:
        head = head.removeprefix(mark)
    head = head.replace(b"\0", b"")[:_HEAD]
    if head.lstrip().lower().startswith(b"<?xml") and b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        raise IntakeError("xml_table")
    if _MESSAGE.match(head):
        raise IntakeError("web_page")
    if head.lstrip()[:1] in (b"{", b"["):
        _refuse_json(raw, head)
    if _PAGE.match(head) or (head.lstrip().startswith(b"<") and _PAGE_LATER.search(head)):
        return "web_page"
    return "text"


def _refuse_json(raw: bytes, head: bytes) -> None:
    """Raise IntakeError if a text is JSON: acts, reports, every record of a desk, or its journal."""
    if _JOURNAL.match(head):
        raise IntakeError("own_journal")
    if _EXPORT.match(head):
        raise IntakeError("own_export")
    end = raw.rstrip()[-1:]
    if _JSON.match(head) and end in (b"}", b"]"):
        raise IntakeError("a_json")
