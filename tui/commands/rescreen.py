"""`rescreen`: the calls owed because a risk area was added or raised, and the record of one call."""

from typing import TYPE_CHECKING, Any, get_args

import click

from dutyboard.rules.records.codes import CallAnswer
from dutyboard.tui.commands.act_command import submit
from dutyboard.tui.commands.framework import ActCommand, DeskOption
from dutyboard.tui.commands.invocation import Invocation, instant, pass_call, print_json
from dutyboard.tui.commands.lookup import area_named, person_named

if TYPE_CHECKING:
    from dutyboard.rules.duties.post.area_calls import CallList
    from dutyboard.rules.records.model import Entry


@click.command("rescreen", cls=ActCommand)
@click.argument("person", required=False)
@click.argument("area", required=False)
@click.option("--answer", cls=DeskOption, type=click.Choice(get_args(CallAnswer)))
@click.option("--text", cls=DeskOption, default="", metavar="TEXT")
@click.option("--at", cls=DeskOption, metavar="TIME")
@click.option("--reason", cls=DeskOption, default="", metavar="TEXT")
@click.option("--json", "as_json", cls=DeskOption, is_flag=True)
@pass_call
def rescreen_command(
    call: Invocation,
    person: str | None,
    area: str | None,
    answer: str | None,
    text: str,
    at: str | None,
    reason: str,
    as_json: bool,
) -> None:
    from dutyboard.rules.duties.post.area_calls import call_lists

    if person is not None and (area is None or answer is None):
        raise click.UsageError(call.words.rescreen_usage)
    with call.desk("rescreen" if person is None else "") as gateway:
        if person is not None and area is not None:
            told = {
                "person": person_named(gateway.snapshot, person, call).id,
                "area": area_named(gateway.snapshot, area, call).id,
                "answer": answer,
                "text": text,
                "reason": reason,
            }
            happened_at = instant(gateway, at, call.words)
            told |= {"at": happened_at.isoformat()} if happened_at else {}
            submit(call, gateway, [("rescreen", told)], as_json=as_json)
            return
        lists = call_lists(gateway.snapshot, gateway.now())
    if as_json:
        print_json([_list_json(each) for each in lists])
        return
    if not lists:
        click.echo(call.words.no_calls)
    for each in lists:
        _print(call, each)


def _print(call: Invocation, listed: "CallList") -> None:
    from dutyboard.rules.records.told.post import CalledTouched
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
    from dutyboard.rules.records.told.post import CalledTouched

    if entry is None:
        return None
    answer = entry.told.answer if isinstance(entry.told, CalledTouched) else None
    at = entry.happened_at.isoformat()
    return {"entry": entry.id, "answer": answer, "at": at, "by": entry.done_by}
