"""`door LOGIN`: the command that sshd runs for an officer's key, and sudo for an account of the system.

The words of its own line are written by the server (an authorized key's `command=`, a rule of sudo). What the officer
asked for comes as SSH_ORIGINAL_COMMAND, through sudo as the words behind LOGIN; nothing of it says who he is, where
the desk lies, or what else runs.
"""

import ipaddress
import os
import re
import resource
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import click

from dutyboard.tui.commands.invocation import Failure, Invocation, pass_call
from dutyboard.tui.commands.server.door_commands import DoorRefused, checked, language_asked, taken_apart
from dutyboard.tui.link.identity import Identity, is_login, own_identity

_KEPT: Final = {
    "TERM": r"[A-Za-z0-9._+-]{1,64}",
    "LANG": r"[A-Za-z0-9._@-]{1,64}",
    **dict.fromkeys(
        ("LC_ALL", "LC_CTYPE", "LC_COLLATE", "LC_MESSAGES", "LC_NUMERIC", "LC_TIME", "LC_MONETARY"),
        r"[A-Za-z0-9._@-]{1,64}",
    ),
    "COLUMNS": r"[1-9][0-9]{0,3}",
    "LINES": r"[1-9][0-9]{0,3}",
    "DUTYBOARD_LANG": r"zh|en",
    "DUTYBOARD_THEME": r"night|light|contrast|ansi",
}
"""Variables that stay, each with the form of a value that may."""
_FINGERPRINT: Final = re.compile(r"SHA256:[A-Za-z0-9+/]{43}")
_LOCAL: Final = "local"
_GIB: Final = 1 << 30
_LIMITS: Final = {
    resource.RLIMIT_CORE: 0,
    resource.RLIMIT_NOFILE: 256,
    resource.RLIMIT_AS: 4 * _GIB,
    resource.RLIMIT_FSIZE: 4 * _GIB,
}
"""Bounds of one session. Processes are not bounded: the system counts them by account, which all officers share."""
_COMMAND_SECONDS: Final = 900
"""The most processor time of a command. A board that stays open for a shift has none."""


@click.command(
    "door",
    context_settings={"allow_interspersed_args": False, "ignore_unknown_options": True, "help_option_names": []},
)
@click.argument("login", metavar="LOGIN")
@click.argument("words", metavar="[--key FP]", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
@pass_call
def door_command(call: Invocation, ctx: click.Context, login: str, words: tuple[str, ...]) -> Any:
    told = call.words.door
    if not sys.flags.isolated:
        raise Failure(told["not_isolated"])
    if call.acting_as is not None:
        raise Failure(told["option"].format(option="--as"))
    if not is_login(login):
        raise Failure(told["no_login"])
    given = dict(os.environ)
    _only_kept_variables(given)
    os.umask(0o077)
    folder = folder_of_account(call)
    identity, asked = _come_in(call, login, words, given)
    try:
        apart = taken_apart(asked) if isinstance(asked, str) else asked
        call.lang = language_asked(apart) or call.lang
        line = checked(apart)
    except DoorRefused as refused:
        raise Failure(call.words.door[refused.fault].format(**refused.fields)) from None
    _bounded(command=bool(line))
    officers = Invocation(data=folder, lang=call.lang, plain=call.plain, identity=identity)
    program = ctx.find_root().command
    return program.main(args=list(line), prog_name="dutyboard", standalone_mode=False, obj=officers)


def _come_in(
    call: Invocation, login: str, words: tuple[str, ...], given: Mapping[str, str]
) -> tuple[Identity, str | tuple[str, ...]]:
    """Return who came in, and what he asked for: a line of sshd's, or words of sudo's. Raises Failure."""
    told, own = call.words.door, own_identity().login
    if "SUDO_USER" in given:
        caller = given["SUDO_USER"]
        if caller not in (login, "root"):
            raise Failure(told["another"].format(login=login, caller=caller))
        return Identity(login, address=_terminal(), by_login="" if caller == login else caller), words
    key = _key(call, words)
    if "SSH_CONNECTION" not in given:  # the account itself, or root as it
        return Identity(login, address=_terminal(), by_login="" if own == login else own), _original(given)
    address = given["SSH_CONNECTION"].partition(" ")[0]
    try:
        ipaddress.ip_address(address)
    except ValueError:
        if address != "UNKNOWN":  # sshd's word where the other end is no socket of the network
            raise Failure(told["no_address"]) from None
    return Identity(login, address=address, key=key), _original(given)


def _original(given: Mapping[str, str]) -> str:
    return given.get("SSH_ORIGINAL_COMMAND", "")


def _key(call: Invocation, words: tuple[str, ...]) -> str:
    """Return the fingerprint in the server's own line, "" without one. Raises Failure for anything else there."""
    match words:
        case ():
            return ""
        case ("--key", fingerprint) if _FINGERPRINT.fullmatch(fingerprint):
            return fingerprint
        case _:
            raise Failure(call.words.door["own_words"])


def _terminal() -> str:
    """Return `local` and the name of the terminal, if there is one."""
    for number in (0, 1, 2):
        try:
            return f"{_LOCAL} {os.ttyname(number).removeprefix('/dev/')}"
        except OSError:
            continue
    return _LOCAL


def folder_of_account(call: Invocation) -> Path:
    """Return the desk's folder: the one in the server's line, else the account's own.

    It must belong to the account alone: with others' rights on the files, the door would keep nobody out. Raises
    Failure.
    """
    folder, told = call.folder, call.words.door
    try:
        found = folder.stat()
    except OSError:
        raise Failure(told["no_folder"].format(folder=folder)) from None
    if found.st_uid != os.geteuid() or found.st_mode & 0o077:
        raise Failure(told["open_folder"].format(folder=folder))
    return folder


def _only_kept_variables(given: Mapping[str, str]) -> None:
    """Leave nothing in the environment but what is known and has its form."""
    os.environ.clear()
    for name, form in _KEPT.items():
        if re.fullmatch(form, given.get(name, "")):
            os.environ[name] = given[name]


def _bounded(*, command: bool) -> None:
    """Bound what the process may take of the machine. A bound that is lower already stays."""
    limits = {**_LIMITS, **({resource.RLIMIT_CPU: _COMMAND_SECONDS} if command else {})}
    for kind, most in limits.items():
        there = resource.getrlimit(kind)[1]
        bound = most if there == resource.RLIM_INFINITY else min(most, there)
        resource.setrlimit(kind, (bound, bound))
