import re

from django.views.debug import SafeExceptionReporterFilter


class Filter(SafeExceptionReporterFilter):
    """Addresses of servers carry passwords too; a report of an error shows none of them."""

    hidden_settings = re.compile(
        SafeExceptionReporterFilter.hidden_settings.pattern + "|URL|DSN|LOCATION|_mail|ISSUER",
        flags=re.IGNORECASE,
    )
