"""Groups and their exact permissions, brought into step after every migration."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PRESS = {
    "news.view_section",
    "news.view_article", "news.add_article", "news.change_article",
    "news.view_articlereads",
    "news.view_noticetemplate",
    "news.view_outsidelink",
    "news.view_picture", "news.add_picture", "news.change_picture",
    *(
        f"news.{verb}_{thing}"
        for verb in ("view", "add", "change", "delete")
        for thing in ("articlepicture", "attachment")
    ),
}  # fmt: skip
ROLES = {
    "Press officers": PRESS,
    "Editors": PRESS
    | {
        "news.delete_picture",
        *(f"news.{verb}_noticetemplate" for verb in ("add", "change", "delete")),
        "news.add_section", "news.change_section", "news.view_page", "news.change_page",
        "news.publish_article", "news.withdraw_article", "news.pin_article",
        "news.view_missedsearch", "news.delete_missedsearch",
        "news.view_alert", "news.add_alert", "news.change_alert",
        "comments.comment_officially",
        *(f"comments.{verb}_commentsswitch" for verb in ("view", "add", "change")),
    },
    "Moderators": {
        "comments.view_comment", "comments.moderate_comment",
        "comments.view_moderationrule", "comments.add_moderationrule",
        "comments.change_moderationrule",
        "comments.view_question", "comments.assign_question", "comments.comment_officially",
        "comments.view_department",
    },
    "Answer desk": {
        "comments.view_question", "comments.assign_question", "comments.answer_question",
        "comments.pass_answer", "comments.comment_officially", "comments.view_department",
    },
}  # fmt: skip

TITLES: dict[str, Promise] = {
    "Press officers": _("Press officers"),
    "Editors": _("Editors"),
    "Moderators": _("Moderators"),
    "Answer desk": _("Answer desk"),
}


def title(group: Any) -> str:
    """What a role is called; groups that an operator made have the names they were given."""
    return str(TITLES.get(group.name, group.name))


def synchronise(**_signal: Any) -> None:
    """Give each group exactly its permissions, once the permissions themselves exist."""
    from django.contrib.auth.models import Group, Permission

    known = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type").filter(
            content_type__app_label__in=("news", "comments")
        )
    }
    if not {name for names in ROLES.values() for name in names} <= known.keys():
        return  # an app is not migrated yet; its own signal comes later
    for role, names in ROLES.items():
        group, _created = Group.objects.get_or_create(name=role)
        group.permissions.set([known[name] for name in names])
