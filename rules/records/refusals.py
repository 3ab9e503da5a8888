"""Why an act may not be done. Codes only: `tui/text/refusals.py` words each of them, and a test finds a missing one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

Code = Literal[
    # who acts
    "not_signed_on",  # {login}
    "desk_exists",
    "no_desk",
    "officer_bound",  # {officer, login}: another login signs on as this officer
    "login_bound",  # {login, officer}: this login already signs on as another officer
    "only_admin",
    "only_leader",
    "unknown_officer",  # {officer}
    "unknown_unit",  # {unit}
    "unknown_site",  # {site}
    "unknown_person",  # {person}
    "unknown_entry",  # {entry}
    "unknown_obligation",  # {obligation}
    "unknown_notice",  # {notice}
    "notice_in_force",  # {notice, at}: it applies already, or will
    "notice_before_last",  # {notice, at}: the notice that applies last begins later
    # settings
    "unknown_setting",  # {name}
    "setting_unreadable",  # {name, value, form}: the value is not written as this setting is
    "setting_unchanged",  # {name, value}: it is, or will be by then, so already
    "temperatures_out_of_order",  # {name, at}
    "shift_ends_out_of_order",  # {name, at}
    "window_out_of_order",  # {name, at}: it opens after it is due, or is due after it closes
    "windows_overlap",  # {name, other, at}: two windows of one kind
    # times
    "in_future",  # {at}
    "before_now",  # {at}: what is decided now cannot reach back
    "not_open_yet",  # {subject, opens}
    "window_closed",  # {subject, closes}
    "ends_before_start",
    "reason_needed",
    # seats and handover
    "seat_taken",  # {seat, officer, until}
    "already_yours",  # {seat, until}
    "items_changed",  # {added, gone}: the list to be handed over is not the one that was shown
    "same_officer",  # an officer cannot hand over to herself
    # rounds, logs, reports
    "already_done",  # {subject, by, at}
    "changed_meanwhile",  # {person, by}: what is known of him is not what the form was filled over
    "rounds_too_close",  # {hours, at}: people were measured there at an instant less than so many hours away
    "note_needed",  # an abnormal result without a note
    "text_needed",  # a note without a text
    "figures_needed",  # {names}: what a form must state and does not
    "bad_figure",  # {name, value, low, high}
    "zero_not_stated",  # all figures zero, and nobody said 零报告
    "zero_contradicted",  # 零报告 said, and a figure is not zero
    "not_yours",  # {entry}: only one's own last tick can be taken back
    "too_late_to_take_back",  # {minutes}
    # people
    "name_needed",
    "facts_changed",  # {clause}: the clause the officer saw is not the one the facts give now
    "officer_needed",  # 专人 not named
    "place_needed",  # the result wants a room and none is named
    "not_at_site",  # the result wants no site room
    "room_taken",  # {site, room, person}
    "site_not_empty",  # {site, person}: it still holds people
    "no_such_room",  # {site, room, rooms}
    "site_not_active",  # {site}
    "wrong_stage",  # {person, stage}
    "gate_closed",  # {blockers}
    "duplicate_person",  # {person}
    "samples_too_close",  # {hours, day}: another sample of the plan was taken less than so many hours before
    "nothing_follows",  # {person}: nothing is left to be carried out for this person
    "supervisor_needed",  # no village cadre named for home monitoring
]
CODES: tuple[str, ...] = get_args(Code)


@dataclass(frozen=True, slots=True)
class Refusal:
    """An act that may not be done: a code that `tui` words, and what the sentence names."""

    code: Code
    fields: Mapping[str, Any] = field(default_factory=dict)
