"""Paper of a person that has left the desk: its number, and how often it was printed."""

from datetime import datetime

from dutyboard.frozen import frozen
from dutyboard.rules.records.codes import PaperKind


@frozen
class PaperNumber:
    """Number of a paper: the n-th of its kind in a year. `copy` counts how often it was printed, this time included."""

    year: int
    serial: int
    copy: int = 1


@frozen
class IssuedPaper:
    """A paper of a person with a number of its own among those of its kind and year.

    `about` names what it is a paper of: an assessment, a release, a ride, a day. Printed again for the same, it keeps
    its number, and `copies` grows. `struck`: it was taken back; its number is never given again.
    """

    id: int
    kind: PaperKind
    person_id: int
    about: str
    year: int
    serial: int
    first_at: datetime
    copies: int = 1
    struck: bool = False
