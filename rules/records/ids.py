"""Names of records (`person-12`), of duties (`patrol-3/site-1/2021-06-07`), and of what follows from either.

Each name is its own text, so that it sorts, is looked up and is written to JSON as that text; its parts are read from
it here and nowhere else. A record of the journal and a command hold plain text, as it was written or typed: `parse`
turns it into a name, or into None where it is none.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, ClassVar, Final, Literal, Self, cast

SubjectKind = Literal[
    "post",
    "unit",
    "officer",
    "shift",
    "site",
    "area",
    "person",
    "entry",
    "report",
    "notice",
    "settings",
    "setting_change",
    "matter",
    "staff",
    "contradiction",
    "headings",
    "paper",
    "secret",
]
TABLES_OF_KINDS: Final[dict[SubjectKind, str]] = {
    "unit": "units",
    "officer": "officers",
    "shift": "shifts",
    "site": "sites",
    "area": "areas",
    "person": "persons",
    "entry": "entries",
    "report": "reports",
    "notice": "notices",
    "settings": "settings",
    "setting_change": "setting_changes",
    "matter": "matters",
    "staff": "staff",
    "contradiction": "contradictions",
    "headings": "headings",
    "paper": "papers",
    "secret": "secrets",
}
_NUMBER: Final = "[1-9][0-9]{0,17}"
_ABOUT: Final = f"(?:post|(?:{'|'.join(TABLES_OF_KINDS)})-{_NUMBER})"
_SLOT: Final = r"[^/\s]+"
_DIGITS: Final = re.compile("[0-9]{1,18}")
_PERSON: Final = re.compile(f"person-{_NUMBER}")


class _Name(str):
    """A text of one form, made from its parts or by `parse`, and by nothing else."""

    __slots__ = ()
    _FORM: ClassVar[re.Pattern[str]]

    def __reduce__(self) -> tuple[Any, ...]:
        return self.parse, (str(self),)

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Return the name that a text is; None: it is none."""
        return str.__new__(cls, text) if cls._FORM.fullmatch(text) else None

    def _part(self, number: int) -> str:
        return self.split("/")[number]


class Subject(_Name):
    """Name of a record in duties, entries and JSON: `site-1`, `person-12`; `post` is the command post itself."""

    __slots__ = ()
    _FORM = re.compile(_ABOUT)

    def __new__(cls, kind: SubjectKind, number: int = 0) -> Self:
        """Return the name of record `number`; the command post has no number."""
        return str.__new__(cls, f"{kind}-{number}" if number else kind)

    @property
    def kind(self) -> SubjectKind:
        """Kind of record."""
        return cast(SubjectKind, str(self).partition("-")[0])

    @property
    def number(self) -> int:
        """Number of the record in its table; 0 of the command post."""
        return int(self.partition("-")[2] or 0)

    @property
    def record(self) -> tuple[str, int]:
        """(table, number) of the record; the desk's settings stand for the command post."""
        return ("settings", 1) if self.kind == "post" else (TABLES_OF_KINDS[self.kind], self.number)


POST: Final = Subject("post")
"""The command post itself (指挥部), which owns the seats, the handover and the city total."""


class DutyId(_Name):
    """Name of one thing owed: its slot or kind, whom it is about, and its local day: `patrol-3/site-1/2021-06-07`."""

    __slots__ = ()
    _FORM = re.compile(f"{_SLOT}/{_ABOUT}/2[0-9]{{3}}-[0-9]{{2}}-[0-9]{{2}}")

    def __new__(cls, slot: str, subject: Subject, day: date) -> Self:
        """Return the name of the duty of that slot, subject and local day."""
        return str.__new__(cls, f"{slot}/{subject}/{day}")

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Return the name that a text is; None: it is none, or names no day of 2000 to 2999."""
        named = super().parse(text)
        try:
            return named if named is None or named.day else None
        except ValueError:
            return None

    @property
    def slot(self) -> str:
        """Slot of the notice, or kind of duty: `patrol-3`, `assess`."""
        return self.partition("/")[0]

    @property
    def subject(self) -> Subject:
        """Name of the record it is about."""
        return str.__new__(Subject, self._part(1))

    @property
    def day(self) -> date:
        """Local day to which it belongs."""
        return date.fromisoformat(self._part(2))


class CallId(_Name):
    """Name of the call to one person about one risk area: `rescreen/person-12/area-3`."""

    __slots__ = ()
    _FORM = re.compile(f"{_SLOT}/person-{_NUMBER}/area-{_NUMBER}")

    def __new__(cls, slot: str, person: int, area: int) -> Self:
        """Return the name of the call to person `person` about area `area`; `slot`: answered, or only tried."""
        return str.__new__(cls, f"{slot}/{Subject('person', person)}/{Subject('area', area)}")


class ConsequenceId(_Name):
    """Name of what a positive result or a release brings to one person: `convert/person-2`."""

    __slots__ = ()
    _FORM = re.compile(f"{_SLOT}/person-{_NUMBER}")

    def __new__(cls, kind: str, person: int) -> Self:
        """Return the name of that kind of consequence (`rules.law.contacts`) for person `person`."""
        return str.__new__(cls, f"{kind}/{Subject('person', person)}")


def slot_of(obligation: str | None) -> str:
    """Return the slot in an entry's `obligation`, be it a duty or a call; "" where it names none."""
    return (obligation or "").partition("/")[0]


def about_of(obligation: str) -> Subject:
    """Return the name of the record that an entry's `obligation` is about; the command post's where it names none."""
    return Subject.parse(obligation.partition("/")[2].partition("/")[0]) or POST


def subjects_in(text: str) -> Iterator[Subject]:
    """Yield the records that the parts of a name name: `rescreen/person-12/area-3` has two."""
    yield from (named for part in text.split("/") if (named := Subject.parse(part)) is not None)


def number_typed(kind: SubjectKind, typed: str) -> int | None:
    """Return the number in what an officer typed for a record of this kind: `12` or `person-12`; None: neither."""
    number = typed.strip().removeprefix(f"{kind}-")
    return int(number) if _DIGITS.fullmatch(number) else None


def with_names(text: str, name: Callable[[Subject], str]) -> str:
    """Return a text in which each `person-12` is replaced by what `name` says of it."""
    return _PERSON.sub(lambda found: name(str.__new__(Subject, found[0])), text)
