"""Public pages kept ready-made: a reader who gets one costs neither Django nor the database.

**What a page depends on** is its address (addresses.py): scheme and host, path, the parameters that
views read, the reader's comfort settings, the closed alerts, for an article the list the reader
came from. A page is made from that alone; cookies, languages and whatever else a browser sends are
taken away first, so nothing personal can get in. Addresses that may be kept are listed by hand.

**When it is current** is decided by tokens, not by lists of keys to purge (news/page_cache.py): the
edition of the site (news/edition.py), which also ends at the next scheduled moment, and for an
article's own pages the article's token. A process looks at the store six times a second at most,
once at the beginning of each.

**Where it is kept**: in the process (memory.py; 16 MB, and 4 MB for pages of which there could be
ever more, such as searches), and in the store that all processes share (news/shared_store.py) for
a day (shared.py). One process makes a page, the others show the old one meanwhile.

**When the database is down** whatever is in the store is shown, in a copy that says how old it is
(stale.py) and is good for a second; then the next one tries again. What was taken back is not. An
article that is asked for under an old headline's address comes from its present one.

**Before us** a web server may keep pages too. With TRUSTED_PROXIES set every page carries
``X-Accel-Expires: @SECOND``, which nginx takes before ``Cache-Control``: the page is good until the
end of that second of the clock, in which it was known to be the newest, so that publication is seen
within one; a page that may be older says ``@0`` and is not kept. Such a server

* keys by scheme, host, full address, ``Accept-Encoding`` as one of br, gzip, none, the cookies
  COMFORT_COOKIE_NAME and ALERTS_COOKIE_NAME and, for articles, a ``Referer`` of our own host; or
  obeys ``Vary``, which names them more coarsely;
* uses ``proxy_cache_use_stale updating error timeout http_500 http_502 http_503 http_504`` and
  ``proxy_cache_lock``, but not ``proxy_cache_background_update``: that would show a page that
  nobody read for hours once more as it was then;
* revalidates (``proxy_cache_revalidate``): a 304 costs us less than the page;
* passes by requests with a session cookie, and keeps nothing that has no ``X-Accel-Expires``.

Browsers ask each time (``max-age=0``) and are mostly answered 304.
"""

from collections.abc import Callable, Iterable

from django.conf import settings


def around(application: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    from portal.page_cache.wsgi import NothingKept, PageCache

    return PageCache(application) if settings.PAGE_CACHE else NothingKept(application)
