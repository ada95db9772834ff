"""What a frame may be refused for before any verb is called."""

from django.utils.translation import gettext_lazy as _

from cscore.common.errors import Refusal


class BadJson(Refusal):
    code = "bad-json"
    sentence = _("This is not a JSON object.")


class UnknownType(Refusal):
    code = "unknown-type"
    sentence = _("There is no frame of this type.")


class BadField(Refusal):
    code = "bad-field"
    sentence = _("The field %(field)s is missing or of the wrong type.")


class HelloFirst(Refusal):
    code = "hello-first"
    sentence = _("The first frame must be hello, once.")


class TooLong(Refusal):
    code = "too-long"
    sentence = _("This is longer than %(most)s characters.")


class Empty(Refusal):
    code = "empty"
    sentence = _("Write something first.")


class BadText(Refusal):
    code = "bad-text"
    sentence = _("This text has characters that cannot be stored.")


class RateLimited(Refusal):
    code = "rate-limited"
    status = 429
    sentence = _("That was too fast. Please wait %(retry_after)s seconds.")


class Busy(Refusal):
    code = "busy"
    status = 503
    sentence = _("We are very busy. Your message was not stored; please send it again.")
