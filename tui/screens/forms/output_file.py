"""The form that asks for a file of this machine and writes into it. At the door there are no files."""

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from dutyboard.frozen import frozen
from dutyboard.tui.link.messages import Trouble
from dutyboard.tui.link.worker import GatewayPort
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import draft_key
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line
from dutyboard.tui.views.fields import Field


@frozen(kw_only=False)
class OutputFile:
    """A file to be written: its proposed name, the endings it may have, and the sentences about it.

    `write` runs in the worker thread and returns why it was not written, "" where it was.
    """

    title: str
    proposed: str
    suffixes: Collection[str]
    refused_name: str
    at_door: str
    writing: str
    written: str
    write: Callable[[GatewayPort, Path], str]
    facts: Sequence[Line] = ()


class _FileForm(FormScreen):
    """The form of the file's name. It keeps no draft: there is nothing in it to lose."""

    @property
    def dirty(self) -> bool:
        """False: a name is typed again sooner than offered."""
        return False


def write_to_file(session: Session, wanted: OutputFile) -> None:
    """Ask for the file and write it. At the door say how it is had on one's own machine."""
    session.fetch_for(lambda gateway: bool(gateway.actor.address), lambda at_door: _ask(session, wanted, at_door))


def _ask(session: Session, wanted: OutputFile, at_door: bool) -> None:
    if at_door:
        session.say(wanted.at_door, "soon")
        return

    def make(values: Mapping[str, Any]) -> None:
        output = Path(values["file"].strip("'\"")).expanduser()
        if output.suffix.lower() not in wanted.suffixes:
            form.say(wanted.refused_name, "late")
            return
        form.say_working(wanted.writing)
        session.fetch(lambda gateway: _written(gateway, output, wanted, session), told)

    def told(why: object) -> None:
        if isinstance(why, Trouble):
            form.say(session.trouble_sentence(why), "late")
        elif why:
            form.say(str(why), "late")
        else:
            form.dismiss()
            session.say(wanted.written.format(file=form.typed["file"]))

    endings = " ".join(wanted.suffixes)
    file = Field(id="file", label=session.words.intake.report_file, value=wanted.proposed, needed=True, hint=endings)
    form = _FileForm(session, wanted.title, list(wanted.facts), [file], make, draft_key("sheet-report"))
    session.open(form)


def _written(gateway: GatewayPort, output: Path, wanted: OutputFile, session: Session) -> str:
    """Write the file in the worker thread, unless one of that name is there. Return why it is not written."""
    if output.exists():
        return session.words.intake.report_exists.format(file=output.name)
    try:
        return wanted.write(gateway, output)
    except OSError as error:
        return session.words.cli.no_output.format(file=output.name, why=error.strerror)
