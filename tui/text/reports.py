"""Words of the printed reports: titles, names of the figures, columns of the tables."""

from collections.abc import Mapping

from dutyboard.frozen import frozen
from dutyboard.rules.law.four_duties import Side


@frozen
class ReportWords:
    """Titles by kind of report, figures by name. A figure that is not listed shows as its name."""

    titles: Mapping[str, str]
    figures: Mapping[str, str]
    roster_columns: tuple[str, str, str, str, str]
    handover_columns: tuple[str, str, str, str, str]
    no_handover: str
    no_ledger: str
    signed: str
    shelved: str
    unit: str
    post: str
    office: str
    date: str
    not_sent: str
    late: str
    zero: str
    whole: str
    zero_villages: str
    village_columns: tuple[str, ...]
    village_unknown: str
    village_note: str
    unit_zero: str
    first_responsible: str
    not_named: str
    sides: Mapping[Side, str]
    ledger_sum: str
    ledger_before: str
    file_name: str
    file_at_door: str
    file_writing: str
    file_written: str
