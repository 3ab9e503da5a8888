"""Desks of an overview as they are named: folders, files of summaries, `-`. One that cannot be read says why."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import orjson

from dutyboard.tui.commands.framework import STANDARD, whole_file
from dutyboard.tui.commands.invocation import Failure, Invocation
from dutyboard.tui.export.overview import OverviewRow
from dutyboard.tui.export.summary import FORM, OtherForm, read_summary, summary_json
from dutyboard.tui.link.clock import real_clock
from dutyboard.tui.link.folder import is_mirror
from dutyboard.tui.link.trouble import ENGINE_AWAY
from dutyboard.tui.text import words

if TYPE_CHECKING:
    from dutyboard.rules.records.refusals import Refusal
    from dutyboard.tui.link.gateway import Gateway
    from dutyboard.tui.link.trouble import StoreTrouble

_MOST: Final = 8 << 20
"""Bytes of a file of summaries. One of them is some 5 KB."""


def summary_of(gateway: "Gateway") -> dict[str, Any]:
    """Return the summary of an open desk, as JSON types. Raises StoreTrouble."""
    from dutyboard.rules.board import board_despite_faults
    from dutyboard.rules.duties.post.screening.city import city_sheet
    from dutyboard.tui.link.care import origin_of

    now, snapshot = gateway.now(), gateway.snapshot
    shown, broken = board_despite_faults(snapshot, now)
    sheet = city_sheet(gateway.with_archived("persons", "reports"), shown.day, now)
    return summary_json(
        snapshot,
        shown,
        sheet,
        left_out=sum(each.person_id is not None for each in broken),
        origin=origin_of(gateway.folder),
        head=gateway.head,
        made_at=real_clock(),
        made_by=gateway.actor.login,
    )


def rows_named(call: Invocation, named: Iterable[str]) -> tuple[OverviewRow, ...]:
    """Return a row for each desk, in the order in which they are named. A desk named twice is counted once."""
    rows = [row for each in named for row in _rows(call, each)]
    known: dict[str, str] = {}
    for at, row in enumerate(rows):
        if row.summary is None:
            continue
        key = row.summary.origin or f"{row.summary.seq} {row.summary.head}"
        if key in known:
            rows[at] = replace(row, same_as=known[key])
        known.setdefault(key, row.name)
    return tuple(rows)


def _rows(call: Invocation, named: str) -> Iterator[OverviewRow]:
    if named != STANDARD:
        path = call.desk_named(named)
        if path in call.mirrors:
            yield _of_address(call, named, path)
            return
        try:
            folder, there = path.is_dir(), path.exists()
        except OSError as error:
            yield OverviewRow(given=named, name=path.name, code="no_access", why=str(error.strerror))
            return
        if folder:
            yield _of_folder(call, named, path)
            return
        if not there:
            yield OverviewRow(
                given=named, name=path.stem, code="not_there", why=words(call.language).overview.not_there
            )
            return
    yield from _of_file(call, named)


# ---------------------------------------------------------------- a folder


def _of_address(call: Invocation, named: str, folder: Path) -> OverviewRow:
    """Return the row of a desk on an engine, by the name of its schema."""
    from dutyboard.tui.link.engine.mirrors import make_mirror
    from dutyboard.tui.link.trouble import StoreTrouble

    mirror = call.mirrors[folder]
    row = OverviewRow(given=named, name=mirror.name, folder=mirror.address.text)
    try:
        if not is_mirror(folder):
            make_mirror(mirror, call.identity)
    except StoreTrouble as trouble:
        return _unread(call, row, trouble)
    return _of_desk(call, row, folder)


def _of_folder(call: Invocation, named: str, folder: Path) -> OverviewRow:
    """Return the row of a desk that lies on this machine."""
    return _of_desk(call, OverviewRow(given=named, name=folder.resolve().name, folder=str(folder)), folder)


def _of_desk(call: Invocation, row: OverviewRow, folder: Path) -> OverviewRow:
    """Return the row of the desk in a folder, as its reader may see it."""
    from dutyboard.tui.link.gateway import Gateway, Refused
    from dutyboard.tui.link.trouble import StoreTrouble

    try:
        gateway = Gateway.open(folder, call.identity, acting_as=call.acting_as)
    except StoreTrouble as trouble:
        return _unread(call, row, trouble)
    except Refused as refused:
        return _unread(call, row, refused.refusal)
    try:
        return _opened(call, row, gateway)
    except StoreTrouble as trouble:
        return _unread(call, row, trouble)
    except Exception as error:  # a fault of ours with one desk is not one with the others
        return replace(row, code="fault", why=call.fault(error))
    finally:
        gateway.close()


def _opened(call: Invocation, row: OverviewRow, gateway: "Gateway") -> OverviewRow:
    """Return the row of an open desk. Of one that is damaged it tells the hour of the last entry before the damage."""
    found = gateway.found()
    if gateway.damaged:
        written = (each.entered_at for each in gateway.snapshot.entries.values())
        return replace(_unread(call, row, found[-1]), since=max(written, default=None))
    if gateway.stopped_at is not None:  # what the mirror holds is of then, and no figure of now
        away = next(each for each in found if each.code in ENGINE_AWAY)
        return replace(_unread(call, row, away), since=gateway.stopped_at)
    if (refused := gateway.may_not_read("overview")) is not None:
        return _unread(call, row, refused)
    if gateway.snapshot.desk is None:
        return replace(row, code="no_desk", why=_sentence(call, "no_desk", {"folder": row.folder}))
    call.look(gateway, "report", "overview")
    notes = tuple(_sentence(call, each.code, each.fields) for each in found)
    return replace(row, summary=read_summary(summary_of(gateway)), notes=notes)


def _unread(call: Invocation, row: OverviewRow, why: "StoreTrouble | Refusal") -> OverviewRow:
    since = why.fields.get("since")
    return replace(
        row,
        code=why.code,
        why=_sentence(call, why.code, why.fields),
        since=since if isinstance(since, datetime) else None,
    )


def _sentence(call: Invocation, code: str, fields: Any) -> str:
    return call.failure(code, fields).message


# ---------------------------------------------------------------- a file


def _of_file(call: Invocation, named: str) -> Iterator[OverviewRow]:
    """Yield a row for each summary of a file or of standard input: one object, or one a line."""
    said, stem = words(call.language).overview, "" if named == STANDARD else Path(named).stem
    unnamed = OverviewRow(given=named, name=stem or said.standard)
    try:
        raw = whole_file(call, named, _MOST)
    except Failure as failure:
        yield replace(unnamed, code="no_file", why=failure.message)
        return
    if not raw.strip():
        yield replace(unnamed, code="empty", why=said.empty)
        return
    try:
        parts: list[bytes | Any] = [orjson.loads(raw)]
    except ValueError:
        parts = [line for line in raw.splitlines() if line.strip()]
    for number, part in enumerate(parts, start=1):
        row = unnamed if len(parts) == 1 else replace(unnamed, given=f"{named}:{number}", name=f"{stem}:{number}")
        try:
            summary = read_summary(orjson.loads(part) if isinstance(part, bytes) else part)
        except OtherForm as other:
            yield replace(row, code="other_form", why=said.other_form.format(form=other.form, known=FORM))
        except ValueError:
            yield replace(row, code="no_summary", why=said.no_summary)
        else:
            alone = stem if len(parts) == 1 else ""
            yield replace(row, summary=summary, name=alone or summary.place or summary.desk or said.standard)
