"""The act behind the number of a row: that of Enter on the screens, asked and signed in lines."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final, TypeAlias

from dutyboard.rules.duties.person.destination import owed_destination
from dutyboard.rules.duties.person.suspicion import EXTRA_PCR
from dutyboard.rules.duties.post.area_calls import call_lists
from dutyboard.rules.duties.post.reports import REPORT_KINDS
from dutyboard.rules.duties.report_figures import report_figures
from dutyboard.rules.law.sampling.samples import open_results
from dutyboard.rules.people.course import course_of
from dutyboard.rules.people.fever import open_doubt
from dutyboard.rules.people.rooms import room_order
from dutyboard.rules.people.stage import lodging, on_road
from dutyboard.rules.records.model import Person, subject_id
from dutyboard.rules.records.obligation import CLOSED, Kind, Obligation
from dutyboard.rules.records.told.site import Disinfected
from dutyboard.rules.records.unlike import contradictions_of, record_about
from dutyboard.tui.commands.invocation import Failure
from dutyboard.tui.commands.plain.asking import by_fields
from dutyboard.tui.commands.plain.form import LineForm, LineQuestion
from dutyboard.tui.commands.plain.person import assess, correct
from dutyboard.tui.commands.plain.talk import Talk
from dutyboard.tui.commands.plain.ways import do_act
from dutyboard.tui.sheets.values import read_degrees
from dutyboard.tui.views.entry.names import subject_name
from dutyboard.tui.views.entry.ways import way_typed
from dutyboard.tui.views.person.home_line import read_home_line
from dutyboard.tui.views.person.readings import doubt_text
from dutyboard.tui.views.person.referral import referral_texts, road_texts
from dutyboard.tui.views.person.unlike import unlike_text

Enter: TypeAlias = "Callable[[Talk, Obligation], object]"
_TOLD: Final = ("note", "at", "done_by", "reason")
"""Fields of a check that is told after its window, or that something was wrong with."""


def tick(talk: Talk, owed: Obligation, **more: Any) -> None:
    """Say that a duty was done as it stands. Behind its window it is also asked when, by whom, and why late."""
    asks = _TOLD if owed.state in CLOSED else ()
    by_fields(talk, "check", {"obligation": owed.id, **more}, asks, proposed={"done_by": owed.owed_by})


def _seen(talk: Talk, owed: Obligation) -> None:
    """Say that all who stand on the row were seen and well."""
    tick(talk, owed, seen=[each.number for each in owed.left])


def _staff_check(talk: Talk, owed: Obligation) -> None:
    """The staff of a register were seen and well; of a site without one two numbers are asked."""
    if owed.left:
        _seen(talk, owed)
        return
    names = {"checked": talk.words.forms.checked, "abnormal": talk.words.forms.abnormal_count}
    also = [LineQuestion(key=key, label=name, read=partial(_whole, talk), needed=True) for key, name in names.items()]
    _figures(talk, owed, also, ("note", "at", "done_by"))


def _figures(
    talk: Talk, owed: Obligation, also: Sequence[LineQuestion], asks: Sequence[str], texts: Sequence[str] = ()
) -> None:
    """Ask figures and words of a check beside its own fields."""
    keys = {each.key for each in also}

    def says(answers: Mapping[str, Any]) -> Mapping[str, Any]:
        own = {key: value for key, value in answers.items() if key not in keys}
        own["figures"] = {key: answers[key] for key in keys - set(texts) if key in answers}
        own["details"] = {key: answers[key] for key in texts if key in answers}
        return own

    by_fields(talk, "check", {"obligation": owed.id}, asks, also=also, says=says, proposed={"done_by": owed.owed_by})


def _whole(talk: Talk, text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise Failure(talk.call.words.bad_figure.format(text=text)) from None


def _disinfection(talk: Talk, owed: Obligation) -> None:
    """Say that it was done as last stated for the site; ask what nobody has stated yet."""
    last = owed.repeats
    if last is not None and owed.state not in CLOSED:
        tick(talk, owed, details=last.details, figures=last.figures)
        return
    _disinfected(talk, owed)


def _disinfected(talk: Talk, owed: Obligation) -> None:
    texts, whole = Disinfected.TEXTS, partial(_whole, talk)
    reads: dict[str, Callable[[str], Any]] = {"method": partial(way_typed, "method", words=talk.words)}
    reads |= dict.fromkeys(Disinfected.NUMBERS, whole)
    also = [
        LineQuestion(key=key, label=name, read=reads.get(key, str))
        for key, name in talk.words.forms.disinfection_fields.items()
    ]
    _figures(talk, owed, also, ("started", *_TOLD), texts)


_PERSON, _FIRST = "person-", "first-"


class _Temperatures(LineForm):
    """The people of a round, one a line. One that is odd is typed twice; both readings are kept where they differ."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._twice: set[str] = set()

    def ask(self, question: LineQuestion) -> None:
        """Ask a temperature until it is one that can be, and an odd one twice."""
        super().ask(question)
        talk, limits = self.talk, self.talk.snapshot.daily_at(self.talk.now()).thresholds
        while question.key.startswith(_PERSON) and (value := read_degrees(self.typed[question.key])) is not None:
            if not limits.least_c <= value <= limits.most_c:
                self.typed[question.key] = talk.ask(talk.lines.temperature_not.format(value=value))
            elif not limits.low_c <= value < limits.fever_c and question.key not in self._twice:
                self._twice.add(question.key)
                again = talk.ask(talk.lines.temperature_again.format(value=value))
                if read_degrees(again) not in (None, value):
                    self.typed[_FIRST + question.key] = str(value)
                    self.typed[question.key] = again
            else:
                break
        self.keep()

    def stated(self) -> dict[str, Any]:
        """Return the lines, and what was read of somebody before."""
        return {**super().stated(), **{key: text for key, text in self.typed.items() if key.startswith(_FIRST)}}


