"""The file systems on which locks, mapped memory and syncs hold: those of local disks (invariant I9).

Network file systems are many and new ones come, and several of them are mounted by other names (FUSE). Therefore those
that are known to be local are listed, and no others are used unless a person answers for it.
"""

import re
from pathlib import Path
from typing import Final

from dutyboard.store.errors import NotLocal

MOUNTS = Path("/proc/self/mountinfo")
LOCAL: Final = frozenset(
    {"ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs", "jfs", "bcachefs", "nilfs2", "tmpfs", "overlay"}
)
_OCTAL: Final = re.compile(r"\\([0-7]{3})")


class _Answer:
    """The word of the person who runs this process, that any file system will do."""

    given = False


def accept_any() -> None:
    """Use any file system from now on in this process: a person answers for it."""
    _Answer.given = True


def refuse_foreign(folder: Path) -> None:
    """Raise NotLocal if the folder, or a mount inside of it, lies on a file system that is not listed."""
    if _Answer.given:
        return
    for kind in file_systems(folder):
        if kind not in LOCAL:
            raise NotLocal(kind)


def file_systems(folder: Path) -> list[str]:
    """Return the file system of a folder and those mounted inside of it; [] where the kernel does not say."""
    try:
        mounts = [_mount(line) for line in MOUNTS.read_text(errors="replace").splitlines()]
    except OSError:
        return []
    path = folder.resolve()
    above = [(len(point.parts), number) for number, (point, _) in enumerate(mounts) if path.is_relative_to(point)]
    inside = [kind for point, kind in mounts if path in point.parents]
    standing = [mounts[max(above)[1]][1]] if above else []  # of two on one point the later one hides the other
    return [*standing, *inside]


def _mount(line: str) -> tuple[Path, str]:
    """Return where a line of mountinfo is mounted, and the name of its file system."""
    before, _, after = line.partition(" - ")
    point = _OCTAL.sub(lambda found: chr(int(found[1], 8)), before.split(" ")[4])
    return Path(point), after.split(" ")[0]
