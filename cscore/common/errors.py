"""What a verb says when it will not: a code for machines, a sentence for people."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error of ours
    """Raised by verbs and access; doors turn it into a page, JSON or a frame.

    `status` is the HTTP status; `details` are named holes of the sentence and go to machines as they are.
    """

    code: str = "refused"
    status: int = 400
    sentence: str | Promise = _("This cannot be done.")

    def __init__(self, **details: Any) -> None:
        self.details = details
        super().__init__(self.code)

    def __str__(self) -> str:
        return str(self.sentence) % self.details if self.details else str(self.sentence)


class NotFound(Refusal):
    """Missing and forbidden look alike from outside."""

    code = "not-found"
    status = 404
    sentence = _("There is no such thing here.")


class NotAllowed(Refusal):
    code = "not-allowed"
    status = 403
    sentence = _("Your role does not open this door.")


class SignInFirst(Refusal):
    code = "sign-in-first"
    status = 401
    sentence = _("Sign in first.")
