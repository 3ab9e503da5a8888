"""`dutyboard`: the board without a command, and every command of the command line.

A command's module is imported only when it is called. So a command from cron starts fast, and one that does not draw
never imports Textual.
"""

import sys

if __name__ == "__main__" and "door" in sys.argv:  # before the imports that take time
    from dutyboard.tui.server.warm_line import handed_over

    if (ended := handed_over(sys.argv[1:])) is not None:
        sys.exit(ended)

import errno
import gc
import importlib
import os
from collections.abc import Sequence
from typing import Any, Final, TextIO, cast

import click

from dutyboard.tui.commands.framework import DeskOption, global_options
from dutyboard.tui.commands.invocation import Invocation
from dutyboard.tui.terminal.visible import VisibleOutput

_COMMANDS = {
    "demo": "dutyboard.tui.commands.desk:demo_command",
    "init": "dutyboard.tui.commands.desk:init_command",
    "shift": "dutyboard.tui.commands.shift:shift_command",
    "officer": "dutyboard.tui.commands.officers:officer_command",
    "headings": "dutyboard.tui.commands.intake.headings:headings_command",
    "unit": "dutyboard.tui.commands.officers:unit_command",
    "staff": "dutyboard.tui.commands.officers:staff_command",
    "pin": "dutyboard.tui.commands.officers:pin_command",
    "sign-on": "dutyboard.tui.commands.officers:sign_on_command",
    "keys": "dutyboard.tui.commands.server.keys:keys_command",
    "take-seat": "dutyboard.tui.commands.plain_acts:take_seat_command",
    "handover": "dutyboard.tui.commands.handover:handover_command",
    "board": "dutyboard.tui.commands.board:board_command",
    "overview": "dutyboard.tui.commands.overview.overview:overview_command",
    "log": "dutyboard.tui.commands.enter:log_command",
    "check": "dutyboard.tui.commands.enter:check_command",
    "check-home": "dutyboard.tui.commands.enter:check_home_command",
    "ack": "dutyboard.tui.commands.plain_acts:ack_command",
    "shelve": "dutyboard.tui.commands.plain_acts:shelve_command",
    "finding": "dutyboard.tui.commands.plain_acts:finding_command",
    "presence": "dutyboard.tui.commands.plain_acts:presence_command",
    "breach": "dutyboard.tui.commands.plain_acts:breach_command",
    "undo": "dutyboard.tui.commands.plain_acts:undo_command",
    "amend": "dutyboard.tui.commands.enter:amend_command",
    "import": "dutyboard.tui.commands.sheets:import_command",
    "template": "dutyboard.tui.commands.export:template_command",
    "report": "dutyboard.tui.commands.report:report_command",
    "send-report": "dutyboard.tui.commands.report:send_report_command",
    "assess": "dutyboard.tui.commands.assess:assess_command",
    "person": "dutyboard.tui.commands.person:person_command",
    "register": "dutyboard.tui.commands.person_acts:register_command",
    "correct": "dutyboard.tui.commands.person_acts:correct_command",
    "confirm": "dutyboard.tui.commands.person_acts:confirm_command",
    "answer": "dutyboard.tui.commands.person_acts:answer_command",
    "transfer": "dutyboard.tui.commands.plain_acts:transfer_command",
    "sample": "dutyboard.tui.commands.plain_acts:sample_command",
    "result": "dutyboard.tui.commands.plain_acts:result_command",
    "reading": "dutyboard.tui.commands.readings:reading_command",
    "suspect": "dutyboard.tui.commands.readings:suspect_command",
    "positive": "dutyboard.tui.commands.person_acts:positive_command",
    "print": "dutyboard.tui.commands.plain_acts:print_command",
    "trace": "dutyboard.tui.commands.plain_acts:trace_command",
    "move": "dutyboard.tui.commands.person_acts:move_command",
    "assign": "dutyboard.tui.commands.plain_acts:assign_command",
    "release": "dutyboard.tui.commands.plain_acts:release_command",
    "stage": "dutyboard.tui.commands.plain_acts:stage_command",
    "void": "dutyboard.tui.commands.plain_acts:void_command",
    "merge": "dutyboard.tui.commands.plain_acts:merge_command",
    "settle": "dutyboard.tui.commands.plain_acts:settle_command",
    "reopen": "dutyboard.tui.commands.plain_acts:reopen_command",
    "handoff": "dutyboard.tui.commands.plain_acts:handoff_command",
    "site": "dutyboard.tui.commands.plain_acts:site_command",
    "rescreen": "dutyboard.tui.commands.rescreen:rescreen_command",
    "trail": "dutyboard.tui.commands.trail:trail_command",
    "views": "dutyboard.tui.commands.trail:views_command",
    "rules": "dutyboard.tui.commands.notices:rules_command",
    "settings": "dutyboard.tui.commands.settings:settings_command",
    "acts": "dutyboard.tui.commands.batch:acts_command",
    "batch": "dutyboard.tui.commands.batch:batch_command",
    "export": "dutyboard.tui.commands.export:export_command",
    "verify": "dutyboard.tui.commands.upkeep:verify_command",
    "checkpoint": "dutyboard.tui.commands.upkeep:checkpoint_command",
    "archive": "dutyboard.tui.commands.upkeep:archive_command",
    "salvage": "dutyboard.tui.commands.upkeep:salvage_command",
    "heal": "dutyboard.tui.commands.upkeep:heal_command",
    "backup": "dutyboard.tui.commands.upkeep:backup_command",
    "restore": "dutyboard.tui.commands.upkeep:restore_command",
    "mirror": "dutyboard.tui.commands.upkeep:mirror_command",
    "doctor": "dutyboard.tui.commands.server.doctor:doctor_command",
    "server-setup": "dutyboard.tui.commands.server.setup:server_setup_command",
    "door": "dutyboard.tui.commands.server.door:door_command",
    "serve": "dutyboard.tui.commands.server.serve:serve_command",
    "warm": "dutyboard.tui.commands.server.warm:warm_command",
}


