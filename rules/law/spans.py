"""The days that one branch asks of one person, and how strict that is (docs/reading.md, sections 5 and 6).

With `day_of_start` 0 the day of arrival or admission is day 0, day N is start + N, and a period of N days ends at 24:00
of day N: a day counts only if the person was under control for the whole of it.
"""

from dataclasses import replace
from datetime import date, timedelta

from dutyboard.frozen import frozen
from dutyboard.rules.law.facts import Facts, Linked
from dutyboard.rules.law.section_three import CLOSE_CONTACT, PLACES, Branch, SectionThree
from dutyboard.rules.law.subjects import Interpretation, first_negative_on

_ONE_DAY = timedelta(days=1)


Strictness = tuple[float, date, date, bool, int, int]
"""Place, end of the site stage, end of all control, closed loop written, serum, number of PCR."""


@frozen
class Span:
    """One branch's stages on the calendar. None: the text gives no number, or the day is not known yet.

    `start` is day 0. `strictness` weighs the branch against others; `control_ends` is its last day under any control.
    """

    branch: Branch
    start: date | None
    site_first: date | None
    site_last: date | None
    home_first: date | None
    home_last: date | None
    control_ends: date | None
    strictness: Strictness

    @property
    def is_site(self) -> bool:
        """True if its first stage is at a site."""
        return self.branch.place == "site"

    @property
    def site_open(self) -> bool:
        """True while nobody knows the end of its site stage."""
        return self.branch.place == "site" and self.site_last is None

    @property
    def control_open(self) -> bool:
        """True while nobody knows the end of all control: no negative yet, no day of discharge, a contact unknown."""
        return self.branch.place in ("site", "home") and self.control_ends is None


def day(start: date, number: int, settings: Interpretation) -> date:
    """Day `number` of a stage whose day 0 (or day 1, by the setting) is `start` (O3)."""
    return start + timedelta(days=number - settings.day_of_start)


def start_of(branch: Branch, facts: Facts, settings: Interpretation) -> date | None:
    """Return day 0 of a branch's first stage (O4).

    It is the arrival where the text says 入涟时, else never before the admission: without one there are no days.
    """
    admitted = facts.admission
    if branch.start == "arrival":
        return facts.arrival_on
    if admitted is None:
        return None
    if branch.start == "admission":
        return admitted
    if branch.start == "discharge":
        return facts.discharged_on and max(facts.discharged_on, admitted)
    known = [each for each in (admitted, facts.last_exposure_on) if each]
    if (
        branch.start == "conversion"
        and facts.last_exposure_on is None
        and settings.conversion_restarts_if_exposure_unknown
    ):
        known += [each.positive_on for each in facts.linked or () if each.positive_on and _may_have_met(each)]
    return max(known)


def _may_have_met(contact: Linked) -> bool:
    """Return whether a contact may have been met until his positive sample: not known to be admitted before (O18)."""
    return contact.state == "positive" and (
        contact.admitted_on is None or contact.positive_on is None or contact.admitted_on > contact.positive_on
    )


def linked_end(facts: Facts, section: SectionThree, start: date) -> date | None:
    """Return the last day of a secondary contact: that of his last close contact, never before his own day 7.

    None while one of them has no known end: an open end waits, it is never an invented date (O13, O14, O16, O17).
    """
    close_days = max(
        (branch.site.days or 0 for branch in section.of_clause(section.clause_of(CLOSE_CONTACT))), default=0
    )
    ends = [day(start, section.settings.secondary_least_days, section.settings)]
    for each in facts.linked or ():
        since = each.ends_from
        if since is None:
            return None
        inside = each.state == "quarantined_negative"
        ends.append(day(since, close_days, section.settings) if inside else since - _ONE_DAY)
    return max(ends)


def cleared_on(branch: Branch, facts: Facts) -> date | None:
    """Return day 0 of the home stage of 3.7 and 3.11b: the negative result, or the later admission (O4).

    Under 3.7b the history must be clean as well.
    """
    if branch.site.until == "cleared" and facts.investigation != "clean":
        return None
    negative = first_negative_on(facts)
    return max(negative, facts.admission) if negative and facts.admission else None


