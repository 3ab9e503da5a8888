"""`settings`: the values of the desk and of the notice, and one value set from an instant on."""

from typing import TYPE_CHECKING, Any

import click

from dutyboard.tui.commands.act_command import submit_command
from dutyboard.tui.commands.framework import ActCommand, DeskOption
from dutyboard.tui.commands.invocation import Invocation, instant, pass_call, print_json

if TYPE_CHECKING:
    from dutyboard.rules.duties.post.settings import StandingSetting
    from dutyboard.rules.records.snapshot import Snapshot
    from dutyboard.tui.link.gateway import Gateway

_CODE_CELLS, _NAME_CELLS = 40, 36


@click.command("settings", cls=ActCommand)
@click.argument("act", type=click.Choice(("list", "set")), metavar="list|set")
@click.argument("told", nargs=-1, metavar="[NAME VALUE]")
@click.option("--from", "starts", cls=DeskOption, metavar="TIME")
@click.option("--reason", cls=DeskOption, metavar="TEXT")
@click.option("--json", "as_json", cls=DeskOption, is_flag=True)
@pass_call
def settings_command(
    call: Invocation, act: str, told: tuple[str, ...], starts: str | None, reason: str | None, as_json: bool
) -> None:
    if (len(told) > 0) != (act == "set") or len(told) == 1 or (act == "set" and reason is None):
        raise click.UsageError(call.words.settings_usage)
    with call.desk("settings list" if act == "list" else "") as gateway:
        if act == "set":
            _set(call, gateway, told[0], " ".join(told[1:]), starts, reason or "", as_json)
        else:
            _list(call, gateway, as_json)


def _set(
    call: Invocation, gateway: "Gateway", name: str, typed: str, starts: str | None, reason: str, as_json: bool
) -> None:
    from dutyboard.rules.records.commands.post import ChangeSetting
    from dutyboard.rules.records.settings import settings_of
    from dutyboard.rules.records.told.post import SettingSet
    from dutyboard.tui.text import words
    from dutyboard.tui.views.entry.line import entry_text
    from dutyboard.tui.views.settings import typed_value

    own = words(call.language)
    setting = settings_of(gateway.snapshot.notice_at(gateway.now())).get(name)
    value = typed_value(setting, typed, own) if setting is not None else typed
    from_ = instant(gateway, starts, call.words)
    accepted = submit_command(call, gateway, ChangeSetting(name=name, value=value, reason=reason, effective_from=from_))
    if as_json:
        told = accepted.entry.told
        assert isinstance(told, SettingSet)
        effective_from = told.effective_from.isoformat()
        named = {"name": told.name, "value": told.to, "effective_from": effective_from}
        print_json({"entry": accepted.entry.id, **named, "seq": gateway.snapshot.seq})
        return
    click.echo(entry_text(accepted.entry, gateway.snapshot, own))


def _list(call: Invocation, gateway: "Gateway", as_json: bool) -> None:
    from dutyboard.rules.duties.post.settings import standing_settings
    from dutyboard.tui.terminal.cells import pad
    from dutyboard.tui.text import words
    from dutyboard.tui.views.settings import setting_texts

    snapshot, now = gateway.snapshot, gateway.now()
    standing = standing_settings(snapshot, now)
    if as_json:
        print_json([_standing_json(each, snapshot) for each in standing])
        return
    for each in standing:
        texts = setting_texts(each, snapshot, now, words(call.language))
        line = f"{pad(each.setting.name, _CODE_CELLS)}{pad(texts.name, _NAME_CELLS)}{texts.value}  {texts.source}"
        click.echo("  ".join((line, texts.more, *texts.planned)))


def _standing_json(standing: "StandingSetting", snapshot: "Snapshot") -> dict[str, Any]:
    """Return one setting as JSON, with officer, reason and planned changes. `source` is `notice` or `desk`."""
    from dutyboard.rules.people.officers import officer_name

    setting, zone = standing.setting, snapshot.zone
    return {
        "name": setting.name,
        "value": standing.value,
        "source": "desk" if standing.change else "notice",
        "since": standing.since.astimezone(zone).isoformat(timespec="minutes"),
        "by": standing.by or None,
        "reason": standing.change.reason if standing.change else None,
        "reading": setting.reading or None,
        "clause": setting.clause or None,
        "form": setting.form.kind,
        "set_by": "leader" if setting.leader else "leader or administrator",
        "planned": [
            {
                "value": each.value,
                "from": each.effective_from.astimezone(zone).isoformat(timespec="minutes"),
                "by": officer_name(snapshot, each.set_by),
                "reason": each.reason,
            }
            for each in standing.planned
        ],
    }
