"""The places in one cell: a person came from one, or from several, by a road that is written down.

Arrows, semicolons, line ends and words like 途经 part places from each other; signs of a list may part places, streets
of one county (`白鹤洞街道、中南街道`), or province from county (`广东省-广州市-荔湾区`).
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from dutyboard.frozen import frozen
from dutyboard.tui.sheets.columns import folded
from dutyboard.tui.sheets.counties import Origin, county_name, read_place
from dutyboard.tui.sheets.notes import NoteCode
from dutyboard.tui.sheets.reading import Read
from dutyboard.tui.sheets.word_lists import is_blank, meanings

_LEGS: Final = re.compile(
    r"→|➔|➜|⇒|⟶|=+>|-+>|>|;|。|\n|\r"
    r"|(?:途经|途径|途中经过|途中经|经停|经由|经过|路过|转道|中转|转机|转车|转乘|转至|转)(?!业|学|运)(?:于|到|至|在)?"
    r"|(?<=[市县区省州])(?:经(?!济|开|贸)|至|到)"
)
_BRACKET: Final = re.compile(r"\(([^()]*)\)")
_DAY: Final = re.compile(
    r"(?:(?:\d{4}年)?\d{1,2}月\d{1,2}[日号]?|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|(?<![\d.])\d{1,2}[./]\d{1,2})(?![\d栋幢楼单号室.])"
    r"(?:\s*\d{1,2}[:时点](?:\d{1,2}分?)?)?(?:\s*[-—~至到]\s*\d{1,2}[日号])?(?:\s*(?:离开|离|出发|返回|到达|到|抵达|抵|至|起))?"
)
_LISTED: Final = re.compile(r"[^\s、,|/][、,|/]\s*[^\s\d、,|/]")
_ON: Final = re.compile("以及|[经到至去往和及与]")
_LEAD: Final = re.compile(
    "^(?:从|由|自|来自|返自|途经|去|到过|曾到|去过|在|到|至|往|赴|抵达?|乘?坐?高铁|火车|飞机)+|(?:出发|返回|返乡|回来|过来|回乡|务工|打工|方向|回国|入境|归国)+$"
)
_WEAK: Final = re.compile(r"\s*[、,，|/\s·._\\~&+]\s*|\s*[-—–]+\s*(?!\d+[号栋幢室单])")
_PART: Final = re.compile(r"(?:街道|办事处|社区|镇|乡|村|区|县|市|省|州|盟|旗)$")
_HEADERS: Final = re.compile(
    r"(?<=[市区])[\s/、,|-]*(?:市辖区|省直辖县级行政区划|自治区直辖县级行政区划)|(?<=重庆市)县(?=.)"
)
"""Steps of pickers between a city and its county that name no place: 上海市/市辖区/浦东新区."""
_STREET: Final = re.compile(r"(?:街道|办事处|社区|镇|乡|村|小区|工业园)$")


@frozen(kw_only=False)
class NamedPlace:
    """One place of a cell, as it is written without its separators, and its meaning in the register."""

    text: str
    origin: Origin


def read_places(written: str) -> Read[tuple[NamedPlace, ...]]:
    """Return every place of a cell in its order. A place that is not known is one too: nothing of the road is lost.

    Notes: several places stand there, one is not known or is no more, a day stands beside one.
    """
    written = _HEADERS.sub("", written)
    text = unicodedata.normalize("NFKC", written).strip()
    if is_blank(re.sub(r"\s", "", text)):
        return Read(())
    if folded(text) in meanings("answers", "nowhere"):
        return Read((), ("place_unknown",))
    notes: list[NoteCode] = []
    bare = _DAY.sub(";", text)
    if bare != text:
        notes.append("day_beside_place")
    legs = [leg for leg in (_bare(part) for part in _LEGS.split(_opened(bare))) if leg]
    places = [place for leg in legs for part in _stages(leg) for place in _places_of(part)]
    if any(_LISTED.search(place.text) for place in places):
        notes.append("partly_read")  # a further part of a list, of which nobody can say whether it is a place
    if len(places) <= 1 and bare == text:
        # One place: it stays as it is written, unless separators hid its county.
        whole = _named(text)
        if not places or places[0].origin.border is None or places[0].origin.code == whole.origin.code:
            places = [whole if text.isdecimal() else NamedPlace(written.strip(), whole.origin)]
    if not places:
        places = [NamedPlace(written.strip(), Origin(None, None))]
    places = list({place.text: place for place in places}.values())
    if len(places) > 1:
        notes.append("several_places")
    if any(place.origin.border is None for place in places):
        notes.append("place_unknown")
    if any(place.origin.renamed for place in places):
        notes.append("place_renamed")
    return Read(tuple(places), tuple(notes))


def _bare(leg: str) -> str:
    """Return a leg without the signs around it. A bracket stays where its other half does."""
    bare = leg.strip(" ,、:-—–")
    return bare if bare.count("(") == bare.count(")") else bare.strip("()")


def _stages(leg: str) -> list[str]:
    """Return a leg parted at 经, 到 and the like, each part a place, without the words around it."""
    parts = [_LEAD.sub("", part) for part in _ON.split(leg)]
    if len(parts) > 1 and all(read_place(part).border is not None for part in parts):
        return parts
    bare = _LEAD.sub("", leg)
    return [bare] if bare and read_place(leg).border is None and read_place(bare).border is not None else [leg]


def _opened(text: str) -> str:
    """Return the text with brackets made a leg of their own where they tell a place or a road."""

    def leg(found: re.Match[str]) -> str:
        inner = found[1]
        first = next(filter(None, _LEGS.split(inner)), "").strip()
        place = read_place(first)
        tells = _LEGS.search(inner) or (place.border is not None and (place.told >= 3 or first == inner))
        return f";{inner};" if tells else found[0]

    return _BRACKET.sub(leg, text)


def _places_of(leg: str) -> Iterator[NamedPlace]:
    """Yield the places of one leg, whose parts a list may join or part."""
    tokens = [(sign, token) for sign, token in _tokens(leg) if token]
    if len(tokens) < 2:
        yield NamedPlace(leg, read_place(leg))
        return
    current: NamedPlace | None = None
    for sign, token in tokens:
        if current is None:
            current = _named(token)
            continue
        joined = NamedPlace(current.text + token, read_place(current.text + token))
        if _deeper(joined.origin, current.origin):
            current = _named(joined.text, joined.origin)
            continue
        other = _another(token, current, sign)
        if other is not None:
            yield current
            current = other
            continue
        glue = "" if _PART.search(token) else sign
        text = f"{current.text}{glue}{token}"
        current = NamedPlace(text, current.origin if current.origin.border is not None else read_place(text))
    if current is not None:
        yield current


def _tokens(leg: str) -> Iterator[tuple[str, str]]:
    at, sign = 0, ""
    for found in _WEAK.finditer(leg):
        yield sign, leg[at : found.start()].strip()
        at, sign = found.end(), found[0]
    yield sign, leg[at:].strip()


def _named(text: str, origin: Origin | None = None) -> NamedPlace:
    """Return a place; one written as a code alone is told by the county's name, by which areas are found."""
    origin = origin or read_place(text)
    if text.isdecimal() and origin.code:
        return NamedPlace(county_name(origin.code), replace(origin, told=len(county_name(origin.code))))
    return NamedPlace(text, origin)


