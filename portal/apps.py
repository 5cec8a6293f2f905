from django.apps import AppConfig, apps
from django.conf import settings
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = _("Portal")

    def ready(self) -> None:
        if settings.SENTRY_DSN:
            from portal import error_reports

            error_reports.start(settings.SENTRY_DSN)
        from comments.rules import shipped
        from portal import audit, checks, pages, roles  # noqa: F401  (checks register themselves)
        from portal.accounts import sessions

        sessions.listen()
        audit.listen()

        post_migrate.connect(roles.synchronise, dispatch_uid="portal.roles")
        post_migrate.connect(
            pages.create_missing, sender=apps.get_app_config("news"), dispatch_uid="portal.pages"
        )
        post_migrate.connect(
            shipped.create_missing,
            sender=apps.get_app_config("comments"),
            dispatch_uid="comments.rules",
        )
        post_migrate.connect(
            pages.create_agreement,
            sender=apps.get_app_config("comments"),
            dispatch_uid="portal.agreement",
        )


class PortalAdminConfig(AdminConfig):
    default_site = "portal.admin_site.PortalAdminSite"

    def ready(self) -> None:
        super().ready()
        from portal.accounts import admin  # noqa: F401  (after the pages that it replaces)
