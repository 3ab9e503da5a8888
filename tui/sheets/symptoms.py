"""The column 症状 in people's words: none, present, a temperature among them (`words/symptoms.toml`)."""

import re
from functools import cache

from dutyboard.rules.law.facts import Symptoms
from dutyboard.tui.sheets.reader.grids import Value
from dutyboard.tui.sheets.reading import Read
from dutyboard.tui.sheets.values import word_of
from dutyboard.tui.sheets.word_lists import is_blank, word_list

BODY = range(34, 43)
"""Body temperatures in °C: a number outside is something else (a day, a room)."""
_DEGREES = re.compile(
    r"(?<![\d.])(\d{2})(?:\.(\d{1,2})|(?:度|°C?|[,。·])(\d)(?!\d))?(?![\d.])(?:度|°C?|℃)?(?!天|日|次|小时|岁|周)"
)

_IN_NUMERALS = re.compile("(三|四)十([一二三四五六七八九]?)(?:(度|点)([一二三四五六七八九半]?)|(?=摄氏))")
_NUMERALS = "零一二三四五六七八九"


def _in_digits(found: re.Match[str]) -> str:
    """Return a temperature in numerals as digits: 三十八度二, 三十八点五."""
    tenth = 5 if found[4] == "半" else _NUMERALS.index(found[4]) if found[4] else 0
    return f"{_NUMERALS.index(found[1])}{_NUMERALS.index(found[2]) if found[2] else 0}.{tenth}"


def read_symptoms(value: Value) -> Read[tuple[Symptoms | None, float | None]]:
    """Read the symptoms, and the highest temperature (°C) among them: `发热37.8`. Blank: not asked."""
    word = word_of(value)
    if is_blank(word):
        return Read((None, None))
    bare, degrees = _without_degrees(_without_bounds(word))
    said, not_all = _symptoms(bare) if bare else (None, False)
    if bare and said is None:
        return Read((None, degrees), ("value_unread",))
    if said == "present" and not_all:
        return Read((said, degrees), ("partly_read",))
    if not bare and degrees is not None:
        words = word_list("symptoms")
        # A number alone says of a symptom what the list says; between its two lines it says nothing.
        alone: Symptoms | None = (
            "none" if degrees < words["normal_below"] else "present" if degrees >= words["unwell_from"] else None
        )
        return Read((alone, degrees))
    return Read((said, degrees))


def _without_bounds(word: str) -> str:
    """Return the word with "below 37.3" and the like in words: it is a temperature that nobody has measured."""
    unwell_from = word_list("symptoms")["unwell_from"]

    def said(found: re.Match[str]) -> str:
        degrees = float(found["below"] or found["below_it"] or found["above"] or found["above_it"])
        if found["below"] or found["below_it"]:
            return ",体温正常," if degrees <= unwell_from else found[0]
        return ",体温异常," if degrees >= unwell_from else found[0]

    bare = _patterns().bound.sub(said, word)
    return word if bare == word else bare.strip(",")


def _without_degrees(word: str) -> tuple[str, float | None]:
    """Return the word without its temperatures and the words around them, and the highest of them."""
    found: list[float] = []

    def take(match: re.Match[str]) -> str:
        if int(match[1]) not in BODY:
            return match[0]
        found.append(float(f"{match[1]}.{match[2] or match[3] or 0}"))
        return "~"

    rest = _DEGREES.sub(take, _IN_NUMERALS.sub(_in_digits, word))
    if not found:
        return word, None
    around = sorted(map(re.escape, word_list("symptoms")["around"]), key=len, reverse=True)
    for _ in range(rest.count("~")):
        rest = re.sub(rf"(?:{'|'.join(around)})*~(?:{'|'.join(around)})*", ",", rest, count=1, flags=re.IGNORECASE)
    return rest.strip(",;、。()/ "), max(found)


