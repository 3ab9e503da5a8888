"""Acts that the server rolls back for the sake of others (SQLSTATE 40001): decided again, saved once, or refused."""

from pathlib import Path
from typing import Final

import pytest

from dutyboard.store import Locked, Put, Store, verify
from dutyboard.store.engine.address import address_of
from dutyboard.store.engine.postgres import PostgresEngine
from dutyboard.store.errors import Overtaken
from tests.engine.cluster import Cluster
from tests.engine.mirrors import desk_address, mirror, opened

PLACES: Final = {
    "claim": "TRIGGER falls BEFORE INSERT ON {0}.turns",
    "insert": "TRIGGER falls BEFORE INSERT ON {0}.lines",
    "commit": "CONSTRAINT TRIGGER falls AFTER INSERT ON {0}.lines DEFERRABLE INITIALLY DEFERRED",
}
ALWAYS: Final = 1_000_000


@pytest.fixture
def two(tmp_path: Path, cluster: Cluster, schema: str) -> tuple[Store, Store]:
    """Two mirrors of a desk with one entry."""
    address = desk_address(cluster, schema)
    one, two = opened(mirror(tmp_path / "one", address)), opened(mirror(tmp_path / "two", address), "liumin@1")
    entry(one, "first")
    return one, two


def entry(store: Store, text: str, rid: str | None = None) -> int | None:
    return store.commit(lambda: [Put("entries", store.next_id("entries"), {"text": text})], rid=rid)


def texts(store: Store) -> list[str]:
    store.refresh()
    return [doc["text"] for doc in store.docs["entries"].values()]


def falls(cluster: Cluster, schema: str, place: str, times: int) -> None:
    """Let the server roll back the next acts at a place: a sequence counts on, whatever is rolled back."""
    cluster.execute(f"CREATE SEQUENCE {schema}.fallen")
    cluster.execute(
        f"CREATE FUNCTION {schema}.falls() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN "
        f"IF nextval('{schema}.fallen') <= {times} THEN RAISE EXCEPTION 'falls' USING ERRCODE = '40001'; END IF; "
        "RETURN NEW; END $$"
    )
    cluster.execute(f"CREATE {place.format(schema)} FOR EACH ROW EXECUTE FUNCTION {schema}.falls()")


@pytest.mark.parametrize("times", [1, 4])
@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_an_act_that_is_rolled_back_is_decided_again_and_saved_once(
    two: tuple[Store, Store], cluster: Cluster, schema: str, place: str, times: int
) -> None:
    one, other = two
    falls(cluster, schema, place, times)
    seq = entry(one, "act", rid="r1")
    assert cluster.execute(f"SELECT last_value FROM {schema}.fallen") == [(times + 1,)]
    assert entry(other, "act", rid="r1") == seq
    assert texts(one) == texts(other) == ["first", "act"]
    assert verify(one.folder).problems == verify(other.folder).problems == ()


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_it_is_refused_when_the_time_is_over_and_nothing_is_saved(
    two: tuple[Store, Store], cluster: Cluster, schema: str, place: str
) -> None:
    one, other = two
    falls(cluster, schema, place, ALWAYS)
    hasty = opened(one.folder, "zhangq@1", lock_seconds=0.3)
    with pytest.raises(Locked):
        entry(hasty, "lost", rid="r1")
    assert cluster.execute(f"SELECT last_value > 1 FROM {schema}.fallen") == [(True,)]
    cluster.execute(f"ALTER SEQUENCE {schema}.fallen RESTART WITH {ALWAYS}")
    assert texts(hasty) == texts(other) == ["first"]
    entry(hasty, "act", rid="r1")
    assert texts(one) == texts(other) == ["first", "act"]


def test_it_is_decided_again_on_what_another_wrote_meanwhile(
    two: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = two
    real = PostgresEngine.append

    def overtaken(engine: PostgresEngine, *_: object) -> None:
        monkeypatch.setattr(PostgresEngine, "append", real)
        engine.release()
        entry(other, "between")
        raise Overtaken

    monkeypatch.setattr(PostgresEngine, "append", overtaken)
    seen = list[int]()

    def decide() -> list[Put]:
        seen.append(len(one.docs["entries"]))
        return [Put("entries", one.next_id("entries"), {"text": "act"})]

    one.commit(decide)
    assert seen == [1, 2]
    assert texts(one) == texts(other) == ["first", "between", "act"]


def test_sessions_and_views_that_are_rolled_back_are_written(
    two: tuple[Store, Store], cluster: Cluster, schema: str
) -> None:
    one, _ = two
    falls(cluster, schema, "TRIGGER falls BEFORE INSERT ON {0}.sessions", 2)
    assert PostgresEngine(address_of(desk_at(cluster, schema)), "desk").session("zhangq") == 3
    cluster.execute(f"DROP TRIGGER falls ON {schema}.sessions")
    cluster.execute(f"ALTER SEQUENCE {schema}.fallen RESTART")
    one.views.add({"person": 1})
    cluster.execute(f"CREATE {PLACES['commit'].format(schema)} FOR EACH ROW EXECUTE FUNCTION {schema}.falls()")
    one.views.add({"person": 2})
    assert [view["person"] for _, view in one.views.read()] == [1, 2]
    one.views.close()


def desk_at(cluster: Cluster, schema: str) -> str:
    return cluster.address(user="service", schema=schema)
