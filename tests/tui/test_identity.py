"""One who uses the program: two of them under one user number stay apart, and `--as` hides nobody."""

import os
import pwd
import threading
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from dutyboard.rules.records.commands.post import AddOfficer, BindLogin, OpenDesk, WriteLog
from dutyboard.rules.records.model import Entry
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.link.gateway import Gateway
from dutyboard.tui.link.identity import Identity, own_identity
from dutyboard.tui.link.trouble import StoreTrouble
from dutyboard.tui.link.user import os_login
from dutyboard.tui.text import words
from dutyboard.tui.views.log import log_detail, log_row
from tests.homes import begun

NOW = datetime.fromisoformat("2021-06-07T19:40:00+08:00")
WANG = Identity("wangfang", address="10.0.3.7", key="SHA256:wang")
LIU = Identity("liumin", address="10.0.3.8", key="SHA256:liu")


def opened(folder: Path, identity: Identity, **more: Any) -> Gateway:
    return Gateway.open(folder, identity, clock=lambda: NOW, **more)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A desk that Wang made, under whatever user runs this test."""
    gateway = opened(begun(tmp_path / "desk"), WANG, create=True)
    made = gateway.submit(OpenDesk(desk="疫情防控", admin_name="王芳", notice="lianyuan-2021-07"))
    assert isinstance(made, Accepted)
    gateway.close()
    return tmp_path / "desk"


def noted(gateway: Gateway) -> Entry:
    answer = gateway.submit(WriteLog(text="来电"))
    assert isinstance(answer, Accepted), answer
    return answer.entry


def test_an_entry_keeps_login_address_and_key(desk: Path) -> None:
    gateway = opened(desk, WANG)
    entry = noted(gateway)
    assert (entry.login, entry.by_login, entry.address, entry.key) == ("wangfang", "", "10.0.3.7", "SHA256:wang")
    again = opened(desk, WANG)
    assert again.snapshot.entries[entry.id] == entry
    ((head, _), *_), *_ = log_detail(entry, again.snapshot, words("zh"), 120)
    assert "(wangfang 10.0.3.7 SHA256:wang)" in head
    again.close()
    gateway.close()


def test_drafts_of_two_logins_under_one_user_are_apart(desk: Path) -> None:
    wang, liu = opened(desk, WANG), opened(desk, LIU)
    wang.save_draft("note", {"text": "王的"})
    assert liu.load_drafts("note") == []
    liu.save_draft("note", {"text": "刘的"})
    liu.drop_draft("note")
    assert wang.load_drafts("note") == [("note", {"text": "王的"})]
    assert liu.load_drafts("note") == []
    for gateway in (wang, liu):
        gateway.close()


def test_the_lock_names_its_holder_by_his_login(desk: Path) -> None:
    wang, liu = opened(desk, WANG), opened(desk, LIU)
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        def wait(_: object) -> WriteLog:
            held.set()
            assert done.wait(20)
            return WriteLog(text="慢")

        wang.submit_all([wait])

    holder = threading.Thread(target=hold)
    holder.start()
    assert held.wait(20)
    try:
        with pytest.raises(StoreTrouble) as trouble:
            liu.submit(WriteLog(text="来电"))
    finally:
        done.set()
        holder.join()
    assert (trouble.value.code, trouble.value.fields["login"]) == ("locked", "wangfang")
    assert trouble.value.fields["officer"] == "王芳"
    for gateway in (wang, liu):
        gateway.close()


def test_an_act_for_another_shows_both_logins(desk: Path) -> None:
    admin = opened(desk, WANG)
    assert isinstance(admin.submit(AddOfficer(name="刘敏", role="officer")), Accepted)
    liu = next(officer for officer in admin.snapshot.officers.values() if officer.name == "刘敏")
    assert isinstance(admin.submit(BindLogin(officer_id=liu.id, login="liumin", reason="新来")), Accepted)
    admin.close()
    admin = opened(desk, WANG, acting_as="liumin")
    entry = noted(admin)
    assert (entry.login, entry.by_login, entry.address) == ("liumin", "wangfang", "10.0.3.7")
    assert entry.entered_by == liu.id
    for own, said in ((words("zh"), "[wangfang 代 liumin]"), (words("en"), "[wangfang for liumin]")):
        assert said in "".join(text for text, _ in log_row(entry, admin.snapshot, own, 80))
    assert [change.login for change in admin.trail("entries", entry.id)] == ["wangfang"]
    admin.save_draft("note", {"text": "王的"})
    admin.close()
    for identity, drafts in ((LIU, []), (WANG, [("note", {"text": "王的"})])):
        gateway = opened(desk, identity)
        assert gateway.load_drafts("note") == drafts, "a draft is his who typed it"
        gateway.close()


def test_ones_own_login_is_the_systems_word_and_never_the_environments(monkeypatch: pytest.MonkeyPatch) -> None:
    real = pwd.getpwuid(os.getuid()).pw_name
    for name in ("USER", "LOGNAME", "LNAME", "USERNAME", "SUDO_USER"):
        monkeypatch.setenv(name, "mallory")
    assert own_identity() == Identity(real)

    def unknown(_: int) -> None:
        raise KeyError

    monkeypatch.setattr(pwd, "getpwuid", unknown)
    assert own_identity() == Identity(str(os.getuid()))
    assert os_login() == str(os.getuid())
