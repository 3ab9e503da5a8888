"""Text on its way out: signs that a terminal would obey become visible marks, and numbers of people are masked.

Acts refuse such characters, but a journal may hold them from before, and arguments and files are not acts yet. Every
output passes here: what is measured and painted, what is printed, JSON and workbooks.
"""

from io import TextIOWrapper
from typing import Any, TextIO

from dutyboard.rules.records.signs import name_of, replaced, unfit
from dutyboard.tui.terminal.masking import masked_json, masks_nothing, shown


def visible(text: str) -> str:
    """Return a text of one row with a visible mark, `<U+001B>`, in the place of each unfit character, and masked."""
    return replaced(shown(text), _mark)


def visible_typing(text: str) -> str:
    """Return a text as `visible` does, its numbers as they are: for the field in which somebody types them."""
    return replaced(text, _mark)


def visible_rows(text: str) -> str:
    """Return a text of several rows likewise. Its line ends and tabs stay."""
    return replaced(shown(text), lambda sign: sign if sign in "\n\t" else _mark(sign))


def visible_json(value: Any, option: int = 0) -> bytes:
    """Return a value as JSON with each unfit character of a text escaped, and masked. A terminal obeys none of it."""
    import orjson  # the first frame shows text and no JSON

    text = orjson.dumps(value, option=option)
    return text if _is_fit(orjson.dumps(value)) else escaped(text)


def _is_fit(text: bytes) -> bool:
    """Return True if nothing in JSON without blanks is masked or escaped.

    Each of its texts is looked at once: most of those of a board stand there many times.
    """
    told = text.decode()
    pieces = set(told.split('"'))
    return "\\" not in told and unfit(" ".join(pieces)) is None and masks_nothing(pieces)


def escaped(text: bytes) -> bytes:
    """Return JSON with the unfit characters of its texts escaped, and masked. Line ends between its values stay."""
    masked = masked_json(text)
    told = masked.decode()
    return replaced(told, _escape).encode() if unfit(told.replace("\n", " ")) else masked


def _mark(sign: str) -> str:
    return f"<{name_of(sign)}>"


def _escape(sign: str) -> str:
    if sign == "\n":
        return sign
    wide = sign.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{wide[at]:02x}{wide[at + 1]:02x}" for at in range(0, len(wide), 2))


class VisibleOutput(TextIOWrapper):
    """A stream to the terminal or to a file, through which no character passes that a terminal would obey.

    What the stream's encoding cannot say is written with a backslash.
    """

    def __init__(self, stream: TextIO) -> None:
        interactive = stream.isatty()
        super().__init__(stream.buffer, encoding=stream.encoding, errors="backslashreplace", line_buffering=interactive)

    def write(self, text: str) -> int:
        """Write a text; return the number of its characters."""
        super().write(visible_rows(text))
        return len(text)
