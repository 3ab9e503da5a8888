"""Words of the lists of people that are printed, and of a site's day."""

from collections.abc import Mapping

from dutyboard.frozen import frozen
from dutyboard.rules.duties.lists.home_days import HomeFound
from dutyboard.rules.duties.lists.sampling_list import SampleState
from dutyboard.rules.records.codes import FollowUpAnswer, SiteClass


@frozen
class PeoplePageWords:
    """Titles by kind of page, headings by column, groups above them, words in cells, sign lines.

    `classes` are short names of the classes of people at a site. `blank` is a place to be filled in by hand.
    """

    titles: Mapping[str, str]
    columns: Mapping[str, str]
    groups: Mapping[str, str]
    of_site: str
    of_all_sites: str
    of_unit: str
    of_all_units: str
    of_everybody: str
    classes: Mapping[SiteClass, str]
    unclassed: str
    not_computed: str
    open_end: str
    room_coming: str
    on_duty: str
    well: str
    absent: str
    off_duty: str
    sample_states: Mapping[SampleState, str]
    home_found: Mapping[HomeFound, str]
    answers: Mapping[FollowUpAnswer, str]
    at_home: str
    signs: Mapping[str, str]
    by_class: str
    by_day: str
    ahead: str
    rounds: str
    incidents: str
    incident_open: str
    stated: str
    counted: str
