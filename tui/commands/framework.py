"""Commands with the global options, whose help is worded in the language of the call."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import click
from click.core import ParameterSource
from click.types import FuncParamType

from dutyboard.tui.commands.invocation import LANGUAGE_VARIABLE, Failure, Invocation
from dutyboard.tui.link.folder import accept_any_file_system
from dutyboard.tui.text import LANGUAGES

STANDARD = "-"
"""The word for standard input, or of an output for standard output."""
_SERVER_SAYS = frozenset({"data", "acting_as"})
"""Global options that nobody may use at the door: the server says where the desk is, and who he is."""


def _set(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    """Keep a global option, before the command or behind it. One from the environment gives way to both."""
    call, name = ctx.ensure_object(Invocation), str(param.name)
    if value is not None and call.identity.at_door and name in _SERVER_SAYS:
        raise Failure(call.words.door["option"].format(option=param.opts[0]))
    from_environment = ctx.get_parameter_source(name) is ParameterSource.ENVIRONMENT
    if value is not None and value is not False and not (from_environment and getattr(call, name)):
        setattr(call, name, value)
        if name == "reveal" and value == STANDARD:
            call.take_input()


def _accept(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    """Take the word of the one who calls, that the file system of the desk will do."""
    if value:
        if ctx.ensure_object(Invocation).identity.at_door:
            raise Failure(ctx.ensure_object(Invocation).words.door["option"].format(option=param.opts[0]))
        accept_any_file_system()


def output_file(value: str) -> str:
    """Return the name of a file to write, as typed; `-` is standard output. Raises Failure at the door for a file."""
    call = click.get_current_context().ensure_object(Invocation)
    if value != STANDARD and call.identity.at_door:
        raise Failure(call.words.door["file"].format(file=value))
    return value


def desk_file(value: str) -> str:
    """Return the name of a file to read, as typed; `-` is standard input, once a command.

    Raises Failure at the door for any other than `-`, click.UsageError for a second reader of standard input.
    """
    if value == STANDARD:
        click.get_current_context().ensure_object(Invocation).take_input()
    return output_file(value)


@contextmanager
def opened_file(call: Invocation, file: str) -> Iterator[BinaryIO]:
    """Open a file to be read with a bound, or standard input of `-`. Raises Failure where it cannot be opened."""
    with ExitStack() as opened:
        try:
            source = sys.stdin.buffer if file == STANDARD else opened.enter_context(Path(file).open("rb"))
        except OSError:
            raise Failure(call.words.no_file.format(file=file)) from None
        yield source


def write_file(call: Invocation, output: Path, write: Callable[[BinaryIO], object]) -> None:
    """Write a file that its writer alone may read, whole or not at all. Raises Failure."""
    from dutyboard.tui.export.whole_file import write_whole

    try:
        write_whole(output, write)
    except OSError as error:
        raise Failure(call.words.no_output.format(file=output, why=error.strerror)) from None


def whole_file(call: Invocation, file: str, most: int) -> bytes:
    """Return the bytes of a file, or of standard input of `-`. Raises Failure for one of more than `most` bytes."""
    try:
        with opened_file(call, file) as source:
            raw = source.read(most + 1)
    except OSError:
        raise Failure(call.words.no_file.format(file=file)) from None
    if len(raw) > most:
        raise Failure(call.words.large_file.format(file=file, most=most >> 10))
    return raw


def typed_text(value: str) -> str:
    """Return a text as typed; of `-` all of standard input, so that no list of processes shows it. Once a command.

    With --pin-stdin the first line is the PIN, and the text is the rest. Raises click.UsageError the second time.
    """
    return click.get_current_context().ensure_object(Invocation).read_text() if value == STANDARD else value


class TakenWord(FuncParamType[str, str]):
    """The type of a word of the command line that a function takes. `name` stands in usage lines."""

    def __init__(self, name: str, take: Callable[[str], str]) -> None:
        super().__init__(take)
        self.name = name


class FolderName(click.Path):
    """The type of a folder that a command names. An address is refused before anything is made of it."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the folder. Raises Failure for an address, click.BadParameter for what is no folder."""
        call = click.get_current_context().ensure_object(Invocation)
        return super().convert(self._folder(call, os.fsdecode(value)), param, ctx)

    def _folder(self, call: Invocation, named: str) -> Path:
        return call.folder_named(named)


class DeskName(FolderName):
    """The type of a desk that a command names: a folder, or an address at which a desk may be."""

    def _folder(self, call: Invocation, named: str) -> Path:
        return call.desk_named(named)


