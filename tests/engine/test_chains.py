"""One script of acts gives the same bytes in files and on an engine."""

from itertools import count
from pathlib import Path

import pytest

from dutyboard.store import Gone, Large, Put, checkpoint, open_store
from dutyboard.store.ledger import Ledger
from tests.engine.cluster import Cluster
from tests.engine.mirrors import desk_address, mirror
from tests.store.bytes_of import bytes_of


def work(folder: Path, writer: str) -> tuple[str, str]:
    """Put, delete, save in parts, archive, checkpoint, seal, look; return the heads of journal and view log."""
    store = open_store(folder, writer=writer, line_bytes=500)

    def people(number: int) -> list[Put]:
        return [Put("persons", store.next_id("persons"), {"name": f"人员{k}", "text": "文" * 9}) for k in range(number)]

    for number in (1, 2):
        store.commit(lambda number=number: people(number), rid=f"act-{number}")
        store.commit(lambda: [Put("entries", store.next_id("entries"), {"text": "接电话", "of": 0.1})])
    store.commit(lambda: Large(people(12)))
    store.commit(lambda: [Put("persons", 1, {"name": "张三"}), Gone("persons", 2)])
    store.views.add({"about": "person-1"})
    store.checkpoint()
    store.archive("2021-06", lambda: {"persons": [3, 4]})
    store.views.add({"about": "person-3"})
    store.hold_views()
    store.skip_ids({"persons": 40}, {"why": "told"})
    store.commit(lambda: people(1))
    store.checkpoint()
    heads = store.head, store.views.newest()[1]
    assert store.verify().problems == ()
    store.close()
    return heads


def test_the_same_acts_give_the_same_bytes(
    tmp_path: Path, cluster: Cluster, schema: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkpoint, "SEGMENT_BYTES", 900)
    begun, mirrored = tmp_path / "files", mirror(tmp_path / "mirror", desk_address(cluster, schema))
    heads = []
    for folder, process in ((begun, 4711), (mirrored, 4712)):
        ticks = count()
        clock = lambda ticks=ticks: f"2021-06-07T19:42:{next(ticks) % 60:02d}.000+08:00"  # noqa: E731
        monkeypatch.setitem(Ledger.__init__.__kwdefaults__, "clock", clock)
        heads.append(work(folder, f"wangfang@{process}"))
    assert heads[0] == heads[1]
    chains: dict[str, bytes] = {}
    for chain, part in (("desk", "journal"), ("views", "views/journal")):
        of_files, of_mirror = (sorted((each / part).iterdir()) for each in (begun, mirrored))
        assert [path.name for path in of_files] == [path.name for path in of_mirror]
        chains[chain] = b"".join(map(bytes_of, of_files))
        assert chains[chain] == b"".join(map(bytes_of, of_mirror))
        lines = cluster.execute(f"SELECT line FROM {schema}.lines WHERE chain = %s AND n > 0 ORDER BY n", chain)
        assert b"".join(bytes(line) + b"\n" for (line,) in lines) == chains[chain]
    for key in (b'"part":', b'"del":', b'"arch":', b'"ckpt":', b'"seal":', b'"views":', b'"rolled":'):
        assert key in chains["desk"]
    for name in ("db.json", "archive/2021-06.json"):
        assert (begun / name).read_bytes() == (mirrored / name).read_bytes()
