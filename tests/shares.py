"""The sizes of the long proofs' CI shares, read from shares.toml: by room and proof, each with its arguments."""

import tomllib
from pathlib import Path
from typing import Any

SHARES: dict[str, dict[str, dict[str, Any]]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)
