"""Headings of sheets: the field that each tells, by the families of `words/headings.toml` and a mapping of the user."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Final, get_args

from dutyboard.frozen import frozen
from dutyboard.rules.records.codes import SheetKind
from dutyboard.tui.sheets.columns import folded
from dutyboard.tui.sheets.contact_grades import grade_told, whose_told
from dutyboard.tui.sheets.slots import names_slot, slot_heading
from dutyboard.tui.sheets.word_lists import word_list

LONGEST_HEADING: Final = 40
"""Characters. A longer text is no heading that a form of a family could fit."""
OF_PEOPLE: Final[frozenset[SheetKind]] = frozenset({"arrivals", "contacts", "results", "temperatures"})
"""Sheets whose rows are facts of people: a result, a contact or a symptom in them is never passed over."""
NAMES_OF_CONTACTS: Final = ("case_name", "close_name", "of_name")
"""Fields of a list of contacts that name somebody whose contact the row's person is."""
OF_CONTACT: Final = "of_contact"
"""The field of what a list says of such a somebody: his sex, his address. It goes with the person as words."""
_OF_ONE: Final = frozenset({"sex", "id_no", "phone", "address", "address_part", "workplace"})
"""Fields that columns tell of one person, behind his name."""
_BESIDE: Final[Mapping[str, Mapping[str, str]]] = {
    "close_name": {"id_no": "close_id", "phone": "close_phone"},
    "case_name": {"id_no": "case_id", "phone": "case_phone"},
}
"""The fields of the numbers of somebody whom a column names."""
_BY_PREFIX: Final = 900
"""The rank of a heading that tells its field behind a word for whose it is."""
LEFT_OUT: Final = "-"
"""The field of a heading that the user leaves out."""
_OF_A_SLOT: Final = 500
"""The rank of a heading that names a day or a half of it."""
_BRACKETS: Final = re.compile(r"[(\[【〔「].*?[)\]】〕」]")
_SIGNS: Final = re.compile(r"[*:/、,.;?!\"'“”‘’_\-—~()\[\]【】·|\\]")
_ORDINAL: Final = re.compile(r"^\d+[.、)]")


def heading_key(written: str) -> str:
    """Return a heading as headings are compared: narrow capitals without blanks, signs, brackets and their content.

    A heading that stands in brackets whole is its content.
    """
    text = _ORDINAL.sub("", folded(written[: 4 * LONGEST_HEADING])).upper()
    return _SIGNS.sub("", _BRACKETS.sub("", text)) or _SIGNS.sub("", text)


@frozen(kw_only=False)
class Meaning:
    """The field that a heading tells. A lower `rank` is nearer to the field's own heading.

    `yes` and `no` are what an answer of yes or no in its cells says of the field; None: it stands as it is.
    """

    field: str
    rank: int = 0
    yes: str | None = None
    no: str | None = None


