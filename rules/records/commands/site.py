"""Acts on a quarantine site itself."""

from dataclasses import dataclass

from dutyboard.rules.records.codes import SiteState


@dataclass(frozen=True, slots=True, kw_only=True)
class SetSiteState:
    """Open a standby site, or close one (四（二）)."""

    site_id: int
    state: SiteState
    reason: str
