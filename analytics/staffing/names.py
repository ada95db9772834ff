"""Why one agent fewer would not do, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from analytics.staffing.targets import Constraint

CONSTRAINT_NAMES: dict[Constraint, Promise] = {
    Constraint.SERVICE_LEVEL: _("Customers would wait too long for an agent"),
    Constraint.ABANDONMENT: _("Too many customers would give up"),
    Constraint.OCCUPANCY: _("Agents would be too busy"),
    Constraint.REPLY_TIME: _("More chats at a time would make replies too slow"),
    Constraint.MINIMUM_COVER: _("The fewest that may be on duty"),
}
