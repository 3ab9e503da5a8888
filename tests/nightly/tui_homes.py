"""Every screen's, terminal's and night's test that makes a desk, on PostgreSQL: python -m tests.nightly.tui_homes.

About 45 minutes on two cores.
"""

import pytest

from tests.homes import ROOMS

if __name__ == "__main__":
    raise SystemExit(pytest.main(["-q", "-n", "2", "-m", "postgresql", *ROOMS]))
