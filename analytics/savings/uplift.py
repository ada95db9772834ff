"""How large an effect on sales would have to be before a holdout of this size could show it."""

import math

from analytics.inputs import between, positive

# Two-sided 5 % and 80 % power.
Z_SUM = 1.959963984540054 + 0.8416212335729143
HOLDOUT_SHARE = 0.10


def smallest_visible_lift(
    baseline: float, inquiries: int, holdout_share: float = HOLDOUT_SHARE
) -> float | None:
    """The smallest relative change of a conversion rate that would be seen; None when nothing could be.

    `holdout_share` of the `inquiries`, by customer, goes without the AI. Normal approximation with the variance
    of the baseline in both arms: z * sqrt(p (1 - p) (1/n1 + 1/n2)) / p.
    """
    between(0.0, 1.0, baseline=baseline)
    between(0.0001, 0.9999, holdout_share=holdout_share)
    if inquiries == 0 or baseline in (0.0, 1.0):
        return None
    positive(inquiries=inquiries)
    spread = baseline * (1 - baseline) / inquiries * (1 / holdout_share + 1 / (1 - holdout_share))
    return Z_SUM * math.sqrt(spread) / baseline
