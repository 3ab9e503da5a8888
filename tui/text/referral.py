"""Words of a referral and of the ride from place to place: on a person's page, and in their forms."""

from __future__ import annotations

from dutyboard.frozen import frozen


@frozen
class ReferralWords:
    """`open_since` is the line of a referral that waits; `answered` and what follows are those of its answer."""

    suspected: str
    open_since: str
    answered: str
    answered_class: str
    answered_free: str
    answered_again: str
    settled_by_facts: str
    none_open: str
    form_title: str
    authority: str
    authority_hint: str
    decision: str
    decision_hint: str
    decides: str
    decides_hint: str
    facts: str
    facts_hint: str
    late: str
    on_road: str
    on_road_since: str
    away_since: str
    start_to: str
    start_to_hint: str
    driver_phone: str
    escort: str
    escort_phone: str
    handed_by: str
    temp: str
    temp_hint: str
    announced_at: str
    announced_hint: str
    announced_by: str
    end_hint: str
    end_title: str
    why: str
    choose: str
    choices: tuple[str, str, str]
