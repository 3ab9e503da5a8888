"""No key on any screen or form ends the program or meets a fault: a share of tests/nightly/tui_monkey.py."""

from collections.abc import Callable

import pytest

from tests.shares import SHARES
from tests.tui.monkey import STARTS, walk

KEYS = SHARES["tui"]["monkey"]["keys"]
SEED = 1


@pytest.mark.parametrize("start", STARTS)
async def test_no_key_ends_the_program(start: str, ran: Callable[[str], None]) -> None:
    pressed = await walk(start, KEYS, SEED)
    assert pressed >= KEYS
    ran(f"monkey: {pressed} keys from {start}")
