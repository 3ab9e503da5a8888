"""F9, empty sheets: the command that writes the sheet of each kind, on this machine or through ssh."""

from dutyboard.tui.screens.page import PageScreen
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line, wrap


def open_templates(session: Session) -> None:
    """Open the page. A file is written where a command is typed, and no screen can reach an officer's machine."""
    said = session.words.desk_acts

    def lines(cells: int) -> list[Line]:
        found: list[Line] = [((row, "plain"),) for row in wrap(said.template_about, cells)]
        for where, form in ((said.template_here, said.template_command), (said.template_door, said.template_by_ssh)):
            found += [(("", "plain"),), ((where, "strong"),)]
            found += [((f"  {form.format(kind=kind, name=name)}", "plain"),) for kind, name in said.sheet_kinds.items()]
        return found

    session.open(PageScreen(session, said.template, lines, session.words.screens.explain_close))
