import os
from collections.abc import Callable, Iterable

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

django_application = get_wsgi_application()

from django.conf import settings  # noqa: E402

from portal import page_cache, postgresql  # noqa: E402  (read the settings)
from portal.request_log import RequestLog  # noqa: E402

postgresql.patience = postgresql.WHILE_SERVING
application: Callable[..., Iterable[bytes]]
if settings.LOG_REQUESTS == "all" or settings.METRICS_TOKEN:
    application = RequestLog(page_cache.around(django_application))
else:
    application = page_cache.around(RequestLog(django_application))
