"""Join of all branches that apply: the latest ends, the most tests, and the clause of each part.

Stages are joined on their end dates, never on day counts (docs/reading.md, section 5).
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from dutyboard.rules.law.case import Case
from dutyboard.rules.law.facts import ArrivalPcr, Facts
from dutyboard.rules.law.notice import Notice
from dutyboard.rules.law.result import Dates, Demands, Hold, Result
from dutyboard.rules.law.section_three import Branch
from dutyboard.rules.law.spans import Span, day
from dutyboard.rules.law.subjects import arrival_test

_ONE_DAY = timedelta(days=1)


def join(case: Case, governing: int | None) -> Result:
    """Return the result of the joined branches. Without branches, no clause applies.

    `governing` is the index of the strictest. Decision, also, readings, flags and facts used are left to the caller.
    """
    facts, notice = case.facts, case.notice
    branches = list(case.active)
    spans = [case.spans[branch.name] for branch in branches]
    place = branches[governing].place if governing is not None else "none"
    site_end, site_branch = _latest(spans, lambda each: each.site_last)
    control_end, control_branch = _latest(spans, lambda each: each.control_ends)
    loop = next((branch.clause for branch in branches if branch.closed_loop and branch.place == place), None)
    pcr_site, pcr_site_clause = pcr_at_site(branches)
    pcr_home, pcr_home_clause = _most(branches, lambda branch: branch.home.tests.pcr)
    single, single_clause = _most(branches, lambda branch: branch.single.pcr)
    serum, serum_clause = _most(branches, lambda branch: branch.site.tests.serum)
    if pcr_site:
        single, single_clause = 0, None
    named = tuple(sorted({number for branch in branches for number in _named(branch)}))
    hold = None if place in ("hospital", "none") else hold_of(facts, branches, single)
    waits_for = _waits_for(facts, spans)
    dates = _dates(place, spans, site_end, control_end, hold, waits_for)
    return Result(
        notice=case.notice,
        facts=case.facts,
        spans=tuple(spans),
        decision="decide",
        clause=branches[governing].clause if governing is not None else "none",
        also=(),
        first_place=place,
        closed_loop="yes" if loop else "not_stated",
        closed_loop_default=place in ("hospital", "site"),
        quarantine_days=_quarantine_days(place, branches, site_branch, waits_for),
        home_days=_home_days(place, spans, site_end, site_branch, control_end, control_branch),
        pcr_quarantine=pcr_site,
        pcr_home=pcr_home,
        pcr_single=single,
        serum=serum,
        pcr_days_text=named or None,
        pcr_dates_text=_named_dates(spans, notice) if place != "hospital" else None,
        dates=dates,
        hold=hold,
        reasons=(),
        provisional=None,
        screening_scope=False,
        readings=(),
        flags=(),
        demands=Demands(
            place=branches[governing].clause if governing is not None else None,
            site_end=site_branch.clause if site_branch else None,
            control_end=control_branch.clause if control_branch else None,
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


def pcr_at_site(branches: Sequence[Branch]) -> tuple[int, str | None]:
    """Return how many PCR the joined site stage demands, and the clause that demands the most."""
    most, clause = _most(branches, lambda branch: branch.site.tests.pcr)
    return max(most, len({number for branch in branches for number in branch.site.tests.pcr_days})), clause


def _latest(spans: list[Span], end: Callable[[Span], date | None]) -> tuple[date | None, Branch | None]:
    known = [(value, each.branch) for each in spans if (value := end(each))]
    return max(known, key=lambda pair: pair[0]) if known else (None, None)


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
    return tuple(
        each.id
        for each in facts.linked or ()
        if not (
            (each.state in ("released", "released_early") and each.released_on)
            or (each.state == "quarantined_negative" and each.admitted_on)
        )
    )


def _dates(
    place: str,
    spans: list[Span],
    site_end: date | None,
    control_end: date | None,
    hold: Hold | None,
    waits_for: tuple[str, ...],
) -> Dates:
    if place == "site":
        firsts = [each.site_first for each in spans if each.site_first]
        open_end = bool(waits_for) or (hold is not None)
        ends = None if open_end or control_end is None or site_end is None else control_end
        later = ends is not None and site_end is not None and ends > site_end
        return Dates(
            site_first=min(firsts, default=None),
            site_last=None if waits_for else site_end,
            home_first=site_end + _ONE_DAY if later and site_end else None,
            home_last=ends if later else None,
            free_from=ends + _ONE_DAY if ends else None,
        )
    if place == "home":
        firsts = [each.home_first for each in spans if each.home_first]
        return Dates(
            home_first=min(firsts, default=None),
            home_last=control_end,
            free_from=control_end + _ONE_DAY if control_end else None,
        )
    return Dates()


def _quarantine_days(
    place: str, branches: list[Branch], site_branch: Branch | None, waits_for: tuple[str, ...]
) -> int | None:
    if place == "hospital":
        return max((branch.site.days for branch in branches if branch.site.days), default=None)
    if place != "site" or waits_for:
        return None
    if site_branch is not None:
        return site_branch.site.days
    return max((branch.site.days for branch in branches if branch.site.days), default=None)


def _home_days(
    place: str,
    spans: list[Span],
    site_end: date | None,
    site_branch: Branch | None,
    control_end: date | None,
    control_branch: Branch | None,
) -> int | None:
    """The home stage's own number, or what is left of the latest end after the latest site stage."""
    stages = [each.branch for each in spans if each.branch.home.after != "none"]
    if place not in ("hospital", "site", "home") or not stages:
        return None
    if place == "site" and site_end and control_end and site_branch is not control_branch:
        return max((control_end - site_end).days, 0)
    if place == "home" and control_branch is not None:
        return control_branch.home.days
    if place == "site" and site_branch is not None:
        return site_branch.home.days
    totals = [(branch.site.days or 0) + (branch.home.days or 0) for branch in stages]
    return max(totals) - max((branch.site.days or 0 for branch in stages), default=0)


def hold_of(facts: Facts, branches: list[Branch], single: int) -> Hold | None:
    """Return why the calendar alone frees nobody: a result out or unclear, or an unchecked history (3.7b)."""
    latest = {(each.type, each.day): each.result for each in facts.tests}
    results = list(latest.values())
    test: ArrivalPcr | None = arrival_test(facts)
    if single and test is not None:
        results.append(test.result)
    if any(each in ("indeterminate", "invalid") for each in results):
        return "result_unclear"
    if "pending" in results:
        return "result_pending"
    if any(branch.site.until == "cleared" for branch in branches) and (
        facts.investigation == "pending"
        or (facts.investigation is None and test is not None and test.result == "negative")
    ):
        return "history_not_checked"
    return None
