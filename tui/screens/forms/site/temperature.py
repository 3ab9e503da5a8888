"""A temperature round: room by room in a grid, or the totals as the site phoned them in."""

from collections.abc import Mapping, Sequence
from typing import Any

from textual.widget import Widget

from dutyboard.rules.law.daily import Thresholds
from dutyboard.rules.people.rooms import residents as residents_of
from dutyboard.rules.people.rooms import room_order
from dutyboard.rules.people.stage import lodging
from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.model import subject_id
from dutyboard.rules.records.obligation import Obligation
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import draft_key, facts_of, on_day_of, saved_sentence, time_fields
from dutyboard.tui.screens.forms.site.residents import people_typed, remarks_of, symptoms_typed
from dutyboard.tui.session import Session
from dutyboard.tui.views.fields import Field, Problem
from dutyboard.tui.widgets.painted import Painted
from dutyboard.tui.widgets.room_grid import Limits, Resident, RoomGrid

ROOMS = "rooms"
"""The field of the draft that holds what was typed into the grid."""


def temperature_form(session: Session, owed: Obligation) -> None:
    """Open the form of a temperature round."""
    session.open(TemperatureScreen(session, owed))


def grid_limits(thresholds: Thresholds) -> Limits:
    """Return the limits in °C of a reading that is typed into the grid."""
    return Limits(least=thresholds.least_c, low=thresholds.low_c, fever=thresholds.fever_c, most=thresholds.most_c)


def _figures(values: Mapping[str, Any]) -> dict[str, int | float]:
    return {name: values[name] for name in ("measured", "of", "highest") if values[name] is not None}


class TemperatureScreen(FormScreen):
    """The form of one temperature round. The readings of the grid fill `measured` and `highest`.

    The grid holds those who are still to be measured. Figures are sent where the officer says other than the grid.
    """

    def __init__(self, session: Session, owed: Obligation) -> None:
        snapshot, forms = session.snapshot, session.words.forms
        assert snapshot is not None
        limits = snapshot.daily_at(session.board_now).thresholds
        site_id = owed.subject_id.number
        wanted = set(owed.left or owed.people)
        residents = [
            Resident(subject_id(person), held.room, person.name)
            for person in residents_of(snapshot, site_id)
            if subject_id(person) in wanted and (held := lodging(person)) is not None
        ]
        residents.sort(key=lambda each: (each.room is None, room_order(each.room), each.key))
        self.grid = RoomGrid(residents, grid_limits(limits)) if residents else None
        self._hint = Painted([((f" {forms.grid_hint}", "dim"),)], height=1)
        self._of = str(len(residents)) if residents else str(owed.total or "")
        absent = Field(id="absent", label=forms.absent, hint=forms.hint_absent)
        symptoms = Field(id="symptoms", label=forms.symptoms, hint=forms.hint_symptoms)
        fields = [
            Field(id="measured", label=forms.measured, kind="number", needed=self.grid is None),
            Field(id="of", label=forms.of, kind="number", needed=True, value=self._of),
            Field(
                id="highest",
                label=forms.highest,
                kind="temperature",
                hint=forms.hint_temperature,
                low=limits.least_c,
                high=limits.most_c,
            ),
            Field(id="text", label=forms.text, hint=forms.hint_odd),
            absent,
            symptoms,
            *time_fields(session, owed),
        ]

        def make(values: Mapping[str, Any]) -> Discharge | Problem:
            away = people_typed(session.snapshot, site_id, absent, values["absent"] or "")
            told = symptoms_typed(session.snapshot, site_id, symptoms, values["symptoms"] or "")
            if isinstance(away, Problem):
                return away
            if isinstance(told, Problem):
                return told
            by_name = bool(self._told or away or told)
            return Discharge(
                obligation=owed.id,
                text=values["text"] or "",
                figures={} if by_name and self._as_in_grid(values) else _figures(values),
                readings=self._told,
                first={key: value for key, value in self._first.items() if key in self._told},
                absent=away,
                unwell=tuple(told),
                remarks=remarks_of(told),
                done_by=values["done_by"] or "",
                happened_at=on_day_of(owed, values["time"]),
            )

        def done(_: Accepted) -> None:
            session.say(saved_sentence(session, owed))

        super().__init__(
            session, forms.temperature, facts_of(session, owed), fields, make, draft_key("temperature", owed.id), done
        )

    @property
    def _told(self) -> dict[str, float]:
        return self.grid.told if self.grid is not None else {}

    @property
    def _first(self) -> dict[str, float]:
        return self.grid.first if self.grid is not None else {}

    def _as_in_grid(self, values: Mapping[str, Any]) -> bool:
        """Return True if the totals are those that the grid gave, so that nobody stated them."""
        counted = len(self.grid.readings) if self.grid is not None else 0
        return values["measured"] in (None, counted) and str(values["of"]) == self._of

    def rows(self) -> Sequence[Widget]:
        """Return the grid, then the totals."""
        grid = [self._hint, self.grid] if self.grid is not None else []
        return [*grid, *super().rows()]

    def focus_first(self) -> None:
        """Give the keys to the grid, if there is one."""
        if self.grid is None:
            super().focus_first()
        else:
            self.grid.focus()

    @property
    def typed(self) -> dict[str, str]:
        """The texts of the fields, and the readings of the grid."""
        return {**super().typed, ROOMS: self.grid.draft if self.grid is not None else ""}

    def restore(self, draft: Mapping[str, str]) -> None:
        """Restore fields and readings."""
        if self.grid is not None:
            self.grid.restore(draft.get(ROOMS, ""))
        super().restore(draft)

    def on_room_grid_read(self) -> None:
        """Count the readings of the grid."""
        assert self.grid is not None
        readings = self.grid.readings
        highest = f"{max(readings.values()):.1f}" if readings else ""
        self.inputs["measured"].value = str(len(readings)) if readings else ""
        self.inputs["highest"].value = highest
        self.typing()
        left = self.words.forms.grid_left
        self.say(left.format(n=len(readings), of=self.inputs["of"].value, highest=highest))

    def on_room_grid_doubted(self, message: RoomGrid.Doubted) -> None:
        """Say that an odd reading must be typed twice, or that an impossible one is refused."""
        forms = self.words.forms
        template = forms.grid_fever if message.possible else forms.grid_impossible
        self.say(template.format(room=message.resident.room or "-", value=f"{message.reading:.1f}"), "late")

    def on_room_grid_passed(self, message: RoomGrid.Passed) -> None:
        """Go from the last room on to the totals."""
        if message.down:
            self.inputs["measured"].focus()
