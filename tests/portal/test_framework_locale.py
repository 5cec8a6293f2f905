"""Kazakh is a first-class language of Django's own texts, dates and forms too."""

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import django
import pytest
from babel.messages.pofile import PoFileError
from django import forms
from django.conf.global_settings import LANGUAGES
from django.contrib.auth import password_validation
from django.contrib.humanize.templatetags.humanize import naturaltime
from django.core.exceptions import ValidationError
from django.utils import timezone, translation
from django.utils.dateformat import format as format_date
from django.utils.formats import date_format, get_format, sanitize_separators
from django.utils.timesince import timesince

import portal
from portal import catalogues

DJANGO = Path(django.__file__).parent
OURS = Path(portal.__file__).parent / "locale_framework"
DAY = dt.date(2018, 10, 30)

CATALOGUES = [
    ("conf", "django"),
    ("contrib/admin", "django"),
    ("contrib/admin", "djangojs"),
    ("contrib/auth", "django"),
    ("contrib/contenttypes", "django"),
    ("contrib/humanize", "django"),
    ("contrib/sessions", "django"),
]
# Not asked of a Kazakh catalogue: the names of languages this portal does not speak.
EXCLUDED = {name for code, name in LANGUAGES if code not in {"kk", "ru", "en"}}
# What a translation must carry over unchanged: placeholders, tags, entities.
KEPT = re.compile(r"%\(\w+\)[a-z]|%[sdr]|\{\w*\}|</?[a-z][^>]*>|&\w+;")


@dataclass(frozen=True)
class Entry:
    msgctxt: str | None
    msgid: str
    msgid_plural: str
    forms: tuple[str, ...]

    def translated(self) -> bool:
        return all(self.forms)


@cache
def catalogue(folder: Path, language: str, domain: str) -> list[Entry]:
    entries = []
    for message in catalogues.read(folder / language / "LC_MESSAGES" / f"{domain}.po"):
        source, forms = catalogues.texts(message.id), catalogues.texts(message.string)
        if source[0]:
            plural = source[1] if len(source) > 1 else ""
            entries.append(Entry(message.context, source[0], plural, tuple(forms)))
    return entries


def kazakh(app: str, domain: str) -> dict[tuple[str | None, str], Entry]:
    """What a Kazakh reader gets: ours over Django's."""
    theirs = catalogue(DJANGO / app / "locale", "kk", domain)
    return {
        (entry.msgctxt, entry.msgid): entry
        for entry in [*theirs, *catalogue(OURS, "kk", domain)]
        if entry.translated()
    }


def forms_of(entry: Entry) -> list[str]:
    return list(entry.forms)


# --- dates, times, numbers ---


@pytest.mark.parametrize(
    ("language", "name", "text"),
    [
        ("kk", "DATE_FORMAT", "2018 ж. 30 қазан"),
        ("kk", "YEAR_MONTH_FORMAT", "2018 ж. қазан"),
        ("kk", "MONTH_DAY_FORMAT", "30 қазан"),
        ("kk", "SHORT_DATE_FORMAT", "30.10.2018"),
        ("ru", "DATE_FORMAT", "30 октября 2018 г."),
        ("ru", "SHORT_DATE_FORMAT", "30.10.2018"),
        ("en", "DATE_FORMAT", "30 October 2018"),
        ("en", "SHORT_DATE_FORMAT", "30/10/2018"),
    ],
)
def test_a_date_is_written_day_first_in_the_readers_language(language, name, text):
    with translation.override(language):
        assert date_format(DAY, name) == text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("kk", "2018 ж. 30 қазан, 21:05"),
        ("ru", "30 октября 2018 г., 21:05"),
        ("en", "30 October 2018, 21:05"),
    ],
)
def test_the_clock_has_24_hours(language, text):
    with translation.override(language):
        assert date_format(dt.datetime(2018, 10, 30, 21, 5), "DATETIME_FORMAT") == text


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_week_starts_on_monday(language):
    with translation.override(language):
        assert get_format("FIRST_DAY_OF_WEEK") == 1


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("kk", "30.10.2018"),
        ("kk", "2018-10-30"),
        ("ru", "30.10.2018"),
        ("ru", "2018-10-30"),
        ("en", "30/10/2018"),
        ("en", "2018-10-30"),
    ],
)
def test_a_date_typed_the_local_way_or_the_iso_way_is_understood(language, typed):
    with translation.override(language):
        assert forms.DateField().clean(typed) == DAY
        assert timezone.localdate(forms.DateTimeField().clean(f"{typed} 10:00")) == DAY


def test_an_english_date_is_never_read_month_first():
    with translation.override("en"):
        assert forms.DateField().clean("03/04/2018") == dt.date(2018, 4, 3)
        with pytest.raises(ValidationError):
            forms.DateField().clean("10/30/2018")


def test_kazakh_numbers_have_a_comma():
    with translation.override("kk"):
        assert get_format("DECIMAL_SEPARATOR") == ","
        assert get_format("THOUSAND_SEPARATOR") == "\xa0"
        assert sanitize_separators("12,5") == "12.5"


