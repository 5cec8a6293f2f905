"""What went wrong with letters on the way: mended where it is certain, reported always."""

import re

KAZAKH = set("әғқңөұүһіӘҒҚҢӨҰҮҺІ")
# «ПрРёРІРµС‚»: UTF-8 read as windows-1251. Pairs that no Russian or Kazakh text has this dense.
_MOJIBAKE = re.compile("(?:[РС][\u0400-\u04ff\u2018-\u203a\u00a0-\u00bf°±µ¶·»]){3}|(?:Ð.|Ñ.){3}")
# A Latin letter between or beside Cyrillic ones, where a Cyrillic one looks the same.
_ALIKE = str.maketrans("iIaAeEoOpPcCxXyYhHKMTB", "іІаАеЕоОрРсСхХуУһҺКМТВ")
_MIXED = re.compile(r"\b(?=\w*[A-Za-z])(?=\w*[\u0400-\u04ff])[A-Za-z\u0400-\u04ff]+\b")


def language_of(text: str) -> str:
    """kk where Kazakh letters are more than names in a Russian text have (in Kazakh every fifth
    letter is one), else ru where there is Cyrillic, else en."""
    cyrillic = re.findall("[\u0400-\u04ff]", text)
    kazakh = sum(letter in KAZAKH for letter in cyrillic)
    if kazakh and kazakh * 20 >= len(cyrillic):
        return "kk"
    return "ru" if cyrillic else "en"


def is_broken(text: str) -> bool:
    """Whether this was decoded with the wrong table."""
    return bool(_MOJIBAKE.search(text)) or "\ufffd" in text


def mended(text: str) -> str:
    """The text that was meant, where decoding the wrong way back gives one; else unchanged."""
    if not is_broken(text):
        return text
    for table in ("cp1251", "latin-1", "cp1252"):
        try:
            candidate = text.encode(table).decode()
        except (UnicodeEncodeError, UnicodeDecodeError):
            continue
        if not is_broken(candidate):
            return candidate
    return text


def mixed_words(text: str) -> list[str]:
    return sorted(set(_MIXED.findall(text)))


def told_of(mixed: list[str]) -> str:
    """Which of these words are mended, and how, and which only a person can mend."""
    mended_words = [f"{word} → {unmixed(word)}" for word in mixed if unmixed(word) != word]
    left = [word for word in mixed if unmixed(word) == word]
    return "; ".join(
        f"{what}: {', '.join(words[:5])}{f' … and {len(words) - 5} more' if words[5:] else ''}"
        for what, words in (("Latin letters mended", mended_words), ("Latin letters left", left))
        if words
    )


def unmixed(text: str) -> str:
    """Latin look-alikes inside Cyrillic words become the letters that were meant (iс → іс)."""

    def replace(match: re.Match[str]) -> str:
        word = match[0].translate(_ALIKE)
        return match[0] if re.search("[A-Za-z]", word) else word

    return _MIXED.sub(replace, text)
