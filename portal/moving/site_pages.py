"""The texts that every portal has: accessibility, personal data, rules of commenting."""

from news.models import Page
from news.richtext import clean_html
from portal.moving.records import PageRecord, RecordError, columns
from portal.pages import default_texts


def take(record: PageRecord) -> str:
    """Over the text that a new portal comes with; what its editors wrote stays."""
    page = Page.objects.filter(pk=record.slug).first()
    if page is None:
        raise RecordError(f"There is no page {record.slug!r}.")
    texts = columns("title", record.title) | columns("body", record.body)
    moment = record.updated_at or page.updated_at
    is_as_shipped = _says(page, default_texts(record.slug))
    if _says(page, texts) and (page.updated_at == moment or not is_as_shipped):
        return "there already"
    if not is_as_shipped:
        return "left as the portal has it"
    for name, text in texts.items():
        setattr(page, name, text)
    page.updated_at = moment
    page.clean_fields()
    page.save()
    return "taken"


def _says(page: Page, texts: dict[str, str]) -> bool:
    return all(
        (getattr(page, name) or "") == (clean_html(text) if name.startswith("body_") else text)
        for name, text in texts.items()
    )
