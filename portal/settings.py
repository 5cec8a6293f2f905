"""Every setting, top to bottom, switched by the environment alone (table in README.md)."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from portal import editor, env, logs

BASE_DIR = Path(__file__).resolve().parent.parent

# --- what runs: production unless DEMO or DEBUG says otherwise ---
DEMO = env.flag("DEMO")
DEBUG = env.flag("DEBUG")
VAR_DIR = BASE_DIR / "var"

if DEMO:  # `make demo` runs without any variable; its key is made on the spot and kept under var/
    from portal.demo import environment

    environment.fill(VAR_DIR)

SECRET_KEY = env.text("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.items("SECRET_KEY_FALLBACKS", "")
ALLOWED_HOSTS = env.items("ALLOWED_HOSTS")
SITE_URL = env.site_url("SITE_URL")
DATABASES = {"default": env.database("DATABASE_URL"), **env.replicas("DATABASE_REPLICA_URLS")}
DATABASE_REPLICAS = [name for name in DATABASES if name != "default"]
if DATABASE_REPLICAS:
    DATABASE_ROUTERS = ["portal.replicas.Router"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- applications ---
INSTALLED_APPS = [
    "modeltranslation",
    "portal.apps.PortalConfig",
    "comments.apps.CommentsConfig",
    "news.apps.NewsConfig",
    "portal.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "ckeditor",
    "csp",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
]
MIDDLEWARE = [
    "portal.request_log.RouteMiddleware",
    # Outermost: an answer made by a middleware, or by its failure, has the headers too.
    "portal.middleware.EveryAnswerMiddleware",
    "portal.middleware.PolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "portal.middleware.CompressPagesMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "portal.middleware.ComfortMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.accounts.middleware.StaffSessionMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]
if DATABASE_REPLICAS:
    MIDDLEWARE.append("portal.replicas.ReadFromReplicas")
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context_processors.site",
            ],
        },
    }
]

# --- languages, dates: Kazakh first ---
LANGUAGE_CODE = "kk"
LANGUAGES = [("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")]
USE_I18N = True
LOCALE_PATHS = [BASE_DIR / "portal" / "locale", BASE_DIR / "portal" / "locale_framework"]
FORMAT_MODULE_PATH = ["portal.formats"]
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
USE_TZ = True
TIME_ZONE = env.text("TIME_ZONE", "Asia/Almaty")
MODELTRANSLATION_DEFAULT_LANGUAGE = "kk"
# Menus and section titles fall back; articles do not (news/translation.py).
MODELTRANSLATION_FALLBACK_LANGUAGES = {"default": ("kk", "ru", "en"), "en": ("ru", "kk")}

# --- static files and uploads ---
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "portal.static_files.AppFiles",
]
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(VAR_DIR / "static")))
# Where pictures are read: here, or where the object storage (below) publishes them.
MEDIA_URL = env.text("S3_PUBLIC_URL", "/media").rstrip("/") + "/"
MEDIA_ROOT = Path(env.text("MEDIA_ROOT", str(VAR_DIR / "media")))
# Originals of pictures and attachments: never below MEDIA_ROOT, no web server may publish it.
PRIVATE_ROOT = Path(env.text("PRIVATE_ROOT", str(VAR_DIR / "private")))
# Both in an S3-compatible store instead, where a bucket is named.
S3_BUCKET = env.text("S3_BUCKET", "")
S3_PRIVATE_BUCKET = env.text("S3_PRIVATE_BUCKET", S3_BUCKET)
S3_OPTIONS = {
    "endpoint_url": env.text("S3_ENDPOINT_URL", "") or None,
    "access_key": env.text("S3_ACCESS_KEY", "") or None,
    "secret_key": env.text("S3_SECRET_KEY", "") or None,
    "region_name": env.text("S3_REGION", "us-east-1"),
}
WHITENOISE_USE_FINDERS = DEMO or DEBUG
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "news.storage.PrivateFiles",
        "OPTIONS": {
            "location": PRIVATE_ROOT,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEMO or DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
if S3_BUCKET:
    STORAGES["default"] = {
        "BACKEND": "news.object_storage.PublicBucket",
        "OPTIONS": {
            **S3_OPTIONS,
            "bucket_name": S3_BUCKET,
            "location": env.text("S3_PREFIX", "media"),
            # Names are random and never reused.
            "object_parameters": {"CacheControl": "public, max-age=31536000, immutable"},
        },
    }
    STORAGES["private"] = {
        "BACKEND": "news.object_storage.PrivateBucket",
        "OPTIONS": {
            **S3_OPTIONS,
            "bucket_name": S3_PRIVATE_BUCKET,
            "location": env.text("S3_PRIVATE_PREFIX", "private"),
        },
    }
# A comment of 3 MB is refused by its length, at the field; beyond this the body is not read.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o644
NEWS_PICTURE_MAX_BYTES = 12 * 1024 * 1024
NEWS_PICTURE_MAX_PIXELS = 40_000_000
NEWS_PICTURE_MAX_FRAMES = 200  # of which the first is shown
NEWS_UPLOADS_PER_MINUTE = env.number("NEWS_UPLOADS_PER_MINUTE", 30, minimum=1)  # of one officer
NEWS_ATTACHMENT_MAX_BYTES = env.number("NEWS_ATTACHMENT_MAX_MEGABYTES", 20, minimum=1) * 1024 * 1024
# Where a video may lie: readers get a link, nothing of these sites is loaded into our pages.
NEWS_VIDEO_HOSTS = env.items(
    "NEWS_VIDEO_HOSTS", "youtube.com,www.youtube.com,m.youtube.com,youtu.be,vimeo.com"
)
# Links to other sites (`check_links`): seconds between two questions to one host. Addresses of
# private networks are never asked; the tests' own server is the one exception there is.
NEWS_LINK_CHECK_PAUSE = 1.0
NEWS_LINK_CHECK_PRIVATE_HOSTS: tuple[str, ...] = ()

# --- cache ---
REDIS_URL = env.text("REDIS_URL", "")
CACHE_DIR = Path(env.text("CACHE_DIR", str(VAR_DIR / "cache")))
PAGE_CACHE_MEGABYTES = env.number("PAGE_CACHE_MEGABYTES", 512, minimum=1)
CACHES = {
    "default": {
        "BACKEND": "portal.redis_cache.GuardedRedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_timeout": 0.5, "socket_connect_timeout": 0.5},
    }
    if REDIS_URL
    else {"BACKEND": "portal.caches.GuardedFileCache", "LOCATION": CACHE_DIR}
}
# Public pages, kept ready-made before Django (portal/page_cache/).
PAGE_CACHE = env.flag("PAGE_CACHE", True)

# --- the portal's own knobs ---
ADMIN_PATH = env.path("ADMIN_PATH", "admin") + "/"
SITE_CONTACTS = {
    "kk": env.text(
        "SITE_CONTACTS_KK", "100400, Қарағанды облысы, Бұқар жырау ауданы, Ботақара кенті"
    ),
    "ru": env.text(
        "SITE_CONTACTS_RU",
        "100400, Карагандинская область, Бухар-Жырауский район, посёлок Ботакара",
    ),
    "en": env.text(
        "SITE_CONTACTS_EN", "Botakara settlement, Bukhar-Zhyrau district, Karaganda region, 100400"
    ),
}
SITE_DEVELOPER = env.text("SITE_DEVELOPER", "")
SECURITY_CONTACT = env.items("SECURITY_CONTACT", "")
NEWS_REQUIRED_LANGUAGES = env.items("NEWS_REQUIRED_LANGUAGES", "kk,ru")
# In which language an article is shown to a reader whose own language it lacks.
NEWS_FALLBACK_LANGUAGES = {"kk": ("ru", "en"), "ru": ("kk", "en"), "en": ("ru", "kk")}
NEWS_PER_PAGE = 20
# Seconds between two times that a process puts its counts of reads and searches down.
NEWS_TALLIES_EVERY = 5.0
NEWS_READS_DAYS = env.number("NEWS_READS_DAYS", 3 * 366, minimum=60)
NEWS_MISSED_SEARCH_DAYS = env.number("NEWS_MISSED_SEARCH_DAYS", 90, minimum=1)
COMMENTS_ENABLED = env.flag("COMMENTS_ENABLED", True)
COMMENTS_MAX_LENGTH = env.number("COMMENTS_MAX_LENGTH", 3000, minimum=100)
# So many days after publication an article takes no more comments; 0: it always does.
COMMENTS_CLOSE_AFTER_DAYS = env.number("COMMENTS_CLOSE_AFTER_DAYS", 0)
# While a comment waits, its writer may correct it for so long.
COMMENTS_CORRECT_MINUTES = env.number("COMMENTS_CORRECT_MINUTES", 10)
COMMENTS_REPORTS_PER_HOUR = env.number("COMMENTS_REPORTS_PER_HOUR", 10, minimum=1)
# Wrong receipt codes from one address; further ones are refused, be they right or wrong.
COMMENTS_CODE_TRIES_PER_HOUR = env.number("COMMENTS_CODE_TRIES_PER_HOUR", 20, minimum=1)
# Where citizens send what must be answered within the term of the law.
APPEALS_URL = env.text("APPEALS_URL", "https://eotinish.kz/")
COMMENTS_PER_HOUR = env.number("COMMENTS_PER_HOUR", 10, minimum=1)
# In how many working days a department answers; days are MM-DD, or YYYY-MM-DD where they move.
COMMENTS_ANSWER_WORKING_DAYS = env.number("COMMENTS_ANSWER_WORKING_DAYS", 5, minimum=1)
NON_WORKING_DAYS = env.items(
    "NON_WORKING_DAYS",
    "01-01,01-02,01-07,03-08,03-21,03-22,03-23,05-01,05-07,05-09,07-06,08-30,10-25,12-16",
)
# Addresses of senders are only ever stored under this key, never in clear.
COMMENTS_SENDER_KEY = env.text("COMMENTS_SENDER_KEY", SECRET_KEY)
# How writers prove who they are: none, sms, email, or the dotted path of a backend.
COMMENTS_IDENTITY = env.text("COMMENTS_IDENTITY", "none")
# A sender's keyed hash is forgotten after this many days; decisions about comments stay.
COMMENTS_SENDER_DAYS = env.number("COMMENTS_SENDER_DAYS", 90, minimum=1)
# After how many days the words of comments that were refused or withdrawn are deleted.
COMMENTS_REFUSED_DAYS = env.number("COMMENTS_REFUSED_DAYS", 365, minimum=1)
# Fernet keys: the first encrypts, all decrypt. `manage.py new_identity_key` makes one.
COMMENTS_IDENTITY_KEYS = env.items("COMMENTS_IDENTITY_KEYS", "")
# Codes sent within an hour: to one contact, asked for from one connection, by the whole portal.
COMMENTS_CODES_PER_CONTACT = env.number("COMMENTS_CODES_PER_CONTACT", 3, minimum=1)
COMMENTS_CODES_PER_SENDER = env.number("COMMENTS_CODES_PER_SENDER", 10, minimum=1)
COMMENTS_CODES_PER_HOUR = env.number("COMMENTS_CODES_PER_HOUR", 500, minimum=1)
# The gateway's HTTP call; comments/identity/sms_gateway.py explains the places in braces.
SMS_GATEWAY_URL = env.text("SMS_GATEWAY_URL", "")
SMS_GATEWAY_METHOD = env.text("SMS_GATEWAY_METHOD", "").upper()
SMS_GATEWAY_BODY = env.text("SMS_GATEWAY_BODY", "")
SMS_GATEWAY_KEY = env.text("SMS_GATEWAY_KEY", "")
SMS_GATEWAY_SUCCESS = env.text("SMS_GATEWAY_SUCCESS", '"code" *: *0[,}]')
# How many proxies in front of the application write X-Forwarded-For; 0: believe nobody.
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0)

# --- security ---
HTTPS = SITE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
# Over https a browser takes these names only from this very host, for all of it, over https.
_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{_PREFIX}csrftoken"
LANGUAGE_COOKIE_NAME = f"{_PREFIX}language"
COMFORT_COOKIE_NAME = f"{_PREFIX}comfort"
ALERTS_COOKIE_NAME = f"{_PREFIX}closed_alerts"
WRITER_COOKIE_NAME = f"{_PREFIX}writer"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
# Not in a cookie: one less to protect, and to keep out of caches.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_SSL_REDIRECT = HTTPS and not DEBUG
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked by the machine itself, over http
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"  # "back to the list" works inside, nobody outside is told
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# --- staff accounts (portal/accounts/) ---
LOGIN_URL = "admin:login"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_RESET_TIMEOUT = 60 * 60
AXES_FAILURE_LIMIT = env.number("STAFF_SIGN_IN_ATTEMPTS", 5, minimum=3)
AXES_COOLOFF_TIME = timedelta(minutes=env.number("STAFF_SIGN_IN_PAUSE_MINUTES", 15, minimum=1))
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True  # the audit log tells who signed in
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_HANDLER = "portal.accounts.throttle.Handler"
AXES_CLIENT_IP_CALLABLE = "portal.accounts.throttle.address_of"
AXES_LOCKOUT_CALLABLE = "portal.accounts.throttle.locked_page"
# Groups, permissions (with a dot) and "superusers" whose people sign in with a code as well.
STAFF_TWO_FACTOR_ROLES = env.items(
    "STAFF_TWO_FACTOR_ROLES",
    "none" if DEMO or DEBUG else "superusers,Editors,comments.open_identity",
)
OTP_TOTP_ISSUER = urlsplit(SITE_URL).hostname
AUDIT_KEPT_DAYS = env.number("AUDIT_KEPT_DAYS", 3 * 365, minimum=30)

CSRF_FAILURE_VIEW = "portal.error_pages.csrf_failure"
DEFAULT_EXCEPTION_REPORTER_FILTER = "portal.debug_reports.Filter"
X_FRAME_OPTIONS = "DENY"
CSP_REPORTS = env.flag("CSP_REPORTS")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *env.origin(MEDIA_URL)],  # data: ornaments of the style sheets
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "upgrade-insecure-requests": HTTPS,
        "report-uri": "/csp-report" if CSP_REPORTS else None,
    }
}
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
SILENCED_SYSTEM_CHECKS = [
    # CKEditor 4 is end-of-life. It is only ever a typing aid for signed-in officers: no full page,
    # no uploads, explicit plugin list, and news/richtext.py cleans whatever reaches the database;
    # portal/checks.py fails when that hardening is undone.
    "ckeditor.W001",
]
CKEDITOR_CONFIGS = {"news": editor.NEWS}

# --- what an operator reads: docs/operators.md ---
LOG_FORMAT = env.choice("LOG_FORMAT", "line" if DEMO or DEBUG else "json", ("json", "line"))
# Kept pages are the web server's to log: a line costs as much as the page itself.
LOG_REQUESTS = env.choice(
    "LOG_REQUESTS", "none" if DEMO else "rendered", ("none", "rendered", "all")
)
SLOW_REQUEST_MS = env.number("SLOW_REQUEST_MS", 1000, minimum=1)
LOGGING = logs.configuration(LOG_FORMAT, env.text("LOG_LEVEL", "INFO").upper())
METRICS_TOKEN = env.text("METRICS_TOKEN", "")
SENTRY_DSN = env.text("SENTRY_DSN", "")

# --- mail: an outbox in the database (news/outbox.py), sent by `manage.py send_mail` ---
EMAIL_URL = env.text("EMAIL_URL", "")
_mail = env.mail("EMAIL_URL")
EMAIL_BACKEND = _mail["backend"]
EMAIL_FILE_PATH = _mail.get("file_path")
EMAIL_HOST, EMAIL_PORT = _mail.get("host", ""), _mail.get("port", 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.get("username", ""), _mail.get("password", "")
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.get("use_tls", False), _mail.get("use_ssl", False)
EMAIL_TIMEOUT = 5
EMAIL_FROM = DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text(
    "EMAIL_FROM", f"portal@{urlsplit(SITE_URL).hostname}"
)
MAIL_KEPT_DAYS = env.number("MAIL_KEPT_DAYS", 14, minimum=1)

# --- timed jobs, and how long after the last good run one counts as late ---
JOB_PERIODS = env.periods(
    "JOB_PERIODS",
    ",".join(
        ["send_mail=10m"] * bool(EMAIL_URL)
        + ["backup=26h", "rehearse_restore=8d", "purge_personal_data=26h", "check_links=26h"]
        * (not DEMO)
    ),
)
