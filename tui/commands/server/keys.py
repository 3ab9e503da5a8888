"""`keys add|list|remove`: the keys with which officers come in at the door, a file of the desk's account.

Typed on the server by root or by the account itself. Each change is an act that everybody's board shows; nothing is
written to either if the other cannot be.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dutyboard.tui.commands.framework import DESK_FILE, CommandFamily, DeskCommand, DeskOption, whole_file
from dutyboard.tui.commands.invocation import Failure, Invocation, pass_call, print_json
from dutyboard.tui.commands.lookup import officer_named

if TYPE_CHECKING:
    from datetime import datetime

    from dutyboard.rules.records.commands import Command
    from dutyboard.rules.records.snapshot import Snapshot
    from dutyboard.tui.link.gateway import Gateway
    from dutyboard.tui.link.server.authorized_keys import AuthorizedLine, KeysFile

_MOST_BYTES = 65536
_keys_file_option = click.option(
    "--keys-file", "keys_file", cls=DeskOption, type=click.Path(path_type=Path), metavar="FILE"
)


@click.command("keys add", cls=DeskCommand)
@click.argument("login", metavar="LOGIN")
@click.argument("file", metavar="FILE|-", type=DESK_FILE)
@click.option("--officer", "officer", cls=DeskOption, metavar="NAME")
@_keys_file_option
@click.option("--json", "as_json", cls=DeskOption, is_flag=True)
@pass_call
def add_key_command(
    call: Invocation, login: str, file: str, officer: str | None, keys_file: Path | None, as_json: bool
) -> None:
    from dutyboard.rules.records.commands.post import AddKey, BindLogin
    from dutyboard.tui.link.server.authorized_keys import door_line, read_public_key

    typed = _typed(call, file)  # before root's rights are laid down: the file may be root's
    with _open(call, keys_file) as (gateway, keys):
        key = read_public_key(typed)
        login = _login_typed(gateway.snapshot, login)
        line = door_line(key, login, gateway.folder.absolute(), sys.executable)
        lines = keys.lines()
        for there in lines:
            if there.fingerprint == key.fingerprint:
                raise Failure(call.words.key_there.format(key=key.fingerprint, line=there.number, login=there.login))
        acts: list[Command] = []
        if officer is not None:
            bound = officer_named(gateway.snapshot, officer, call)
            if bound.login != login:
                acts.append(BindLogin(officer_id=bound.id, login=login, reason=f"keys add {key.fingerprint}"))
        acts.append(AddKey(login=login, fingerprint=key.fingerprint))
        _write(call, gateway, keys, [*(each.text for each in lines), line], acts)
    if as_json:
        print_json({"login": login, "key": key.fingerprint})
    else:
        click.echo(call.words.key_added.format(login=login, key=key.fingerprint))


@click.command("keys list", cls=DeskCommand)
@_keys_file_option
@click.option("--json", "as_json", cls=DeskOption, is_flag=True)
@pass_call
def list_keys_command(call: Invocation, keys_file: Path | None, as_json: bool) -> None:
    with _open(call, keys_file) as (gateway, keys):
        when = _added(gateway)
        rows = [_row(gateway, each, when) for each in keys.lines() if not each.text.lstrip().startswith("#")]
    if as_json:
        print_json(rows)
        return
    marks = call.words.key_marks
    for row in rows:
        who = row["officer"] or marks["foreign" if not row["login"] else "nobody"]
        told = (row["login"] or f"{row['line']}:", who, row["key"] or "-", row["when"] or "")
        click.echo("  ".join(each for each in told if each))
    if not rows:
        click.echo(call.words.no_keys)


@click.command("keys remove", cls=DeskCommand)
@click.argument("which", metavar="KEY|LOGIN")
@click.option("--reason", cls=DeskOption, default="", metavar="TEXT")
@_keys_file_option
@click.option("--json", "as_json", cls=DeskOption, is_flag=True)
@pass_call
def remove_key_command(call: Invocation, which: str, reason: str, keys_file: Path | None, as_json: bool) -> None:
    from dutyboard.rules.records.commands.post import RemoveKey

    with _open(call, keys_file) as (gateway, keys):
        lines = keys.lines()
        gone = [each for each in lines if which in (each.login, each.fingerprint) and each.login]
        if not gone:
            foreign = next((each for each in lines if which and each.fingerprint == which), None)
            words = call.words.key_foreign if foreign else call.words.no_key
            raise Failure(words.format(key=which, file=keys.path, line=foreign.number if foreign else 0))
        acts = [RemoveKey(login=each.login, fingerprint=each.fingerprint, reason=reason) for each in gone]
        _write(call, gateway, keys, [each.text for each in lines if each not in gone], acts)
    removed = [{"login": each.login, "key": each.fingerprint} for each in gone]
    if as_json:
        print_json(removed)
        return
    for each in removed:
        click.echo(call.words.key_removed.format(**each))


keys_command = CommandFamily("keys", add_key_command, list_keys_command, remove_key_command)


@contextmanager
def _open(call: Invocation, file: Path | None) -> Iterator[tuple["Gateway", "KeysFile"]]:
    """Open the desk as the account that owns it, and the account's file of keys. Raises Failure.

    Root steps down to the account for the desk, and is named beside it in the entry.
    """
    from dutyboard.tui.link.account import account_of
    from dutyboard.tui.link.identity import Identity
    from dutyboard.tui.link.server.authorized_keys import BadKey, default_keys_file, keys_file
    from dutyboard.tui.link.trouble import StoreTrouble, troubles

    try:
        with troubles():
            account = account_of(call.folder)
        if not account.may_act:
            raise Failure(call.words.keys_of_account.format(login=account.login))
        who = call.identity.login
        call.identity = Identity(account.login, by_login=who if who != account.login else "")
        with (
            keys_file(file or default_keys_file(account), account) as keys,
            account.stepped_down(),
            call.desk() as gateway,
        ):
            yield gateway, keys
    except StoreTrouble as trouble:
        raise call.failure(trouble.code, trouble.fields) from None
    except BadKey as bad:
        raise Failure(call.words.key_faults[bad.fault]) from None


def _write(
    call: Invocation, gateway: "Gateway", keys: "KeysFile", lines: Sequence[str], acts: Sequence["Command"]
) -> None:
    """Write the acts on the desk as one commit, and the file: both or none. Raises Failure, StoreTrouble, BadKey."""
    from dutyboard.tui.link.account import account_of

    def told() -> None:
        with account_of(gateway.folder).stepped_down():
            _, refused = gateway.submit_all([lambda _, act=act: act for act in acts])  # type: ignore[misc]
        if refused is not None:
            raise call.failure(refused.code, refused.fields)

    keys.write(lines, told)


def _typed(call: Invocation, file: str) -> str:
    """Return the text of a key's file. Raises Failure for one that is not there, or no text of a key's size."""
    try:
        text = whole_file(call, file, _MOST_BYTES).decode()
    except UnicodeDecodeError:
        text = ""
    if not text:
        raise Failure(call.words.key_faults["malformed"])
    return text


def _login_typed(snapshot: "Snapshot", typed: str) -> str:
    """Return the login that is typed, or that of the one officer of that name."""
    named = [officer.login for officer in snapshot.officers.values() if officer.until is None and officer.name == typed]
    return named[0] if len(named) == 1 and named[0] else typed


def _added(gateway: "Gateway") -> dict[tuple[str, str], "datetime"]:
    """Return when each key of each login was last added, archived entries too. Raises StoreTrouble."""
    from dutyboard.rules.records.told.post import KeyAdded

    entries = gateway.with_archived("entries").entries
    told = [(entries[number], entries[number].told) for number in sorted(entries)]
    return {(each.login, each.added): entry.entered_at for entry, each in told if isinstance(each, KeyAdded)}


def _row(gateway: "Gateway", line: "AuthorizedLine", added: Mapping[tuple[str, str], "datetime"]) -> dict[str, Any]:
    """Return a line of the file as a row of the list."""
    from dutyboard.rules.duties.post.keys import key_holder

    officer = key_holder(gateway.snapshot, line.login, gateway.now())
    when = added.get((line.login, line.fingerprint))
    return {
        "line": line.number,
        "login": line.login or None,
        "officer": officer.name if officer else None,
        "officer_id": officer.id if officer else None,
        "key": line.fingerprint or None,
        "when": f"{when.astimezone(gateway.snapshot.zone):%Y-%m-%d %H:%M}" if when else None,
        "foreign": not line.login,
    }
