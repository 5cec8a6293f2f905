"""What moderators and the answer desk have before them in the demo."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.utils import timezone

from comments import answers
from comments.models import Comment, CommentReport, Department, ModerationDecision, ModerationRule
from comments.rules import holds, rehearsal

DEPARTMENTS = [
    ("Тұрғын үй-коммуналдық шаруашылық бөлімі", "Отдел жилищно-коммунального хозяйства",
     "Housing and utilities department"),
    ("Ауыл шаруашылығы бөлімі", "Отдел сельского хозяйства", "Department of agriculture"),
    ("Құрылыс бөлімі", "Отдел строительства", "Construction department"),
]  # fmt: skip
ADVERTISING = "казино\nкредит\nзаработок\nлёгкие деньги\nставки на спорт\nқұмар ойын\nтез несие\n"
HELD = [
    ("Лаки", "ru", "Играй в к@3ин0 онлайн! Бонус на www.example.com каждому новичку."),
    ("Быстро", "ru", "Кредиты без отказа, о п л а т а  з а р а б о т к а в день обращения."),
    ("Бағлан", "kk", "Прошу принять меры: көше шамдары екі аптадан бері жанбайды, өтінішім бар."),
]
METERS = (
    "Сәлеметсіз бе! Су есептегішін орнатуға өтініш жұмыс күндері 9:00–18:00 аралығында "
    "қабылданады. Зейнеткерлерге орнату тегін."
)
FIGURES = "Здравствуйте! Данные по масличным появятся после окончания уборки, в начале декабря."


def fill(people: dict[str, User]) -> None:
    departments = [
        Department.objects.create(name_kk=kk, name_ru=ru, name_en=en, position=position)
        for position, (kk, ru, en) in enumerate(DEPARTMENTS, start=1)
    ]
    moderator = people["moderator"]
    rule, _created = ModerationRule.objects.get_or_create(kind="words", title="Жарнама · Реклама")
    rehearsal.rehearse(rehearsal.change(rule, by=moderator, words=ADVERTISING))
    rehearsal.switch_on(rule, by=moderator)
    newest = Comment.objects.approved().newest_first().first()
    if newest is None:
        return
    for minutes, (name, language, text) in enumerate(HELD):
        _send(newest, name, language, text, minutes=30 - minutes)
    _burst(newest)
    _questions(departments, people)
    _second_look()
    _withdrawn()
    CommentReport.objects.create(
        comment=newest, reason="off_topic", words="Пікір мақалаға қатысты емес.", language="kk"
    )


def _send(beside: Comment, name: str, language: str, text: str, *, minutes: int) -> Comment:
    comment = Comment(
        article=beside.article,
        author_name=name,
        text=text,
        language=language,
        created_at=timezone.now() - timedelta(minutes=minutes),
    )
    findings = holds.look_at(comment)
    comment.save()
    holds.keep(comment, findings)
    return comment


def _burst(beside: Comment) -> None:
    for number in range(7):
        _send(beside, f"Гость {number + 1}", "ru", "Дайте тепло в школу!!!", minutes=20)


def _questions(departments: list[Department], people: dict[str, User]) -> None:
    """One to be answered, one whose answer waits for a second person, one answered."""
    housing, farming, _building = departments
    if street := _beginning_with("А улица Степная"):
        _approve(street, by=people["moderator"])
        answers.assign(street, housing, by=people["moderator"])
    if figures := _beginning_with("Хорошие цифры"):
        _approve(figures, by=people["moderator"])
        question = answers.assign(figures, farming, by=people["moderator"])
        answers.write(question, text=FIGURES, language="ru", by=people["answers"])
    if meters := _beginning_with("Ақыры біздің көшеге"):
        question = answers.assign(meters, housing, by=people["moderator"])
        answers.write(question, text=METERS, language="kk", by=people["answers"])
        answers.pass_answer(question, by=people["admin"])


def _beginning_with(words: str) -> Comment | None:
    return Comment.objects.filter(text__startswith=words).first()


def _approve(comment: Comment, *, by: User) -> None:
    comment.status = Comment.Status.APPROVED
    comment.save(update_fields=["status"])
    ModerationDecision.objects.create(
        comment=comment, status_before="pending", status_after="approved", decided_by=by
    )


def _second_look() -> None:
    rejected = Comment.objects.in_status("rejected").newest_first().first()
    if rejected:
        rejected.second_look_asked_at = timezone.now() - timedelta(hours=1)
        rejected.second_look_words = "Мен ешкімді ренжіткім келген жоқ, қайта қарап шығыңызшы."
        rejected.save(update_fields=["second_look_asked_at", "second_look_words"])


def _withdrawn() -> None:
    comment = Comment.objects.pending().filter(is_held=False).newest_first().first()
    if comment:
        comment.status = Comment.Status.WITHDRAWN
        comment.withdrawn_at = timezone.now() - timedelta(minutes=5)
        comment.save(update_fields=["status", "withdrawn_at"])