def _temperature(talk: Talk, owed: Obligation) -> None:
    """Ask the temperature of each who is left: a number, a symptom, or that he was not there."""
    persons = talk.snapshot.persons
    there = [(person, held) for each in owed.left if (person := persons.get(each.number)) and (held := lodging(person))]
    there.sort(key=lambda each: (each[1].room is None, room_order(each[1].room), each[0].id))
    said, absent = talk.lines, talk.words.forms.absent
    also = [
        LineQuestion(
            key=str(subject_id(person)),
            label=said.temperature_line.format(room=held.room or "", name=person.name).strip(),
        )
        for person, held in there
    ]

    def says(answers: Mapping[str, Any]) -> Mapping[str, Any]:
        people = {key: text for key, text in answers.items() if key.startswith(_PERSON)}
        first = {key: text for key, text in answers.items() if key.startswith(_FIRST)}
        own: dict[str, Any] = {key: value for key, value in answers.items() if key not in {*people, *first}}
        own["readings"] = {key: value for key, text in people.items() if (value := read_degrees(text)) is not None}
        others = {key: text for key, text in people.items() if key not in own["readings"]}
        away = {key for key, text in others.items() if text == absent}
        number = {str(subject_id(person)): person.id for person, _ in there}
        own["absent"] = [number[key] for key in away]
        own["unwell"] = [number[key] for key in others if key not in away]
        own["remarks"] = {key: text for key, text in others.items() if key not in away}
        own["first"] = {key.removeprefix(_FIRST): float(text) for key, text in first.items()}
        return own

    asks = ("note", "at", "done_by", "reason") if owed.state in CLOSED else ("note",)
    told = {"obligation": owed.id}
    if also:
        by_fields(talk, "check", told, asks, also=also, says=says, form=_Temperatures)
        return
    names = {"measured": talk.words.forms.measured, "of": talk.words.forms.of}
    numbers = [
        LineQuestion(key=key, label=name, read=partial(_whole, talk), needed=True) for key, name in names.items()
    ]
    highest = LineQuestion(key="highest", label=talk.words.forms.highest, read=partial(_degrees, talk))
    _figures(talk, owed, [*numbers, highest], _TOLD)


def _degrees(talk: Talk, text: str) -> float:
    value = read_degrees(text)
    if value is None:
        raise Failure(talk.call.words.bad_degrees.format(text=text))
    return value


def _home_check(talk: Talk, owed: Obligation) -> None:
    """Everybody on the row was seen and well; a check that is missed asks each in a line."""
    if owed.state in CLOSED:
        _home_lines(talk, owed)
    else:
        _seen(talk, owed)


def _home_lines(talk: Talk, owed: Obligation) -> None:
    forms = talk.words.forms
    also = [LineQuestion(key=str(each), label=subject_name(each, talk.snapshot), value="1") for each in owed.left]
    read = partial(way_typed, "how", words=talk.words)
    shown = " ".join(f"{number} {word}" for number, word in enumerate(forms.home_ways.values(), 1))
    hint = talk.lines.choice_hint.format(choices=shown)
    also.append(LineQuestion(key="how", label=forms.home_how, read=read, hint=hint))
    talk.say(forms.home_codes)

    def says(answers: Mapping[str, Any]) -> Mapping[str, Any]:
        lines = {each: read_home_line(answers.get(str(each), "0")) for each in owed.left}
        own: dict[str, Any] = {
            key: value for key, value in answers.items() if not key.startswith(_PERSON) and key != "how"
        }
        own["details"] = {"how": answers["how"]} if answers.get("how") else {}
        for group in ("seen", "absent", "refused", "unwell"):
            own[group] = [each.number for each, line in lines.items() if line.said == group]
        own["remarks"] = {
            str(each): line.words for each, line in lines.items() if line.words and line.said != "not_visited"
        }
        own["readings"] = {str(each): line.temp_c for each, line in lines.items() if line.temp_c is not None}
        return own

    by_fields(talk, "check", {"obligation": owed.id}, _TOLD, also=also, says=says)


