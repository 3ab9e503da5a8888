"""Cells whose content is a word of a list (`words/*.toml`). An unlisted word is never guessed at."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

from dutyboard.frozen import frozen
from dutyboard.rules.law.facts import (
    CarriedResult,
    CaseStatus,
    ContactGrade,
    HealthCode,
    ReleaseCert,
    TestResult,
    TestType,
    TravelCard,
    YesNo,
)
from dutyboard.rules.records.codes import FoundBy
from dutyboard.tui.sheets.columns import folded
from dutyboard.tui.sheets.reader.grids import Value
from dutyboard.tui.sheets.reading import Read
from dutyboard.tui.sheets.word_lists import is_blank, meanings, word_list

RESIDENT = frozenset(meanings("answers", "resident"))
"""The words for "no arrival": he lives here and came from nowhere (O48). A blank says nothing."""

_EMPTY_BOX, _TICKED_BOX, _TICK = "□○☐◯口", "☑☒■●✅", "√✓✔"
_UNANSWERED = "□"
"""The word of a cell whose options nobody has ticked, or of which nobody can say which one is."""
_OPTION = re.compile(rf"([{_EMPTY_BOX}{_TICKED_BOX}{_TICK}])")
_IN_BRACKETS = re.compile(rf"[(\[【〔](?:([{_TICK}])|)[)\]】〕]")
_ENDS = "。.,;!、:~"
"""Signs that end a cell and say nothing."""


def word_of(value: Value) -> str:
    """Return a cell folded, in capitals, without signs at its end. Of ticked options the ones that are ticked."""
    whole = folded(value).upper()
    word = whole.strip(_ENDS) or whole
    return _ticked(word) or word


def _ticked(word: str) -> str:
    """Return the options that ticks choose, `□有 ☑无`, `有( )无(√)`; "": there are no options.

    Of options without a tick, and of a tick between two words (`是√否`), nobody can say what is meant.
    """
    parts = _OPTION.split(_IN_BRACKETS.sub(lambda found: "☑" if found[1] else "□", word))
    boxes, first, last = parts[1::2], parts[0].strip("()"), parts[-1].strip("()/")
    empty = [box for box in boxes if box in _EMPTY_BOX]
    if not boxes or not any(parts[0::2]) or boxes == ["口"]:
        return ""
    if first and last and not empty:
        return _UNANSWERED
    texts = parts[2::2] if not first or first.endswith(":") or last else parts[0:-1:2]
    chosen = [text.strip("()/、,;") for box, text in zip(boxes, texts) if box not in _EMPTY_BOX]
    return "、".join(filter(None, chosen)) or _UNANSWERED


def read_health_code(value: Value) -> Read[HealthCode | None]:
    """Read the colour of a health code: `绿码`, `黄码已转绿`. There is no orange one. Blank: not asked."""
    read = _colour(value)
    return Read(None, ("value_unread",)) if read.value == "orange" else read


def read_travel_card(value: Value) -> Read[TravelCard | None]:
    """Read the colour of a travel card. Blank: not asked.

    A star beside a city says that it has an area of high or medium risk, not that he was there: no colour, no answer.
    """
    word = word_of(value)
    starless = _NO_STAR.sub("", word)
    if not _STAR.search(starless):
        return _colour(starless or word)
    bare = _STAR.sub("", starless).strip("(),、")
    colour = _colour(bare).value if bare else None
    return Read(colour, ("card_star",))


_NO_STAR = re.compile(r"[(,、;]?(?:不带|未带|没带|没有|无|不|未)(?:标有?)?(?:\*|星号|星标|星)\)?")
_STAR = re.compile(r"(?:带有?|有|标有?)?(?:\*|星号|星标|星(?!期))|带$")


def _colour(value: Value) -> Read[Any]:
    word = word_of(value)
    if is_blank(word):
        return Read(None)
    listed = meanings("codes", "words").get(word)
    if listed is not None:
        return Read(listed)
    colours = meanings("codes", "colours")
    found = re.findall("|".join(colours), word)
    of_another = any(each in word for each in word_list("codes")["of_others"])
    if not found or of_another or re.search("[非不未无没]", word):
        return Read(None, ("value_unread",))
    around = "|".join(map(re.escape, word_list("codes")["around"]))
    rest = re.sub(rf"{'|'.join(colours)}|{around}|[(),:、]", "", word)
    if len(set(found)) == 1:
        return Read(colours[found[0]], ("partly_read",) if rest else ())
    turned = re.search(rf"(?:转为|转成|转|变为|变成|变)({'|'.join(colours)})[码色]?\)?$", word)
    return Read(colours[turned[1]], ("partly_read",)) if turned else Read(None, ("value_unread",))


@frozen(kw_only=False)
class Carried:
    """The word of a certificate: `none`: he carries none; `unknown`: he does not know."""

    said: CarriedResult | Literal["none", "unknown"]


def read_result(value: Value) -> Read[Carried | None]:
    """Read the result of a certificate carried on arrival. Blank: not asked.

    A word that speaks of a positive is never less than indeterminate.
    """
    word = word_of(value)
    if is_blank(word):
        return Read(None)
    known: Any = meanings("results", "words")
    if word in known:
        return Read(Carried(known[word]))
    if word in word_list("results")["two_meanings"]:
        return Read(None, ("value_unread",))
    around = "|".join(map(re.escape, word_list("results")["around"]))
    bare = re.sub(rf"\(?\d*(?:{around}|[/、,;:\s])\)?|\d+(?={around})|\d{{1,3}}H(?:以?内)?|[*×X]\d(?!\d)", "", word)
    parts = {known.get("(-)" if part == "-" else part) for part in re.split(r"[()/、,;]+", word) if part}
    if bare in known:
        return Read(Carried(known[bare]))
    if len(parts) == 1 and None not in parts:
        return Read(Carried(parts.pop()))
    # Not fully understood: a positive may be denied ("非阳性"), past ("阳转阴", "已转阴") or one of two.
    if re.search(r"阳|\+|转阴|复阴", word) and not re.search("未见阳|无阳|非阳|不是阳|排除", word):
        return Read(Carried("indeterminate"), ("partly_read",))
    if "阴" in word and not re.search("[非不未无没阳异疑复待]|抗原|抗体|IG[GM]", word):
        return Read(Carried("negative"), ("partly_read",))
    return Read(None, ("value_unread",))


def read_sample_result(value: Value) -> Read[TestResult | Literal["none"] | None]:
    """Read the result of a sample, as a laboratory writes it; `none`: no sample was taken. None: blank or not read."""
    word = word_of(value)
    if word in meanings("results", "sample"):
        return Read("invalid")
    read = read_result(value)
    said = read.value.said if read.value is not None else None
    return Read(None, ("value_unread",)) if said == "unknown" else Read(said, read.notes)


def read_examined(value: Value) -> Read[TestType | Literal["other"] | None]:
    """Read what was examined, the test or the kind of sample. None: it does not say, or says more than one."""
    word = word_of(value)
    if is_blank(word):
        return Read(None)
    found: Any = {kind for sign, kind in meanings("results", "examined").items() if sign in word}
    return Read(found.pop()) if len(found) == 1 else Read(None, ("value_unread",))


@frozen(kw_only=False)
class Category:
    """Word of the column 人员类别 on the three facts that stand at "no" until somebody says otherwise.

    `entrant`: he crossed a border, and the word does not say which. `denied` are the facts of which "no" was said
    aloud; a blank says nothing.
    """

    contact: ContactGrade = "none"
    case_status: CaseStatus = "none"
    sanfei: YesNo = "no"
    entrant: bool = False
    denied: frozenset[str] = frozenset()


UNREAD_CATEGORY = Category("unknown", "unknown", "unknown")
"""A word stood there that was not understood: nobody knows that it meant no."""


def read_category(value: Value) -> Read[Category]:
    """Read the column 人员类别, several words in one cell too. Blank: nothing is said."""
    word = word_of(value)
    if is_blank(word):
        return Read(Category())
    found = Category()
    tables: Any = {key: meanings("categories", key) for key in ("contact", "case_status", "sanfei")}
    entrant, nothing = meanings("categories", "entrant"), meanings("categories", "nothing")
    notes = False
    for part in _parts_of_category(word):
        key = next((key for key, table in tables.items() if part in table), None)
        if key is not None:
            said: Any = {key: tables[key][part]}
            if said[key] == getattr(Category(), key):
                found = replace(found, denied=found.denied | {key})
                continue
            if getattr(found, key) not in (getattr(Category(), key), said[key]):
                said, notes = {key: _stricter(key, getattr(found, key), said[key])}, True
            found = replace(found, **said)
        elif part in entrant:
            found = replace(found, entrant=True)
        elif part in nothing:
            if nothing[part] == "none_of_them":
                found = replace(found, denied=frozenset(tables))
        else:
            notes = True
            open_facts: Any = {name: "unknown" for name in tables if getattr(found, name) == getattr(Category(), name)}
            found = replace(found, **open_facts)
    return Read(found, ("value_unread",)) if notes else Read(found)


def joined_category(told: Sequence[Category]) -> Category:
    """Return what several columns say together: of each fact the stricter word."""
    whole = Category()
    for each in told:
        said: Any = {key: _stricter(key, getattr(whole, key), getattr(each, key)) for key in _STRICT}
        whole = replace(whole, **said, entrant=whole.entrant or each.entrant, denied=whole.denied | each.denied)
    return whole


def _parts_of_category(word: str) -> list[str]:
    """Return the words of a cell. What stands in brackets is one where all of them are listed: 返乡（密接）."""
    if _listed_category(word):
        return [word]
    parts = [part for part in re.split(r"[、,;/+和\n]", word) if part]
    opened = [part for part in re.split(r"[、,;/+和\n()]", word) if part]
    return opened if all(map(_listed_category, opened)) else parts


def _listed_category(word: str) -> bool:
    return any(word in meanings("categories", table) for table in ("contact", "case_status", "sanfei", *_SAYS_LITTLE))


_SAYS_LITTLE = ("entrant", "nothing")
_STRICT: Any = {
    "contact": ("none", "unknown", "unspecified", "secondary", "close"),
    "case_status": ("none", "unknown", "discharged", "suspected", "asymptomatic", "confirmed"),
    "sanfei": ("no", "unknown", "yes"),
}


def _stricter(key: str, one: str, other: str) -> str:
    """Return the stricter of two words of one fact."""
    return max(one, other, key=_STRICT[key].index)


def read_release_cert(value: Value) -> Read[ReleaseCert | None]:
    """Read whether a release certificate is held. A blank is unknown: the column asks for it."""
    word = word_of(value)
    if is_blank(word):
        return Read("unknown")
    listed: Any = meanings("answers", "release_cert").get(word)
    return Read(listed) if listed else Read(None, ("value_unread",))


def read_found_by(value: Value) -> Read[FoundBy]:
    """Read the way in which screening found somebody; "": nobody says."""
    word = word_of(value)
    listed: Any = meanings("answers", "found_by").get(word)
    return Read(listed or "") if listed is not None or is_blank(word) else Read("", ("value_unread",))


def read_sex(value: Value) -> Read[Literal["男", "女", ""]]:
    """Read the sex; "": nobody says."""
    word = word_of(value)
    if is_blank(word):
        return Read("")
    listed: Any = meanings("answers", "sex").get(word, "")
    return Read(listed, () if listed else ("value_unread",))


def read_degrees(value: Value) -> float | None:
    """Return a temperature in °C as it is written: 36.5, 36.5℃, 36.5度, or 365 without its point. None: it is none."""
    text = _bare_degrees(value)
    if not re.fullmatch(r"\d{1,4}(\.\d{1,4})?", text):  # more digits are a number of something else
        return None
    return float(text) / 10 if text.isdecimal() and len(text) == 3 else float(text)


def lacks_point(value: Value) -> bool:
    """Return True for a temperature written without its point, 365: it is read as 36.5, and is to be noted."""
    return bool(re.fullmatch(r"\d{3}", _bare_degrees(value)))


def _bare_degrees(value: Value) -> str:
    return folded(value).removesuffix("°C").removesuffix("度")
