"""Which pages of the news show comments, departments and whether readers may write."""

from typing import Any

from django.db.models.signals import post_delete, post_save

from comments import articles


def connect() -> None:
    """However they are saved, their pages are made anew; the verbs tell of comments themselves."""
    from comments.models import CommentsSwitch, Department

    for model in (CommentsSwitch, Department):
        for signal in (post_save, post_delete):
            signal.connect(_changed, sender=model, dispatch_uid="comments.pages")


def _changed(**_signal: Any) -> None:
    articles.refresh_all_pages()