def test_kazakh_days_are_spelt_right_and_are_not_mistaken_for_russian_ones():
    week = [dt.date(2018, 10, 29) + dt.timedelta(days=number) for number in range(7)]
    with translation.override("kk"):
        assert format_date(week[4], "l") == "Жұма"
        assert " ".join(format_date(day, "D") for day in week) == "Дс Сс Ср Бс Жм Сб Жс"


def test_kazakh_months_are_lower_case_inside_a_date_and_capital_alone():
    with translation.override("kk"):
        assert format_date(dt.date(2018, 1, 5), "j E") == "5 қаңтар"
        assert format_date(dt.date(2018, 1, 5), "F") == "Қаңтар"
        assert format_date(dt.date(2018, 1, 5), "M b N") == "Қаң қаң қаң."


def test_passed_time_is_told_in_kazakh_with_the_noun_in_singular():
    now = timezone.now()
    with translation.override("kk"):
        assert timesince(now - dt.timedelta(days=5), now) == "5\xa0күн"
        assert naturaltime(now - dt.timedelta(hours=3, minutes=1)) == "3\xa0сағат бұрын"
        assert naturaltime(now - dt.timedelta(days=2, minutes=1)) == "2\xa0күн бұрын"
        assert naturaltime(now + dt.timedelta(days=2, minutes=1)) == "2\xa0күннен кейін"


def test_form_and_password_mistakes_are_explained_in_kazakh():
    with translation.override("kk"):
        with pytest.raises(ValidationError) as long:
            forms.CharField(max_length=3).clean("төрт")
        with pytest.raises(ValidationError) as short:
            password_validation.MinimumLengthValidator(9).validate("төрт")
        assert long.value.messages == ["Бұл мәнде 3 таңбадан артық болмауы керек (қазір 4)."]
        assert short.value.messages == ["Құпиясөз тым қысқа. Онда кемінде 9 таңба болуы керек."]


# --- the catalogues ---


@pytest.mark.parametrize(("app", "domain"), CATALOGUES)
def test_every_text_of_the_framework_has_a_kazakh_translation(app, domain):
    known = kazakh(app, domain)
    missing = [
        (entry.msgctxt, entry.msgid)
        for entry in catalogue(DJANGO / app / "locale", "en", domain)
        if entry.msgid not in EXCLUDED and (entry.msgctxt, entry.msgid) not in known
    ]
    assert missing == []


@pytest.mark.parametrize(("app", "domain"), CATALOGUES)
def test_kazakh_translations_keep_placeholders_tags_and_entities(app, domain):
    known = kazakh(app, domain)
    changed = [
        (entry.msgid, form)
        for entry in catalogue(DJANGO / app / "locale", "en", domain)
        if (entry.msgctxt, entry.msgid) in known
        for form in forms_of(known[entry.msgctxt, entry.msgid])
        if Counter(KEPT.findall(form)) != Counter(KEPT.findall(entry.msgid_plural or entry.msgid))
    ]
    assert changed == []


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_our_catalogue_is_finished_and_has_nothing_django_does_not_say(domain):
    said = {
        (entry.msgctxt, entry.msgid)
        for app, its_domain in CATALOGUES
        if its_domain == domain
        for entry in catalogue(DJANGO / app / "locale", "en", domain)
    }
    entries = catalogue(OURS, "kk", domain)
    assert [entry.msgid for entry in entries if not entry.translated()] == []
    assert [entry.msgid for entry in entries if (entry.msgctxt, entry.msgid) not in said] == []


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_kazakh_plural_forms_are_equal(domain):
    entries = [entry for entry in catalogue(OURS, "kk", domain) if entry.msgid_plural]
    assert entries
    assert [entry.msgid for entry in entries if len(set(forms_of(entry))) != 1] == []


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_our_translations_win_over_djangos(domain):
    running = (
        translation.trans_real.translation("kk")
        if domain == "django"
        else translation.trans_real.DjangoTranslation(
            "kk", domain=domain, localedirs=[str(DJANGO / "contrib/admin/locale")]
        )
    )
    differing = []
    own = {
        (entry.msgctxt, entry.msgid)
        for entry in catalogue(catalogues.LOCALE, "kk", "django")  # which wins over both
    }
    for entry in catalogue(OURS, "kk", domain):
        if (entry.msgctxt, entry.msgid) in own:
            continue
        if entry.msgid_plural and entry.msgctxt:
            heard = running.npgettext(entry.msgctxt, entry.msgid, entry.msgid_plural, 5)
        elif entry.msgid_plural:
            heard = running.ngettext(entry.msgid, entry.msgid_plural, 5)
        elif entry.msgctxt:
            heard = running.pgettext(entry.msgctxt, entry.msgid)
        else:
            heard = running.gettext(entry.msgid)
        if heard not in forms_of(entry):
            differing.append((entry.msgid, heard))
    assert differing == []


def test_a_catalogue_with_an_unsolved_merge_is_an_error(tmp_path):
    folder = tmp_path / "kk" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    path = folder / "django.po"
    path.write_text('<<<<<<< HEAD\nmsgid "News"\nmsgstr "Жаңалықтар"\n', encoding="utf-8")
    with pytest.raises(PoFileError):
        catalogues.read(path)
