"""The rules that every installation starts with; from then on they belong to the moderators."""

from typing import Any

from django.db import connections
from django.utils import timezone

APPEAL = """\
прошу принять меры
прошу рассмотреть
прошу разобраться
прошу отремонтировать
требую
жалоба
жалуюсь
обращаюсь
заявление
куда обращаться
шара қолдану
шара қолданыңыз
көмек сұраймын
өтініш
арыз
шағымданамын
"""


def create_missing(using: str = "default", **_signal: Any) -> None:
    """Write the rules into a portal that has none at all."""
    from comments.models import ModerationRule, RuleKind

    tables = connections[using].introspection.table_names()
    if ModerationRule._meta.db_table not in tables:
        return  # not migrated so far
    if ModerationRule.objects.using(using).exists():
        return
    contents: dict[RuleKind, dict[str, Any]] = {
        RuleKind.REPEAT: {"threshold": 1, "minutes": 24 * 60},
        RuleKind.LINKS: {"threshold": 1},
        RuleKind.SENDER: {"threshold": 5, "minutes": 60},
        RuleKind.BURST: {"threshold": 20, "minutes": 5},
        RuleKind.APPEAL: {"words": APPEAL},
    }
    for kind, content in contents.items():
        rule = ModerationRule.objects.using(using).create(kind=kind)
        # Nothing has been decided yet on which they could be rehearsed.
        version = rule.versions.create(number=1, rehearsed_at=timezone.now(), **content)
        rule.live_version = version
        rule.save(using=using, update_fields=["live_version"])
