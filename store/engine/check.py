"""Hold the chain on an engine against its mirror, line by line."""

from dutyboard.store.engine.port import Engine
from dutyboard.store.journal import ZERO, Flaw, decode


def flaws(engine: Engine, n: int, head: str) -> list[tuple[int, str]]:
    """Return what is wrong with an engine's chain: number of the line, and why. `n` and `head` end the mirror's.

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
