"""Reasons why a JSON value is no act: a code and the field, never the value."""

from typing import Literal

ActProblem = Literal[
    "too_long",
    "not_json",
    "too_deep",  # lists in lists without end
    "said_twice",  # one key twice in an object
    "not_a_number",  # NaN and its like
    "number_too_large",
    "not_text",  # half a character
    "not_an_object",
    "unknown_act",
    "own_command",  # its command writes more than the desk
    "missing_field",
    "unknown_field",
    "wrong_type",
    "not_allowed",
    "not_written",  # another act of the batch, which is all or none, was refused
]


class ActError(ValueError):
    """A JSON value that is no act.

    `field` names the place (`facts.pcr.result`). Code and field never hold a value, which may be personal data.
    """

    def __init__(self, code: ActProblem, field: str) -> None:
        super().__init__(f"{code} {field}")
        self.code: ActProblem = code
        self.field = field
