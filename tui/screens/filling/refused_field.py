"""The field of a form that a refusal is about: the cursor goes where something is to be mended."""

from collections.abc import Container, Mapping
from typing import Final

from dutyboard.rules.records.refusals import Code, Refusal

_TIME: Final = ("time", "left", "arrived", "from", "to", "sampled", "day")
_PLACE: Final = ("room", "to", "site")
_FIELDS: Final[Mapping[Code, tuple[str, ...]]] = {
    "note_needed": ("text",),
    "text_needed": ("text",),
    "people_needed": ("text", "who"),
    "reason_needed": ("reason", "why", "late-reason", "override"),
    "answer_needed": ("answer", "outcome"),
    "in_future": _TIME,
    "before_desk": _TIME,
    "before_now": _TIME,
    "not_open_yet": _TIME,
    "window_closed": _TIME,
    "ends_before_start": _TIME,
    "sample_before_arrival": _TIME,
    "samples_too_close": _TIME,
    "result_before_sample": _TIME,
    "place_needed": _PLACE,
    "not_at_site": _PLACE,
    "room_taken": _PLACE,
    "already_there": _PLACE,
    "no_such_room": _PLACE,
    "site_not_active": _PLACE,
    "no_free_room": _PLACE,
    "destination_needed": _PLACE,
    "same_destination": _PLACE,
    "officer_needed": ("officer",),
    "already_assigned": ("officer",),
    "unknown_officer": ("officer", "leader"),
    "only_leader": ("leader",),
    "unknown_doer": ("done_by", "received"),
    "start_out_of_reach": ("started", *_TIME),
    "unknown_method": ("method",),
    "unknown_way": ("how",),
    "supervisor_needed": ("town_cadre", "cadre"),
    "unknown_clause": ("class",),
    "zero_not_stated": ("zero",),
    "zero_contradicted": ("zero",),
    "not_next_on_rota": ("reason",),
    "alone_too_early": ("alone",),
    "name_needed": ("name",),
}
"""Fields that forms have for what a refusal asks, the most likely first."""


def field_refused(refusal: Refusal, there: Container[str]) -> str | None:
    """Return the field that a refusal is about, by its code or the name that it tells."""
    told = (refusal.fields.get("name"), *refusal.fields.get("names", ()))
    named = (str(each) for each in told if each)
    return next((each for each in (*_FIELDS.get(refusal.code, ()), *named) if each in there), None)
