"""TinyDB's API on the desk at an address: `JournalDB("postgresql://…")`. TinyDB's own suite runs on one too."""

from pathlib import Path

import pytest
from tinydb import where

from dutyboard.store import Away, JournalDB, Put
from tests.engine.cluster import Cluster
from tests.engine.mirrors import desk_address, mirror, opened


@pytest.fixture
def mirrors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of this user's mirrors, which is not there yet."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state" / "dutyboard" / "mirrors"


def test_a_desk_is_read_and_written_by_its_address(
    tmp_path: Path, cluster: Cluster, schema: str, mirrors: Path
) -> None:
    address = desk_address(cluster, schema)
    officer = opened(mirror(tmp_path / "one", address))
    officer.commit(lambda: [Put("entries", officer.next_id("entries"), {"subject": "person-12"})])
    with JournalDB(address) as db:
        assert db.table("entries").search(where("subject") == "person-12") == [{"subject": "person-12"}]
        db.table("entries").insert({"subject": "person-13"})
    with JournalDB(address) as db:
        assert len(db.past().table("entries").all()) == 2
    officer.refresh()
    assert [doc["subject"] for doc in officer.docs["entries"].values()] == ["person-12", "person-13"]
    (folder,) = mirrors.iterdir()
    assert {each.stat().st_mode & 0o777 for each in (mirrors, folder)} == {0o700}


@pytest.mark.parametrize(
    "address",
    [
        "mysql://db1/desk",
        "postgresql://duty:secret@db1/desk",
        "postgresql://db1/desk?password=secret",
        "postgresql://db1/desk?schema=No",
        "postgresql://db1/desk?nonsense=1",
        "postgresql://db1",
    ],
)
def test_an_address_that_cannot_be_used_is_refused_and_makes_no_folder(address: str, mirrors: Path) -> None:
    with pytest.raises(ValueError, match=r"^(scheme|password|schema|parameter|database)$"):
        JournalDB(address)
    assert not mirrors.exists()


def test_an_address_without_tables_makes_no_folder(cluster: Cluster, schema: str, mirrors: Path) -> None:
    with pytest.raises(Away, match="no_tables"):
        JournalDB(cluster.address(schema=schema))
    assert not mirrors.exists()
