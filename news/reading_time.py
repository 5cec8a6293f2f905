"""How long reading an article takes."""

from django.utils.html import strip_tags

from news.models import ArticleText

# Words a minute: Trauzettel-Klosinski and Dietz, 2012. Kazakh was not measured; Turkish, whose
# words are as long, was.
WORDS_PER_MINUTE = {"kk": 166, "ru": 184, "en": 228}


def minutes(text: ArticleText) -> int:
    words = len(f"{text.lead} {strip_tags(text.body.replace('<', ' <'))}".split())
    return max(1, round(words / WORDS_PER_MINUTE[text.language]))