def _follow_up(talk: Talk, owed: Obligation) -> None:
    """Ask what somebody said after his release."""
    answers = talk.words.log.followed_up
    codes = {
        **{str(number): code for number, code in enumerate(answers, 1)},
        **{word: code for code, word in answers.items()},
    }
    number = owed.subject_id.number

    def read(text: str) -> str:
        if text not in codes:
            raise Failure(talk.lines.not_a_choice.format(label=talk.words.forms.follow_up_answer, text=text))
        return codes[text]

    def says(told: Mapping[str, Any]) -> Mapping[str, Any]:
        answer = told["answer"]
        own = {key: value for key, value in told.items() if key != "answer"}
        who = {"absent": [number]} if answer == "no_answer" else {"seen": [number]}
        return {**own, **who, "abnormal": answer == "unwell"}

    hint = talk.lines.choice_hint.format(choices=" ".join(f"{n} {word}" for n, word in enumerate(answers.values(), 1)))
    also = [LineQuestion(key="answer", label=talk.words.forms.follow_up_answer, read=read, hint=hint, needed=True)]
    by_fields(talk, "check", {"obligation": owed.id}, ("note", "at"), also=also, says=says)


def _report(talk: Talk, owed: Obligation) -> None:
    """The figures that the desk proposes, each stated by whoever reports."""
    kind = REPORT_KINDS[owed.kind]
    past = ("entries",) if owed.id.day < talk.now().date() else ()
    tables = ("persons", *past) if kind == "screening" else past
    proposed = report_figures(talk.gateway.with_archived(*tables), kind, owed.subject_id, owed.id.day, talk.now())
    names = talk.words.reports.figures
    also = [
        LineQuestion(
            key=key,
            label=str(names.get(key, key)),
            read=partial(_whole, talk),
            value="" if value is None else str(value),
            needed=value is not None,
        )
        for key, value in proposed.items()
    ]

    def says(answers: Mapping[str, Any]) -> Mapping[str, Any]:
        own = {key: value for key, value in answers.items() if key not in proposed}
        return {"zero": False, **own, "figures": {key: answers[key] for key in proposed if key in answers}}

    told = {"kind": kind, "subject": owed.subject_id, "day": owed.id.day.isoformat()}
    asks = ("reporter", "checked_by", "responsible", "zero", "at", "zero_villages", "reason")
    by_fields(talk, "send-report", told, asks, also=also, says=says, proposed={"reporter": owed.owed_by})


# About a person


def _person(talk: Talk, owed: Obligation) -> Person:
    return talk.snapshot.persons[owed.subject_id.number]


_ANNOUNCED: Final = ("announced_at", "announced_by")


def _transfer(talk: Talk, owed: Obligation) -> None:
    ride(talk, _person(talk, owed))


def ride(talk: Talk, person: Person) -> None:
    """Somebody leaves, arrives, or is answered for by another county's letter."""
    told = {"person": person.id}
    if on_road(person):
        for text, _ in road_texts(person, talk.snapshot, talk.words):
            talk.say(text)
        by_fields(talk, "transfer end", told, ("received_by", "at", "temp_c", *_ANNOUNCED, "reason"))
    elif person.road is not None:
        do_act(talk, "handoff", told)
    else:
        asks = ("vehicle", "driver", "phone", "at", "escort", "escort_phone", "handed_by", *_ANNOUNCED, "reason")
        by_fields(
            talk, "transfer start", told, asks if owed_destination(person) else ("to", "site", "room", "place", *asks)
        )


def _test(talk: Talk, owed: Obligation) -> None:
    person, kind = _person(talk, owed), "serum" if owed.slot == "test-serum" else "pcr"
    test(talk, person, kind)


def test(talk: Talk, person: Person, kind: str) -> None:
    """The result of a sample that is out, else a sample or its result."""
    course = course_of(person, talk.snapshot, talk.now())
    out = [each.sampled_on for each in open_results(course.facts) if each.type == kind and each.result == "pending"]
    on = out[0].isoformat() if len(out) == 1 and out[0] is not None else talk.now().date().isoformat()
    told = {"person": person.id, "type": kind}
    by_fields(talk, "result", told, ("result", "sampled_on", "sample_code", "reason"), proposed={"sampled_on": on})


def _suspected(talk: Talk, owed: Obligation) -> None:
    if owed.slot == EXTRA_PCR:
        test(talk, _person(talk, owed), "pcr")
    else:
        by_fields(talk, "suspect", {"person": owed.subject_id.number}, ("told", "reason"))