def _show_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:  # noqa: ARG001 - click's own way
    """Print the versions of the program and of the desk's files, and end."""
    if not value:
        return
    from dutyboard.tui.link.server.versions import versions

    told = versions()
    words = ctx.ensure_object(Invocation).words
    click.echo(words.version.format(program=told.program, records=told.records, journal=told.journal))
    ctx.exit()


class Program(click.Group):
    """The group of all commands, each loaded when it is named."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.extend(global_options())
        shown: dict[str, Any] = {"is_flag": True, "expose_value": False, "callback": _show_version}
        self.params.append(DeskOption(["--version"], **shown))

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own way
        """Return the commands in the order of the help page."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's own way
        """Import the command of a name and return it; None if there is none."""
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def carry_out(self, words: Sequence[str]) -> int:
        """Carry out a line of words with the standard streams; return its exit code. What went wrong is said."""
        sys.stdin = _open_one(sys.stdin, "r")
        sys.stdout, sys.stderr = VisibleOutput(_open_one(sys.stdout, "w")), VisibleOutput(_open_one(sys.stderr, "w"))
        call = Invocation()
        try:
            code = self.main(args=list(words), standalone_mode=False, obj=call, prog_name="dutyboard")
        except click.ClickException as error:
            error.show()
            return error.exit_code
        except click.Abort:
            return 1
        except BrokenPipeError:  # the reader of our output has gone, as `| head` does
            sys.stderr.close()
            return 1
        except Exception as error:
            full = isinstance(error, OSError) and error.errno in _FULL  # the store says so in its own words
            if full:
                self._drop_output()  # what is left of it would fail once more at the end
            click.echo(call.words.output_lost if full else call.fault(error), err=True)
            return 1
        return code if isinstance(code, int) else 0

    @staticmethod
    def _drop_output() -> None:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the paragraph under the usage line."""
        self.help = ctx.ensure_object(Invocation).words.program
        super().format_help_text(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands, without importing any of them."""
        words = ctx.ensure_object(Invocation).words
        with formatter.section(words.commands_title):
            formatter.write_dl([(name, words.commands[name].splitlines()[0]) for name in _COMMANDS])


@click.group("dutyboard", cls=Program, invoke_without_command=True)
@click.pass_context
def program(ctx: click.Context) -> None:
    if ctx.invoked_subcommand is None:
        from dutyboard.tui.commands.desk import open_board

        open_board(ctx.ensure_object(Invocation))


_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""Errors of a disk to which our output goes, and which is full."""
GARBAGE_AFTER: Final = 50_000
"""New objects after which rings among them are looked for. Records hold none: more often costs a tenth of a call."""
_FILLED: list[TextIO] = []
"""Streams in place of closed ones. Nobody else holds them, and one that is dropped closes its file."""


def _open_one(stream: TextIO | None, mode: str) -> TextIO:
    """Return a standard stream; where whoever started us closed it, one without content.

    It takes the free number, so that no file of the desk gets it and is written into as if it were the output.
    """
    if stream is not None:
        return stream
    _FILLED.append(cast(TextIO, os.fdopen(os.open(os.devnull, os.O_RDWR), mode)))
    return _FILLED[-1]


def main() -> None:
    """Run the command line. Exit codes: 0 done, 1 refused or found wrong, 2 usage."""
    gc.set_threshold(GARBAGE_AFTER, 20, 20)
    sys.exit(program.carry_out(sys.argv[1:]))


if __name__ == "__main__":
    main()
