"""Join of all branches that apply: the latest ends, the most tests, and the clause of each part.

Stages are joined on their end dates, never on day counts, and an end that nobody knows yet stays open however late the
others are (docs/reading.md, section 5).
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from dutyboard.frozen import frozen
from dutyboard.rules.law.case import Case
from dutyboard.rules.law.facts import Facts
from dutyboard.rules.law.notice import Notice
from dutyboard.rules.law.result import Dates, Demands, Hold, Result
from dutyboard.rules.law.sampling.planned_tests import pcr_at_site
from dutyboard.rules.law.sampling.samples import open_results
from dutyboard.rules.law.section_three import Branch, Place
from dutyboard.rules.law.spans import Span, day
from dutyboard.rules.law.subjects import first_negative_on

_ONE_DAY = timedelta(days=1)


@frozen
class _Ends:
    """Latest ends of the joined stages that are known, the branch that sets each, and whether one is still open."""

    site: date | None
    site_branch: Branch | None
    site_open: bool
    control: date | None
    control_branch: Branch | None
    control_open: bool


def join(case: Case, governing: int | None) -> Result:
    """Return the result of the joined branches. Without branches, no clause applies.

    `governing` is the index of the strictest. Decision, also, readings, flags, facts used and what to ask beside the
    decision are left to the caller.
    """
    facts, notice = case.facts, case.notice
    branches = list(case.active)
    spans = [case.spans[branch.name] for branch in branches]
    chief = branches[governing] if governing is not None else None
    place: Place = chief.place if chief is not None else "none"
    ends = _ends(spans)
    loop = next((branch.clause for branch in branches if branch.closed_loop and branch.place == place), None)
    pcr_site, pcr_site_clause = pcr_at_site(branches)
    pcr_home, pcr_home_clause = _most(branches, lambda branch: branch.home.tests.pcr)
    single, single_clause = _most(branches, lambda branch: branch.single.pcr)
    serum, serum_clause = _most(branches, lambda branch: branch.site.tests.serum)
    if pcr_site:
        single, single_clause = 0, None
    named = tuple(sorted({number for branch in branches for number in _named(branch)}))
    waits_for = _waits_for(facts, spans)
    hold = None if place in ("hospital", "none") else hold_of(facts, spans, waits_for)
    home_begins = _home_begins(place, spans, ends, hold)
    in_hospital = chief.clause if chief is not None and place == "hospital" else None
    return Result(
        notice=case.notice,
        facts=case.facts,
        spans=tuple(spans),
        decision="decide",
        clause=chief.clause if chief is not None else "none",
        also=(),
        first_place=place,
        closed_loop="yes" if loop else "not_stated",
        closed_loop_default=place in ("hospital", "site"),
        quarantine_days=_quarantine_days(chief, branches, spans, ends),
        home_days=chief.home.days if in_hospital and chief else _home_days(place, spans, ends),
        pcr_quarantine=pcr_site,
        pcr_home=pcr_home,
        pcr_single=single,
        serum=serum,
        pcr_days_text=named or None,
        pcr_dates_text=_named_dates(spans, notice) if place != "hospital" else None,
        dates=_dates(place, spans, ends, hold, home_begins),
        home_begins=home_begins,
        hold=hold,
        reasons=(),
        asks=(),
        provisional=None,
        screening_scope=False,
        readings=(),
        flags=(),
        demands=Demands(
            place=chief.clause if chief is not None else None,
            site_end=in_hospital or (ends.site_branch.clause if ends.site_branch else None),
            control_end=in_hospital or (ends.control_branch.clause if ends.control_branch else None),
            closed_loop=loop,
            pcr_quarantine=pcr_site_clause,
            pcr_home=pcr_home_clause,
            pcr_single=single_clause,
            serum=serum_clause,
        ),
        branches=tuple(branch.name for branch in branches),
        matched=(),
        waits_for=waits_for,
        facts_used=(),
    )


def on_days(result: Result, spans: Sequence[Span]) -> Result:
    """Return the result of a person out of hospital, its branches on other days: the stages are joined anew."""
    place, ends = result.first_place or "none", _ends(spans)
    home_begins = _home_begins(place, spans, ends, result.hold)
    return replace(
        result,
        spans=tuple(spans),
        home_days=_home_days(place, spans, ends),
        home_begins=home_begins,
        dates=_dates(place, spans, ends, result.hold, home_begins),
    )


def _ends(spans: Sequence[Span]) -> _Ends:
    site, site_branch = _latest(spans, lambda each: each.site_last)
    control, control_branch = _latest(spans, lambda each: each.control_ends)
    # An open end is later than any that is known: it is shown as the clause that keeps the person.
    waiting = [each.branch for each in spans if each.control_open]
    return _Ends(
        site=site,
        site_branch=site_branch or next((each.branch for each in spans if each.site_open), None),
        site_open=any(each.site_open for each in spans),
        control=control,
        control_branch=waiting[0] if waiting else control_branch,
        control_open=bool(waiting),
    )


def _latest(spans: Sequence[Span], end: Callable[[Span], date | None]) -> tuple[date | None, Branch | None]:
    """Return the latest known end and its branch. Of several on one day, one whose stage has a number goes first."""
    known = [(value, bool(each.branch.site.days), each.branch) for each in spans if (value := end(each))]
    if not known:
        return None, None
    latest, _, branch = max(known, key=lambda each: each[:2])
    return latest, branch


def _most(branches: Sequence[Branch], count: Callable[[Branch], int]) -> tuple[int, str | None]:
    best = max(branches, key=count, default=None)
    return (count(best), best.clause) if best is not None and count(best) else (0, None)


def _named(branch: Branch) -> tuple[int, ...]:
    """The day numbers that the text names for the first stage that has any."""
    return (
        branch.site.tests.pcr_days or branch.home.tests.pcr_days
        if branch.place == "home"
        else branch.site.tests.pcr_days
    )


def _named_dates(spans: list[Span], notice: Notice) -> tuple[date, ...] | None:
    settings = notice.section_three.settings
    days = {day(each.start, number, settings) for each in spans if each.start for number in _named(each.branch)}
    return tuple(sorted(days)) or None


def _waits_for(facts: Facts, spans: list[Span]) -> tuple[str, ...]:
    """The close contacts whose release has no known day yet, where that leaves the end of the site stage open."""
    if not any(each.branch.site.until == "linked" and each.start and each.site_last is None for each in spans):
        return ()
    return tuple(each.id for each in facts.linked or () if each.ends_from is None)


def _home_begins(place: Place, spans: Sequence[Span], ends: _Ends, hold: Hold | None) -> date | None:
    """Return day 1 at home. Nobody goes home from a site whose end is open, or while a result is out (O10)."""
    if place == "home":
        return min((each.home_first for each in spans if each.home_first), default=None)
    if place != "site" or ends.site is None or ends.site_open or hold in ("result_pending", "result_unclear"):
        return None
    longer = ends.control_open or (ends.control is not None and ends.control > ends.site)
    return ends.site + _ONE_DAY if longer else None


def _dates(place: Place, spans: Sequence[Span], ends: _Ends, hold: Hold | None, home_begins: date | None) -> Dates:
    """Return the days that are known. While its end is open, the last counted day at a site is a hold."""
    if place not in ("site", "home"):
        return Dates()
    result_out = hold in ("result_pending", "result_unclear")
    last = None if result_out or ends.site_open or ends.control_open else ends.control
    at_site = place == "site"
    return Dates(
        site_first=min((each.site_first for each in spans if each.site_first), default=None) if at_site else None,
        site_last=ends.site if at_site else None,
        home_first=None if result_out else home_begins,
        home_last=last if home_begins else None,
        free_from=last + _ONE_DAY if last else None,
    )


def _quarantine_days(chief: Branch | None, branches: list[Branch], spans: list[Span], ends: _Ends) -> int | None:
    """Return the number of the clause that sets the joint end of the site stage; in hospital, 3.1's own."""
    if chief is None or chief.place not in ("hospital", "site"):
        return None
    if chief.place == "hospital":
        return chief.site.days
    waiting = [each.branch for each in spans if each.site_open]
    if any(branch.site.until == "linked" for branch in waiting):
        return None
    if ends.site is None or ends.site_branch is None:
        return max((branch.site.days for branch in branches if branch.site.days), default=None)
    # The day of a discharge is not known, but not before the admission: its days end no sooner than so many.
    numbers = (branch.site.days for branch in (ends.site_branch, *waiting))
    return max((number for number in numbers if number), default=None)