def _release(talk: Talk, owed: Obligation) -> None:
    do_act(talk, "release", {"person": owed.subject_id.number})


def _contradiction(talk: Talk, owed: Obligation) -> None:
    """One field at a time: both values are said, then which stands."""
    record = record_about(talk.snapshot, owed.subject_id)
    found = contradictions_of(record, talk.snapshot) if record is not None else ()
    for each in found:
        if record is None:
            return
        talk.say(unlike_text(each, record, talk.words))
        if isinstance(record, Person):
            by_fields(talk, "settle", {"person": record.id, "field": each.field}, ("other", "reason"))
        else:
            by_fields(talk, "settle record", {"subject": owed.subject_id, "field": each.field}, ("other", "reason"))


def _rescreen(talk: Talk, _: Obligation) -> None:
    """The calls that are still to be made, one person after the other, until one is put aside."""
    for listed in call_lists(talk.snapshot, talk.now()):
        for call in listed.calls:
            if call.answered is None:
                told = {"person": call.person.id, "area": listed.area.id}
                talk.say(f"{call.person.name} {listed.area.name}")
                if by_fields(talk, "rescreen", told, ("answer", "text", "at")) is None:
                    return


def _staff_test(talk: Talk, owed: Obligation) -> None:
    members = [each.number for each in owed.left]
    by_fields(talk, "staff result", {"staff": members}, ("result", "sampled_on", "reason"))


def _matter(talk: Talk, owed: Obligation) -> None:
    by_fields(talk, "finding close", {"matter": owed.subject_id.number}, ("outcome", "told", "at", "reason"))


def _of_person(name: str, *asks: str) -> Enter:
    return lambda talk, owed: by_fields(talk, name, {"person": owed.subject_id.number}, asks or None)


def _referral(talk: Talk, owed: Obligation) -> None:
    """Say what was referred, then ask the answer."""
    person, now = _person(talk, owed), talk.now()
    for text, _ in referral_texts(person, course_of(person, talk.snapshot, now), talk.snapshot, talk.words):
        talk.say(text)
    do_act(talk, "answer", {"person": person.id})


def _retake(talk: Talk, owed: Obligation) -> None:
    """Say what was read before, then ask the new reading."""
    doubt = open_doubt(_person(talk, owed), talk.snapshot)
    if doubt is not None:
        talk.say(doubt_text(doubt, talk.snapshot, talk.words))
    asks = ("temp_c", "symptom", "device", "at", "done_by", "reason")
    by_fields(talk, "reading", {"person": owed.subject_id.number}, asks)


def _assess(talk: Talk, owed: Obligation) -> None:
    if owed.subject_id.kind == "person":
        assess(talk, owed.subject_id.number)


def _history(talk: Talk, owed: Obligation) -> None:
    correct(talk, owed.subject_id.number)


def _seat(talk: Talk, owed: Obligation) -> None:
    by_fields(talk, "take-seat", {"seat": owed.slot.removeprefix("seat-")}, ("reason",))


def _note(talk: Talk, owed: Obligation) -> None:
    by_fields(talk, "check", {"obligation": owed.id}, ("note", "at", "done_by"))


ENTERS: Final[Mapping[Kind, Enter]] = {
    "seat": _seat,
    "handover": lambda talk, _: do_act(talk, "handover"),
    "roster": _report,
    "screening_report": _report,
    "site_report": _report,
    "patrol": _seen,
    "temperature": _temperature,
    "disinfection": _disinfection,
    "staff_check": _staff_check,
    "staff_test": _staff_test,
    "assess": _assess,
    "history": _history,
    "contradiction": _contradiction,
    "referral": _referral,
    "transfer": _transfer,
    "test": _test,
    "suspected": _suspected,
    "retake": _retake,
    "trace": _of_person("trace", "contacts", "told", "at", "reason"),
    "rescreen": _rescreen,
    "home_check": _home_check,
    "advice": lambda talk, owed: tick(talk, owed),
    "follow_up": _follow_up,
    "release": _release,
    "rooms": _note,
    "finding": _matter,
    "call": _matter,
}
"""The act of a number on a row of each kind, as `tui.screens.openers` has it for Enter."""


def _abnormal(talk: Talk, owed: Obligation) -> None:
    """Something was wrong: what it was, and with whom."""
    asks = ("note", "unwell", "absent", "remarks", "at", "done_by")
    told = {"obligation": owed.id, "abnormal": True}
    by_fields(talk, "check", told, asks, proposed={"done_by": owed.owed_by})


ABNORMAL: Final[Mapping[Kind, Enter]] = {
    "patrol": _abnormal,
    "temperature": _temperature,
    "disinfection": _abnormal,
    "staff_check": _abnormal,
    "home_check": _home_lines,
    "follow_up": _follow_up,
}
"""The act of a number with x, for each kind that can be abnormal."""
