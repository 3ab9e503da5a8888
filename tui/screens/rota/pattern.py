"""Many shifts at once: officers in turn, shown with every conflict before they are planned as one act."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from dutyboard.rules.duties.post.rota import RotaPattern
from dutyboard.rules.records.codes import SEATS, Seat
from dutyboard.rules.records.commands.post import PlanShift
from dutyboard.rules.records.model import Shift
from dutyboard.rules.records.transaction import Accepted
from dutyboard.rules.together import OneOfMany, SaidOfMany, planned_in_turn
from dutyboard.tui.link.messages import Answer
from dutyboard.tui.link.together import preview_together
from dutyboard.tui.screens.filling.names import officer_names
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import draft_key, officer_named
from dutyboard.tui.screens.many.preview import TogetherPreview
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line, wrap
from dutyboard.tui.views.fields import Field, Problem, fold
from dutyboard.tui.views.frame import seat_name
from dutyboard.tui.views.initials import name_meant
from dutyboard.tui.views.rota.table import shift_text

MOST_DAYS: Final = 62
"""Days that one pattern plans at most."""
_WEEKDAYS: Final = {str(number + 1): number for number in range(7)}


class _PatternForm(FormScreen):
    """The form. Its last row, and F9, show the shifts by name before anything is planned."""

    @property
    def confirm_label(self) -> str:  # type: ignore[override]
        """The last row of the form."""
        return self.words.rota.look

    @property
    def keys_line(self) -> str:
        """The keys that work in the form."""
        return self.words.rota.form_keys


def pattern_form(session: Session, wanted: Seat, first: str) -> None:
    """Open the form of a pattern: whose seat, who follows whom, from when and for how long."""
    said, words = session.words.rota, session.words
    seats: Mapping[Seat, str] = {seat: seat_name(words, seat) for seat in SEATS}
    seat = Field(id="seat", label=words.desk_acts.shift_seat, choices=seats, value=seats[wanted], needed=True)
    officers = Field(id="officers", label=said.pattern_officers, hint=said.pattern_officers_hint, needed=True)
    in_turn = Field(id="in_turn", label=said.in_turn, choices=said.in_turns, value=said.in_turns["shift"], needed=True)
    part = Field(id="part", label=said.part, choices=said.parts, value=said.parts["all"], needed=True)
    begins = Field(id="first", label=said.first, kind="day", hint=said.first_hint, value=first, needed=True)
    days = Field(
        id="days",
        label=said.days,
        kind="number",
        hint=said.days_hint.format(n=MOST_DAYS),
        value="14",
        needed=True,
        low=1,
        high=MOST_DAYS,
    )
    weekdays = Field(id="weekdays", label=said.weekdays, hint=said.weekdays_hint)

    def say(values: Mapping[str, Any]) -> RotaPattern | Problem:
        named = _officers_named(session, officers, values["officers"])
        if isinstance(named, Problem):
            return named
        planned = _weekdays_typed(values["weekdays"] or "")
        if planned is None:
            return Problem(weekdays, "not_a_choice", values["weekdays"])
        return RotaPattern(
            seat=values["seat"],
            officers=named,
            first=values["first"],
            days=values["days"],
            in_turn=values["in_turn"],
            part=values["part"],
            weekdays=planned,
        )

    def make(values: Mapping[str, Any]) -> Problem | None:
        pattern = say(values)
        if isinstance(pattern, Problem):
            return pattern
        acts = planned_in_turn(pattern, session.snapshot)

        def foreseen(found: Sequence[OneOfMany]) -> None:
            session.open(RotaPreview(session, acts, found, form.answered))

        session.fetch_for(lambda gateway: preview_together(gateway, acts), foreseen)
        return None

    fields = [officers, seat, in_turn, part, begins, days, weekdays]
    form = _PatternForm(session, said.pattern, [], fields, make, draft_key("rota"))
    session.open(form)


def _officers_named(session: Session, field: Field, typed: str) -> tuple[int, ...] | Problem:
    """Return the officers that were named, in order. Initials stand for the one name that they fit."""
    found: list[int] = []
    names, text = officer_names(session), fold(typed).replace("、", ",")
    for each in text.split("," if "," in text else None):
        named = officer_named(session, field, name_meant(each.strip(), names))
        if isinstance(named, Problem):
            return named
        found.append(named)
    return tuple(found) or Problem(field, "needed")


def _weekdays_typed(typed: str) -> frozenset[int] | None:
    """Return the days of the week typed as digits, Monday 1; all where none is typed; None: they are none."""
    digits = fold(typed).replace(" ", "").replace(",", "")
    if not set(digits) <= set(_WEEKDAYS):
        return None
    return frozenset(_WEEKDAYS[each] for each in digits or _WEEKDAYS)


class RotaPreview(TogetherPreview):
    """The shifts that a pattern plans, those left out first, with why."""

    def __init__(
        self,
        session: Session,
        acts: Sequence[SaidOfMany],
        found: Sequence[OneOfMany],
        close: Callable[[Answer], object],
    ) -> None:
        self._close = close
        super().__init__(session, session.words.rota.pattern, acts, found, draft_key("rota-preview"))

    @property
    def keys_line(self) -> str:
        """The keys that work here."""
        return self.words.bulk.preview_keys

    @property
    def nothing_goes(self) -> str:
        """The sentence where nothing of it can be planned."""
        return self.words.rota.nothing

    def lines_of(self, found: Sequence[OneOfMany]) -> Iterator[Line]:
        """Yield how many are planned, those that are not, and the others in their order."""
        said, cells = self.words.rota, self.session.cells - 4
        out = [each for each in found if not each.can_be_done]
        goes = [each for each in found if each.can_be_done]
        yield ((f" {said.counts.format(n=len(goes), left=len(out))}", "strong"),)
        for why, shifts in self._by_reason(out).items():
            text = said.left_out.format(shift=self.words.marks.comma.join(shifts), why=why)
            yield from (((f" ! {row}", "late"),) for row in wrap(text, cells))
        for each in goes:
            yield ((f"   {self._planned_text(each)}", "plain"),)

    def _by_reason(self, out: Sequence[OneOfMany]) -> dict[str, list[str]]:
        """Return the shifts that are not planned, by why: a reason is told once for all of them."""
        found: dict[str, list[str]] = {}
        for each in out:
            found.setdefault(self.session.answer_sentence(each.answer) or "", []).append(self._planned_text(each))
        return found

    def _planned_text(self, one: OneOfMany) -> str:
        plan = one.command
        assert isinstance(plan, PlanShift)
        starts = plan.starts
        if isinstance(one.answer, Accepted):  # of one that has begun, only what is to come
            starts = next(each.starts for each in one.answer.created if isinstance(each, Shift))
        shift = Shift(id=0, seat=plan.seat, officer_id=plan.officer_id, starts=starts, ends=plan.ends)
        weekday = self.words.frame.weekdays[starts.astimezone(self.session.snapshot.zone).weekday()]
        return f"{weekday} {shift_text(shift, self.session.snapshot, self.words)}"

    def all_written(self, answer: Accepted, found: Sequence[OneOfMany]) -> None:
        """Close the form behind, and say how many shifts are planned."""
        planned = sum(each.can_be_done for each in found)
        left, said = len(found) - planned, self.words.rota
        self._close(answer)
        self.session.say(said.done.format(n=planned) + (said.left.format(n=left) if left else ""))
