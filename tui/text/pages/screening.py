"""Words of the screening report and of the city sheet as they are printed."""

from collections.abc import Mapping

from dutyboard.frozen import frozen
from dutyboard.rules.duties.post.screening.city import CityMark


@frozen
class ScreeningPageWords:
    """Headings, marks and sign lines of the screening report of a unit and of the sheet of all."""

    columns: tuple[str, str, str]
    today: str
    total: str
    supplements: str
    supplement_columns: tuple[str, ...]
    nothing_changed: str
    first_stated: str
    stated_again: str
    sign: str
    not_added_up: str
    city_title: str
    city_columns: tuple[str, str, str, str, str, str]
    marks: Mapping[CityMark, str]
    late: str
    corrected: str
    sum: str
    reported: str
    missing: str
    partly: str
    partly_line: str
    city_sent: str
    city_not_sent: str
    without_unit: str