def _home_days(place: Place, spans: Sequence[Span], ends: _Ends) -> int | None:
    """Return the days left at home after the joint site stage. While an end is open, it is the most that is written."""
    stages = [each.branch for each in spans if each.branch.home.after != "none"]
    if place not in ("site", "home") or not stages:
        return None
    if ends.control_open or ends.control is None or ends.control_branch is None:
        waiting = [each.branch for each in spans if each.control_open and each.branch.home.after == "negative"]
        return max(branch.home.days or 0 for branch in waiting or stages)
    if place == "home" or ends.site is None:
        return ends.control_branch.home.days
    return max((ends.control - ends.site).days, 0)


def hold_of(facts: Facts, spans: Sequence[Span], waits_for: tuple[str, ...]) -> Hold | None:
    """Return why the calendar alone frees nobody: a result out or unclear, or an end that nobody knows yet."""
    results = [each.result for each in open_results(facts)]
    if any(each in ("indeterminate", "invalid") for each in results):
        return "result_unclear"
    if results:
        return "result_pending"
    waiting = [each.branch for each in spans if each.site_open]
    if any(branch.start == "discharge" for branch in waiting) and facts.discharged_on is None:
        return "discharge_unknown"
    if waits_for:
        return "contact_unknown"
    if any(branch.site.until == "cleared" for branch in waiting):
        counted = any(each.branch.site.until in ("days", "linked") for each in spans)
        if first_negative_on(facts) is None:
            return "negative_missing" if counted else None
        return "history_not_checked"
    return None
