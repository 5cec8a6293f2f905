"""An empty Django view: what the framework and gunicorn cost before anything is shown."""

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.urls import path

settings.configure(
    SECRET_KEY="bench-only", ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__, MIDDLEWARE=[]
)
urlpatterns = [path("", lambda request: HttpResponse(b"ok"))]
django.setup()
application = WSGIHandler()
