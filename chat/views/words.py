"""The sentences that scripts need while a page is open. {holes} are filled there."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

TRANSCRIPT = {
    "today": _("Today"),
    "yesterday": _("Yesterday"),
    "you": _("You"),
    "customer": _("Customer"),
    "bot": _("Assistant"),
    "agent": _("Service"),
    "system": _("Notice"),
    "due": _("We get back to you by {time}"),
    "from_article": _("From our help article “{question}”"),
    "valid_until": _("Valid until {day}"),
}

WIDGET = TRANSCRIPT | {
    "state_bot": _("Assistant, answers at once"),
    "state_waiting": _("A person is coming"),
    "state_closed": _("This conversation has ended"),
    "with_agent": _("{name} is with you"),
    "ahead": _("{n} ahead of you."),
    "next": _("You are next."),
    "about": _("About {n} min."),
    "new_conversation": _("New conversation"),
    "photo_too_large": _("A photo may have at most 10 MB."),
    "photo_not_sent": _("The photo was not sent. Check the connection and try again."),
    "launcher_open": _("Open chat"),
    "launcher_shut": _("Close chat"),
}

DESK = TRANSCRIPT | {
    "state_bot": _("With the bot"),
    "state_waiting": _("Waiting"),
    "state_closed": pgettext_lazy("conversation", "Closed"),
    "with_agent": _("With {name}"),
    "with_you": _("With you"),
    "visitor": _("Visitor {number}"),
    "visitor_tier": _("Visitor"),
    "confidence": _("Confidence {percent} %"),
    "version": _("version {n}"),
    "no_order": _("No order"),
    "whole_order": _("The whole order"),
    "looks_at_product": _("Looks at product {product}"),
    "looks_at_order": _("Looks at order {order}"),
    "take_first": _("Take this conversation to answer."),
    "is_closed": _("This conversation is closed."),
    "customer_up": _("The customer: right answer"),
    "customer_down": _("The customer: not the answer"),
    "not_open": _("The desk is not open to you any more."),
}
