"""What the verbs of a conversation say when they will not."""

from django.utils.translation import gettext_lazy as _

from cscore.common.errors import Refusal


class Closed(Refusal):
    code = "closed"
    status = 409
    sentence = _("This conversation is over.")


class Taken(Refusal):
    code = "taken"
    status = 409
    sentence = _("Somebody else has this chat now, or it is over.")


class Full(Refusal):
    code = "full"
    status = 409
    sentence = _("%(agent)s has as many chats as fit.")


class NotThere(Refusal):
    code = "full"
    status = 409
    sentence = _("%(agent)s does not take chats right now.")


class NotYours(Refusal):
    code = "not-yours"
    status = 403
    sentence = _("Only the agent who has this chat can do that.")
