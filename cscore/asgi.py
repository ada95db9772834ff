"""HTTP and websockets in one process. Settings see by this module being there that they are the web server's."""

import os
import warnings

from channels.routing import ProtocolTypeRouter, URLRouter
from channels.sessions import CookieMiddleware
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cscore.settings")
# WhiteNoise hands out small files as plain iterators, which Django reads whole; there is nothing to mend.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")

http = get_asgi_application()

from chat.routing import websocket_urlpatterns  # noqa: E402 - models load only after Django is set up
from cscore.common.bodies import bounded  # noqa: E402
from tickets.pictures import MOST_BYTES  # noqa: E402

# Cookies only: the desk looks its session up by itself, at every action.
application = ProtocolTypeRouter(
    {
        # A visitor of the widget sends nothing larger than a photo.
        "http": bounded(http, under="/widget/", most_bytes=MOST_BYTES),
        "websocket": CookieMiddleware(URLRouter(websocket_urlpatterns)),
    }
)
