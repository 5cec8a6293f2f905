"""Groups and their exact permissions, brought into step after every migration."""

from typing import Any

PRESS = {
    "news.view_section",
    "news.view_article", "news.add_article", "news.change_article",
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
        "news.add_section", "news.change_section", "news.view_page", "news.change_page",
        "news.publish_article", "news.withdraw_article", "news.pin_article",
        "news.view_alert", "news.add_alert", "news.change_alert",
    },
    "Moderators": {"comments.view_comment", "comments.moderate_comment"},
}  # fmt: skip


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