def span(branch: Branch, facts: Facts, section: SectionThree) -> Span:
    """Return the stages that a branch asks of a person, and how strict they are."""
    start = None if branch.place == "hospital" else start_of(branch, facts, section.settings)
    begins = None
    if start is not None and branch.home.days and branch.home.after in ("start", "negative"):
        begins = start if branch.home.after == "start" else cleared_on(branch, facts)
    site_first, site_last = _site_days(branch, facts, section, start, begins)
    home_first, home_last = _home_days(branch, section.settings, site_last, begins)
    control_ends = home_last or (None if branch.home.days else site_last)
    weighed_from = start or facts.admission or facts.last_exposure_on or facts.discharged_on or date.min
    return Span(
        branch=branch,
        start=start,
        site_first=site_first,
        site_last=site_last,
        home_first=home_first,
        home_last=home_last,
        control_ends=control_ends,
        strictness=_strictness(branch, section.settings, weighed_from, site_last, control_ends),
    )


def _site_days(
    branch: Branch, facts: Facts, section: SectionThree, start: date | None, begins: date | None
) -> tuple[date | None, date | None]:
    """Return the first and the last day at the site. A cleared history ends it on day 0 of the home stage."""
    if start is None:
        return None, None
    if branch.site.until == "days" and branch.site.days:
        return day(start, 1, section.settings), day(start, branch.site.days, section.settings)
    if branch.site.until == "linked":
        return day(start, 1, section.settings), linked_end(facts, section, start)
    return None, begins if branch.site.until == "cleared" else None


def _home_days(
    branch: Branch, settings: Interpretation, site_last: date | None, begins: date | None
) -> tuple[date | None, date | None]:
    """Return the first and the last day at home: after the site, or counted from the day it begins."""
    days = branch.home.days
    if branch.home.after == "site" and days and site_last:
        return site_last + _ONE_DAY, site_last + timedelta(days=days)
    if begins and days:
        return day(begins, 1, settings), day(begins, days, settings)
    return None, None


def moved_end(moved: Span, site_last: date) -> Span:
    """Return the stages of a branch whose days at a site end on another day. Those at home go along.

    Days at home that count from a negative are never made earlier by that.
    """
    by = site_last - (moved.site_last or site_last)
    home_by = max(by, timedelta()) if moved.branch.home.after == "negative" else by
    return replace(
        moved,
        site_last=site_last,
        home_first=moved.home_first and moved.home_first + home_by,
        home_last=moved.home_last and moved.home_last + home_by,
        control_ends=moved.control_ends and moved.control_ends + home_by,
    )


def _strictness(
    branch: Branch, settings: Interpretation, start: date, site_last: date | None, control_ends: date | None
) -> Strictness:
    """Return the key of section 5 on the person's real dates.

    An open end counts as the least that the text would give: the usual days of a site stage, a negative on day 0.
    """
    site_end = control_end = date.min
    if branch.place == "hospital":
        site_end = control_end = date.max
    if branch.place == "site":
        site_end = site_last or day(
            start, branch.site.days or branch.site.usual_days or settings.day_of_start, settings
        )
    if branch.place in ("site", "home"):
        after = site_end if branch.place == "site" else start
        control_end = control_ends or after + timedelta(days=branch.home.days or 0)
    pcr = branch.site.tests.pcr + branch.home.tests.pcr + branch.single.pcr
    return PLACES.index(branch.place), site_end, control_end, branch.closed_loop, branch.site.tests.serum, pcr


def strictest(keys: list[Strictness]) -> Strictness:
    """Return the key of the joined plan: the strictest of each part."""
    places, site_ends, control_ends, loops, serums, pcrs = zip(*keys)
    return max(places), max(site_ends), max(control_ends), any(loops), max(serums), max(pcrs)
