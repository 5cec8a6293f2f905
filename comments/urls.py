from django.urls import path, re_path

from comments import views

app_name = "comments"
urlpatterns = [
    # Only the id decides; whatever else does not fit is redirected to the right address.
    re_path(
        r"^news/(?P<year>[0-9]{4})/(?P<month>[0-9]{1,2})/(?P<day>[0-9]{1,2})/"
        r"(?P<address>[0-9]{1,18}(?:-[^/]*)?)/comments/$",
        views.submit,
        name="submit",
    ),
    path("r/<slug:token>/", views.receipt, name="receipt"),
]
