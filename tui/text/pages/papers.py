"""Words of the papers of one person: titles, numbers, lines of the preview, and the places of a template."""

from collections.abc import Mapping

from dutyboard.frozen import frozen
from dutyboard.rules.records.codes import PaperKind


@frozen(kw_only=False)
class PaperTable:
    """A table of a paper's preview: its heading, the field of its rows, and its columns by key."""

    heading: str
    rows: str
    columns: Mapping[str, str]


@frozen
class PaperWords:
    """Titles and short names by kind of paper. `lines`, `tables` and `below` are the preview, with fields by name.

    A line of which all fields are empty is left out. `blank` is a place to be filled in by hand. `places` says what
    each field of a form means.
    """

    titles: Mapping[PaperKind, str]
    short: Mapping[PaperKind, str]
    number: str
    copy: str
    preview: str
    none: Mapping[PaperKind, str]
    blank: str
    day: str
    moment: str
    degrees: str
    temp: str
    test_on: str
    let_go: str
    against: str
    entry: str
    amended: str
    stays: str
    proposed: str
    lines: Mapping[PaperKind, tuple[str, ...]]
    tables: Mapping[PaperKind, tuple[PaperTable, ...]]
    below: Mapping[PaperKind, tuple[str, ...]]
    page_keys: str
    file_name: str
    at_door: str
    absent: str
    only_papers: str
    no_template: str
    broken: str
    unknown_place: str
    forbidden: str
    outside: str
    no_font: str
    no_office: str
    office_failed: str
    too_slow: str
