"""One call of the command line: the desk's folder, the language, the actor, printing and failing."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
import orjson

from dutyboard.tui.link.folder import ENGINES, is_mirror, scheme_of
from dutyboard.tui.link.identity import Identity, own_identity
from dutyboard.tui.terminal.masking import revealed, revealing
from dutyboard.tui.terminal.visible import visible_json
from dutyboard.tui.text import LANGUAGES, words
from dutyboard.tui.text.cli import CliWords

if TYPE_CHECKING:
    from collections.abc import Callable

    from dutyboard.rules.records.snapshot import Snapshot
    from dutyboard.tui.link.engine.mirrors import Mirror
    from dutyboard.tui.link.gateway import Gateway
    from dutyboard.tui.link.looks import LookAct

T = TypeVar("T")
_LONGEST_PIN = 1024
_LONGEST_TEXT = 1 << 16
LANGUAGE_VARIABLE = "DUTYBOARD_LANG"


class Failure(click.ClickException):
    """The call is refused, or has found something wrong: one clear line on stderr, exit 1."""

    exit_code = 1

    def show(self, file: Any = None) -> None:
        """Print the one line."""
        click.echo(f"dutyboard: {self.format_message()}", err=True, file=file)


@dataclass(slots=True)
class Invocation:
    """The global options of one call, and who makes it: no option says that.

    `reads`: what the command shows, by its name in the table of reads ("": it is an act, about which the rules decide).
    `mirrors`: those of the addresses that were named, by folder.
    """

    data: Path | None = None
    lang: str = ""
    plain: bool = False
    acting_as: str | None = None
    reveal: str | None = None
    identity: Identity = field(default_factory=own_identity)
    signer: str | None = None
    reads: str = ""
    pin_stdin: bool = False
    mirrors: "dict[Path, Mirror]" = field(default_factory=dict)
    _first_pin: str | None = field(default=None, repr=False)
    _input_taken: bool = False

    @property
    def folder(self) -> Path:
        """The desk's folder: `--data`, else $DUTYBOARD_DATA, else the user's data folder. Raises Failure."""
        if self.data is not None:
            return self.used(self.data)
        if named := os.environ.get("DUTYBOARD_DATA"):
            return self.used(self.desk_named(named))
        from platformdirs import user_data_path

        return user_data_path("dutyboard", appauthor=False)

    def folder_named(self, named: str) -> Path:
        """Return the folder that somebody names. Raises Failure for an address, of which no folder is made."""
        if scheme := scheme_of(named):
            raise Failure(self.words.no_address.format(scheme=scheme))
        return Path(named)

    def desk_named(self, named: str) -> Path:
        """Return the folder of the desk that somebody names: of an address its mirror, which `used` makes.

        Nobody is asked and nothing is made. Raises Failure.
        """
        if scheme_of(named).lower() not in ENGINES:
            return self.folder_named(named)
        from dutyboard.tui.link.engine.mirrors import UnusableAddress, mirror_at

        try:
            mirror = mirror_at(named)
        except UnusableAddress as unusable:
            raise Failure(self.words.addresses[unusable.fault]) from None
        self.mirrors[mirror.folder] = mirror
        return mirror.folder

    def used(self, folder: Path) -> Path:
        """Return the folder of a desk, to be opened. The mirror of an address is made at its first use.

        Raises Failure.
        """
        mirror = self.mirrors.get(folder)
        if mirror is not None and not is_mirror(folder):
            from dutyboard.tui.link.engine.mirrors import make_mirror
            from dutyboard.tui.link.trouble import StoreTrouble

            try:
                make_mirror(mirror, self.identity)
            except StoreTrouble as trouble:
                raise self.failure(trouble.code, trouble.fields) from None
        return folder

    def told(self, folder: Path) -> str:
        """Return how the place of a desk is told: by its address, if it has one."""
        mirror = self.mirrors.get(folder)
        return str(folder) if mirror is None else mirror.address.text

    @property
    def language(self) -> str:
        """The language: `--lang`, else $DUTYBOARD_LANG, else Chinese.

        Any other value is refused when the options are read. Text before that (help, the refusal) is in Chinese.
        """
        chosen = self.lang or os.environ.get(LANGUAGE_VARIABLE, "")
        return chosen if chosen in LANGUAGES else LANGUAGES[0]

    @property
    def words(self) -> CliWords:
        """The command line's words in the chosen language."""
        return words(self.language).cli

    @contextmanager
    def desk(
        self, reads: str = "", *, folder: Path | None = None, create: bool = False, by_need: bool = True
    ) -> Iterator["Gateway"]:
        """Open the desk of a folder (None: the folder of the call). An error inside becomes a Failure.

        `reads`: what is read, where that is not the command's own name. Who may not read it gets a Failure. `by_need`
        False: a session that stays for a shift, which reads everybody at once.

        A folder without a desk is a Failure too, unless `create`. Faults found on opening are printed first. A damaged
        journal ends the call with 1, whatever it printed.
        """
        from dutyboard.tui.link.gateway import Gateway, Refused
        from dutyboard.tui.link.trouble import StoreTrouble

        try:
            gateway = Gateway.open(
                folder or self.folder, self.identity, acting_as=self.acting_as, create=create, by_need=by_need
            )
        except StoreTrouble as trouble:
            raise self.failure(trouble.code, trouble.fields) from None
        except Refused as refused:
            raise self.failure(refused.refusal.code, refused.refusal.fields) from None
        said = gateway.found()
        for each in said:
            self.failure(each.code, each.fields).show()
        try:
            self._ask_to_read(gateway, reads or self.reads)
            self._reveal(gateway)
            yield gateway
        except Refused as refused:
            raise self.failure(refused.refusal.code, refused.refusal.fields) from None
        except StoreTrouble as trouble:
            if trouble.code in [each.code for each in said]:
                raise click.exceptions.Exit(1) from None
            raise self.failure(trouble.code, trouble.fields) from None
        finally:
            gateway.close()
        if gateway.damaged:  # what was printed ends where the damage begins
            raise click.exceptions.Exit(1)

    def ask_at_door(self, what: str) -> None:
        """Raise Failure where a login at the door may not read what a command shows without opening the desk."""
        if not self.identity.at_door:
            return
        from dutyboard.tui.link.gateway import Gateway
        from dutyboard.tui.link.trouble import StoreTrouble

        try:
            gateway = Gateway.open(self.folder, self.identity)
        except StoreTrouble as trouble:
            raise self.failure(trouble.code, trouble.fields) from None
        try:
            self._ask_to_read(gateway, what)
        finally:
            gateway.close()

    def _ask_to_read(self, gateway: "Gateway", what: str) -> None:
        """Raise Failure where this login may not read what a command shows."""
        from dutyboard.rules.permissions import NO_READS

        refused = gateway.may_not_read(what) if what and what not in NO_READS else None
        if refused is not None:
            raise self.failure(refused.code, refused.fields)

    def _reveal(self, gateway: "Gateway") -> None:
        """Show numbers as they are until the call ends, if a reason is given and the view log takes it."""
        if self.reveal is None:
            return
        why = (self._typed(sys.stdin.buffer.readline, _LONGEST_TEXT) if self.reveal == "-" else self.reveal).strip()
        if not why:
            raise click.UsageError(self.words.reveal_why)
        context, self.reveal = click.get_current_context(), why
        gateway.look("reveal", context.info_name or "", why, revealed=True)
        context.with_resource(revealing())

    def look(self, gateway: "Gateway", act: "LookAct", about: str) -> None:
        """Write into the view log what is about to be shown. If that fails, it is said, and shown masked."""
        from dutyboard.tui.link.trouble import StoreTrouble

        try:
            gateway.look(act, about, self.reveal or "", revealed=revealed())
        except StoreTrouble as trouble:
            if self.reveal is not None:
                raise
            self.failure(trouble.code, trouble.fields).show()

    def take_input(self) -> None:
        """Give standard input to one option or argument of the call. Raises click.UsageError for a second one."""
        if self._input_taken:
            raise click.UsageError(self.words.text_twice)
        self._input_taken = True

    def read_text(self) -> str:
        """Return the text on standard input. Raises click.UsageError where something else of the call takes it."""
        self.take_input()
        return self._typed(sys.stdin.buffer.read, _LONGEST_TEXT).rstrip("\r\n")

    def _typed(self, read: "Callable[[int], bytes]", most: int) -> str:
        """Return what is read of standard input, at most so many bytes. Raises Failure where it cannot be read."""
        try:
            return read(most).decode("utf-8", "replace")
        except OSError:
            raise Failure(self.words.no_file.format(file="-")) from None

    def read_pin(self) -> None:
        """Read the first PIN of standard input, and keep it until it is asked for. Raises Failure."""
        self._first_pin = self.next_pin()

    def next_pin(self) -> str:
        """Return the next PIN of standard input. Raises Failure where there is none."""
        kept, self._first_pin = self._first_pin, None
        text = kept or self._typed(sys.stdin.buffer.readline, _LONGEST_PIN).strip()
        if not text:
            raise Failure(self.words.no_pin_there)
        return text

    def failure(self, code: str, fields: Any) -> Failure:
        """Return the Failure for a code of the rules or of the store."""
        from dutyboard.tui.views.refusals import sentence

        return Failure(sentence(words(self.language), code, fields))

    def fault(self, error: Exception) -> str:
        """Return the line for a fault of ours: its kind and place only, since its text may hold typed data."""
        from dutyboard.tui.faults import fault_of

        fault = fault_of(error)
        return self.words.fault.format(kind=fault.kind, place=fault.place)

    def despite_faults(self, gateway: "Gateway", picture: "Snapshot", make: "Callable[[Snapshot], T]") -> T:
        """Return what is made of a picture. If that raises, return it without the people who cannot be computed.

        Each of them is a line on standard error. Raises what is raised all the same.
        """
        from dutyboard.rules.board import unreadable, without
        from dutyboard.tui.link.trouble import StoreTrouble

        try:
            return make(picture)
        except (click.ClickException, click.exceptions.Exit, StoreTrouble):
            raise
        except Exception:
            failures = tuple(unreadable(picture, gateway.now()))
            if not failures:
                raise
        for each in failures:
            self.not_computed(each.person_id or 0, each.error)
        return make(without(picture, failures))

    def not_computed(self, person_id: int, error: Exception) -> str:
        """Say on standard error that a person cannot be computed, and return that line: his number and the fault."""
        from dutyboard.rules.records.ids import Subject
        from dutyboard.tui.faults import fault_of

        fault = fault_of(error)
        said = words(self.language).frame.not_computed.format(kind=fault.kind, place=fault.place)
        line = f"{Subject('person', person_id)} {said}"
        click.echo(line, err=True)
        return line


def pass_call(function: Any) -> Any:
    """Give the command its Invocation as the first argument."""
    return click.make_pass_decorator(Invocation, ensure=True)(function)


def print_json(value: Any) -> None:
    """Print one JSON document on standard output, always in UTF-8."""
    sys.stdout.flush()
    sys.stdout.buffer.write(visible_json(value, orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    sys.stdout.buffer.flush()


def instant(gateway: "Gateway", typed: str | None, words: CliWords) -> datetime | None:
    """Return a typed time: ISO 8601, a blank for the T, or HH:MM of the desk's day.

    Without an offset it is the desk's wall time. Raises click.UsageError.
    """
    if typed is None:
        return None
    from dutyboard.rules.records.clock import wall_time

    zone = gateway.snapshot.zone
    text = typed.strip().replace("/", "-")
    try:
        if len(text) <= 5 and ":" in text:
            text = f"{gateway.now().date().isoformat()}T{text:0>5}"
        read = wall_time(text)
    except ValueError:
        raise click.UsageError(words.bad_time.format(text=typed)) from None
    return read.astimezone(zone) if read.tzinfo else read.replace(tzinfo=zone)
