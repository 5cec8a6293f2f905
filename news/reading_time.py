"""How long reading an article takes."""

import re

from news.models import ArticleText

# Words a minute: Trauzettel-Klosinski and Dietz, 2012. Kazakh was not measured; Turkish, whose
# words are as long, was.
WORDS_PER_MINUTE = {"kk": 166, "ru": 184, "en": 228}

_TAG = re.compile(r"<[^>]*>")


def minutes(text: ArticleText) -> int:
    words = len(f"{text.lead} {_TAG.sub(' ', text.body)}".split())
    return max(1, round(words / WORDS_PER_MINUTE[text.language]))
