"""Acts of the command post: who comes, what was done and found, the sites, the settings, the notice."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Final

from dutyboard.rules.board import board
from dutyboard.rules.people.stage import on_desk
from dutyboard.rules.records.codes import SiteState
from dutyboard.rules.records.commands.amending import TakeBack
from dutyboard.rules.records.commands.person import PersonData, Register
from dutyboard.rules.records.commands.post import (
    AssignMatter,
    ChangeSetting,
    CloseMatter,
    Discharge,
    SwitchNotice,
    WriteLog,
)
from dutyboard.rules.records.commands.site import SetSiteState
from dutyboard.rules.records.model import subject_id
from dutyboard.rules.records.obligation import OWED, Obligation
from dutyboard.rules.records.told.post import Called
from tests.rules.courses.night import OTHER, Night, facts_of


def come(night: Night) -> None:
    """Register somebody who phoned in."""
    number = night.snapshot.next_id("persons")
    night.say(Register(person=PersonData(name=f"人员{number}", phone=f"1990000{number:04}", facts=facts_of(night))))


def discharge(night: Night) -> None:
    """Tell one of the rounds or checks that are open, whole or in part, with what was found."""
    rows = [row for row in board(night.snapshot, night.now).obligations if row.state in OWED and row.kind in CHECKED]
    if rows:
        row = night.random.choice(rows)
        night.say(CHECKED[row.kind](night, row))
        if night.last is not None and night.chance(0.1):
            night.now += timedelta(minutes=1)
            night.say(TakeBack(entry_id=night.last.accepted.entry.id))


def seen(night: Night, row: Obligation) -> Discharge:
    """Everybody was seen and well, or one of them was not, or did not answer."""
    whole = Discharge(obligation=row.id)
    who = [each.number for each in row.left]
    if not who or night.chance(0.7):
        return whole
    one = night.random.choice(who)
    how = night.random.choice(("absent", "unwell") if row.kind != "home_check" else ("absent", "refused", "unwell"))
    return replace(whole, **{how: (one,)}, remarks={f"person-{one}": "见记录"})  # type: ignore[arg-type]


def measured(night: Night, row: Obligation) -> Discharge:
    """Temperatures by name, of all or of some, seldom a high one."""
    some = [each for each in row.people if night.chance(0.8)]
    degrees = (36.4, 36.6, 36.6, 36.8, 36.9, 37.4)
    return Discharge(obligation=row.id, readings={str(each): night.random.choice(degrees) for each in some})


CHECKED: Final = {"patrol": seen, "home_check": seen, "temperature": measured}
"""How each kind of check that names people is told."""


def write_log(night: Night) -> None:
    """Write a note, or a call that must be answered."""
    people = list(night.snapshot.persons.values())
    about = subject_id(night.random.choice(people)) if people else "post"
    call = Called(caller="村医", matter="反映有人外出", answer_needed=night.chance(0.7))
    night.say(WriteLog(text="来电", subject=about, call=call if night.chance(0.6) else None))


def close_matter(night: Night) -> None:
    """Close what somebody found, or give it to another owner."""
    matters = [each.id for each in night.snapshot.matters.values() if each.closed_at is None]
    if matters:
        one = night.random.choice(matters)
        to_another = AssignMatter(matter_id=one, owner="王芳", reason="换人跟进")
        night.say(to_another if night.chance(0.2) else CloseMatter(matter_id=one, outcome="已办"))


def set_site(night: Night) -> None:
    """Close a site, or open it again."""
    site = night.random.choice(list(night.snapshot.sites.values()))
    state: SiteState = "standby" if site.state == "active" else "active"
    night.say(SetSiteState(site_id=site.id, state=state, reason="人员清空"))


def change_setting(night: Night) -> None:
    """Move the limit of a fever, or the hours of a transfer."""
    name, value = night.random.choice((("fever_c", "37.2"), ("fever_c", "37.5"), ("transfer_hours", "6")))
    night.say(ChangeSetting(name=name, value=value, reason="指挥部要求"))


def switch(night: Night) -> None:
    """Let another notice apply, to everybody or to those who come from now on."""
    night.say(SwitchNotice(notice=OTHER, effective_from=night.now, reason="新方案", for_everyone=night.chance(0.5)))


DeskAct = Callable[[Night], None]
DESK_ACTS: Final[tuple[DeskAct, ...]] = (
    *(discharge,) * 16,
    *(close_matter,) * 6,
    *(write_log,) * 3,
    *(set_site,) * 2,
    change_setting,
)
"""Acts of the command post, the frequent ones more often."""


def few(night: Night) -> bool:
    """Return True while there is room for more people on the desk."""
    return sum(on_desk(each) for each in night.snapshot.persons.values()) < 6
