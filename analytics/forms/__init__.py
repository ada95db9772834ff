"""The shape of what people type: periods, staffing policies, cost inputs."""

from analytics.forms.confidence import PrecisionForm
from analytics.forms.costs import CostForm
from analytics.forms.period import period_of
from analytics.forms.staffing import PolicyForm, WhatIfForm

__all__ = ["CostForm", "PolicyForm", "PrecisionForm", "WhatIfForm", "period_of"]
