"""Every setting, top to bottom, switched by the environment alone (table in README.md)."""

from pathlib import Path

from csp.constants import NONE, SELF

from portal import env

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
DATABASES = {"default": env.database("DATABASE_URL")}
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
    "portal.apps.PortalStaticFilesConfig",
    "ckeditor",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "portal.middleware.CompressPagesMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "portal.middleware.ComfortMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
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
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_TZ = True
TIME_ZONE = env.text("TIME_ZONE", "Asia/Almaty")
MODELTRANSLATION_DEFAULT_LANGUAGE = "kk"
# Menus and section titles fall back; articles do not (news/translation.py).
MODELTRANSLATION_FALLBACK_LANGUAGES = {"default": ("kk", "ru", "en"), "en": ("ru", "kk")}

# --- static files and uploads ---
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(VAR_DIR / "static")))
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.text("MEDIA_ROOT", str(VAR_DIR / "media")))
# Originals of pictures and attachments: never below MEDIA_ROOT, no web server may publish it.
PRIVATE_ROOT = Path(env.text("PRIVATE_ROOT", str(VAR_DIR / "private")))
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
# A comment of 3 MB is refused by its length, at the field; beyond this the body is not read.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o644
NEWS_PICTURE_MAX_BYTES = 12 * 1024 * 1024
NEWS_PICTURE_MAX_PIXELS = 40_000_000
NEWS_ATTACHMENT_MAX_BYTES = env.number("NEWS_ATTACHMENT_MAX_MEGABYTES", 20, minimum=1) * 1024 * 1024
# Where a video may lie: readers get a link, nothing of these sites is loaded into our pages.
NEWS_VIDEO_HOSTS = env.items(
    "NEWS_VIDEO_HOSTS", "youtube.com,www.youtube.com,m.youtube.com,youtu.be,vimeo.com"
)

# --- cache ---
REDIS_URL = env.text("REDIS_URL", "")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": env.text("CACHE_DIR", str(VAR_DIR / "cache")),
    }
}

# --- the portal's own knobs ---
ADMIN_PATH = env.text("ADMIN_PATH", "admin").strip("/") + "/"
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
COMMENTS_ENABLED = env.flag("COMMENTS_ENABLED", True)
COMMENTS_MAX_LENGTH = env.number("COMMENTS_MAX_LENGTH", 3000, minimum=100)
COMMENTS_PER_HOUR = env.number("COMMENTS_PER_HOUR", 10, minimum=1)
# Addresses of senders are only ever stored under this key, never in clear.
COMMENTS_SENDER_KEY = env.text("COMMENTS_SENDER_KEY", SECRET_KEY)
# How many proxies in front of the application write X-Forwarded-For; 0: believe nobody.
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0)

# --- security ---
HTTPS = SITE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = HTTPS and not DEBUG
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked by the machine itself, over http
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"  # "back to the list" works inside, nobody outside is told
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "portal.views.csrf_failure"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
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

# --- editor: the toolbar makes only what news/richtext.py keeps ---
CKEDITOR_CONFIGS = {
    "news": {
        "toolbar": "News",
        "toolbar_News": [
            ["Format", "Bold", "Italic", "RemoveFormat"],
            ["NumberedList", "BulletedList", "Blockquote"],
            ["Link", "Unlink"],
            ["LibraryPicture", "Table"],
            ["Undo", "Redo"],
        ],
        # An explicit list: the default build carries plugins that call outside services.
        "plugins": (
            "autogrow,basicstyles,blockquote,button,clipboard,contextmenu,dialog,dialogui,enterkey,"
            "entities,floatingspace,format,lineutils,link,list,notification,pastefromword,"
            "pastetools,popup,removeformat,resize,table,tabletools,toolbar,undo,wysiwygarea"
        ),
        # Pictures come from the library alone; there is no plugin that uploads or links to others.
        "extraPlugins": "librarypicture",
        "external_plugin_resources": [
            ("librarypicture", STATIC_URL + "js/", "admin-editor-pictures.js")
        ],
        "format_tags": "p;h2;h3",
        "versionCheck": False,
        "fullPage": False,
        "entities": False,
        "defaultLanguage": "ru",  # it has no Kazakh interface
        "disallowedContent": ("script style iframe object embed form input textarea; *[on*]; *{*}"),
        "linkShowAdvancedTab": False,
        "linkShowTargetTab": False,
        "removeDialogTabs": "table:advanced;link:advanced;link:target;link:upload",
        "width": "100%",
        "height": 280,
        "contentsCss": ["/static/css/editor.css"],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.text("LOG_LEVEL", "INFO").upper()},
}

EMAIL_TIMEOUT = 5