class Headings:
    """The headings of one kind of sheet, with a user's mapping (heading → field) that goes before the families."""

    def __init__(self, kind: SheetKind, mapping: Mapping[str, str] | None = None, left_out: Iterable[str] = ()) -> None:
        self.kind, self._mapping = kind, mapping or {}
        told = {**dict.fromkeys(left_out, LEFT_OUT), **self._mapping}
        self._mapped = {heading_key(heading): field for heading, field in told.items()}
        self._written = {heading_key(heading): heading for heading in self._mapping}

    def without(self, left_out: Iterable[str]) -> "Headings":
        """Return the same headings, with these left out unless the user says what they tell."""
        return Headings(self.kind, self._mapping, left_out)

    @property
    def own(self) -> Mapping[str, str]:
        """The desk's own heading of each field."""
        return own_headings(self.kind)

    def meaning(self, written: str) -> Meaning | None:
        """Return what a heading tells; None: it is not known, or it is left out."""
        mapped = self._mapped.get(heading_key(written)) if self._mapped else None
        if mapped is not None:
            return None if mapped == LEFT_OUT else _asked_as(mapped, _meaning(self.kind, written))
        known = _meaning(self.kind, written)
        if known is None and self.kind == "temperatures" and slot_heading(written) is not None:
            return Meaning("temp", _OF_A_SLOT)
        if known is None and self.kind == "rounds" and names_slot(written):
            return Meaning("at_slot", _OF_A_SLOT)
        return known

    def of_people(self, columns: Sequence[tuple[str, Meaning | None]]) -> list[Meaning | None]:
        """Return what columns tell, by heading and meaning; on a list of contacts each of whom it names.

        次密接电话 is the phone of who is listed. 密接住址 is the other one's, and so is 电话 between the two names.
        """
        if self.kind != "contacts":
            return [meaning for _, meaning in columns]
        told = [meaning.field if meaning is not None else "" for _, meaning in columns]
        keys = [heading_key(heading) for heading, _ in columns]
        whose = [whose_told(key) for key in keys]
        listed = "name" if "name" in told else "close_name"
        both = {of is None for field, of in zip(told, whose) if field == "name"} == {True, False}
        found: list[Meaning | None] = []
        now = ""
        for at, (heading, meaning) in enumerate(columns):
            of, field = whose[at], told[at]
            now = field if field in ("name", *_BESIDE) else now
            if keys[at] in self._mapped:
                found.append(meaning)
            elif of is not None and meaning is None:
                found.append(self._behind(of[1], other=of[0] != listed or (both and listed == "name")))
            elif (
                of is None
                and field in (*_OF_ONE, "last_exposure_on")
                and " " not in heading
                and now in {*_BESIDE} - {listed}
            ):
                apart = listed in told[at:] or keys.count(keys[at]) > 1
                found.append(Meaning(_BESIDE[now].get(field, OF_CONTACT), _BY_PREFIX) if apart else meaning)
            else:
                found.append(meaning)
        return found

    def _behind(self, rest: str, *, other: bool) -> Meaning | None:
        """Return what the rest of a heading tells, behind a word for whose it is. A result of another is asked."""
        known = _meaning(self.kind, rest)
        if known is None or known.field in ("name", "number", *NAMES_OF_CONTACTS):
            return None
        if not other:
            return Meaning(known.field, _BY_PREFIX, known.yes, known.no)
        return Meaning(OF_CONTACT) if known.field in _OF_ONE and not _risky(rest) else None

    def of_another(self, over: str, own: str, meaning: Meaning | None, listed: str) -> Meaning | None:
        """Return what a heading below another tells. Of somebody on a list of contacts who is not `listed`, words.

        Beside 次密接者信息 the 性别 under 密接者信息 is that of the close contact. A result of his is asked about.
        """
        if self.kind != "contacts" or not own or self.meaning(f"{over} {own}".strip()) is not None:
            return meaning
        named = self.meaning(f"{over} 姓名")
        if named is None or named.field not in {*NAMES_OF_CONTACTS} - {listed}:
            return meaning
        return None if self.risky(own) else Meaning(OF_CONTACT)

    def several(self, field: str) -> bool:
        """Return True for a field that several columns of one table may tell."""
        if self.kind == "temperatures":
            return field in ("temp", "symptoms")
        if self.kind == "rounds":
            return field == "at_slot"
        return self.kind in ("arrivals", "contacts", "results") and field != "number"

    def of_others(self, over: str) -> bool:
        """Return True for a heading whose columns tell of somebody else, 紧急联系人. On a list of rounds none does.

        On a list of contacts 密接者 over 姓名 is who is listed.
        """
        if self.kind == "contacts" and grade_told(over) is not None:
            return False
        return self.kind not in ("temperatures", "rounds") and tells_of_others(over)

    def left_out(self, written: str) -> bool:
        """Return True for a heading that the user leaves out."""
        return bool(self._mapped) and self._mapped.get(heading_key(written)) == LEFT_OUT

    def risky(self, written: str) -> bool:
        """Return True for a heading that looks like a result, a contact or a symptom, which nobody may pass over."""
        key = heading_key(written)
        of = whose_told(key) if self.kind == "contacts" else None
        told = word_list("headings")["against_id"]
        if of is not None and of[1] in (*told["age"], *told["born"]):
            return False
        return self.kind in OF_PEOPLE and _risky(key)

    def unmet(self, met: Iterable[str]) -> list[str]:
        """Return the headings of the mapping that are not among those of a file."""
        keys = {heading_key(heading) for heading in met}
        return [heading for key, heading in self._written.items() if key not in keys]


