"""Sheets taken in: the rows as read, and the act of each kind of sheet."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime

from dutyboard.frozen import frozen
from dutyboard.rules.law.facts import TestResult, TestType
from dutyboard.rules.records.codes import AreaLevel, IdWarning, MatterCause, PhoneWarning, SheetKind, SiteState
from dutyboard.rules.records.commands.person import (
    PersonData,
)
from dutyboard.rules.records.model import AsWritten, Officer, Record


@frozen
class RosterSheet:
    """One unit's annex form. Ids of the officers are not read. `first_responsible` "": the form names nobody.

    `told_on` is the day that the form tells of itself (填报日期); None: it tells none.
    """

    unit: str
    members: tuple[tuple[int, Officer], ...]
    first_responsible: str = ""
    told_on: date | None = None
    sheet: str = ""


@frozen
class ImportRoster:
    sheets: tuple[RosterSheet, ...]


@frozen
class SiteData:
    name: str
    unit: str
    rooms: int | tuple[str, ...]
    state: SiteState
    areas: tuple[str, ...]
    keeper: str
    phone: str
    row: int
    sheet: str = ""


@frozen
class ImportSites:
    sites: tuple[SiteData, ...]


@frozen
class AreaData:
    code: str
    name: str
    level: AreaLevel
    starts: date
    ends: date | None
    source: str
    row: int
    sheet: str = ""


@frozen
class ImportAreas:
    areas: tuple[AreaData, ...]


@frozen
class ImportArrivals:
    persons: tuple[PersonData, ...]


@frozen
class RowPerson:
    """A person as a row names him, who is on the desk already. "" is what the row does not say.

    `room` is one of the site that `site` names, or where the row names none the first of `titles` that names any.
    """

    name: str = ""
    sex: str = ""
    id_no: str = ""
    phone: str = ""
    warnings: tuple[IdWarning | PhoneWarning, ...] = ()
    site: str = ""
    titles: tuple[str, ...] = ()
    room: str = ""


@frozen
class ResultData:
    """One sample of a laboratory's list. `result_at` None: the list does not say when the result came in.

    `sample_code` is what the tube is marked with, `text` what else the list says of the sample, as it is written.
    """

    whom: RowPerson
    type: TestType
    result: TestResult
    sampled_on: date | None = None
    result_at: datetime | None = None
    sample_code: str = ""
    text: str = ""
    as_written: tuple[AsWritten, ...] = ()
    row: int
    sheet: str = ""


@frozen
class UntakenRow:
    """Row that cannot be read into what its sheet lists, and that tells bad news all the same.

    `text` are its words, `temp_c` the highest reading in it: it is bad news where it is a fever. `site` and `titles`
    name its site as those of a `SlotTold` do.
    """

    cause: MatterCause
    text: str
    temp_c: int | float | None = None
    site: str = ""
    titles: tuple[tuple[str, ...], ...] = ()
    row: int
    sheet: str = ""


@frozen
class ImportResults:
    results: tuple[ResultData, ...]
    untaken: tuple[UntakenRow, ...] = ()


@frozen
class ContactData:
    """Row of a CDC's list of contacts: a person, and `of` whom he is one, as the row names them.

    They are the close contacts of a secondary contact, and the cases of a close one. `column` is the field that names
    them, `cells` are its cells as they are written: the person keeps them where nobody is found.
    """

    person: PersonData
    of: tuple[RowPerson, ...] = ()
    column: str = ""
    cells: tuple[AsWritten, ...] = ()


@frozen
class ImportContacts:
    contacts: tuple[ContactData, ...]


@frozen
class RememberHeadings:
    """Keep for a unit which field each heading of a kind of sheet tells; "" forgets a heading.

    `unit_id` is the unit whose sheet it is; None: the officer's own.
    """

    sheet: SheetKind
    headings: Mapping[str, str]
    unit_id: int | None = None


class ImportLayer:
    """Layer that an import laid over the records: `above` as it wrote them, `below` those of them that stood before.

    The journal tells it. No officer says it, so that nothing in it is checked as typed.
    """

    __slots__ = ("above", "below")

    def __init__(self, above: tuple[Record, ...], below: tuple[Record, ...]) -> None:
        self.above = above
        self.below = below


@frozen
class UndoImport:
    """Take an import back, named by its entry. `layer` is filled by the program; None: the journal has lost it."""

    entry_id: int
    reason: str = ""
    layer: ImportLayer | None = None


@frozen
class SlotTold:
    """One slot of a site's day as a row of a sheet tells it.

    `site` is its name as written, `titles` the texts in which it may stand where the row does not say: those nearest to
    it first. `slot` is one of the notice (`patrol-2`), or a kind alone, whose hour then tells which. `minute` counts
    from 00:00 of the day; None: no hour is told. `reason` says why it is told late.
    """

    site: str = ""
    titles: tuple[tuple[str, ...], ...] = ()
    day: date
    slot: str
    minute: int | None = None
    done_by: str = ""
    reason: str = ""
    row: int
    sheet: str = ""


@frozen
class ReadingRow:
    """Row about one person in a temperature round: °C, a symptom, or words for not being there.

    `room`, `name` and `id_no` are as written, a number only where it is sound. `first` was read before `temp_c`.
    `column` is that of the reading, where a row has several.
    """

    slot: SlotTold
    room: str = ""
    name: str = ""
    id_no: str = ""
    temp_c: int | float | None = None
    first: int | float | None = None
    symptom: str = ""
    absent: str = ""
    column: str = "temp"


@frozen
class ImportTemperatures:
    readings: tuple[ReadingRow, ...]
    untaken: tuple[UntakenRow, ...] = ()


@frozen
class RoundRow:
    """One round of a site as a sheet tells it.

    `absent` are the people who were not there as written, by words about each ("": none). `figures` and `details` are
    those of a `Discharge`; `started` is the minute of its day at which a disinfection began (None: it is not told).
    """

    slot: SlotTold
    abnormal: bool = False
    text: str = ""
    absent: tuple[tuple[str, str], ...] = ()
    figures: Mapping[str, int | float] = field(default_factory=dict)
    details: Mapping[str, str] = field(default_factory=dict)
    started: int | None = None


@frozen
class ImportRounds:
    rounds: tuple[RoundRow, ...]
    untaken: tuple[UntakenRow, ...] = ()
