"""System checks: languages, date formats, editor and sanitiser agree."""

import re

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.utils.formats import get_format

from news.richtext import ALIASES, ATTRIBUTES, TAGS
from portal.roles import ROLES

SHORTEST_KEY, FEWEST_SIGNS = 50, 5  # as in Django's security.W009


@register(Tags.translation)
def every_language_has_its_columns_and_formats(**_options):
    from news.models import Article

    languages = [code for code, _name in settings.LANGUAGES]
    columns = {field.name for field in Article._meta.get_fields()}
    for language in languages:
        if f"has_{language}" not in columns or f"headline_{language}" not in columns:
            yield Error(
                f"Articles have no columns for the language {language!r}.",
                hint="Add has_… to news/models/articles.py and make a migration.",
                id="portal.E001",
            )
        if get_format("FIRST_DAY_OF_WEEK", language) != 1:
            yield Error(
                f"Weeks do not begin on Monday in {language!r}.",
                hint="Look at FORMAT_MODULE_PATH and portal/formats/.",
                id="portal.E002",
            )
    for language in settings.NEWS_REQUIRED_LANGUAGES:
        if language not in languages:
            yield Error(
                f"NEWS_REQUIRED_LANGUAGES names {language!r}, which is not in LANGUAGES.",
                id="portal.E003",
            )


@register(Tags.security)
def the_editor_stays_hardened(**_options):
    """CKEditor 4 gets no fixes; what keeps its known holes shut must stay configured."""
    if "ckeditor_uploader" in settings.INSTALLED_APPS:
        yield Error(
            "ckeditor_uploader accepts files from any staff account.",
            hint="Pictures come through the picture library.",
            id="portal.E010",
        )
    for name, config in settings.CKEDITOR_CONFIGS.items():
        if config.get("fullPage") or config.get("versionCheck", True) or "plugins" not in config:
            yield Error(
                f"The editor configuration {name!r} is not hardened.",
                hint="fullPage and versionCheck off, an explicit list of plugins.",
                id="portal.E011",
            )
        made = set(str(config.get("format_tags", "p")).split(";"))
        if unknown := {ALIASES.get(tag, tag) for tag in made} - TAGS:
            yield Error(
                f"The editor makes {sorted(unknown)}, which news/richtext.py removes.",
                id="portal.E012",
            )
        forbidden = {
            "iframe", "forms", "flash", "preview", "exportpdf", "scayt", "sourcearea",
            "image", "image2", "uploadimage", "uploadwidget", "uploadfile", "filebrowser",
            "easyimage", "cloudservices",
        }  # fmt: skip
        plugins = f"{config.get('plugins', '')},{config.get('extraPlugins', '')}"
        if found := forbidden & set(re.split(r"[,\s]+", plugins)):
            yield Error(
                f"The editor carries the plugins {sorted(found)}.",
                hint="They call outside services or make what is removed on saving.",
                id="portal.E013",
            )
        offered = "LibraryPicture" in str(config.get("toolbar_News"))
        if offered != ("librarypicture" in plugins) or (offered and "img" not in TAGS):
            yield Error(
                "Toolbar, plugins and allow-list disagree about pictures within the text.",
                hint="LibraryPicture, librarypicture, and img in news/richtext.py belong together.",
                id="portal.E014",
            )
        if ATTRIBUTES.get("img", set()) - {"data-picture"}:
            yield Error(
                "The allow-list lets a text load pictures from anywhere.",
                hint="An img keeps the number of a picture of the library, and nothing else.",
                id="portal.E015",
            )
        loose = [
            name
            for name in ("allowedContent", "extraAllowedContent", "protectedSource", "uploadUrl")
            if config.get(name)
        ] + [name for name in config if name.startswith("filebrowser") and config[name]]
        if loose or not {"script", "style", "iframe"} <= set(
            re.split(r"[\s;]+", str(config.get("disallowedContent", "")))
        ):
            yield Error(
                f"The editor lets through too much: {', '.join(loose) or 'script'}.",
                hint="disallowedContent names script, style, iframe; nothing is allowed on top.",
                id="portal.E016",
            )
    if found := {"script", "style", "iframe", "object", "embed", "svg", "math", "form"} & TAGS:
        yield Error(f"The allow-list keeps {sorted(found)}.", id="portal.E017")
    if "django.contrib.staticfiles.finders.AppDirectoriesFinder" in settings.STATICFILES_FINDERS:
        yield Error(
            "CKEditor's own samples would be published.",
            hint="See portal/static_files.py.",
            id="portal.E018",
        )


@register(Tags.security, deploy=True)
def what_anybody_could_guess_is_refused(**_options):
    """`make serve` starts with no errors only; Django has these as warnings, or not at all."""
    if "*" in settings.ALLOWED_HOSTS:
        yield Error(
            "ALLOWED_HOSTS lets a stranger choose the host name of pages that are kept.",
            hint="Name the hosts, comma-separated.",
            id="portal.E030",
        )
    if len(settings.SECRET_KEY) < SHORTEST_KEY or len(set(settings.SECRET_KEY)) < FEWEST_SIGNS:
        yield Error(
            "SECRET_KEY can be guessed.",
            hint='Make one: python3 -c "import secrets; print(secrets.token_urlsafe(60))"',
            id="portal.E031",
        )


@register(Tags.security)
def roles_with_a_code_exist(**_options):
    """A group misspelt in STAFF_TWO_FACTOR_ROLES would protect nobody."""
    groups = {role for role in settings.STAFF_TWO_FACTOR_ROLES if "." not in role}
    if unknown := groups - set(ROLES) - {"superusers", "none"}:
        yield Error(
            f"STAFF_TWO_FACTOR_ROLES names {', '.join(sorted(unknown))}, which is no group.",
            hint=f"Groups: {', '.join(ROLES)}; permissions have a dot; superusers; none.",
            id="portal.E020",
        )
