from django.urls import path, register_converter

from news import article_page, correction_page, downloads, feeds, gallery, share_picture, views


class Year:
    """Four digits, so that a section can never be taken for a year."""

    regex = "[0-9]{4}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int | str) -> str:
        return f"{int(value):04d}"


class TwoDigits(Year):
    """A month or a day of an archive."""

    regex = "[0-9]{2}"

    def to_url(self, value: int | str) -> str:
        return f"{int(value):02d}"


class ArticleAddress:
    """``{id}`` or ``{id}-{slug}``; longer numbers would not fit the database's integers."""

    regex = "[0-9]{1,18}(?:-[-a-zA-Z0-9_]*)?"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Year, "year")
register_converter(TwoDigits, "two")
register_converter(ArticleAddress, "address")

app_name = "news"
urlpatterns = [
    path("", views.ArticleList.as_view(), name="list"),
    path("<year:year>/", views.ArticleYearArchive.as_view(), name="year"),
    path("<year:year>/<two:month>/", views.ArticleMonthArchive.as_view(), name="month"),
    path("<year:year>/<two:month>/<two:day>/", views.ArticleDayArchive.as_view(), name="day"),
    path(
        "<year:year>/<two:month>/<two:day>/<address:address>/",
        article_page.ArticleDetail.as_view(),
        name="article",
    ),
    path(
        "<year:year>/<two:month>/<two:day>/<address:address>/pictures/<int:number>/",
        gallery.show_picture,
        name="picture",
    ),
    path(
        "<year:year>/<two:month>/<two:day>/<address:address>/changes/<int:number>/",
        correction_page.show_changes,
        name="changes",
    ),
    path("files/<int:number>/", downloads.download, name="attachment"),
    path("feed/", feeds.AllNews(), name="feed"),
    path("<slug:slug>/feed/", feeds.SectionNews(), name="section_feed"),
    path("share/<int:number>.png", share_picture.show_article, name="share"),
    path("share/portal.png", share_picture.show_portal, name="share_portal"),
    path("<slug:slug>/", views.SectionList.as_view(), name="section"),
]
