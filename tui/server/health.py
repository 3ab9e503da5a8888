"""Findings of a look at a desk and its machine: one line each, ok, a warning or bad."""

from collections.abc import Mapping
from dataclasses import field
from typing import Any, Final, Literal

from dutyboard.frozen import frozen

HealthLevel = Literal["ok", "warn", "bad"]
HealthPart = Literal[
    "program",
    "folder",
    "room",
    "sync",
    "clock",
    "terminal",
    "paper",
    "desk",
    "engine",
    "chain",
    "backups",
    "restore",
    "keys",
    "sessions",
    "warm",
    "timers",
]
DoctorCode = Literal[
    "program",  # {dutyboard, python, textual}
    "package_out",  # {package, version, wanted}
    "package_gone",  # {package, wanted}
    "program_open",  # {path}
    "modes",  # {files, owner}
    "mode_open",  # {file, mode}
    "owner_other",  # {file, owner}
    "shared",
    "umask",  # {umask}
    "umask_shut",  # {umask}
    "room",  # {free, percent}
    "room_short",  # {free, percent}
    "inodes_short",  # {free}
    "file_system",  # {kind}
    "not_local",  # {kind}
    "in_memory",  # {kind}
    "sync",  # {micros}
    "sync_fast",  # {micros}
    "sync_slow",  # {micros}
    "sync_unmeasured",  # {errno}
    "clock",  # {now, zone}
    "clock_unset",  # {now}
    "clock_behind",  # {now, last}
    "encoding",  # {encoding}
    "encoding_other",  # {encoding}
    "terminal",  # {term}
    "no_terminal",
    "terminal_dumb",
    "paper_packages",  # {packages}
    "no_paper_package",  # {package}
    "font",  # {file}
    "font_gone",  # {file}
    "no_font",
    "office",  # {file}
    "no_office",
    "desk",  # {lines, people}
    "desk_trouble",  # {said}
    "no_engine",
    "engine",  # {server}
    "engine_away",  # {said, since}
    "engine_reads_only",  # {server}
    "mirror",  # {lines, count}
    "mirror_behind",  # {lines, count}
    "stray_claim",  # {n, schema}
    "commit_waits",  # {names}
    "commit_alone",
    "commit_lossy",  # {settings}
    "standby_gone",  # {names, there, wanted}
    "standby",  # {name, kb}
    "standby_behind",  # {name, kb}
    "standby_unseen",  # {name}
    "role",  # {role}
    "role_superuser",  # {role}
    "role_owner",  # {role}
    "role_more",  # {role, rights}
    "role_less",  # {role, rights}
    "chain",  # {lines, head}
    "chain_unheld",
    "chain_noted",  # {count, first}
    "chain_broken",  # {count, first}
    "backup",  # {name, hours}
    "backup_old",  # {name, hours}
    "no_backup",  # {folder}
    "backups_unseen",  # {folder}
    "backup_of_another",  # {name}
    "same_disk",  # {folder}
    "restored",  # {name, lines}
    "not_restored",  # {name, said}
    "keys",  # {count}
    "no_keys",
    "keys_unseen",  # {file}
    "key_foreign",  # {line}
    "key_of_nobody",  # {login}
    "officer_without_key",  # {officer}
    "sessions",  # {count}
    "warm",
    "warm_off",  # {unit}
    "warm_unneeded",
    "timers",  # {count}
    "timer_off",  # {timer}
    "unit_failed",  # {unit}
    "no_systemd",
]
_ORDER: Final = {"ok": 0, "warn": 1, "bad": 2}


@frozen
class HealthLine:
    """One finding: its part, how it stands, a code, and the fields of its sentence. No field names a person."""

    part: HealthPart
    level: HealthLevel
    code: DoctorCode
    fields: Mapping[str, Any] = field(default_factory=dict)


def health_line(part: HealthPart, level: HealthLevel, code: DoctorCode, **fields: Any) -> HealthLine:
    """Return a finding."""
    return HealthLine(part=part, level=level, code=code, fields=fields)


def worst_of(lines: list[HealthLine]) -> HealthLevel:
    """Return the worst level of all lines; `ok` of none."""
    return max((each.level for each in lines), key=_ORDER.__getitem__, default="ok")


def level_number(level: HealthLevel) -> int:
    """Return 0 for ok, 1 for a warning, 2 for bad."""
    return _ORDER[level]
