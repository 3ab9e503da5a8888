"""A file that is written whole or not at all, for its writer alone to read."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO


def write_whole(output: Path, write: Callable[[BinaryIO], object]) -> None:
    """Write a file under another name, and give it its own once it is whole. Raises OSError, and leaves nothing."""
    part = output.with_name(f"{output.name}.{token_hex(8)}.part")
    try:
        part.touch(mode=0o600, exist_ok=False)  # no link that somebody laid under the name
        part.chmod(0o600)  # whatever the umask takes away
        with part.open("wb") as file:
            write(file)
        part.replace(output)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
