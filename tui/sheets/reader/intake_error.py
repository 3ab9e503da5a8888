"""The error of a file that cannot be read as a whole. Imports nothing heavy: the child that reads files loads it."""

from typing import Any, Literal

ErrorCode = Literal[
    "file_missing",  # {file}
    "file_unreadable",  # {file}
    "at_door",  # a file of the server, named by a colleague who has no rights on it
    "file_too_large",  # {file, most}: MB
    # what the content is
    "file_empty",  # {file}
    "with_password",  # {file}: no program reads it without
    "old_excel",  # {file}: from before Excel 97, or a table of another program with its ending
    "xml_table",  # {file}: "XML Spreadsheet 2003"
    "web_page",  # {file}: a web page that holds no table
    "a_picture",  # {file}
    "a_pdf",  # {file}
    "a_document",  # {file}: text or slides
    "packed_files",  # {file}: .zip, .rar, .7z, .gz
    "apple_numbers",  # {file}
    "own_export",  # {file}: what `export` writes, every record
    "own_journal",  # {file}: lines of a desk's journal
    "own_backup",  # {file}: the folder of a desk or of its backup
    "own_report",  # {file, title}: a report of the desk, which lists no records
    "own_roster",  # {file}: the printed roster as text
    "other_kind",  # {file, kinds}: a sheet of another kind
    "a_json",  # {file}
    "a_folder",  # {file}
    "lock_file",  # {file}: what Excel leaves beside a workbook while it is open
    "encoding_unread",  # {file}: no text of a known encoding
    "not_a_workbook",  # {file}: or a damaged one
    # what does not end
    "unpacks_too_large",  # {file, most}: MB
    "too_many_cells",  # {file, place, most}: the cell, merge or row that goes too far
    "line_too_long",  # {file, row, most}: characters
    "reading_stopped",  # {file}: the child that reads it met its limits
    "no_header",  # {file, wanted, seen}: no row names the columns this sheet must have
    "headings_unread",  # {file, headings}: results, contacts or symptoms under headings that are not known
    # a mapping of headings
    "map_unread",  # {file, row}: no TOML from that line on
    "map_no_text",  # {file, row, heading}: the value is no field
    "map_field_unknown",  # {file, row, heading, field, fields}
    "map_twice",  # {file, row, heading}: told twice, and differently
]


class IntakeError(Exception):
    """A file that cannot be read as a whole. `code` says why, `fields` are the gaps of its sentence."""

    def __init__(self, code: ErrorCode, **fields: Any) -> None:
        super().__init__(code)
        self.code: ErrorCode = code
        self.fields = fields
