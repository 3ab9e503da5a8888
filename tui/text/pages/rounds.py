"""Words of the sheets of a site's rounds: temperatures, patrols, disinfections."""

from collections.abc import Mapping

from dutyboard.frozen import frozen
from dutyboard.rules.site_rounds import HealthWord


@frozen
class RoundPageWords:
    """Titles, headings of columns by their keys, and the marks of a check; signed lines below."""

    titles: Mapping[str, str]
    site: str
    person: str
    isolation: str
    heads: Mapping[str, str]
    reading: Mapping[str, str]
    rounds: str
    absent: str
    first: str
    counted: str
    also: str
    conclusions: Mapping[HealthWord, str]
    late: str
    entered_late: str
    afterwards: str
    amended: str
    found_open: str
    found_closed: str
    no_stage: str
    signed: str
    signed_person: str
