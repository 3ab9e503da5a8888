"""The whole of the monkey at the keyboard: 2,000 keys from each starting point, with three seeds.

python -m tests.nightly.tui_monkey
"""

import pytest

from tests.tui.monkey import STARTS, walk

KEYS = 2_000
SEEDS = (2, 3, 4)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("start", STARTS)
async def test_no_key_ends_the_program(start: str, seed: int) -> None:
    print(f"{await walk(start, KEYS, seed):>6} keys from {start}, seed {seed}")


if __name__ == "__main__":
    raise SystemExit(pytest.main(["-s", "-q", __file__]))
