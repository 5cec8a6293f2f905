"""What an editor finds under way in the demo: a correction, a prepared change, a withdrawal."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.utils import timezone

from news import changes, corrections, publishing, revisions
from news.corrections import Announcement
from news.models import Article

CORRECTED = {
    "kk": ("Толықтырылды: сұрақпен қайда жүгіну керегі көрсетілді.",
           "<p>Сұрақтар бойынша аудан әкімінің аппаратына жүгініңіз.</p>"),
    "ru": ("Дополнено: указано, куда обращаться с вопросами.",
           "<p>С вопросами обращайтесь в аппарат акима района.</p>"),
    "en": ("Added: where to turn with questions.",
           "<p>With questions turn to the office of the district’s akim.</p>"),
}  # fmt: skip
ADDED = {
    "kk": "<p>Жұмыстың келесі кезеңі көктемде басталады.</p>",
    "ru": "<p>Следующий этап работ начнётся весной.</p>",
    "en": "<p>The next stage of the work begins in spring.</p>",
}
LEAVES = {"kk": "Іс-шара өтті.", "ru": "Мероприятие прошло.", "en": "The event is over."}


def fill(people: dict[str, User]) -> None:
    whole = Article.objects.published().in_language("kk").in_language("ru").newest_first()
    corrected, prepared, leaving = whole[3:6]
    _correct(corrected, people["editor"])
    _prepare(prepared, people["press"])
    moment = timezone.now() + timedelta(days=5)
    publishing.withdraw(leaving, by=people["editor"], reason=LEAVES, at=moment)


def _correct(article: Article, editor: User) -> None:
    for language in article.languages:
        body = getattr(article, f"body_{language}")
        setattr(article, f"body_{language}", body + CORRECTED[language][1])
    article.save()
    revisions.record(article, by=editor)
    notes = {language: note for language, (note, _text) in CORRECTED.items()}
    corrections.announce(article, Announcement(notes), by=editor)


def _prepare(article: Article, officer: User) -> None:
    change = changes.begin(article, by=officer)
    bodies = {
        f"body_{language}": change.content[f"body_{language}"] + ADDED[language]
        for language in article.languages
    }
    changes.save(change, {**change.content, **bodies}, by=officer)
    changes.send_for_review(change, by=officer, note="Жұмыс мерзімі қосылды.")
