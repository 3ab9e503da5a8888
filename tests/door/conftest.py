"""One server for all tests of the door."""

import os
from collections.abc import Iterator

import pytest

from tests.door.server import Server, enrolled, keyed, missing, running_server


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A server set up by server-setup, with two officers who have keys and two who come in by sudo."""
    if os.getuid() != 0:
        pytest.skip("not root: no accounts and no sshd, so that nothing of the door is proved here")
    assert not missing(), f"{missing()} not installed: `.ci/run` does it"
    with running_server() as made:
        enrolled(made, {"lijg": "李建国", made.users[0]: "赵晓峰", made.users[1]: "陈卫东"})
        keyed(made, "lijg")
        yield made
