"""A site changed: its rooms, keeper, phone and areas (四（二）)."""

from collections.abc import Mapping
from typing import Any

from dutyboard.rules.records.commands.site import ChangeSite
from dutyboard.rules.records.model import Site, subject_id
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import draft_key, saved_entry
from dutyboard.tui.session import Session
from dutyboard.tui.sheets.kinds.sites import read_rooms
from dutyboard.tui.terminal.cells import Line
from dutyboard.tui.terminal.masking import masked
from dutyboard.tui.views.fields import Field, Problem
from dutyboard.tui.views.site.rooms import rooms_written


def site_change_form(session: Session, site: Site) -> None:
    """Open the form of a site with what stands in it. A phone is typed anew; empty, it stays."""
    said = session.words.desk_acts
    rooms = Field(
        id="rooms", label=said.site_rooms, hint=said.site_rooms_hint, value=rooms_written(site.rooms), needed=True
    )
    keeper = Field(id="keeper", label=said.site_keeper, value=site.keeper)
    phone = Field(id="phone", label=said.site_phone, hint=masked(site.phone))
    areas = Field(id="areas", label=said.site_areas, value=session.words.marks.comma.join(site.areas))
    reason = Field(id="reason", label=said.reason, hint=said.reason_hint, needed=True)

    def make(values: Mapping[str, Any]) -> ChangeSite | Problem:
        told = read_rooms(values["rooms"])
        if not told:
            return Problem(rooms, "not_a_choice", values["rooms"])
        text = (values["areas"] or "").replace("，", "、").replace(",", "、")
        return ChangeSite(
            site_id=site.id,
            rooms=None if told == site.rooms else told,
            keeper=None if (values["keeper"] or "") == site.keeper else values["keeper"] or "",
            phone=values["phone"],
            areas=tuple(name for each in text.split("、") if (name := each.strip())),
            reason=values["reason"],
        )

    facts: list[Line] = [((f" {site.name}", "strong"),)]
    fields = [rooms, keeper, phone, areas, reason]
    title, key = said.site_change_title.format(site=site.name), draft_key("site-change", subject_id(site))
    session.open(FormScreen(session, title, facts, fields, make, key, saved_entry(session)))
