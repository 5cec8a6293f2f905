"""The public account of moderation as pages and as CSV."""

import csv
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from comments import account, statistics, waits
from comments.account import Account
from comments.articles import Chart, Period, Series
from comments.models import RejectionReason

SHOWN = 12  # months in the chart and the table; earlier ones are linked


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    months = account.months()
    accounts = account.of_months(months[:SHOWN])
    return render(
        request,
        "comments/account.html",
        {
            "accounts": accounts,
            "chart": _chart(accounts[::-1]),
            "earlier": months[SHOWN:],
        },
    )


def _chart(accounts: list[Account]) -> Chart:
    return Chart(
        name="account",
        title=_("Comments received and approved, month by month"),
        heading=_("Month"),
        labels=[date_format(item.month, "m.y") for item in accounts],
        series=[
            Series(pgettext("comments", "Received"), [item.received for item in accounts]),
            Series(pgettext("comments", "Approved"), [item.approved for item in accounts]),
        ],
    )


@require_safe
def month(request: HttpRequest, year: int, number: int) -> HttpResponse:
    item = _account(year, number)
    months = account.months()
    place = months.index(item.month)
    days = statistics.per_day(Period.of_month(year, number))
    return render(
        request,
        "comments/account_month.html",
        {
            "account": item,
            "chart": statistics.chart(days),
            "wait": waits.in_words(item.median_minutes),
            "page_title": _("Moderation of comments: %(month)s")
            % {"month": date_format(item.month, "YEAR_MONTH_FORMAT")},
            "previous": _neighbour(months[place + 1 : place + 2]),
            "next": _neighbour(months[place - 1 : place]) if place else None,
        },
    )


def _neighbour(months: list[date]) -> tuple[str, str] | None:
    for found in months:
        address = reverse("comments:account_month", args=[found.year, found.month])
        return date_format(found, "YEAR_MONTH_FORMAT"), address
    return None


@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    """Every month, one line each: the columns are named in English, for programs."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="moderation.csv"'
    writer = csv.writer(response)
    writer.writerow(
        ["month", "received", "approved", *(f"rejected_{code}" for code in RejectionReason.values),
         "spam", "reversals", "median_minutes"]
    )  # fmt: skip
    for item in account.of_months(account.months()):
        item.median = account.median_of(item.month)
        reasons = [item.rejected[code] for code in RejectionReason.values]
        writer.writerow(
            [f"{item.month:%Y-%m}", item.received, item.approved, *reasons, item.spam,
             item.reversals, item.median_minutes]
        )  # fmt: skip
    return response


def _account(year: int, number: int) -> Account:
    try:
        wanted = date(year, number, 1)
    except ValueError:
        raise Http404 from None
    if wanted not in account.months():
        raise Http404
    return account.of_month(wanted)
