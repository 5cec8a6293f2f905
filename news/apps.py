from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = _("News")

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from news import office_mail, page_cache, picture_uses
        from news.search import index

        index.connect()
        page_cache.connect()
        picture_uses.connect()
        user_logged_in.connect(office_mail.remember_language, dispatch_uid="news.office_mail")
