"""`rescreen`: who is to be called because a risk area was added or raised, and how far the lists are."""

from typing import TYPE_CHECKING, Any

import click

from dutyboard.tui.commands.framework import DeskCommand, DeskOption
from dutyboard.tui.commands.invocation import Invocation, pass_call, print_json

if TYPE_CHECKING:
    from dutyboard.rules.duties.post.area_calls import CallList
    from dutyboard.rules.records.model import Entry


@click.command("rescreen", cls=DeskCommand)
@click.option("--json", "as_json", cls=DeskOption, is_flag=True)
@pass_call
def rescreen_command(call: Invocation, as_json: bool) -> None:
    from dutyboard.rules.duties.post.area_calls import call_lists

    with call.desk() as gateway:
        lists = call_lists(gateway.snapshot, gateway.now())
    if as_json:
        print_json([_list_json(each) for each in lists])
        return
    if not lists:
        click.echo(call.words.no_calls)
    for each in lists:
        _print(call, each)


def _print(call: Invocation, listed: "CallList") -> None:
    from dutyboard.rules.records.told import CalledTouched
    from dutyboard.tui.text import words

    area, answers = listed.area, words(call.language).log.answers
    click.echo(
        call.words.call_list.format(
            area=area.name,
            level=call.words.area_levels[area.level],
            starts=area.starts,
            called=listed.called,
            total=listed.total,
        )
    )
    for one in listed.calls:
        entry = one.answered or one.tried
        state = call.words.not_called
        if entry is not None and isinstance(told := entry.told, CalledTouched):
            state = f"{answers[told.answer]} {entry.happened_at:%m-%d %H:%M} {entry.done_by}"
        click.echo(
            call.words.call_line.format(
                id=one.person.id,
                name=one.person.name,
                touch=call.words.touches[one.touch],
                place=one.stay.place,
                state=state,
            )
        )


def _list_json(listed: "CallList") -> dict[str, Any]:
    from dutyboard.rules.records.model import subject_id

    area = listed.area
    return {
        "area": {"id": area.id, "name": area.name, "level": area.level, "starts": area.starts.isoformat()},
        "listed_at": area.listed_at.isoformat() if area.listed_at else None,
        "called": listed.called,
        "total": listed.total,
        "calls": [
            {
                "person": subject_id(one.person),
                "name": one.person.name,
                "touch": one.touch,
                "place": one.stay.place,
                "left_on": one.stay.left_on.isoformat() if one.stay.left_on else None,
                "answered": _entry_json(one.answered),
                "tried": _entry_json(one.tried),
            }
            for one in listed.calls
        ],
    }


def _entry_json(entry: "Entry | None") -> dict[str, Any] | None:
    from dutyboard.rules.records.told import CalledTouched

    if entry is None:
        return None
    answer = entry.told.answer if isinstance(entry.told, CalledTouched) else None
    at = entry.happened_at.isoformat()
    return {"entry": entry.id, "answer": answer, "at": at, "by": entry.done_by}
