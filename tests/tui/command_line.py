"""The command line called in the test's own process, on a desk whose clock stands until it is moved."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from dutyboard.rules.records import pins
from dutyboard.tui.cli import program
from dutyboard.tui.commands import act_command
from dutyboard.tui.commands.framework import CommandFamily
from dutyboard.tui.commands.invocation import Invocation
from dutyboard.tui.link.gateway import Gateway
from dutyboard.tui.link.identity import Identity
from tests.homes import begun

PINS = [pins.SHARED_PIN] * 3
SIGNED = ("release", "void", "merge", "stage", "answer", "handover", "site", "rules switch")


class CommandLine:
    """One desk and whoever types. `now` is the clock that every call sees.

    Everybody has the PIN of a practice desk, and types it on the terminal when he is asked; not with `own_pins`.
    """

    def __init__(self, folder: Path, now: str, patch: pytest.MonkeyPatch, *, own_pins: bool = False) -> None:
        self.folder = folder
        self.now = datetime.fromisoformat(f"{now}+08:00")
        self.login: str | None = None
        open_ = Gateway.__dict__["open"].__func__
        patch.setattr(open_, "__kwdefaults__", {**open_.__kwdefaults__, "clock": lambda: self.now, "pace": None})
        for each in ("rules.opening", "rules.sight", "rules.duties.post.pins"):
            import_module(f"dutyboard.{each}")  # else one that is first imported now would keep the patched function
        if not own_pins:
            patch.setattr(pins, "shares_pin", lambda _: True)
            patch.setattr("dutyboard.tui.link.pins.shares_pin", lambda _: True)
            patch.setattr(act_command, "asked_unseen", lambda _: pins.SHARED_PIN)
        assert self.call("init", str(begun(folder))).exit_code == 0

    def call(self, *words: str, typed: str = "") -> Result:
        """The result of one call, whatever it was."""
        told = CliRunner().invoke(program, ["--data", str(self.folder), *words], obj=self._caller(), input=typed)
        assert told.exception is None or isinstance(told.exception, SystemExit), told.exception
        return told

    def as_login(self, login: str) -> None:
        """Let another login type from now on."""
        self.login = login

    def _caller(self) -> Invocation:
        return Invocation() if self.login is None else Invocation(identity=Identity(self.login))

    def leader(self) -> str:
        """Write a shift leader into the roster, and return his name; 管理员 is none, wherever he sits."""
        self.done("officer", "add", "李带班", "--role", "leader")
        return "李带班"

    def done(self, *words: str, typed: str = "") -> str:
        """What a call that must succeed prints."""
        told = self.call(*words, typed=typed)
        assert told.exit_code == 0, (words, told.output)
        return told.stdout

    def printed(self, *words: str, typed: str = "") -> Any:
        """The JSON of a call that must succeed."""
        return json.loads(self.done(*words, typed=typed))

    def refused(self, *words: str, code: int = 1) -> str:
        """The one line of a call that must fail."""
        told = self.call(*words)
        assert told.exit_code == code, (words, told.output)
        return told.stderr.strip().splitlines()[-1]

    def batch(self, *acts: Any, atomic: bool = False) -> list[dict[str, Any]]:
        """The answers to acts, or to lines as they are. Acts that are signed carry the PINs."""
        acts = tuple(
            {"pin": PINS, **each} if isinstance(each, dict) and each["act"] in SIGNED else each for each in acts
        )
        lines = [each if isinstance(each, str) else json.dumps(each, ensure_ascii=False) for each in acts]
        told = self.call("batch", "-", *(["--atomic"] if atomic else []), typed="\n".join(lines))
        answers = [json.loads(line) for line in told.stdout.splitlines()]
        assert told.exit_code == (0 if all(each["ok"] for each in answers) else 1), told.output
        return answers

    def tables(self) -> dict[str, dict[str, Any]]:
        """Every record of the desk, table by table."""
        tables: dict[str, dict[str, Any]] = self.printed("export", "--json", "--reveal", "测试")["tables"]
        return tables

    def at(self, moment: str) -> None:
        """Move the clock to `2021-06-08T09:00`."""
        self.now = datetime.fromisoformat(f"{moment}+08:00")

    def later(self, **span: int) -> None:
        """Move the clock on."""
        self.now += timedelta(**span)


def leaves(name: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Each command of a name, with the words that call it."""
    command = program.get_command(click.Context(program), name)
    assert command is not None
    if isinstance(command, CommandFamily):
        yield from (((name, word), each) for word, each in command.commands.items())
        if command.otherwise is not None:
            yield (name,), command.otherwise
    else:
        yield (name,), command
