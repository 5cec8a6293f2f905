from django.urls import path, re_path

from comments import account_views, notice_views, receipt_views, report_views, views
from comments.identity.views import my_data

app_name = "comments"
urlpatterns = [
    # Only the id decides; whatever else does not fit is redirected to the right address.
    re_path(
        r"^news/(?P<year>[0-9]{4})/(?P<month>[0-9]{1,2})/(?P<day>[0-9]{1,2})/"
        r"(?P<address>[0-9]{1,18}(?:-[^/]*)?)/comments/$",
        views.submit,
        name="submit",
    ),
    path("moderation/", account_views.overview, name="account"),
    path("moderation/moderation.csv", account_views.as_csv, name="account_csv"),
    path("moderation/<int:year>/<int:number>/", account_views.month, name="account_month"),
    path("c/<int:number>/", views.comment, name="comment"),
    path("c/<int:number>/report/", report_views.report, name="report"),
    path("r/", receipt_views.find, name="find_receipt"),
    path("r/<slug:token>/", receipt_views.receipt, name="receipt"),
    path("r/<slug:token>/correct/", receipt_views.correct, name="correct"),
    path("r/<slug:token>/withdraw/", receipt_views.withdraw, name="withdraw"),
    path("r/<slug:token>/second-look/", receipt_views.second_look, name="second_look"),
    path("r/<slug:token>/erase/", receipt_views.erase, name="erase"),
    path("r/<slug:token>/export/", receipt_views.export, name="export"),
    path("r/<slug:token>/letters/", receipt_views.letters, name="letters"),
    path("my-data/", my_data, name="my_data"),
    path("letters/<slug:token>/", notice_views.notice, name="notice"),
]
