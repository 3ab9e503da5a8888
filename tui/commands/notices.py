"""`rules`: the notices that the program carries, the one in force on the desk, and the effect of another."""

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dutyboard.tui.commands.framework import ActCommand, DeskOption, desk_file, whole_file
from dutyboard.tui.commands.invocation import Failure, Invocation, instant, pass_call, print_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dutyboard.rules.law.notice import Notice
    from dutyboard.rules.switching import Switch
    from dutyboard.tui.link.gateway import Gateway

_NAMES = {"list": (0,), "show": (0, 1), "diff": (2,), "switch": (1,), "check": (1,)}
"""Number of notices, or of files, that each act takes."""
_CELLS = 80
"""Width of what is printed: the narrowest terminal of an officer."""
_MOST_BYTES = 1 << 20
"""Bytes of a notice file: many times the longest of them."""


@click.command("rules", cls=ActCommand)
@click.argument("act", type=click.Choice(tuple(_NAMES)), metavar="list|show|diff|switch|check")
@click.argument("notices_or_file", nargs=-1, metavar="[NOTICE|FILE ...]")
@click.option("--json", "as_json", cls=DeskOption, is_flag=True)
@click.option("--from", "starts", cls=DeskOption, metavar="TIME")
@click.option("--reason", cls=DeskOption, metavar="TEXT")
@click.option("--everyone", cls=DeskOption, is_flag=True)
@pass_call
def rules_command(
    call: Invocation,
    act: str,
    notices_or_file: tuple[str, ...],
    as_json: bool,
    starts: str | None,
    reason: str | None,
    everyone: bool,
) -> None:
    from dutyboard.tui.link.folder import has_desk
    from dutyboard.tui.link.picture import known_notices

    known, words, names = known_notices(), call.words, notices_or_file
    if len(names) not in _NAMES[act]:
        raise click.UsageError(words.rules_usage)
    if act == "check":
        _check(call, names[0], as_json, known)
        return
    for name in names:
        if name not in known:
            raise Failure(words.no_notice.format(text=name))
    if act == "switch":
        _switch(call, names[0], starts, reason, everyone, as_json)
        return
    if not has_desk(call.folder):
        _tell(call, act, names, as_json, known, None)
        return
    with call.desk("rules diff" if act == "diff" else "rules list") as gateway:
        _tell(call, act, names, as_json, known, gateway)


def _tell(
    call: Invocation,
    act: str,
    names: tuple[str, ...],
    as_json: bool,
    known: "Mapping[str, Notice]",
    gateway: "Gateway | None",
) -> None:
    current = gateway.snapshot.notice_at(gateway.now()).id if gateway is not None else ""
    if act == "list":
        for name, notice in known.items():
            mark = f"  [{call.words.in_force}]" if name == current else ""
            title = notice.title.said_in(call.language)
            click.echo(f"{name}  {notice.effective_from:%Y-%m-%d}  {title}{mark}")
    elif act == "show":
        shown = names[0] if names else current or next(iter(known))
        click.echo(known[shown].text, nl=False)
    elif names[0] == names[1] and not as_json:
        click.echo(call.words.same_notice)
    elif gateway is None:
        _print_text_diff(known[names[0]], known[names[1]], as_json)
    else:
        _print_effect(call, gateway, known[names[0]], known[names[1]], as_json)


def _check(call: Invocation, file: str, as_json: bool, known: "Mapping[str, Notice]") -> None:
    """Check a notice file, which may rest on the notices that the program carries. Exits 1 where something is found."""
    from dutyboard.rules.law.check_notice import check_notice
    from dutyboard.tui.text import words as words_of
    from dutyboard.tui.views.notice.check import check_json, check_lines

    file = desk_file(file)
    text = whole_file(call, file, _MOST_BYTES).decode("utf-8", errors="replace")
    bases = {name: tomllib.loads(notice.text) for name, notice in known.items()}
    name, words = Path(file).name, words_of(call.language)
    check = check_notice(text, name, bases)
    if as_json:
        print_json(check_json(check, name, words))
    for line in () if as_json else check_lines(check, words, _CELLS):
        click.echo(line)
    if not check.ok:
        raise SystemExit(1)


def _print_text_diff(old: "Notice", new: "Notice", as_json: bool) -> None:
    import difflib

    before, after = (each.text.splitlines(keepends=True) for each in (old, new))
    lines = list(difflib.unified_diff(before, after, old.id, new.id))
    if as_json:
        print_json({"old": old.id, "new": new.id, "text": lines})
    else:
        click.echo("".join(lines), nl=False)


def _print_effect(call: Invocation, gateway: "Gateway", old: "Notice", new: "Notice", as_json: bool) -> None:
    """Print a summary, the rooms and samples of the next days, and the people who would change."""
    from dutyboard.rules.people.rooms import occupancy
    from dutyboard.rules.records.model import subject_id
    from dutyboard.rules.switching import on_desk
    from dutyboard.tui.text import words as words_of
    from dutyboard.tui.views.notice.effect import effect_lines

    snapshot = gateway.snapshot
    found: Switch = on_desk(snapshot, old, new, gateway.now())
    rooms = occupancy(snapshot).rooms
    names: dict[str, str] = {subject_id(person): person.name for person in snapshot.persons.values()}
    if as_json:
        print_json({"old": old.id, "new": new.id, **_effect_json(found, names, rooms)})
        return
    click.echo(call.words.switch_total.format(old=old.id, new=new.id))
    for line in effect_lines(found, names, rooms, words_of(call.language), _CELLS):
        click.echo(line)


def _effect_json(found: "Switch", names: "Mapping[str, str]", rooms: int) -> dict[str, Any]:
    from dataclasses import asdict

    from dutyboard.rules.people.changes import changed_json
    from dutyboard.rules.switching import summary

    figures = asdict(summary(found))
    moves = [{"before": before, "after": after, "people": n} for (before, after), n in figures.pop("moves").items()]
    return {
        "changed": len(found.changes),
        "unchanged": found.unchanged,
        "rooms": rooms,
        "summary": {**figures, "moves": moves},
        "follow_up": {"before": list(found.calls_before), "after": list(found.calls_after)},
        "people": [
            {"person": each.person, "name": names[each.person], "changes": changed_json(each.changes)}
            for each in found.changes
        ],
        "loads": [{**asdict(each), "day": each.day.isoformat()} for each in found.loads],
    }


def _switch(call: Invocation, name: str, starts: str | None, reason: str | None, everyone: bool, as_json: bool) -> None:
    """Switch the notice. `rules diff` shows the effect beforehand."""
    from dutyboard.tui.commands.act_command import submit

    if starts is None or reason is None:
        raise click.UsageError(call.words.rules_usage)
    with call.desk() as gateway:
        at = instant(gateway, starts, call.words)
        assert at is not None
        told = {"notice": name, "effective_from": at.isoformat(), "reason": reason, "for_everyone": everyone}
        submit(call, gateway, [("rules switch", told)], as_json=as_json)
