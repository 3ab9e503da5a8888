"""`assess`: section three on facts from a file or standard input. It opens no desk."""

import sys
from pathlib import Path

import click
import orjson

from dutyboard.tui.commands.desk import NOTICE
from dutyboard.tui.commands.framework import DeskCommand, DeskFile, DeskOption
from dutyboard.tui.commands.invocation import Failure, Invocation, pass_call, print_json


@click.command("assess", cls=DeskCommand)
@click.argument("file", metavar="FILE|-", type=DeskFile())
@click.option("--notice", "notice_id", cls=DeskOption, metavar="ID", default=NOTICE)
@pass_call
def assess_command(call: Invocation, file: str, notice_id: str) -> None:
    from dutyboard.rules.law.assess import assess
    from dutyboard.rules.law.facts import FactsError, read_facts_list
    from dutyboard.rules.law.impossible import impossible
    from dutyboard.tui.export.result_json import result_json
    from dutyboard.tui.link.clock import real_clock
    from dutyboard.tui.link.gateway import known_notices
    from dutyboard.tui.text import words as words_of

    words = call.words
    notice = known_notices().get(notice_id)
    if notice is None:
        raise Failure(words.no_notice.format(text=notice_id))
    try:
        text = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError:
        raise Failure(words.no_file.format(file=file)) from None
    try:
        value = orjson.loads(text.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        raise click.UsageError(words.not_json.format(problem=error.msg)) from None
    try:
        facts = read_facts_list(value)
    except FactsError as error:
        raise click.UsageError(words.bad_facts.format(path=error.path, problem=error.code)) from None
    for number, each in enumerate(facts):
        for found in impossible(each, real_clock().replace(tzinfo=None), notice.daily.thresholds):
            path = f"[{number}].{found.path}" if isinstance(value, list) else found.path
            raise click.UsageError(words.bad_facts.format(path=path, problem=found.code))
    results = [result_json(assess(each, notice), words_of(call.language)) for each in facts]
    print_json(results if isinstance(value, list) else results[0])
