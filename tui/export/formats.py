"""The formats in which a page leaves the program. A writer is imported when it is asked for."""

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import BinaryIO, Final

from dutyboard.frozen import frozen
from dutyboard.tui.export.page import Page


@frozen(kw_only=False)
class PageFormat:
    """A format: its writer as `module:function` in this folder. What is `binary` is nothing for a terminal.

    `pictures`: it draws the charts of a page, and takes no page without them.
    """

    writer: str
    binary: bool = False
    pictures: bool = False

    def write(self, page: Page, file: BinaryIO) -> None:
        """Write a page into a file. Raises OSError."""
        module, name = self.writer.split(":")
        getattr(import_module(f"dutyboard.tui.export.{module}"), name)(page, file)


FORMATS: Final[Mapping[str, PageFormat]] = MappingProxyType(
    {
        "text": PageFormat("page_text:write_text"),
        "json": PageFormat("page_text:write_json"),
        "xlsx": PageFormat("workbook:write_workbook", binary=True),
        "pdf": PageFormat("pdf:write_pdf", binary=True),
        "svg": PageFormat("charts.svg:write_svg", binary=True, pictures=True),
        "png": PageFormat("charts.png:write_png", binary=True, pictures=True),
    }
)
"""Formats by name."""
SUFFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {".txt": "text", ".json": "json", ".xlsx": "xlsx", ".pdf": "pdf", ".svg": "svg", ".png": "png"}
)
"""Formats by the ending of a file's name."""
