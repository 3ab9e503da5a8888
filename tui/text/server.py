"""Words of a server: `server-setup` and its steps, `doctor` and its findings."""

from collections.abc import Mapping

from dutyboard.frozen import frozen


@frozen
class ServerWords:
    """Sentences with `str.format` placeholders; `steps` and `foreign` by the kind of a step (`tui/server/steps.py`)."""

    bad_word: str
    not_root: str
    to_apply: str
    applied: str
    nothing_to_do: str
    step_failed: str
    sshd_by_hand: str
    unknown: str
    marks: Mapping[str, str]
    steps: Mapping[str, str]
    foreign: Mapping[str, str]
    installation: Mapping[str, str]


@frozen
class DoctorWords:
    """Sentences with `str.format` placeholders; `said` by the codes of `tui/server/health.py`."""

    one_form: str
    levels: Mapping[str, str]
    worst: Mapping[str, str]
    said: Mapping[str, str]
