"""The fields of a person's form: the fact of each, the way to type it, the key of each answer."""

from collections.abc import Mapping
from typing import Final, Literal, get_args

from dutyboard.frozen import frozen
from dutyboard.rules.records.codes import FoundBy

FieldKind = Literal["text", "time", "day", "number", "choice"]
FieldId = Literal[
    "name",
    "id_no",
    "phone",
    "origin",
    "left_on",
    "arrival_at",
    "health_code",
    "travel_card",
    "pcr",
    "pcr_sampled_at",
    "release_cert",
    "symptoms",
    "temp_c",
    "contact",
    "last_exposure_on",
    "linked",
    "border",
    "isolation_days_done",
    "isolation_proof",
    "foreign_14d",
    "home7_done_elsewhere",
    "case_status",
    "discharged_on",
    "sanfei",
    "other_stays",
    "investigation",
    "arrival_pcr",
    "arrival_pcr_sampled_on",
    "arrival_pcr_result_on",
    "vaccinated",
    "sex",
    "address",
    "travel",
    "officer_name",
    "found_by",
    "note",
    "emergency_name",
    "emergency_phone",
    "companions",
    "vehicle",
    "seat_no",
    "workplace",
    "illness",
    "medicine",
    "special_need",
    "nation",
]
Unread = Literal["unread_time", "unread_day", "unread_number", "unread_choice"]
"""The reason why a field cannot be read."""
Values = Mapping[FieldId, str]
"""The text of each field, as typed. A choice holds the code of the answer. "" means: nobody was asked."""

UNKNOWN_KEY: Final = "0"
"""The digit for "asked, and he does not know"."""


@frozen(kw_only=False)
class PersonField:
    """A field of the form.

    `choices` are in the order of their digits 1, 2, ...; `unknown` among them always has the digit 0. `fact` is the key
    of `rules.law.facts` that the field answers, for the questions that a result still asks.
    """

    id: FieldId
    kind: FieldKind
    choices: tuple[str, ...] = ()
    fact: str = ""

    @property
    def keys(self) -> Mapping[str, str]:
        """The choice for each digit."""
        return {UNKNOWN_KEY if choice == "unknown" else str(n): choice for n, choice in enumerate(self.choices, 1)}


_ASKED = ("yes", "no", "unknown")
_RESULTS = ("negative", "positive", "pending", "indeterminate", "none")

_JUDGED: Final[tuple[PersonField, ...]] = (
    PersonField("name", "text"),
    PersonField("id_no", "text"),
    PersonField("phone", "text"),
    PersonField("origin", "text", fact="stays"),
    PersonField("left_on", "day", fact="stays.left_on"),
    PersonField("arrival_at", "time", fact="arrival_at"),
    PersonField("health_code", "choice", ("green", "yellow", "red", "none", "unknown"), "health_code"),
    PersonField("travel_card", "choice", ("green", "yellow", "red", "none", "orange", "unknown"), "travel_card"),
    PersonField("pcr", "choice", _RESULTS, "pcr"),
    PersonField("pcr_sampled_at", "time", fact="pcr.sampled_at"),
    PersonField("release_cert", "choice", ("yes", "no", "na", "unknown"), "release_cert"),
    PersonField("symptoms", "choice", ("none", "present", "unknown"), "symptoms"),
    PersonField("temp_c", "number", fact="temp_c"),
    PersonField("contact", "choice", ("none", "close", "secondary", "unspecified", "unknown"), "contact"),
    PersonField("last_exposure_on", "day", fact="last_exposure_on"),
    PersonField("linked", "text", fact="linked"),
    PersonField("border", "choice", ("none", "foreign", "hongkong", "taiwan", "macau", "unknown"), "border"),
    PersonField("isolation_days_done", "number", fact="isolation_days_done"),
    PersonField("isolation_proof", "choice", _ASKED, "isolation_proof"),
    PersonField("foreign_14d", "choice", _ASKED, "foreign_14d"),
    PersonField("home7_done_elsewhere", "choice", ("yes", "no"), "home7_done_elsewhere"),
    PersonField(
        "case_status",
        "choice",
        ("none", "suspected", "confirmed", "asymptomatic", "discharged", "unknown"),
        "case_status",
    ),
    PersonField("discharged_on", "day", fact="discharged_on"),
    PersonField("sanfei", "choice", _ASKED, "sanfei"),
    PersonField("other_stays", "text", fact="stays"),
    PersonField(
        "investigation",
        "choice",
        ("clean", "pending", "found_high", "found_medium", "found_unknown"),
        "investigation",
    ),
    PersonField("arrival_pcr", "choice", (*_RESULTS, "invalid"), "arrival_pcr"),
    PersonField("arrival_pcr_sampled_on", "day", fact="arrival_pcr.sampled_on"),
    PersonField("arrival_pcr_result_on", "day", fact="arrival_pcr.result_on"),
    PersonField("vaccinated", "choice", _ASKED, "vaccinated"),
    PersonField("sex", "choice", ("男", "女")),
    PersonField("address", "text"),
    PersonField("travel", "text"),
    PersonField("officer_name", "text"),
    PersonField("found_by", "choice", tuple(filter(None, get_args(FoundBy)))),
    PersonField("note", "text"),
)
"""Fields that are asked at once: who he is, where he came from, what the rules read."""
_CARED: Final[tuple[PersonField, ...]] = (
    PersonField("emergency_name", "text"),
    PersonField("emergency_phone", "text"),
    PersonField("companions", "text"),
    PersonField("vehicle", "text"),
    PersonField("seat_no", "text"),
    PersonField("workplace", "text"),
    PersonField("illness", "text"),
    PersonField("medicine", "text"),
    PersonField("special_need", "text"),
    PersonField("nation", "text"),
)
"""Fields that whoever looks after him needs, and that may be asked later. No rule reads them."""
LEAVES: Final = (_JUDGED, _CARED)
"""The fields by leaf of the form. A screen too low for all of them shows one leaf."""
FIELDS: Final = (*_JUDGED, *_CARED)
BY_ID: Final[Mapping[FieldId, PersonField]] = {field.id: field for field in FIELDS}

PHONED: Final[tuple[FieldId, ...]] = ("name", "id_no", "phone", "origin", "left_on", "arrival_at")
"""Facts that a phone call tells first. They stand first, so that Enter walks through them and saves."""