def _deeper(joined: Origin, before: Origin) -> bool:
    """Return True if a place with one more part names a county or prefecture inside the place without it."""
    if joined.code is None or before.code is None:
        return joined.code is not None and before.border is None
    within = re.sub(r"(?:00){1,2}$", "", before.code)
    return joined.code != before.code and joined.code.startswith(within) and joined.levels > before.levels


def _another(token: str, current: NamedPlace, sign: str) -> NamedPlace | None:
    """Return the other place that a part of a list is; None: it is a part of the present one.

    A short name before more words may be a street's (中山八路), so only a whole name, or two levels, is a place.
    """
    alone = read_place(token)
    whole = alone.told == len(token) or alone.levels >= 2 or token[: alone.told].endswith(tuple("省市区县州盟旗"))
    if alone.border not in (None, "none") or (alone.border == "none" and whole and alone.code != current.origin.code):
        return NamedPlace(token, alone)
    if current.origin.code is None:
        return None
    county = current.text[: current.origin.told]
    for end in range(len(county) - 1, 1, -1):
        above = read_place(county[:end])
        if above.told == end and above.levels < current.origin.levels:
            beside = read_place(county[:end] + token)
            if _deeper(beside, above) and (
                beside.told == end + len(token) or token[: beside.told - end][-1] in "区县市"
            ):
                return NamedPlace(county[:end] + token, beside)
    rest = current.text[current.origin.told :]
    if sign.strip() in ("、", ",", "/", "|") and _STREET.search(token) and _STREET.search(rest):
        return NamedPlace(county + token, current.origin)
    return None