def _symptoms(word: str) -> tuple[Symptoms | None, bool]:
    """Return what words without a temperature say, None if they are not understood, and whether a part was not."""
    listed = _whole().get(word)
    if listed is not None:
        return listed, False
    patterns = _patterns()
    plain = patterns.lead.sub("", patterns.not_had.sub("无", _with_marks_in_words(word)))
    parts = [part for part in patterns.cut.split(plain) if not patterns.empty.fullmatch(part)]
    if {_whole().get(part) for part in parts} == {"none", "present"}:
        return None, True  # 是/否: nobody says which
    said: set[Symptoms | None] = set()
    denied = 0
    for each in parts:
        part = patterns.but.sub("", each)
        denied = denied if part == each else 0
        listed = _whole().get(part)
        if patterns.signs.fullmatch(part):
            # "无发热、咳嗽" denies both; behind two denials a bare sign may be what is left, or one word forgotten.
            said.add("present" if denied == 0 else "none" if denied == 1 else None)
        elif listed is not None:
            said.add(listed)
            denied = int(listed == "none")
        elif patterns.denied.fullmatch(part):
            said.add("none")
            denied += 1
        elif patterns.negation.search(patterns.unwell.sub("", part)):
            said.add(None)
        elif patterns.sign.search(part):
            said.add("present")
            denied = 0
        else:
            said.add(None)
    if "present" in said:
        return "present", None in said or bool(patterns.doubt.search(word) or patterns.figure.search(word))
    return (next(iter(said)) if len(said) == 1 else None), None in said


def _with_marks_in_words(word: str) -> str:
    """Return a word whose signs have marks behind them, `发热(-)、咳嗽:有`, with 无 and 有 before them."""
    patterns = _patterns()

    def turned(found: re.Match[str]) -> str:
        return f"、{'有' if patterns.has.fullmatch(found['mark']) else '无'}{found['sign']}、"

    if patterns.all_marked.fullmatch(word):
        return patterns.marked.sub(turned, word)
    return patterns.marked_plainly.sub(turned, word)


class _Patterns:
    def __init__(self) -> None:
        words = word_list("symptoms")

        def any_of(*names: str) -> str:
            each = [word for name in names for word in words[name]]
            return "|".join(map(re.escape, sorted(each, key=len, reverse=True)))

        negations, signs, between = any_of("negations"), any_of("signs"), any_of("between")
        self.cut = re.compile(rf"[、,;。/\s()]|(?={any_of('turns')})(?<![没未无否认])")
        self.lead = re.compile(rf"^(?:{any_of('leads')})+")
        self.not_had = re.compile("没有|未有|无有|否认有|未出现|未见")
        self.signs = re.compile(rf"(?:{signs}|和|及|与|或)+(?:等(?:{signs}|{between})*)?")
        self.but = re.compile("^(?:但是|但|又|另|仍)")
        self.empty = re.compile("(?:但是|但|伴|偶|又|另|仍|[()])*")
        self.sign = re.compile(signs)
        self.negation = re.compile(negations)
        self.unwell = re.compile("不适|不舒服|不正常")
        self.denied = re.compile(rf"(?:{negations})(?:{signs}|{between}|{negations})+")
        self.doubt = re.compile(any_of("doubts"))
        self.figure = re.compile(r"\d(?:度|°C)")
        self.has = re.compile(any_of("has"))
        mark = any_of("has", "has_not")
        self.marked = re.compile(rf"(?P<sign>{signs}):?\(?(?P<mark>{mark})\)?[、,;。/]?")
        self.all_marked = re.compile(rf"(?:(?:{signs}):?\(?(?:{mark})\)?[、,;。/]?)+")
        self.marked_plainly = re.compile(rf"(?P<sign>{signs})(?:\((?P<mark>{mark})\))")
        lead = r"(?:体温|T)?:?"
        bounds = (
            f"{lead}(?:{any_of('below')}){_figure('below')}",
            f"{lead}(?:{any_of('above')}){_figure('above')}",
            f"{lead}{_figure('below_it')}(?:{any_of('below_it')})",
            f"{lead}{_figure('above_it')}(?:{any_of('above_it')})",
        )
        self.bound = re.compile("|".join(bounds))


def _figure(name: str) -> str:
    """Return the form of a temperature in a group of its own."""
    return rf"(?P<{name}>\d\d(?:\.\d)?)(?:度|°C)?"


@cache
def _patterns() -> _Patterns:
    return _Patterns()


@cache
def _whole() -> dict[str, Symptoms]:
    words = word_list("symptoms")
    meant: tuple[Symptoms, ...] = ("none", "present", "unknown")
    return {word: meaning for meaning in meant for word in words[meaning]}
