"""`assess`: section three on facts from a file or standard input. It opens no desk.

A list of any length is read twice, one object at a time: nothing is printed of a list that holds one fault.
"""

import shutil
import sys
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, BinaryIO

import click
import orjson

from dutyboard.tui.commands.desk import NOTICE
from dutyboard.tui.commands.framework import DESK_FILE, STANDARD, DeskCommand, DeskOption, opened_file
from dutyboard.tui.commands.invocation import Failure, Invocation, pass_call
from dutyboard.tui.terminal.visible import visible_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dutyboard.rules.law.facts import Facts
    from dutyboard.rules.law.notice import Notice
    from dutyboard.tui.acts.strict_json import StrictObjects


@click.command("assess", cls=DeskCommand)
@click.argument("file", metavar="FILE|-", type=DESK_FILE)
@click.option("--notice", "notice_id", cls=DeskOption, metavar="ID", default=NOTICE)
@pass_call
def assess_command(call: Invocation, file: str, notice_id: str) -> None:
    from dutyboard.rules.law.assess import assess
    from dutyboard.tui.acts.strict_json import StrictObjects
    from dutyboard.tui.export.result_json import result_json
    from dutyboard.tui.link.picture import known_notices
    from dutyboard.tui.text import words as words_of

    notice = known_notices().get(notice_id)
    if notice is None:
        raise Failure(call.words.no_notice.format(text=notice_id))
    with _opened(call, file) as stream:
        objects = StrictObjects(stream)
        for _ in _facts(call, objects, notice):
            pass
        stream.seek(0)
        form, own, out = objects.form, words_of(call.language), sys.stdout.buffer
        sys.stdout.flush()
        opens, between, closes = _AROUND[form]
        out.write(opens)
        for number, facts in enumerate(_facts(call, StrictObjects(stream), notice)):
            result = visible_json(
                result_json(assess(facts, notice), own), 0 if form == "lines" else orjson.OPT_INDENT_2
            )
            out.write((between if number else b"") + (result.replace(b"\n", b"\n  ") if form == "list" else result))
        out.write(closes)
        out.flush()


_AROUND = {"one": (b"", b"", b"\n"), "lines": (b"", b"\n", b"\n"), "list": (b"[\n  ", b",\n  ", b"\n]\n")}
"""Bytes before the results, between them and behind them, by the form in which the facts came."""


def _facts(call: Invocation, objects: "StrictObjects", notice: "Notice") -> "Iterator[Facts]":
    """Yield the facts of each object. Raises click.UsageError, which names the place of a fault."""
    from dutyboard.rules.law.facts import FactsError, read_facts
    from dutyboard.rules.law.impossible import impossible
    from dutyboard.tui.acts.problems import ActError
    from dutyboard.tui.link.clock import real_clock

    words, wall = call.words, real_clock().replace(tzinfo=None)
    try:
        for path, value in objects:
            facts = read_facts(value, path)
            for found in impossible(facts, wall, notice.daily.thresholds):
                place = f"{path}.{found.path}" if path else found.path
                raise click.UsageError(words.bad_facts.format(path=place, problem=found.code))
            yield facts
    except FactsError as error:
        raise click.UsageError(words.bad_facts.format(path=error.path, problem=error.code)) from None
    except ActError as error:
        problem = words.act_problems[error.code]
        if error.code == "not_json":
            raise click.UsageError(words.not_json.format(problem=error.field or problem)) from None
        place = error.field
        raise click.UsageError(words.bad_facts.format(path=place, problem=problem) if place else problem) from None


@contextmanager
def _opened(call: Invocation, file: str) -> "Iterator[BinaryIO]":
    """Open a file, or a copy of what comes from a pipe, which no other program can see. Raises Failure."""
    try:
        with opened_file(call, file) as source, TemporaryFile() as copy:
            if file != STANDARD and source.seekable():
                yield source
                return
            shutil.copyfileobj(source, copy)
            copy.seek(0)
            yield copy
    except BrokenPipeError:
        raise
    except OSError:
        raise Failure(call.words.no_file.format(file=file)) from None
