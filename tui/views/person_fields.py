"""The fields of a person's form: what each asks, how it is typed, and which key stands for which answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

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
    "note",
]
Problem = Literal["unread_time", "unread_day", "unread_number", "unread_choice"]
"""Why a field cannot be read."""
Values = Mapping[FieldId, str]
"""What stands in the form, as typed; of a choice, the code of the answer. "": nobody was asked."""

UNKNOWN_KEY: Final = "0"
"""The digit for "asked, and he does not know"."""


@dataclass(frozen=True, slots=True)
class Field:
    """`choices` in the order of their digits 1, 2, ...; `unknown` among them always has the digit 0.

    `fact` is the key of `rules.law.facts` that the field answers, for the questions that a result still asks.
    """

    id: FieldId
    kind: FieldKind
    choices: tuple[str, ...] = ()
    fact: str = ""

    @property
    def keys(self) -> Mapping[str, str]:
        """The digit of each choice."""
        return {UNKNOWN_KEY if choice == "unknown" else str(n): choice for n, choice in enumerate(self.choices, 1)}


_ASKED = ("yes", "no", "unknown")
_RESULTS = ("negative", "positive", "pending", "indeterminate", "none")

FIELDS: Final[tuple[Field, ...]] = (
    Field("name", "text"),
    Field("id_no", "text"),
    Field("phone", "text"),
    Field("origin", "text", fact="stays"),
    Field("left_on", "day", fact="stays.left_on"),
    Field("arrival_at", "time", fact="arrival_at"),
    Field("health_code", "choice", ("green", "yellow", "red", "none", "unknown"), "health_code"),
    Field("travel_card", "choice", ("green", "yellow", "red", "none", "orange", "unknown"), "travel_card"),
    Field("pcr", "choice", _RESULTS, "pcr"),
    Field("pcr_sampled_at", "time", fact="pcr.sampled_at"),
    Field("release_cert", "choice", ("yes", "no", "na", "unknown"), "release_cert"),
    Field("symptoms", "choice", ("none", "present", "unknown"), "symptoms"),
    Field("temp_c", "number", fact="temp_c"),
    Field("contact", "choice", ("none", "close", "secondary", "unspecified", "unknown"), "contact"),
    Field("last_exposure_on", "day", fact="last_exposure_on"),
    Field("linked", "text", fact="linked"),
    Field("border", "choice", ("none", "foreign", "hongkong", "taiwan", "macau", "unknown"), "border"),
    Field("isolation_days_done", "number", fact="isolation_days_done"),
    Field("isolation_proof", "choice", _ASKED, "isolation_proof"),
    Field("foreign_14d", "choice", _ASKED, "foreign_14d"),
    Field("home7_done_elsewhere", "choice", ("yes", "no"), "home7_done_elsewhere"),
    Field(
        "case_status",
        "choice",
        ("none", "suspected", "confirmed", "asymptomatic", "discharged", "unknown"),
        "case_status",
    ),
    Field("discharged_on", "day", fact="discharged_on"),
    Field("sanfei", "choice", _ASKED, "sanfei"),
    Field("other_stays", "text", fact="stays"),
    Field(
        "investigation",
        "choice",
        ("clean", "pending", "found_high", "found_medium", "found_unknown"),
        "investigation",
    ),
    Field("arrival_pcr", "choice", _RESULTS, "arrival_pcr"),
    Field("arrival_pcr_sampled_on", "day", fact="arrival_pcr.sampled_on"),
    Field("arrival_pcr_result_on", "day", fact="arrival_pcr.result_on"),
    Field("vaccinated", "choice", _ASKED, "vaccinated"),
    Field("sex", "choice", ("男", "女")),
    Field("address", "text"),
    Field("travel", "text"),
    Field("officer_name", "text"),
    Field("note", "text"),
)
BY_ID: Final[Mapping[FieldId, Field]] = {field.id: field for field in FIELDS}

PHONED: Final[tuple[FieldId, ...]] = ("name", "id_no", "phone", "origin", "left_on", "arrival_at")
"""What a phone call tells first; they stand first, so that Enter walks through them and saves."""
