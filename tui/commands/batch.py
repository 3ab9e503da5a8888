"""`batch`: JSON acts, one a line, each its own commit or all one. `acts`: their schema."""

from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO, Final

import click

from dutyboard.tui.commands.framework import DESK_FILE, DeskCommand, DeskOption, opened_file, whole_file
from dutyboard.tui.commands.invocation import Failure, Invocation, pass_call, print_json
from dutyboard.tui.text import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import msgspec

    from dutyboard.tui.acts.answers import AnswerLine
    from dutyboard.tui.acts.problems import ActError
    from dutyboard.tui.link.gateway import Gateway

_MOST_AT_ONCE: Final = 16 << 20
"""Bytes of acts that are one commit: more fit no line of the journal."""


@click.command("acts", cls=DeskCommand)
@click.option("--json", "as_json", cls=DeskOption, is_flag=True)
@pass_call
def acts_command(_: Invocation, as_json: bool) -> None:
    from dutyboard.tui.acts.names import ACTS
    from dutyboard.tui.acts.shapes import schema

    shapes = schema()
    if as_json:
        print_json(shapes)
        return
    for name in ACTS:
        shape = shapes["$defs"][name.replace(" ", "-")]
        keys = [key if key in shape["required"] else f"[{key}]" for key in shape["properties"] if key != "act"]
        click.echo(f"{name}: {' '.join(keys)}")


@click.command("batch", cls=DeskCommand)
@click.argument("file", metavar="FILE|-", type=DESK_FILE)
@click.option("--atomic", cls=DeskOption, is_flag=True)
@pass_call
def batch_command(call: Invocation, file: str, atomic: bool) -> None:
    if atomic:
        acts = BytesIO(whole_file(call, file, _MOST_AT_ONCE))
        with call.desk() as gateway:
            done = _all_or_none(call, gateway, acts)
    else:
        with opened_file(call, file) as stream, call.desk() as gateway:
            done = _one_by_one(call, gateway, stream)
    if not done:
        raise click.exceptions.Exit(1)


def _one_by_one(call: Invocation, gateway: "Gateway", stream: BinaryIO) -> bool:
    """Answer each line once its act is written or refused. Return True if every one was written."""
    from dutyboard.tui.acts.answers import print_answer, unread_answer
    from dutyboard.tui.acts.problems import ActError

    own, done = words(call.language), True
    for line in _lines(call, stream):
        answer = unread_answer(line, own) if isinstance(line, ActError) else _written(call, gateway, [line])[0]
        print_answer(answer)
        done &= answer["ok"]
    return done


def _all_or_none(call: Invocation, gateway: "Gateway", stream: BinaryIO) -> bool:
    """Write all acts as one commit, or answer why none was written. Return True if they were written."""
    from dutyboard.tui.acts.answers import print_answer, unread_answer
    from dutyboard.tui.acts.problems import ActError

    own, lines = words(call.language), list(_lines(call, stream))
    acts = [line for line in lines if not isinstance(line, ActError)]
    if len(acts) == len(lines):
        answers = _written(call, gateway, acts)
    else:
        other = ActError("not_written", "")
        answers = [unread_answer(line if isinstance(line, ActError) else other, own) for line in lines]
    for answer in answers:
        print_answer(answer)
    return all(answer["ok"] for answer in answers)


def _written(call: Invocation, gateway: "Gateway", acts: "Sequence[msgspec.Struct]") -> "list[AnswerLine]":
    """Return the answers to the acts of one commit. A trouble of the store is the answer to each of them."""
    from dutyboard.tui.acts.answers import refused_answer, submit_acts
    from dutyboard.tui.link.trouble import StoreTrouble

    own = words(call.language)
    try:
        return submit_acts(gateway, acts, own) if acts else []
    except StoreTrouble as trouble:
        return [refused_answer(trouble.code, trouble.fields, act, own) for act in acts]


def _lines(call: Invocation, stream: BinaryIO) -> "Iterator[msgspec.Struct | ActError]":
    """Yield each line as its act, or as the fault of it. A line that is too long is not kept whole in memory.

    Raises Failure where no more can be read.
    """
    from dutyboard.tui.acts.problems import ActError
    from dutyboard.tui.acts.reading import read_line
    from dutyboard.tui.acts.strict_json import LONGEST

    def piece() -> bytes:
        try:
            return stream.readline(LONGEST + 2)
        except OSError:
            raise Failure(call.words.no_file.format(file=stream.name)) from None

    while line := piece():
        longer = line
        while len(longer) == LONGEST + 2 and not longer.endswith(b"\n"):
            longer = piece()
        if not (text := line.strip()):
            continue
        try:
            yield read_line(text)
        except ActError as error:
            yield error
