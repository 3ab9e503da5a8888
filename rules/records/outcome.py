"""Answers of an act beyond its records: the tally of a sheet, the state of a list of calls."""

from datetime import date
from typing import Literal

from dutyboard.frozen import frozen
from dutyboard.rules.records.codes import MatterCause
from dutyboard.rules.records.model import FieldJson

RowCode = Literal[
    "name_missing",
    "future_date",
    "early_date",  # before 2019
    "id_date",  # born later than today: taken as written
    "left_after_arrival",  # a place left after the arrival here: taken without its day
    "temperature_unlikely",  # nobody has such a temperature: taken without it
    "days_unlikely",  # nobody is held for so long: taken without them
    "result_before_sample",  # taken without the day of the result
    "unit_unknown",  # no unit of the desk begins the address
    "unit_added",  # a site's unit was not on the desk
    "name_differs",  # the same ID under another name: the first stands until an officer corrects it
    "sex_differs",  # the same person under another sex: the first stands
    "same_by_traits",  # taken for one person by name, phone and arrival, or by a doubtful number: weak evidence
    "namesake",  # nothing tells this row from another person of the name: two people until an officer says otherwise
    "companion_unknown",  # a companion of whom the desk has no record
    "date_far",  # an arrival or a sample long before the sheet
    "came_again",  # his record was closed: a new stay begins
    "reopened",  # his record was closed: what the row says concerns him
    "rooms_unlikely",  # none, or more than a site may have
    "concerns_assessed",  # what it says of an assessed person asks more than he does: taken, to be assessed again
    "already_assessed",  # says something else of an assessed person: nothing is changed, an officer corrects
    "rooms_held",  # somebody holds a room that the sheet has no more
    "state_kept",  # a known site has another state on the sheet
    "level_stands",  # an area is listed at a higher level still, from that day on: the higher one holds
    "form_older",  # a newer form of the unit is on the desk: nothing of this one is taken
    "not_on_form",  # those of the unit whom a form does not name, and who stay: it tells nothing new
    "told_before",  # says again what the record has left behind: nothing is changed, and nobody asked again
    "corrected_by_officer",  # says something else of what an officer corrected: his word stands
    # rounds of past days
    "site_unknown",  # no site of the desk, or more than one, is named
    "slot_unknown",  # the day's notice has no such slot, or the site did not owe it
    "hour_outside",  # before the slot opens
    "hour_of_slot",  # no hour is told: taken for the hour at which the slot is due
    "after_window",  # done after the slot had closed: kept beside it, the slot stays missed
    "person_unknown",  # nobody of that name or room was there
    "person_several",  # more than one was
    "person_unlike",  # the number is of another name
    "room_differs",  # by the desk he lived in another room on that day
    "not_then",  # by the desk he came later
    "not_measured",  # neither a reading nor a word about him
    "order_unsure",  # two readings without their hours: the higher one stands
    "rows_differ",  # rows of this sheet tell of one thing unlike: none is taken
    "told_otherwise",  # the desk has it already, and otherwise: nothing is changed
    "told_worse",  # the round is told already, without this fever or symptom: a reading of its own is written
    "round_told",  # the round is told already, without this: nothing is changed
    "rounds_too_close",  # too near to the round before or after
    "person_not_on_row",  # a symptom or an absence of somebody who is not on the round's list
    "note_needed",
    "figures_needed",
    "figure_unlikely",
    "doer_other",  # who did it is nobody that the desk knows, and written down as another
    "start_unlikely",  # a disinfection that began after its end, or long before it
    "round_part",  # somebody is left: the round is told in part
    "round_refused",
    # rows that name somebody who is on the desk already
    "nobody_fits",  # nobody on the desk is he
    "several_fit",  # more than one person, or sample, is named
    "contradicts",  # what names him names two people: name against ID, code or room
    "name_alone",  # a name is no evidence
    # results of samples
    "sample_day_missing",  # no day, and not one sample alone is out
    "not_tested_now",  # in hospital, or a sample of somebody whose record is closed
    "sample_before_arrival",
    "samples_too_close",  # one swab is not two tests
    "result_lower",  # less than what is recorded of the same sample: nothing is changed, an officer decides
    "result_raised",  # more than what was recorded of the same sample: taken
    "result_positive",  # what it brings is owed from now on
    # whose contact somebody is
    "link_by_traits",  # linked by name and phone, or to the one of that name on this list: weak evidence
    "link_unknown",  # nobody on the desk is the one named: kept by name
    "link_name_alone",  # somebody bears the name, which is no evidence: kept by name
    "link_several",  # more than one fits: kept by name
    "link_contradicts",  # what names him names two people: kept by name
    "link_other_grade",  # by the record he is no close contact, or no case: kept by name
    "link_himself",  # the row names himself
    "link_left",  # the record has him in another grade: nothing is linked
]
Level = Literal["error", "warning"]


@frozen(kw_only=False)
class ImportRow:
    """Statement about one row: rejected (error) or taken with a doubt (warning). `column` is a field's name, "" for all
    of the row."""

    row: int
    column: str
    code: RowCode
    level: Level = "warning"
    sheet: str = ""
    text: str = ""
    """The two values that differ, or the name of another person."""


@frozen
class FieldChange:
    """A field that a row of a sheet changed, with its old and its new value as JSON.

    `about` is the record (`person-12`, `officer-3`, `area-2`), `name` its name where a number tells nobody anything.
    """

    row: int
    about: str
    name: str = ""
    field: str
    old: FieldJson
    new: FieldJson
    sheet: str = ""


@frozen
class ToldUnlike:
    """A field of which a row says what does not stand. The record keeps its own value until an officer decides."""

    row: int
    about: str
    name: str = ""
    field: str
    stands: FieldJson
    other: FieldJson
    sheet: str = ""


@frozen
class LeftToSee:
    """Finding that a row leaves which is not taken: bad news, or another telling than the desk has.

    `about` is the record that it is about (`person-12`, `site-1`, `post`), `text` the words of the row.
    """

    row: int
    sheet: str = ""
    about: str
    cause: MatterCause
    text: str


@frozen
class FoundPositive:
    """A positive PCR that a sheet brings: of whom, and the day of its sample. None: it does not say."""

    row: int
    sheet: str = ""
    person_id: int
    sampled_on: date | None


@frozen
class ImportTally:
    """Counts of an import's rows, and what is to be said of them. `touched`: people to be called about new risk areas
    (None: the sheet holds no areas). `changes` are facts that rows changed, `contradictions` those left to an officer,
    `positives` those that nobody knew before. Of contacts `linked` are whose contact somebody is by the sheet and is on
    the desk, `unlinked` those who are kept by name alone. `left_to_see` are the findings that rejected rows leave.
    """

    accepted: int
    updated: int
    duplicates: int
    rejected: int
    rows: tuple[ImportRow, ...] = ()
    touched: int | None = None
    changes: tuple[FieldChange, ...] = ()
    contradictions: tuple[ToldUnlike, ...] = ()
    positives: tuple[FoundPositive, ...] = ()
    linked: int | None = None
    unlinked: int | None = None
    left_to_see: tuple[LeftToSee, ...] = ()


@frozen
class CallsMade:
    """People who have answered, of all on the list of one risk area."""

    called: int
    total: int


Outcome = ImportTally | CallsMade
