"""What every page shows; nothing here touches the database until a template asks."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from news.kept import keep
from news.models import Section
from portal import comfort

# The portal's own name: in Kazakh on the pages of every language.
TITLE_KK = "Бұқар Жырау ауданы әкімдігінің ақпараттық порталы"


def site(request: HttpRequest) -> dict[str, object]:
    return {
        # Not "site": the sign-in page has a variable of that name.
        "portal": {
            "title_kk": TITLE_KK,
            "title": _("Information portal of the akimat of Bukhar-Zhyrau district"),
            "languages": settings.LANGUAGES,  # each by its own name, never translated
            "contacts": settings.SITE_CONTACTS[get_language() or settings.LANGUAGE_CODE],
            "developer": settings.SITE_DEVELOPER,
            "year": timezone.localdate().year,
            "sections": SimpleLazyObject(
                lambda: keep("sections", lambda: list(Section.objects.all()))
            ),
        },
        "comfort": comfort.of(request),
    }
