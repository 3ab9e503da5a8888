"""Documents of people written before a referral stood beside the stage, read as what they meant then.

They hold a referral as an assessment that decides nothing, and somebody held in a room until its answer as `referred`.
"""

from collections.abc import Mapping
from typing import Any


def referral_of_before(held: Mapping[str, Any]) -> dict[str, Any]:
    """Return the document of a person with its open referral, and the stage of somebody held in a room meanwhile.

    A document that holds a referral already, or has none, is returned as it is. The office was not written down: the
    command post answers.
    """
    plain = dict(held)
    assessment = plain.get("assessment")
    if "referral" in plain or not isinstance(assessment, Mapping) or plain.get("stage") == "closed":
        return plain
    if assessment.get("decision") != "refer" or assessment.get("at") is None:
        return plain
    reason, provisional = assessment.get("refer_reason"), assessment.get("provisional")
    plain["referral"] = {
        "since": assessment["at"],
        "reasons": [reason] if reason else [],
        "provisional": provisional or "",
    }
    if plain.get("stage") == "referred" and plain.get("site_id") is not None:
        plain["stage"] = "site" if plain.get("admitted_on") is not None else "transfer"
    return plain
