"""How often a token may ask. Counted where every web process sees it: in Redis as soon as there are several."""

import logging
from typing import Final

from django.conf import settings
from django.core.cache import cache
from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from cscore.commerce.models import ApiToken
from cscore.common import clock
from cscore.common.api import TooOften

logger = logging.getLogger(__name__)
_KEPT_S: Final = 120


class TokenRate(BaseThrottle):
    """So many requests in each minute of the clock."""

    def allow_request(self, request: Request, view: APIView) -> bool:
        most = settings.API_LIMITS["requests_per_minute"]
        if isinstance(request.auth, ApiToken) and _asked(request.auth) > most:
            raise TooOften(most=most)
        return True


def _asked(token: ApiToken) -> int:
    """How often the token asked in this minute, this time included."""
    name = f"api:{token.token_hash[:16]}:{int(clock.now().timestamp()) // 60}"
    try:
        cache.add(name, 0, _KEPT_S)
        return int(cache.incr(name))
    except ValueError:
        return 1  # pushed out of a full cache between two lines
    except RedisError as lost:
        # A shop's ERP goes on working while the counter is away; what it writes is checked as ever.
        logger.warning("API requests are not counted: %s", lost)
        return 1
