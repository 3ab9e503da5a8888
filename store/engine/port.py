"""The port: calls of a ledger to the engine that holds its lines. A desk that is all in files has none."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from dutyboard.frozen import frozen


@frozen
class NewLine:
    """A line to be appended: its number, its hash, the hash before it, and its bytes without the newline."""

    n: int
    head: str
    previous: str
    line: bytes


class Engine(Protocol):
    """One chain of lines elsewhere. Every call ends within its time, and raises Away where the engine is away."""

    claimed: int
    """The number that is claimed; 0: none is."""

    def again(self, chain: str = "") -> "Engine":
        """Return another chain of the desk, or the same for another thread."""

    def newest(self) -> tuple[int, str]:
        """Return number and hash of the newest line; 0 and zeros before the first."""

    def after(self, n: int) -> Iterator[tuple[int, bytes]]:
        """Yield number and bytes (without the newline) of each line behind a number."""

    def session(self, login: str) -> int:
        """Return a number for a session that no other has."""

    def claim(self, n: int, writer: str, seconds: float) -> None:
        """Claim the number of the next line: nobody else writes until it is appended or given up.

        Raises Overtaken, Locked, Away.
        """

    def release(self) -> None:
        """Give up a claim that came to nothing."""

    def append(self, lines: Sequence[NewLine], writer: str) -> None:
        """Append the lines of one act under a claim. Raises Overtaken, SaveFailed, Away (nothing is saved), Unsure."""

    def keep_file(self, name: str, content: bytes) -> None:
        """Keep a file of the desk for its other mirrors."""

    def file(self, name: str) -> bytes | None:
        """Return what was kept under a name."""

    def keep_draft(self, login: str, key: str, content: bytes | None) -> None:
        """Keep what a login typed into a form; None: it is forgotten. `login` is its hash."""

    def drafts(self, login: str, key: str) -> list[tuple[str, bytes, float]]:
        """Return a login's drafts of a form: their keys, their contents, and when each was kept (epoch seconds)."""

    def close(self) -> None:
        """Leave the engine."""
