"""Hold the chain on an engine against its mirror, line by line."""

from collections.abc import Iterator, Mapping
from contextlib import closing

from dutyboard.store.engine.port import Engine
from dutyboard.store.errors import Away
from dutyboard.store.journal import ZERO, Flaw, decode


def flaws(engine: Engine, ends: Mapping[str, tuple[int, str]]) -> Iterator[tuple[str, int, str]]:
    """Yield what is wrong with the chains of an engine: `engine:` and its name, number of the line, and why.

    `ends`: number and hash of the last line that the mirror has of each. Line 0 and a reason of `Away`: it could not
    be checked. Raises StoreError.
    """
    for chain, (n, head) in ends.items():
        with closing(engine.again(chain)) as held:
            try:
                yield from ((f"engine:{chain}", number, what) for number, what in _flaws(held, n, head))
            except Away as away:
                yield f"engine:{chain}", 0, away.reason


def _flaws(engine: Engine, n: int, head: str) -> list[tuple[int, str]]:
    """Return what is wrong with a chain: number of the line, and why.

    Behind the first line that does not follow nothing is looked at. `missing_bytes`: the engine has fewer lines;
    `not_this_chain`: its line `n` is another. Raises Away, StoreError.
    """
    reached, hash_there = 0, ZERO
    held = ZERO if n == 0 else ""
    for number, line in engine.after(0):
        try:
            record, hash_there = decode(line, reached + 1, hash_there)
        except Flaw as flaw:
            return [(number, flaw.what)]
        reached = record["n"]
        if reached == n:
            held = hash_there
    if reached < n:
        return [(reached, "missing_bytes")]
    return [] if held == head else [(n, "not_this_chain")]
