"""`assess`: section three on facts from a file or standard input. It opens no desk."""

import sys
from pathlib import Path

import click
import orjson

from tui.commands.call import Call, Failure, pass_call, print_json
from tui.commands.desk import NOTICE
from tui.commands.framework import DeskCommand


@click.command("assess", cls=DeskCommand)
@click.argument("file", metavar="FILE|-")
@pass_call
def assess_command(call: Call, file: str) -> None:
    from rules.assess import assess
    from rules.facts import FactsError, read_facts_list
    from tui.gateway import known_notices
    from tui.text.assess_words import result_json

    words = call.words
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
    notice = known_notices()[NOTICE]
    results = [result_json(assess(each, notice), call.language) for each in facts]
    print_json(results if isinstance(value, list) else results[0])
