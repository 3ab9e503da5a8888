"""Words of one person's page."""

from collections.abc import Mapping

from dutyboard.frozen import frozen


@frozen
class PersonPageWords:
    """Headings and lines. Placeholders in braces are filled with `str.format`.

    `facts`: names of the facts that no field of the form asks.
    """

    facts: Mapping[str, str]
    sources: Mapping[str, str]
    links: Mapping[str, str]
    stages: Mapping[str, str]
    identity: str
    registered: str
    masked_hint: str
    unlike: str
    unlike_sheet: str
    unlike_row: str
    as_written: str
    standing: str
    admitted: str
    cadre: str
    released_early: str
    stay_before: str
    officer_gone: str
    last_day: str
    ended: str
    ended_to: str
    ended_why: str
    stopped: str
    assessed: str
    assessed_now: str
    not_assessed: str
    sentence: str
    demands: str
    demand_names: Mapping[str, str]
    used: str
    used_line: str
    unknown: str
    considered: str
    considered_no: str
    considered_open: str
    readings: str
    temperatures: str
    reading_none: str
    reading_symptom: str
    reading_retake: str
    reading_highest: str
    reading_doubt: str
    to_confirm: str
    days: str
    plan: str
    stage_line: str
    test_window: str
    by_text: str
    proposed: str
    test_done: str
    test_missing: str
    test_missed: str
    test_late: str
    test_beside: str
    test_today: str
    test_to_come: str
    test_extra: str
    line_tests: str
    line_temperatures: str
    cause_symptoms: str
    gate: str
    gate_none: str
    blocker_day: str
    links_title: str
    linked_to: str
    contact_of: str
    met: str
    met_by: str
    companion_known: str
    companion_several: str
    companion_of: str
    history: str
    looked: str
    looked_more: str
    changed: str
    nothing: str
    owed: str
