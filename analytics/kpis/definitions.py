"""What each figure means, in words, with a version: a figure without its definition is not shown."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Definition:
    """One figure. `version` rises whenever the same data would give another number."""

    key: str
    title: Promise
    text: Promise
    numerator: Promise
    denominator: Promise
    version: int


AI_RESOLUTION_RATE = Definition(
    key="ai_resolution_rate",
    title=_("AI resolution rate"),
    text=_(
        "Confirmed: only the AI spoke, and the customer said it helped or an action was completed. Assumed: only "
        "the AI spoke and the customer left with an answer. In both, the customer did not come back about the "
        "same order or topic within 72 hours. Leaving without an answer is never resolved. Conversations that "
        "are open or still inside the 72 hours are not counted yet."
    ),
    numerator=_("Conversations resolved by the AI, confirmed and assumed"),
    denominator=_("Settled conversations in which the AI spoke"),
    version=1,
)
HUMAN_INTERVENTION_RATE = Definition(
    key="human_intervention_rate",
    title=_("Human intervention rate"),
    text=_(
        "A conversation counts once a person has written at least one message in it, with or without the AI."
    ),
    numerator=_("Conversations with at least one message by a person"),
    denominator=_("All conversations"),
    version=1,
)
AVERAGE_RESPONSE_TIME = Definition(
    key="average_response_time",
    title=_("Response time"),
    text=_(
        "From the first unanswered customer message to the first reply by the AI or a person; system messages "
        "are no reply. After a hand-off the clock of the person starts at the hand-off. The AI and people are "
        "shown apart, each with mean, median (p50) and 90th percentile (p90). Turns without a reply have no time."
    ),
    numerator=_("Seconds of all answered turns"),
    denominator=_("Answered turns"),
    version=1,
)
CSAT = Definition(
    key="csat",
    title=_("Customer satisfaction"),
    text=_(
        "Ratings of 4 and 5 stars among all ratings, always with the response rate and the 95 percent interval. People "
        "are not ranked under 30 ratings."
    ),
    numerator=_("Ratings of 4 and 5 stars"),
    denominator=_("All ratings"),
    version=1,
)
INQUIRY_CONVERSION = Definition(
    key="inquiry_conversion",
    title=_("Inquiry conversion"),
    text=_(
        "An inquiry is a customer who asks without having ordered in the 15 days before. It converts when the "
        "customer places an order that stands within 24 hours. More questions within these 24 hours are the "
        "same inquiry. Inquiries whose 24 hours are not over are not counted yet."
    ),
    numerator=_("Inquiries followed by an order"),
    denominator=_("Inquiries whose 24 hours are over"),
    version=1,
)

DEFINITIONS: dict[str, Definition] = {
    definition.key: definition
    for definition in (
        AI_RESOLUTION_RATE,
        HUMAN_INTERVENTION_RATE,
        AVERAGE_RESPONSE_TIME,
        CSAT,
        INQUIRY_CONVERSION,
    )
}
