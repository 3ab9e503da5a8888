"""English sentences of `ReferralWords`."""

from dutyboard.tui.text.referral import ReferralWords

WORDS = ReferralWords(
    open_since="referral since {at}, {office} is to answer: {reasons}",
    answered="answer: {authority} ({at}, written down by {who}): {decision}",
    answered_class="class {clause}",
    answered_free="no control needed",
    answered_again="the facts have changed: this answer holds no more",
    settled_by_facts="settled by the facts ({at}, confirmed by {who})",
    by_authority="by the answer of {authority}",
    none_open="Nothing about this person waits for an answer",
    form_title="Answer: {name}",
    authority="Answered by",
    authority_hint="office and name",
    decision="Decision",
    decision_hint="in its words",
    decides="Class",
    decides_hint="clause; free for none; empty if it decides none",
    facts="Facts it sets",
    facts_hint="as symptoms=none; empty if none",
    late="Why late",
)
