"""Every size of tests/shares.toml is read by the test of its proof; nobody promises what never runs."""

import re
from pathlib import Path

from tests.shares import SHARES

TESTS = Path(__file__).parents[1]
READ = re.compile(r'SHARES\["(\w+)"\]\["(\w+)"\]')


def test_every_share_is_read_by_a_test_of_its_room() -> None:
    read = {
        (module.relative_to(TESTS).parts[0], *named)
        for module in TESTS.rglob("test_*.py")
        for named in READ.findall(module.read_text(encoding="utf-8"))
    }
    # The store's proofs are read by name in one loop; test_durability.py holds their names.
    stated = {(room, room, proof) for room, proofs in SHARES.items() if room != "store" for proof in proofs}
    assert read == stated != set()
