"""Equipment of this machine for printing: packages, a font that holds Chinese, LibreOffice."""

from collections.abc import Iterator
from importlib.util import find_spec
from typing import Final

from dutyboard.tui.server.health import HealthLine, health_line
from dutyboard.tui.terminal.config import font_wanted
from dutyboard.tui.terminal.font import chinese_font
from dutyboard.tui.terminal.office import office_there

_PACKAGES: Final = {"docxtpl": "docxtpl", "fpdf": "fpdf2"}
"""Modules of the extra `paper`, and the packages that hold them."""


def paper_health() -> Iterator[HealthLine]:
    """Look for what a paper or a PDF needs. Without it all else works, so that nothing of it is bad."""
    lacking = [package for module, package in _PACKAGES.items() if find_spec(module) is None]
    for each in lacking:
        yield health_line("paper", "warn", "no_paper_package", package=each)
    if not lacking:
        yield health_line("paper", "ok", "paper_packages", packages=" ".join(_PACKAGES.values()))
    font, wanted, office = chinese_font(), font_wanted(), office_there()
    if font is not None:
        yield health_line("paper", "ok", "font", file=str(font.file))
    elif wanted:
        yield health_line("paper", "warn", "font_gone", file=wanted)
    else:
        yield health_line("paper", "warn", "no_font")
    if office is not None:
        yield health_line("paper", "ok", "office", file=office)
    else:
        yield health_line("paper", "warn", "no_office")
