from django.apps import AppConfig, apps
from django.contrib.admin.apps import AdminConfig
from django.contrib.staticfiles.apps import StaticFilesConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = _("Portal")

    def ready(self) -> None:
        from portal import checks, pages, roles  # noqa: F401  (checks register themselves)

        post_migrate.connect(roles.synchronise, dispatch_uid="portal.roles")
        post_migrate.connect(
            pages.create_missing, sender=apps.get_app_config("news"), dispatch_uid="portal.pages"
        )


class PortalAdminConfig(AdminConfig):
    default_site = "portal.admin.PortalAdminSite"


class PortalStaticFilesConfig(StaticFilesConfig):
    """Publishes only what pages use: CKEditor's package carries its own test pages and samples."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "samples",
        "tests",
        "ckeditor-init.js.map",
        "galleriffic",
        "ckeditor/ckeditor/plugins/*sample*",
    ]
