"""The notice in force with the desk's settings laid over it, stretch by stretch of time."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import cached_property

from dutyboard.rules.law.notice import Notice
from dutyboard.rules.records.model import NoticeInForce, SettingChange
from dutyboard.rules.records.settings import Order, disorder, laid_over

_BEFORE_ALL = datetime.min.replace(tzinfo=UTC)


class Period:
    """A stretch of time in which neither the notice in force nor a setting of the desk changes."""

    def __init__(self, known: Mapping[str, Notice], in_force: str, changes: tuple[SettingChange, ...]) -> None:
        self._known, self._in_force, self._changes = known, in_force, changes
        self._laid: dict[str, tuple[Notice, Mapping[str, SettingChange]]] = {}

    @cached_property
    def notice(self) -> Notice:
        """The notice in force, with the desk's settings. Raises KeyError where the program does not carry it."""
        return self.ruled_by(self._in_force)

    @property
    def settings(self) -> Mapping[str, SettingChange]:
        """The changes that apply under the notice in force, by the setting's name."""
        return self._of(self._in_force)[1]

    def carries(self, notice_id: str) -> bool:
        """Tell if the program carries a notice of this id."""
        return notice_id in self._known

    def ruled_by(self, notice_id: str) -> Notice:
        """Return another notice with the same settings. Raises KeyError where the program does not carry it."""
        return self._of(notice_id)[0]

    def disorder(self) -> tuple[Order, str] | None:
        """Return what would stand out of order if every change applied; None: nothing."""
        return disorder(laid_over(self._known[self._in_force], self._changes)[0].daily)

    def _of(self, notice_id: str) -> tuple[Notice, Mapping[str, SettingChange]]:
        held = self._laid.get(notice_id)
        if held is None:
            held = self._laid[notice_id] = self._fitted(self._known[notice_id])
        return held

    def _fitted(self, bare: Notice) -> tuple[Notice, Mapping[str, SettingChange]]:
        """Lay over all changes, or one by one those that fit a notice that came later."""
        if not self._changes:
            return bare, {}
        notice, applied = laid_over(bare, self._changes)
        if disorder(notice.daily) is None:
            return notice, applied
        notice, applied = bare, {}
        for change in self._changes:
            laid, one = laid_over(notice, (change,))
            if disorder(laid.daily) is None:
                notice, applied = laid, applied | one
        return notice, applied


class Timeline:
    """Remembers the periods of a desk. One look costs a bisection, until a notice or a setting is added."""

    def __init__(self) -> None:
        self._held: tuple[object, object, object, list[datetime], list[Period]] = (None, None, None, [], [])

    def at(
        self,
        known: Mapping[str, Notice],
        notices: Mapping[int, NoticeInForce],
        changes: Mapping[int, SettingChange],
        instant: datetime,
    ) -> Period:
        """Return the period of an instant. Raises LookupError where the desk has no notice."""
        of_known, of_notices, of_changes, starts, stretches = self._held
        if of_known is not known or of_notices is not notices or of_changes is not changes:
            made = periods(known, notices.values(), changes.values())
            starts, stretches = [each[0] for each in made], [each[1] for each in made]
            self._held = known, notices, changes, starts, stretches
        return stretches[bisect_right(starts, instant) - 1]


def periods(
    known: Mapping[str, Notice], notices: Iterable[NoticeInForce], changes: Iterable[SettingChange]
) -> list[tuple[datetime, Period]]:
    """Return every period with its start, in order. Before all of them the first notice applies, with no setting."""
    by_start = sorted(notices, key=lambda each: (each.effective_from, each.id))
    if not by_start:
        raise LookupError("no notice of this desk")
    made = sorted(changes, key=lambda each: (each.effective_from, each.id))
    starts = sorted({_BEFORE_ALL} | {each.effective_from for each in by_start} | {each.effective_from for each in made})
    found: list[tuple[datetime, Period]] = []
    for start in starts:
        in_force = [each for each in by_start if each.effective_from <= start] or by_start[:1]
        newest: dict[str, SettingChange] = {}
        for change in made:
            if change.effective_from <= start:
                newest.pop(change.name, None)
                newest[change.name] = change
        found.append((start, Period(known, in_force[-1].notice, tuple(newest.values()))))
    return found
