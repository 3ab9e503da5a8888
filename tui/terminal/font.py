"""Font of this machine that holds Chinese, for pages that are printed as PDF."""

import os
from pathlib import Path
from typing import Final

from dutyboard.frozen import frozen
from dutyboard.tui.terminal.config import font_wanted

_FOLDERS: Final = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts", "/Library/Fonts")
_NAMES: Final = (
    *("wqy-zenhei.ttc", "wqy-microhei.ttc", "NotoSansSC-Regular.ttf", "NotoSansCJK-Regular.ttc"),
    *("SourceHanSansSC-Regular.otf", "NotoSansCJKsc-Regular.otf", "DroidSansFallbackFull.ttf"),
    *("simfang.ttf", "simsun.ttc", "msyh.ttc", "uming.ttc", "ukai.ttc"),
)
_OF_CHINA: Final = {"NotoSansCJK-Regular.ttc": 2}
"""Fonts of a collection that hold the Chinese forms, where they are not the first."""


@frozen(kw_only=False)
class ChineseFont:
    """A font's file, and its number in a collection."""

    file: Path
    number: int = 0


def chinese_font() -> ChineseFont | None:
    """Return the font that is set, else the first that is known on this machine; None: there is none."""
    named = font_wanted()
    if named:
        file, _, number = named.partition("#")
        return ChineseFont(Path(file), int(number) if number.isdecimal() else 0) if Path(file).is_file() else None
    found: dict[str, Path] = {}
    for folder in _FOLDERS:
        for place, _, files in os.walk(Path(folder).expanduser()):
            for name in files:
                if name in _NAMES:
                    found.setdefault(name, Path(place) / name)
    first = next((name for name in _NAMES if name in found), None)
    return ChineseFont(found[first], _OF_CHINA.get(first, 0)) if first is not None else None
