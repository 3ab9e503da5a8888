"""Locks, shared memory and syncs hold on a local file system only (invariant I9)."""

import os
from pathlib import Path

from dutyboard.store.errors import NotLocal

MOUNTS = Path("/proc/self/mountinfo")
_NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "glusterfs", "lustre", "beegfs", "fuse.sshfs"}


def refuse_network(folder: Path) -> None:
    """Raise NotLocal on a network file system: flock, mmap and fdatasync do not hold there."""
    while not folder.exists():
        folder = folder.parent
    device = os.stat(folder).st_dev  # noqa: PTH116
    number = f"{os.major(device)}:{os.minor(device)}"
    try:
        mounts = MOUNTS.read_text(errors="replace").splitlines()
    except OSError:
        return
    for mount in mounts:
        before, _, after = mount.partition(" - ")
        if before.split(" ")[2] == number and after.split(" ")[0] in _NETWORK:
            raise NotLocal(after.split(" ")[0])
