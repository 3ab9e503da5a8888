"""Board of an instant as JSON, in the shape that other programs rely on (`board --json`)."""

from collections.abc import Callable
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any, Final

from dutyboard.rules.board import Board
from dutyboard.rules.records.obligation import Obligation

_STATED: Final = tuple(each.name for each in fields(Obligation) if each.name not in ("window", "attention"))


def board_json(shown: Board) -> dict[str, Any]:
    """Return the board as JSON types. Instants are ISO 8601 in the desk's zone.

    `own`: names of the town or site to which rows and counts are limited; null: they are the whole desk's.
    """
    stamp = _stamping(shown)

    def obligation(owed: Obligation) -> dict[str, Any]:
        return {
            **{name: getattr(owed, name) for name in _STATED},
            "name": asdict(owed.name) if owed.name is not None else None,
            "repeats": asdict(owed.repeats) if owed.repeats is not None else None,
            "opens": stamp(owed.opens),
            "due": stamp(owed.due),
            "closes": stamp(owed.closes),
            **attended(owed),
        }

    def attended(owed: Obligation) -> dict[str, Any]:
        """Returns who has seen an alarm, and when, and until when, by whom and why a duty is shelved."""
        said = owed.attention
        if said is None or said.over:
            return {"ack": None, "shelved": None}
        told = {"by": said.by, "at": stamp(said.at), "entry": said.entry}
        if not owed.shelved:
            return {"ack": told, "shelved": None}
        return {"ack": None, "shelved": {**told, "until": stamp(said.until), "reason": said.reason}}

    return {**board_head(shown), "obligations": [obligation(owed) for owed in shown.obligations]}


def board_head(shown: Board) -> dict[str, Any]:
    """Return what stands above the rows of a board, as JSON types: the instant, the seats, the counts."""
    stamp = _stamping(shown)
    return {
        "now": stamp(shown.now),
        "day": shown.day.isoformat(),
        "notice": shown.notice,
        "emergency": {
            "on": shown.emergency.value == "on",
            "since": stamp(shown.emergency.since),
            "by": shown.emergency.by or None,
        },
        "seats": [
            {
                "seat": sitting.seat,
                "officer": sitting.officer,
                "from": stamp(sitting.starts),
                "to": stamp(sitting.ends),
                "state": sitting.state,
            }
            for sitting in shown.seats
        ],
        "own": list(shown.own) if shown.own is not None else None,
        "counts": asdict(shown.counts),
    }


def _stamping(shown: Board) -> Callable[[datetime | None], str | None]:
    """Return what writes an instant in the zone of a board."""
    zone = shown.now.tzinfo
    return lambda instant: instant.astimezone(zone).isoformat(timespec="seconds") if instant else None
