"""Reasons for which an act may not be done. Codes only: `tui/text/refusals.py` words each of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import field
from datetime import datetime
from typing import Final, Literal, NewType, Self, TypedDict, get_args

from dutyboard.frozen import frozen
from dutyboard.rules.records.codes import Room
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Person, subject_id
from dutyboard.rules.records.staff import StaffMember

Code = Literal[
    # who acts
    "not_signed_on",
    "desk_exists",
    "no_desk",
    "officer_bound",  # another login signs on as this officer
    "login_bound",  # this login already signs on as another officer
    "not_permitted",  # his role may not, or not of other units; `roles` are those that may
    "of_another_unit",  # it names somebody whom the reader may not see (rules/sight.py)
    "leader_no_admin",  # who made the desk is its administrator, and a shift leader cannot be both
    "bound_by_admin",  # nobody signs on by being the first to pick a name: he was given no code
    "no_sign_on_code",  # on a desk of invented people everybody picks his name
    "only_admin",
    "unknown_login",  # nobody who serves has it
    "keys_by_account",  # keys are files of the desk's account, not an act behind the door
    "only_leader",
    "officer_there",  # of that unit, name and phone
    "officer_left",  # he is no longer on the roster
    "still_on_rota",  # a shift of his is still to come
    "still_their_officer",  # asked again: people on the desk are linked to him (专人)
    "staff_there",  # somebody of that name is on the register of that site
    "staff_left",  # he is no longer on the register
    "off_duty_already",
    "not_off_duty",
    "staff_pcr_needed",  # nobody comes back without a negative sample taken since
    "own_end",  # nobody takes himself off the roster
    "no_login",  # nothing to unbind
    "own_login",  # the administrator would lock himself out
    # PINs and codes
    "pin_needed",  # the PIN of a named officer signs this act
    "pin_not_set",
    "pin_locked",  # after wrong tries, until an instant
    "wrong_pin",
    "code_locked",
    "wrong_code",
    "leader_needed",  # one of several leaders signs, and nobody said which
    "code_needed",  # the one-time code that an administrator gave him
    "no_code",  # none was given, or it is used or too old
    "bad_pin",
    "weak_pin",
    "bad_code",
    "pin_is_shared",  # on a desk of invented people
    "nothing_changed",
    "no_paper",  # of a person who has not come so far, or has been let go
    "number_given",  # a paper was made with a number that somebody else has been given since
    "record_open",  # nothing to reopen
    "record_closed",  # its facts are those of a stay that has ended
    "news_since",  # taken back, what opened his record would close it over what was told of him since
    "never_reopened",  # died, voided or merged
    "unknown_officer",
    "unknown_unit",
    "unknown_site",
    "unknown_person",
    "unknown_entry",
    "unknown_obligation",
    "unknown_matter",
    "unknown_staff",
    "unknown_doer",  # who did it is nobody of the roster, nor of the site, and not said to be another
    "unknown_notice",
    "notice_in_force",  # it applies already, or will
    "notice_not_begun",  # the text of the notice itself is in force later
    "notice_before_last",  # the notice that applies last begins later
    # settings
    "unknown_setting",
    "setting_unreadable",  # the value is not written as this setting is
    "setting_unchanged",  # it is, or will be by then, so already
    "temperatures_out_of_order",
    "shift_ends_out_of_order",
    "window_out_of_order",  # it opens after it is due, or is due after it closes
    "windows_overlap",  # two windows of one kind
    "too_many_acts",  # one login was faster than a person is
    # times
    "out_of_years",  # before 2019, or more than two years ahead
    "before_desk",  # it happened before the desk's first day
    "in_future",
    "fact_in_future",  # what is told of a person has not happened yet
    "left_after_arrival",  # a place elsewhere, left after the arrival here
    "result_before_sample",
    "before_now",  # what is decided now cannot reach back
    "not_open_yet",
    "window_closed",
    "told_late",  # its window has closed, and no reason says why it is told only now
    "told_long_after",  # more than so many hours after it happened, and no reason says why
    "sent_as_report",  # a report is sent, not checked
    "ends_before_start",
    "start_out_of_reach",  # a disinfection began after its end, or more than so many hours before it
    "reason_needed",
    "unfit_sign",  # a character that a terminal would obey, or that shows another text
    "text_too_long",
    # seats and handover
    "seat_taken",
    "seat_of_leaders",  # the leader's seat, taken by somebody who is no leader
    "already_yours",
    "unknown_shift",
    "shift_past",  # it has ended: it can be told afterwards with a reason, and fills no gap
    "shift_over",  # it has ended: nothing of it can be changed
    "shift_begun",  # it has begun: only its end can be changed
    "shift_unchanged",
    "shift_too_long",  # asked again: more than so many hours
    "shift_made_too_long",  # a change: whoever sits on has another shift planned after it
    "shift_before_desk",  # asked again: it begins before the desk's first day
    "shift_far_ahead",  # asked again: it begins more than a year from now
    "led_by_no_leader",  # asked again: the leader's seat for somebody who is no leader, which gives no right
    "twice_at_once",  # the same officer would sit twice at the same time
    "items_changed",  # the list to be handed over is not the one that was shown
    "same_officer",  # an officer cannot hand over to herself
    "not_the_incoming",  # who takes over has a login of his own, and this is another one's
    "not_next_on_rota",  # the rota names another officer, and no reason says why
    "alone_by_leader",  # nobody but a leader takes over without the other's signature
    "alone_too_early",  # both may still come: it is not overdue yet
    # alarms
    "no_alarm",  # it is not in the red lane, and not shelved: there is nothing to acknowledge
    "seen_already",
    "shelved_already",
    "shelved_too_long",
    "never_shelved",  # an empty seat, and the handover itself
    # rounds, logs, reports
    "already_done",
    "changed_meanwhile",  # the record is not what the form was filled over
    "rounds_too_close",  # people were measured there at an instant less than so many hours away
    "note_needed",  # an abnormal result without a note
    "text_needed",  # a note without a text
    "people_needed",  # nobody is named of a row that stands for several
    "answer_needed",  # a call of which nobody says what came of it
    "said_twice",  # one person is said to be two things at once
    "not_on_row",  # a person who is none of those that a row stands for
    "no_post_there",  # presence is checked of a unit, a site or a seat alone
    "figures_needed",  # what a form must state and does not
    "figures_unknown",  # what its form does not ask
    "bad_figure",
    "unknown_method",  # of a disinfection
    "unknown_way",  # of a check at home
    "zero_not_stated",  # all figures zero, and nobody said 零报告
    "zero_contradicted",  # 零报告 said, and a figure is not zero
    "not_yours",  # only one's own last tick can be taken back
    "too_late_to_take_back",
    # corrections
    "record_ended",
    "void_tested",
    "sample_entered",  # a correction of facts would take away a sample that an entry tells of
    "merge_same",
    "merge_differs",
    "merge_both_in_rooms",
    "merge_reading_open",
    "nothing_unlike",  # no two sources tell this field unlike
    "record_not_unlike",  # the same of an officer, a unit, a site or an area
    "unknown_record",
    "already_amended",
    "not_an_import",
    "import_worked_on",  # all that it wrote: nothing can be taken back
    "import_lost",  # the journal has lost what stood before it
    "amend_by_own_act",  # the act of this name changes it
    "amend_only_back",  # it can be taken back, and not told again
    "amend_too_old",  # an older program did not note what stood before
    "asks_first",  # other acts rest on it, or a course changes: to be agreed to
    # people
    "name_needed",
    "facts_changed",  # the clause the officer saw is not the one the facts give now
    "not_ready",  # facts of him are to be asked, or an office: he is confirmed by himself alone
    "no_check_open",  # he stands on no list of a check at home that is open
    "officer_needed",  # 专人 not named
    "place_needed",  # the result wants a room and none is named
    "not_at_site",  # the result wants no site room
    "room_taken",
    "already_there",  # it is the room that he has
    "already_assigned",  # it is he already
    "site_not_empty",  # it still holds people
    "no_such_room",
    "room_held",  # it cannot go while somebody holds it
    "site_not_active",
    "wrong_stage",
    "no_referral",  # nothing about him was put to an office
    "referral_answered",
    "unknown_clause",  # the notice has no such class
    "not_on_the_road",
    "already_arrived",
    "same_destination",  # he is, or is taken, there already
    "destination_needed",
    "no_free_room",
    "on_the_road",  # he has left one place and not arrived at the next
    "gate_closed",
    "duplicate_person",
    "samples_too_close",  # another sample of the plan was taken less than so many hours before
    "sample_before_arrival",  # a sample of before the arrival is none taken here
    "nothing_follows",  # nothing is left to be carried out for this person
    "supervisor_needed",  # not both cadres named for home monitoring
]
CODES: tuple[str, ...] = get_args(Code)


class NameOf(str):
    """The name of a person or of somebody on a site's staff, with the record `of` that bears it.

    A refusal names nobody without it, so that rules/sight.py can keep the name from whoever may not see the record.
    """

    __slots__ = ("of",)
    of: Subject

    def __new__(cls, record: Person | StaffMember) -> Self:
        """Return the name of a record."""
        named = super().__new__(cls, record.name)
        named.of = subject_id(record)
        return named


AsTyped = NewType("AsTyped", str)
"""Text typed for a record, where the desk has none of that name."""


class RefusalFields(TypedDict, total=False):
    """Values that a refusal's sentence may name. Instants have an offset; `person`, `site`, `officer` and the like are
    names, or the id that was asked for where no record has it."""

    login: str | None
    officer: str | int
    planned: str
    unit: str | int
    site: str | int
    staff: NameOf | AsTyped | int
    person: NameOf | AsTyped | int
    paper: str
    id: int
    seated: int | None
    entry: int | str
    obligation: str
    matter: int
    notice: str
    subject: str | NameOf
    stage: str
    clause: str | None
    seat: str
    shift: int
    room: Room | None
    rooms: int
    name: str
    sign: str
    most: int
    least: int
    tries: int
    seconds: int
    other: str
    form: str
    names: Sequence[str]
    value: object
    low: float | None
    high: float | None
    at: datetime | None
    opens: datetime
    closes: datetime
    until: datetime
    day: str
    first: str
    last: str
    hours: int
    minutes: int
    by: str
    blockers: Sequence[str]
    added: Sequence[str]
    entries: Sequence[int]
    gone: Sequence[str]
    roles: Sequence[str]
    leaders: Sequence[str]


FIELDS: Final[Mapping[Code, tuple[str, ...]]] = {
    "unfit_sign": ("name", "sign"),
    "text_too_long": ("name", "most"),
    "not_signed_on": ("login",),
    "officer_bound": ("officer", "login"),
    "login_bound": ("login", "officer"),
    "unknown_login": ("login",),
    "bound_by_admin": ("officer",),
    "leader_no_admin": ("officer",),
    "only_leader": ("officer",),
    "not_permitted": ("roles",),
    "unknown_officer": ("officer",),
    "officer_there": ("officer", "id"),
    "officer_left": ("officer", "day"),
    "still_on_rota": ("officer", "at"),
    "still_their_officer": ("officer", "names"),
    "pin_needed": ("officer", "id"),
    "pin_not_set": ("officer", "id"),
    "too_many_acts": ("seconds",),
    "pin_locked": ("officer", "until", "seconds"),
    "wrong_pin": ("officer", "tries"),
    "code_locked": ("officer", "until", "seconds"),
    "wrong_code": ("officer", "tries"),
    "leader_needed": ("leaders", "seated"),
    "code_needed": ("officer", "id"),
    "no_code": ("officer",),
    "bad_pin": ("least", "most"),
    "bad_code": ("least",),
    "no_login": ("officer",),
    "no_paper": ("person", "paper"),
    "number_given": ("person", "paper"),
    "record_open": ("person",),
    "record_closed": ("person",),
    "news_since": ("person",),
    "never_reopened": ("person",),
    "not_the_incoming": ("officer",),
    "not_next_on_rota": ("officer", "planned"),
    "alone_by_leader": ("leaders",),
    "seat_of_leaders": ("leaders",),
    "alone_too_early": ("opens",),
    "unknown_unit": ("unit",),
    "unknown_site": ("site",),
    "unknown_person": ("person",),
    "unknown_entry": ("entry",),
    "unknown_obligation": ("obligation",),
    "unknown_matter": ("matter",),
    "unknown_staff": ("staff",),
    "unknown_doer": ("name",),
    "staff_there": ("staff", "site", "id"),
    "staff_left": ("staff", "day"),
    "off_duty_already": ("staff", "at"),
    "not_off_duty": ("staff",),
    "staff_pcr_needed": ("staff", "at"),
    "unknown_notice": ("notice",),
    "notice_in_force": ("notice", "at"),
    "notice_not_begun": ("notice", "day"),
    "notice_before_last": ("notice", "at"),
    "unknown_setting": ("name",),
    "setting_unreadable": ("name", "value", "form"),
    "setting_unchanged": ("name", "value"),
    "temperatures_out_of_order": ("name", "other", "at"),
    "shift_ends_out_of_order": ("name", "other", "at"),
    "window_out_of_order": ("name", "other", "at"),
    "windows_overlap": ("name", "other", "at"),
    "out_of_years": ("name", "day", "first", "last"),
    "before_desk": ("at", "day"),
    "in_future": ("at",),
    "fact_in_future": ("name", "day"),
    "left_after_arrival": ("name", "day"),
    "result_before_sample": ("name", "day"),
    "before_now": ("at",),
    "not_open_yet": ("subject", "opens"),
    "window_closed": ("subject", "closes"),
    "told_late": ("subject", "closes"),
    "told_long_after": ("at", "hours"),
    "sent_as_report": ("subject",),
    "seat_taken": ("seat", "officer", "until"),
    "already_yours": ("seat", "until"),
    "unknown_shift": ("shift",),
    "shift_past": ("at",),
    "shift_over": ("at",),
    "shift_begun": ("officer", "at"),
    "shift_too_long": ("hours",),
    "shift_made_too_long": ("hours",),
    "shift_before_desk": ("at",),
    "shift_far_ahead": ("at",),
    "led_by_no_leader": ("officer",),
    "twice_at_once": ("officer", "seat", "at", "until"),
    "items_changed": ("added", "gone"),
    "no_alarm": ("subject",),
    "seen_already": ("subject", "by", "at"),
    "shelved_already": ("subject", "by", "until"),
    "shelved_too_long": ("minutes",),
    "never_shelved": ("subject",),
    "already_done": ("subject", "by", "at"),
    "changed_meanwhile": ("subject", "by", "at", "entry"),
    "not_ready": ("person",),
    "no_check_open": ("person",),
    "rounds_too_close": ("hours", "at"),
    "said_twice": ("person",),
    "not_on_row": ("person", "subject"),
    "figures_needed": ("names",),
    "figures_unknown": ("names",),
    "bad_figure": ("name", "value", "low", "high"),
    "unknown_method": ("value",),
    "unknown_way": ("value",),
    "start_out_of_reach": ("opens", "at", "hours"),
    "not_yours": ("entry",),
    "too_late_to_take_back": ("minutes", "entry"),
    "record_ended": ("person", "name", "by", "at"),
    "void_tested": ("person",),
    "sample_entered": ("day", "entry"),
    "merge_same": ("person",),
    "merge_differs": ("person", "names"),
    "merge_both_in_rooms": ("person",),
    "merge_reading_open": ("person",),
    "nothing_unlike": ("person", "name"),
    "record_not_unlike": ("subject", "name"),
    "unknown_record": ("subject",),
    "already_amended": ("entry", "id", "by", "at"),
    "not_an_import": ("entry",),
    "import_worked_on": ("entry", "names"),
    "import_lost": ("entry",),
    "amend_by_own_act": ("entry", "name"),
    "amend_only_back": ("entry",),
    "amend_too_old": ("entry",),
    "asks_first": ("entry", "entries", "names"),
    "facts_changed": ("clause",),
    "room_taken": ("site", "room", "person"),
    "already_there": ("person", "site", "room"),
    "already_assigned": ("person", "officer"),
    "site_not_empty": ("site", "person"),
    "room_held": ("site", "room", "person"),
    "no_such_room": ("site", "room", "rooms"),
    "site_not_active": ("site",),
    "wrong_stage": ("person", "stage"),
    "no_referral": ("person",),
    "referral_answered": ("person", "name", "by", "at"),
    "unknown_clause": ("clause", "names"),
    "on_the_road": ("person", "at"),
    "not_on_the_road": ("person",),
    "already_arrived": ("person", "by", "at"),
    "same_destination": ("person",),
    "destination_needed": ("person",),
    "no_free_room": ("site",),
    "gate_closed": ("blockers",),
    "duplicate_person": ("person", "id"),
    "samples_too_close": ("hours", "day"),
    "sample_before_arrival": ("day",),
    "nothing_follows": ("person",),
}
"""The fields of each code, for a sentence to name; a code that is not here has none (tests/contracts/test_codes.py)."""


@frozen(kw_only=False)
class Refusal:
    """An act that may not be done: a code that `tui` words, and what the sentence names."""

    code: Code
    fields: RefusalFields = field(default_factory=RefusalFields)


ASKS: Final[Mapping[Code, Literal["id", "seated"]]] = {
    "pin_needed": "id",
    "code_needed": "id",
    "leader_needed": "seated",
}
"""Codes that ask for a PIN or a one-time code, and the field with the number of its officer."""
NOT_TAKEN: Final[frozenset[Code]] = frozenset({"wrong_pin", "pin_locked", "wrong_code", "code_locked"})
"""Codes of a PIN or one-time code that was given and not taken: it may be given again."""


def signer_asked(answer: object, given: Collection[int | None]) -> int | None:
    """Return the number of the officer whose PIN or code an answer asks for. None: it asks for none, or had it."""
    key = ASKS.get(answer.code) if isinstance(answer, Refusal) else None
    number = answer.fields.get(key) if isinstance(answer, Refusal) and key is not None else None
    return number if number not in given else None
