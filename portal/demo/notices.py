"""Templates of the notices that every district writes again and again."""

from news.models import NoticeBlank, NoticeTemplate, Section

Kind = NoticeBlank.Kind
DAY = ("day", Kind.DATE, "Күні", "День")
PLACE = ("place", Kind.WORDS, "Қайда (Ботақара кентінде)", "Где (в посёлке Ботакара)")
FROM = ("from", Kind.TIME, "Сағат нешеден", "С которого часа")
UNTIL = ("until", Kind.TIME, "Сағат нешеге дейін", "До которого часа")
WHY = ("why", Kind.WORDS, "Себебі", "Почему")
PHONE = ("phone", Kind.SAME, "Анықтама телефоны", "Телефон для справок")
TEMPLATES = [
    {
        "name_kk": "Су уақытша берілмейді",
        "name_ru": "Отключение воды",
        "headline_kk": "{day} {place} су болмайды",
        "headline_ru": "{day} {place} не будет воды",
        "lead_kk": "Су сағат {from} – {until} аралығында берілмейді.",
        "lead_ru": "Подачу воды остановят с {from} до {until}.",
        "body_kk": "<p>Себебі: {why}. Алдын ала су жинап қоюыңызды сұраймыз.</p>"
        "<p>Анықтама: {phone}.</p>",
        "body_ru": "<p>Причина: {why}. Просим запастись водой заранее.</p><p>Справки: {phone}.</p>",
        "blanks": (DAY, PLACE, FROM, UNTIL, WHY, PHONE),
    },
    {
        "name_kk": "Жол жабық",
        "name_ru": "Закрыта дорога",
        "headline_kk": "{place} жол жабылды",
        "headline_ru": "Закрыта дорога: {place}",
        "lead_kk": "Жол {day} сағат {until} дейін жабық болады.",
        "lead_ru": "Движение закрыто до {until} {day}.",
        "body_kk": "<p>Себебі: {why}.</p><p>Анықтама: {phone}.</p>",
        "body_ru": "<p>Причина: {why}.</p><p>Справки: {phone}.</p>",
        "blanks": (DAY, PLACE, UNTIL, WHY, PHONE),
    },
]


def fill(section: Section) -> None:
    for details in TEMPLATES:
        texts = {name: value for name, value in details.items() if name != "blanks"}
        template = NoticeTemplate.objects.create(section=section, **texts)
        for position, (code, kind, kk, ru) in enumerate(details["blanks"], start=1):
            NoticeBlank.objects.create(
                template=template, code=code, kind=kind, label_kk=kk, label_ru=ru, position=position
            )
