"""Every view says whom it opens for; a refusal becomes a page or JSON in one place."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from cscore.common.errors import NotAllowed, Refusal, SignInFirst

EVERYONE = "everyone"
View = Callable[..., HttpResponse]


class Guest(Protocol):
    """What a door asks of the person before it."""

    is_authenticated: bool

    def may(self, permission: str) -> bool: ...


def check(person: Any, permission: str) -> None:
    """Raises SignInFirst or NotAllowed unless the person may pass."""
    if permission == EVERYONE:
        return
    if not person.is_authenticated:
        raise SignInFirst
    if not person.may(permission):
        raise NotAllowed


def opens_for(permission: str) -> Callable[[View], View]:
    """Checks the permission at each call and marks the view for the test that walks the doors."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            check(request.user, permission)
            return view(request, *args, **kwargs)

        guarded.opens_for = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def wants_json(request: HttpRequest) -> bool:
    return request.path.startswith("/api/") or not request.accepts("text/html")


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The refusal in the form that the caller reads: JSON for machines, a page for people."""
    if wants_json(request):
        body = {"error": {"code": refusal.code, "sentence": str(refusal), "details": refusal.details}}
        return JsonResponse(body, status=refusal.status)
    if isinstance(refusal, SignInFirst):
        return redirect_to_login(request.get_full_path(), reverse("admin:login"))
    return render(request, "refused.html", {"refusal": refusal}, status=refusal.status)
