"""Every refusal of the API in one form: {"error": {code, sentence, details}}."""

from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions, serializers
from rest_framework.response import Response

from cscore.common.errors import NotAllowed, NotFound, Refusal


class Invalid(Refusal):
    """`fields` names each wrong field with what is wrong about it."""

    code = "invalid"
    sentence = _("These fields are wrong: %(names)s.")

    def __init__(self, fields: dict[str, Any]) -> None:
        super().__init__(names=", ".join(fields), fields=fields)


class NotJson(Refusal):
    code = "not-json"
    sentence = _("The body is not a JSON object in UTF-8.")


class TooMuch(Refusal):
    code = "too-large"
    status = 413
    sentence = _("The body takes at most %(most)s MiB.")


class WrongMethod(Refusal):
    code = "wrong-method"
    status = 405
    sentence = _("This address does not take this method.")


class WrongKind(Refusal):
    code = "wrong-content-type"
    status = 415
    sentence = _("This address does not take this kind of body.")


class TooOften(Refusal):
    code = "too-often"
    status = 429
    sentence = _("This token asks too often: at most %(most)s times a minute.")


class RefusalBody(serializers.Serializer[Any]):
    code = serializers.CharField()
    sentence = serializers.CharField(help_text="For people, in the language of Accept-Language.")
    details = serializers.DictField()


class RefusedShape(serializers.Serializer[Any]):
    """Why nothing was done."""

    error = RefusalBody()


REFUSED: Final = RefusedShape


def refused(exception: Exception, context: dict[str, Any]) -> Response | None:
    """What the framework calls for every exception of a view; faults of ours stay faults."""
    refusal = _refusal(exception)
    if refusal is None:
        return None
    details = {name: _plain(value) for name, value in refusal.details.items()}
    body = {"error": {"code": refusal.code, "sentence": str(refusal), "details": details}}
    response = Response(body, status=refusal.status)
    if refusal.status == 401:
        response["WWW-Authenticate"] = "Bearer"
    if isinstance(refusal, TooOften):
        response["Retry-After"] = "60"
    return response


def _refusal(exception: Exception) -> Refusal | None:
    match exception:
        case Refusal():
            return exception
        case Http404() | exceptions.NotFound():
            return NotFound()
        case PermissionDenied() | exceptions.PermissionDenied():
            return NotAllowed()
        case exceptions.ValidationError():
            return Invalid(
                exception.detail if isinstance(exception.detail, dict) else {"body": exception.detail}
            )
        case exceptions.MethodNotAllowed():
            return WrongMethod()
        case exceptions.UnsupportedMediaType():
            return WrongKind()
        case exceptions.ParseError():
            return NotJson()
    return None


def _plain(value: Any) -> Any:
    """Numbers, texts and lists as JSON has them; everything else in its own words."""
    if isinstance(value, dict):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value if value is None or type(value) in {int, float, bool, str} else str(value)
