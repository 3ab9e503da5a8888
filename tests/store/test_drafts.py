import os
import stat
from pathlib import Path

import pytest

from dutyboard.store import SaveFailed
from dutyboard.store.drafts import drop_draft, load_drafts, save_draft

LOGIN = "wangfang"


@pytest.fixture
def place(desk: Path) -> Path:
    desk.mkdir(exist_ok=True)
    return desk


def test_a_draft_survives_until_it_is_dropped(place):
    assert load_drafts(place, LOGIN, "arrival-new") == []
    save_draft(place, LOGIN, "arrival-new", {"name": "张三", "left_on": None})
    save_draft(place, LOGIN, "arrival-new", {"name": "张三丰"})
    assert load_drafts(place, LOGIN, "arrival-new") == [("arrival-new", {"name": "张三丰"})]
    assert load_drafts(place, LOGIN, "note") == []
    drop_draft(place, LOGIN, "arrival-new")
    drop_draft(place, LOGIN, "arrival-new")
    assert load_drafts(place, LOGIN, "arrival-new") == []


def test_a_draft_is_private_and_its_name_tells_nothing(place):
    save_draft(place, LOGIN, "person-17", {"name": "张三"})
    (path,) = (place / "drafts").iterdir()
    assert path.name.endswith(".person-17.json")
    assert LOGIN not in path.name
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_half_written_draft_reads_as_none(place):
    save_draft(place, LOGIN, "note", {"text": "a"})
    (path,) = (place / "drafts").iterdir()
    path.write_bytes(b'{"text": "')
    assert load_drafts(place, LOGIN, "note") == []


def test_a_draft_without_an_end_reads_as_none_and_none_is_written(place):
    save_draft(place, LOGIN, "note", {"text": "a"})
    (path,) = (place / "drafts").iterdir()
    with pytest.raises(SaveFailed):
        save_draft(place, LOGIN, "note", {"text": "文" * (6 << 20)})
    assert load_drafts(place, LOGIN, "note") == [("note", {"text": "a"})]
    os.truncate(path, 1 << 40)
    assert load_drafts(place, LOGIN, "note") == []


@pytest.mark.parametrize("key", ["", "../x", "a/b", "张三", "A", ".hidden", "x" * 65])
def test_a_key_is_a_form_and_nothing_else(place, key):
    with pytest.raises(ValueError):
        save_draft(place, LOGIN, key, {})


def test_each_login_has_its_own_drafts_under_one_user_number(place):
    save_draft(place, LOGIN, "note", {"text": "a"})
    save_draft(place, "liumin", "note", {"text": "b"})
    drop_draft(place, "zhangq", "note")
    assert load_drafts(place, LOGIN, "note") == [("note", {"text": "a"})]
    assert load_drafts(place, "liumin", "note") == [("note", {"text": "b"})]
    assert load_drafts(place, "zhangq", "note") == []
