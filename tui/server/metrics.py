"""Answer to monitoring, as Prometheus text: numbers of the desk and its machine, none of a person."""

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from dutyboard.tui.server.health import HealthLine, level_number

if TYPE_CHECKING:
    from dutyboard.tui.link.gateway import Gateway


def metrics_text(lines: Iterable[HealthLine], gateway: "Gateway | None", folder: Path) -> str:
    """Return the text exposition format: each family with its help and its type. What is unknown is left out."""
    found = list(lines)
    worst: dict[str, int] = {}
    for each in found:
        worst[each.part] = max(worst.get(each.part, 0), level_number(each.level))
    text = _family(
        "check", "how a part stands: 0 ok, 1 warning, 2 bad", {f'part="{part}"': n for part, n in worst.items()}
    )
    told = {each.code: each.fields for each in found}
    for code, field, name, scale, help_ in (
        ("sync", "micros", "sync_seconds", 1e-6, "median of an append with fdatasync in the desk's folder"),
        ("sync_fast", "micros", "sync_seconds", 1e-6, "median of an append with fdatasync in the desk's folder"),
        ("sync_slow", "micros", "sync_seconds", 1e-6, "median of an append with fdatasync in the desk's folder"),
        ("room", "free", "disk_free_bytes", 1e6, "free bytes of the desk's disk"),
        ("room_short", "free", "disk_free_bytes", 1e6, "free bytes of the desk's disk"),
        ("backup", "hours", "backup_age_seconds", 3600, "age of the newest copy, in whole hours"),
        ("backup_old", "hours", "backup_age_seconds", 3600, "age of the newest copy, in whole hours"),
        ("mirror", "count", "mirror_behind_lines", 1, "lines that the engine holds and the mirror does not"),
        ("mirror_behind", "count", "mirror_behind_lines", 1, "lines that the engine holds and the mirror does not"),
        ("standby", "kb", "standby_behind_bytes", 1000, "bytes of the server's log that a standby lacks, the most"),
        (
            "standby_behind",
            "kb",
            "standby_behind_bytes",
            1000,
            "bytes of the server's log that a standby lacks, the most",
        ),
        ("sessions", "count", "sessions", 1, "officers' processes"),
    ):
        if code in told:
            text += _family(name, help_, {"": told[code][field] * scale})
    sizes = [each.stat().st_size for each in (folder / "journal").glob("*")]
    text += _family("journal_bytes", "bytes of the journal, packed segments as they lie there", {"": sum(sizes)})
    return text if gateway is None or gateway.snapshot.desk is None else text + _of_desk(gateway)


def _of_desk(gateway: "Gateway") -> str:
    from dutyboard.rules.board import board

    snapshot = gateway.snapshot
    counts = asdict(board(snapshot, gateway.now()).counts)
    text = _family("board", "the numbers of the board's status line", {f'count="{n}"': v for n, v in counts.items()})
    text += _family("people", "people in the live records", {"": len(snapshot.persons)})
    text += _family("journal_lines", "lines of the journal", {"": snapshot.seq})
    return text + _family("alarms", "faults found as the desk was opened", {"": len(gateway.found())})


def _family(name: str, help_: str, values: dict[str, float]) -> str:
    full = f"dutyboard_{name}"
    names = {labels: f"{full}{{{labels}}}" if labels else full for labels in values}
    rows = [f"{names[labels]} {_number(value)}" for labels, value in values.items()]
    return "\n".join((f"# HELP {full} {help_}.", f"# TYPE {full} gauge", *rows)) + "\n"


def _number(value: float) -> str:
    """Return a number in nine figures: a longer row of digits would be masked as if it were somebody's."""
    return f"{value:.9g}"