def _asked_as(field: str, usual: Meaning | None) -> Meaning:
    """Return a mapped field. A question stays one where its family has the same field."""
    return usual if usual is not None and usual.field == field else Meaning(field)


@cache
def families(kind: SheetKind) -> Mapping[str, Mapping[str, Any]]:
    """Return the headings of each field of a kind of sheet: its own, and those that it shares with arrivals.

    What a kind says of a shared field goes over what arrivals say. A heading of its own field is none of a shared one.
    """
    told = word_list("headings")
    own: dict[str, Any] = told[kind]
    taken = {heading_key(each) for family in own.values() for each in (family.get("own", ""), *family.get("names", ()))}
    found: dict[str, Mapping[str, Any]] = {}
    for name in told["shared"].get(kind, ()):
        family = dict(told["arrivals"][name])
        family["names"] = [each for each in family.get("names", ()) if heading_key(each) not in taken]
        found[name] = {**family, **own.get(name, {})}
    return {**found, **{name: family for name, family in own.items() if name not in found}}


@cache
def own_headings(kind: SheetKind) -> Mapping[str, str]:
    """Return the desk's own heading of each field of a kind of sheet."""
    return {name: family["own"] for name, family in families(kind).items()}


def known_anywhere(written: str) -> bool:
    """Return True for a text that is a heading of some kind of sheet, whole."""
    return heading_key(written) in _all_names()


def tells_of_others(written: str) -> bool:
    """Return True for a heading whose columns tell of somebody else: 紧急联系人."""
    return any(word in heading_key(written) for word in word_list("headings")["others"]["words"])


@frozen(kw_only=False)
class _Form:
    field: str
    form: re.Pattern[str]
    unless: re.Pattern[str] | None
    yes: str | None = None
    no: str | None = None


@cache
def _meaning(kind: SheetKind, written: str) -> Meaning | None:
    key = heading_key(written)
    whole = _names(kind).get(key)
    if whole is not None:
        inside = _BRACKETS.findall(folded(written))
        of_others = any(re.fullmatch(word_list("headings")["others"]["bracket"], each[1:-1]) for each in inside)
        # 联系电话（紧急联系人） is 紧急联系人联系电话: a field of its own, or somebody else's.
        return _meaning(kind, f"{heading_key(inside[0][1:-1])}{key}") if of_others else Meaning(whole[0], whole[1])
    if len(key) > LONGEST_HEADING:
        return None
    for place, each in enumerate(_forms(kind)):
        found = each.form.fullmatch(key)
        if found is not None and not (each.unless and each.unless.fullmatch(key)):
            yes, no = (None if text is None else found.expand(text) for text in (each.yes, each.no))
            return Meaning(each.field, 1000 + place, yes, no)
    return None


@cache
def _names(kind: SheetKind) -> Mapping[str, tuple[str, int]]:
    found: dict[str, tuple[str, int]] = {}
    for name, family in families(kind).items():
        for rank, heading in enumerate((family["own"], *family.get("names", ()))):
            found.setdefault(heading_key(heading), (name, rank))
    return found


@cache
def _all_names() -> frozenset[str]:
    return frozenset(name for kind in get_args(SheetKind) for name in _names(kind))


@cache
def _forms(kind: SheetKind) -> tuple[_Form, ...]:
    """Return the forms of a kind: questions first, for they say more than the words in them."""
    asked: list[_Form] = []
    told: list[_Form] = []
    for name, family in families(kind).items():
        unless = _any_of(family["unless"]) if "unless" in family else None
        asked += [_Form(name, re.compile(ask["like"]), None, ask["yes"], ask["no"]) for ask in family.get("asks", ())]
        told += [_Form(name, re.compile(like), unless) for like in family.get("like", ())]
    return (*asked, *told)


@cache
def _risky(key: str) -> bool:
    words = word_list("headings")["risky"]
    short = key[:LONGEST_HEADING]
    return _any_of(words["like"]).fullmatch(short) is not None and _any_of(words["unless"]).fullmatch(short) is None


def _any_of(forms: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{form})" for form in forms))
