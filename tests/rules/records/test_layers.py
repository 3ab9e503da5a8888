"""A table of a picture that costs what changed: it says what a dictionary would, and shares what stays."""

from collections.abc import Sequence
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from dutyboard.rules.records import layers
from dutyboard.rules.records.layers import Changing, Layers
from dutyboard.rules.records.model import Entry
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.post import Noted

KEYS = st.integers(0, 12)
STEPS = st.lists(st.lists(st.tuples(KEYS, st.none() | st.integers()), max_size=8), max_size=12)


@given(steps=STEPS)
def test_it_says_what_a_dictionary_would_through_any_steps(steps: Sequence[Sequence[tuple[int, int | None]]]) -> None:
    small, thick = layers.SMALL, layers.THICK
    layers.SMALL, layers.THICK = 3, 2  # type: ignore[misc]
    try:
        table, plain, before = Changing[int, int]({}).frozen(), dict[int, int](), []
        for step in steps:
            before.append((table, dict(plain)))
            changing = Changing(table)
            for key, value in step:
                if value is not None:
                    changing[key] = plain[key] = value
                elif key in plain:
                    del changing[key], plain[key]
                assert list(changing) == list(plain)
                assert list(changing.values()) == list(plain.values())
            table = changing.frozen()
            assert list(table.items()) == list(plain.items())
            assert (list(table), list(table.values()), len(table)) == (list(plain), list(plain.values()), len(plain))
            assert all((key in table, table.get(key)) == (key in plain, plain.get(key)) for key in range(13))
        for picture, then in before:  # nobody who holds an older picture sees it change
            assert list(picture.items()) == list(then.items())
    finally:
        layers.SMALL, layers.THICK = small, thick  # type: ignore[misc]


def entry(number: int) -> Entry:
    at = datetime(2021, 6, 7, tzinfo=UTC)
    return Entry(id=number, told=Noted(), happened_at=at, entered_at=at, entered_by=1, login="wangfang")


def test_a_line_copies_no_large_table() -> None:
    count = layers.SMALL + 1
    one = Snapshot(notices_known={}).applied(1, map(entry, range(1, count + 1)))
    two = one.applied(2, [entry(count + 1)])
    three = two.applied(3, [entry(count + 2)])
    assert isinstance(two.entries, Layers)
    assert isinstance(three.entries, Layers)
    assert two.entries.base is three.entries.base is one.entries
    assert list(three.entries)[-2:] == [count + 1, count + 2]
    assert (len(one.entries), len(two.entries), len(three.entries)) == (count, count + 1, count + 2)


def test_what_lies_above_becomes_a_new_base_before_it_grows_thick() -> None:
    picture = Snapshot(notices_known={}).applied(1, map(entry, range(1, layers.SMALL + 2)))
    for number in range(layers.SMALL + 2, layers.SMALL + layers.THICK * 2):
        picture = picture.applied(number, [entry(number)])
        above = picture.entries.above if isinstance(picture.entries, Layers) else {}
        assert len(above) <= layers.THICK
    assert len(picture.entries) == layers.SMALL + layers.THICK * 2 - 1
