"""What readers do with each other's comments in the demo: answer, report, withdraw; and articles
on which they can write no more."""

from datetime import timedelta

from django.utils import timezone

from comments import writer
from comments.models import Comment, CommentReport
from news.models import Article

# The beginning of a comment, and what was said to it: (name, language, text, hours later).
REPLIES = {
    "Ақыры біздің көшеге": [
        ("Гүлсім", "kk", "Біз өтінішті онлайн толтырдық, екі күнде келіп орнатып кетті.", 3),
        ("Сергей Т.", "ru", "А через какой сайт подавали? Нашёл на https://egov.kz/ – там?", 5),
    ],
    "А когда очередь дойдёт до Ростовки": [
        ("Айнұр", "kk", "Ростовка келесі жылғы тізімде, кестені әкімдіктен көрдім.", 6),
    ],
    "Спасибо, что приезжаете в сёла": [
        ("Зейнеп", "kk", "Иә, қалаға бармай-ақ шаруамыз шешілді.", 9),
        ("Олег", "ru", "У нас в Кокпекты приём перенесли, но предупредили заранее.", 30),
    ],
    "А для тех, кто уже десять лет": [
        ("Ардақ", "kk", "Менің де сұрағым осы.", 12),
        ("Наталья", "ru", "Такая программа есть у соседей, спросите в отделе занятости.", 20),
    ],
}  # fmt: skip
WITHDRAWN = "А для тех, кто уже десять лет"
REPORTED = [("Құдай қаласа", "off_topic", "kk", ""),
            ("Главное, чтобы сетями", "insult", "ru", "Намекает на моих соседей.")]  # fmt: skip
READ_ONLY = (
    "Сельские акимы отчитались",
    {
        "kk": "Талқылау аяқталды, ұсыныстар қаралып жатыр.",
        "ru": "Обсуждение завершено, предложения рассматриваются.",
        "en": "The discussion is over; the proposals are being considered.",
    },
)
CLOSED = "Земельная инспекция напомнила"


def fill() -> None:
    for beginning, replies in REPLIES.items():
        if parent := Comment.objects.approved().filter(text__startswith=beginning).first():
            for name, language, text, hours in replies:
                _reply(parent, name, language, text, hours)
    if parent := Comment.objects.approved().filter(text__startswith=WITHDRAWN).first():
        writer.withdraw(parent)
    for beginning, reason, language, words in REPORTED:
        if comment := Comment.objects.approved().filter(text__startswith=beginning).first():
            CommentReport.objects.create(
                comment=comment, reason=reason, language=language, words=words
            )
    headline, message = READ_ONLY
    Article.objects.filter(headline_ru__startswith=headline).update(
        comments_state=Article.Comments.READ_ONLY,
        **{f"comments_message_{language}": words for language, words in message.items()},
    )
    Article.objects.filter(headline_ru__startswith=CLOSED).update(
        comments_state=Article.Comments.CLOSED
    )


def _reply(parent: Comment, name: str, language: str, text: str, hours: int) -> None:
    Comment.objects.create(
        article=parent.article,
        parent=parent,
        author_name=name,
        text=text,
        language=language,
        status=Comment.Status.APPROVED,
        created_at=min(parent.created_at + timedelta(hours=hours), timezone.now()),
    )