DESK_FILE = TakenWord("file", desk_file)
OUTPUT_FILE = TakenWord("file", output_file)
TYPED_TEXT = TakenWord("text", typed_text)
_MEANS_ITSELF = frozenset({"temp_c", "notices_or_file"})
"""Arguments whose `-` is a word of its own: only a symptom is told, or standard input is the file."""


class DeskOption(click.Option):
    """An option whose help line comes from the catalogue, by the option's name."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the two columns of the help page."""
        self.help = ctx.ensure_object(Invocation).words.options.get(str(self.name))
        return super().get_help_record(ctx)


def global_options() -> list[click.Parameter]:
    """Return --data, --lang, --plain, --as, --i-know and --reveal, which every command takes.

    They are read before all others, so that the help and every error are in the language asked for. So the folder,
    which may be refused, comes behind the language.
    """
    keep: dict[str, Any] = {"expose_value": False, "callback": _set, "is_eager": True}
    folder = DeskName(path_type=Path, file_okay=False, readable=False)
    return [
        DeskOption(["--data"], type=folder, metavar="DESK", **{**keep, "is_eager": False}),
        DeskOption(["--lang"], type=click.Choice(LANGUAGES), envvar=LANGUAGE_VARIABLE, **keep),
        DeskOption(["--plain"], is_flag=True, **keep),
        DeskOption(["--as", "acting_as"], metavar="LOGIN", **keep),
        DeskOption(["--i-know"], is_flag=True, **{**keep, "callback": _accept}),
        DeskOption(["--reveal"], metavar="REASON", **keep),
    ]


class CallContext(click.Context):
    """A context whose path names a noun once, where the command is that of the noun alone (`CommandFamily`)."""

    @property
    def command_path(self) -> str:
        """Return the words typed so far, for the usage line."""
        family = self.parent.command if self.parent is not None else None
        if self.parent is not None and isinstance(family, CommandFamily) and family.otherwise is self.command:
            return self.parent.command_path
        return super().command_path


class DeskCommand(click.Command):
    """A command with the global options. Its words come from the catalogue, by the command's name."""

    context_class = CallContext

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in self.params:
            if each.type is click.STRING and each.name not in _MEANS_ITSELF:
                each.type = TYPED_TEXT
        self.params.extend(global_options())

    def invoke(self, ctx: click.Context) -> Any:
        """Carry out the command. What it reads of the desk is asked for under its name."""
        ctx.ensure_object(Invocation).reads = str(self.name)
        return super().invoke(ctx)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the paragraph under the usage line."""
        self.help = ctx.ensure_object(Invocation).words.commands[str(self.name)]
        super().format_help_text(ctx, formatter)


def _take_pin(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    """Read the first PIN before the command reads what else stands on standard input."""
    _set(ctx, param, value)
    if value:
        ctx.ensure_object(Invocation).read_pin()


def signing_options() -> list[click.Parameter]:
    """Return --leader and --pin-stdin: who signs an act, and where his PIN comes from. No option holds a PIN."""
    keep: dict[str, Any] = {"expose_value": False}
    return [
        DeskOption(["--leader", "signer"], metavar="NAME", callback=_set, **keep),
        DeskOption(["--pin-stdin"], is_flag=True, is_eager=True, callback=_take_pin, **keep),
    ]


class ActCommand(DeskCommand):
    """A command that writes into the log, and may have to be signed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = {flag for each in self.params for flag in each.opts}
        self.params.extend(each for each in signing_options() if own.isdisjoint(each.opts))

    def invoke(self, ctx: click.Context) -> Any:
        """Carry out the command. It reads nothing, unless it says so where it opens the desk."""
        ctx.ensure_object(Invocation).reads = ""
        return super(DeskCommand, self).invoke(ctx)


class CommandFamily(click.Group):
    """Commands of one noun, `finding open`, `finding close`. Each is a `DeskCommand` with its whole name.

    `otherwise` is the command of the noun alone, for arguments that begin with none of the words.
    """

    def __init__(self, name: str, *commands: click.Command, otherwise: click.Command | None = None) -> None:
        super().__init__(name, commands={str(each.name).removeprefix(f"{name} "): each for each in commands})
        self.otherwise = otherwise
        self.params.extend(global_options())

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the paragraph under the usage line."""
        self.help = ctx.ensure_object(Invocation).words.commands[str(self.name)]
        super().format_help_text(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of the commands."""
        words = ctx.ensure_object(Invocation).words
        with formatter.section(words.commands_title):
            formatter.write_dl([(name, words.commands[str(each.name)]) for name, each in self.commands.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the first word names, else the noun's own with all the words."""
        if self.otherwise is not None and args[0] not in self.commands:
            return self.otherwise.name, self.otherwise, args
        return super().resolve_command(ctx, args)
