"""Copies beside each other in one folder: a new one each time, and the newest stay."""

from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dutyboard.tui.cli import program
from dutyboard.tui.link import clock
from dutyboard.tui.link.server.backups import dated_backups, keep_newest
from tests.homes import begun


def run(*words: str) -> Result:
    return CliRunner().invoke(program, list(words))


def test_each_has_the_name_of_its_moment_and_the_newest_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk, copies = tmp_path / "desk", tmp_path / "copies"
    assert run("init", str(begun(desk))).exit_code == 0
    copies.mkdir()
    (copies / "20200101T000000").mkdir()
    (copies / "notes.txt").write_text("mine", encoding="utf-8")
    for day in (1, 2, 3):
        moment = datetime(2021, 6, day, 4, 0, 5, tzinfo=clock.DEFAULT_ZONE)
        monkeypatch.setattr(clock, "real_clock", lambda moment=moment: moment)
        done = run("--data", str(desk), "backup", str(copies), "--keep", "2")
        assert done.exit_code == 0, done.output
    assert [each.name for each in dated_backups(copies)] == ["20210602T040005", "20210603T040005"]
    assert "20210601T040005" in done.output
    kept = {each.name for each in copies.iterdir()} - {each.name for each in dated_backups(copies)}
    assert kept == {"20200101T000000", "notes.txt"}, "a folder without a backup's note is nobody's backup"
    assert run("restore", str(copies / "20210603T040005"), str(tmp_path / "again")).exit_code == 0


def test_a_copy_that_fails_takes_none_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk, copies = tmp_path / "desk", tmp_path / "copies"
    assert run("init", str(begun(desk))).exit_code == 0
    copies.mkdir()
    moment = datetime(2021, 6, 1, 4, 0, 5, tzinfo=clock.DEFAULT_ZONE)
    monkeypatch.setattr(clock, "real_clock", lambda: moment)
    assert run("--data", str(desk), "backup", str(copies), "--keep", "1").exit_code == 0
    again = run("--data", str(desk), "backup", str(copies), "--keep", "1")
    assert (again.exit_code, len(again.output.splitlines())) == (1, 1)
    assert [each.name for each in dated_backups(copies)] == ["20210601T040005"]
    with pytest.raises(ValueError, match="0"):
        keep_newest(copies, 0)
