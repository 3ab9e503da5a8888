"""Last days of stages as a leader has set them, over those that the notice gives (docs/reading.md, section 6)."""

from datetime import date, timedelta
from typing import Final, NamedTuple

_ONE_DAY: Final = timedelta(days=1)


class SetDay(NamedTuple):
    """Last day of a stage as a leader has set it. `before` is the one that the notice gave then."""

    last: date
    before: date

    @property
    def is_longer(self) -> bool:
        """True if the word held the person longer than the notice did then."""
        return self.last > self.before

    def end(self, own: date) -> date | None:
        """Return the day on which a stage ends that has its `own` end; None: the word does not stand.

        A shorter day stands only while the notice asks no more than it did then; a longer one never shortens it.
        """
        if self.last >= self.before:
            return max(self.last, own)
        return self.last if own <= self.before else None


class SetDays(NamedTuple):
    """Last days that a leader has set of the stages of one person. None: the days of the notice stand."""

    site: SetDay | None = None
    home: SetDay | None = None

    def at_site(self, own: date | None, home_from: date | None) -> SetDay | None:
        """Return the word on the site stage; None: none stands. A longer one ends with the real move home."""
        held = self.site
        if held is None or own is None:
            return None
        if held.is_longer and home_from is not None:
            held = held._replace(last=max(held.before, min(held.last, home_from - _ONE_DAY)))
        return held if held.end(own) is not None else None

    def at_home(self, begins: date | None, own: date | None) -> SetDay | None:
        """Return the word on the days at home; None: none stands. `begins` is the first day at home, or would be.

        It takes none of the site's days.
        """
        if self.home is None or begins is None or own is None:
            return None
        end = self.home.end(own)
        return self.home if end is not None and end >= begins else None
