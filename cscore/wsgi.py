"""HTTP alone, for a host that cannot speak websockets. The chat needs cscore.asgi."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cscore.settings")
application = get_wsgi_application()
