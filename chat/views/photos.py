"""Photos in and out: a visitor sends his own and sees them again; staff see those of their tickets and chats."""

import time
from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from chat import access, actions
from chat.consumers.limits import Rates
from chat.consumers.origin import parsed
from chat.models import Visitor
from cscore.accounts.models import User
from cscore.accounts.permissions import Permission
from cscore.common import clock
from cscore.common.doors import EVERYONE, opens_for
from cscore.common.errors import NotAllowed, NotFound
from tickets.models import Photo
from tickets.pictures import MOST_BYTES, NoPhoto, TooLarge

TOKEN, CLIENT_ID = "X-Visitor-Token", "X-Client-Id"
# Decoding costs more than reading: also what is refused counts. What is kept has its own, stricter limit.
attempts = Rates(per_minute=10, burst=10)


@opens_for(EVERYONE)
@csrf_exempt  # The right is the visitor's token in a header, which no other page can make a browser send.
@require_POST
def send_photo(request: HttpRequest, key: str) -> HttpResponse:
    """The body is the photo's file; the answer names the message that it became."""
    visitor = _visitor(request, key)
    attempts.check(visitor.pk, now=time.monotonic())
    data = request.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise TooLarge
    heard = actions.show_photo(visitor=visitor, client_id=_client_id(request), data=data, at=clock.now())
    sent = {"conversation": str(heard.conversation.pk), "id": str(heard.message.pk), "seq": heard.message.seq}
    return JsonResponse(sent, status=201)


@opens_for(EVERYONE)
@require_GET
def own_photo(request: HttpRequest, key: str, photo_id: UUID) -> HttpResponse:
    """To the visitor who sent it."""
    return _shown(access.photo_of(_visitor(request, key), photo_id))


@opens_for(Permission.TICKETS_VIEW)
@require_GET
def photo(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    """To staff who may see its ticket, or its conversation while it has none."""
    return _shown(access.photo_for(cast(User, request.user), photo_id))


def _visitor(request: HttpRequest, key: str) -> Visitor:
    """Who holds the token. Raises NotFound alike for no shop, no token and a dead one."""
    origin = request.headers.get("Origin")
    if origin and parsed(origin) != parsed(f"{request.scheme}://{request.get_host()}"):
        raise NotAllowed
    token = request.headers.get(TOKEN, "")
    visitor = access.visitor_by_token(shop=access.shop_by_key(key), token=token, at=clock.now())
    if visitor is None:
        raise NotFound
    return visitor


def _client_id(request: HttpRequest) -> UUID:
    try:
        return UUID(request.headers.get(CLIENT_ID, ""))
    except ValueError as bad:
        raise NoPhoto from bad


def _shown(kept: Photo) -> HttpResponse:
    """Our own JPEG and nothing else: whatever a browser takes it for, it can do nothing with it."""
    response = HttpResponse(bytes(kept.data), content_type="image/jpeg")
    response["Content-Disposition"] = f'inline; filename="photo-{kept.pk}.jpg"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=600"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
