"""Sheets taken in: the rows as read, and the act of each kind of sheet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dutyboard.rules.records.codes import AreaLevel, SheetKind, SiteState
from dutyboard.rules.records.commands.person import (
    PersonData,
)
from dutyboard.rules.records.model import Officer


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterSheet:
    """One unit's annex form. Ids of the officers are not read. `first_responsible` "": the form names nobody."""

    unit: str
    members: tuple[tuple[int, Officer], ...]
    first_responsible: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRoster:
    sheets: tuple[RosterSheet, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSites:
    sites: tuple[SiteData, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaData:
    code: str
    name: str
    level: AreaLevel
    starts: date
    ends: date | None
    source: str
    row: int
    sheet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportAreas:
    areas: tuple[AreaData, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportArrivals:
    persons: tuple[PersonData, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RememberHeadings:
    """Keep for the officer's unit which field each heading of a kind of sheet tells; "" forgets a heading."""

    sheet: SheetKind
    headings: Mapping[str, str]


ImportSheet = ImportRoster | ImportSites | ImportAreas | ImportArrivals
"""The acts that may be larger than one line of the journal."""
