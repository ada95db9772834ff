"""The two doors that belong to no app: where to begin, and whether we are well."""

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.cache import never_cache

from cscore.accounts.permissions import Permission
from cscore.common.doors import EVERYONE, opens_for


@opens_for(EVERYONE)
def home(request: HttpRequest) -> HttpResponse:
    """Agents go to their desk, other staff to the admin, strangers to the demo shop or the sign-in page."""
    person = request.user
    if person.is_authenticated:
        works_at_desk = person.may(Permission.CHAT_SERVE) and not person.may(Permission.KB_EDIT)
        return redirect("chat:desk" if works_at_desk else "admin:index")
    return redirect("demo:front" if settings.DEMO else "admin:login")


@opens_for(EVERYONE)
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for this name whatever a page says; the picture itself is a static file."""
    return redirect(static("common/favicon.svg"), permanent=True)


@opens_for(EVERYONE)
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """200 when the database answers; says nothing else about the inside."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})
