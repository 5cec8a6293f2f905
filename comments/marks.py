"""Where in a text rules found something, for the eye."""

from collections.abc import Iterable, Sequence


def marked(text: str, spans: Iterable[Sequence]) -> list[tuple[str, bool]]:
    """The text cut at the places: (piece, whether it was found)."""
    cut, place = [], 0
    for start, end in sorted((span[0], span[1]) for span in spans):
        begin = max(start, place)
        if begin >= end or end > len(text):
            continue
        cut += [(text[place:begin], False), (text[begin:end], True)]
        place = end
    return [piece for piece in [*cut, (text[place:], False)] if piece[0]]


def disguises(text: str, spans: Iterable[Sequence]) -> list[tuple[str, str]]:
    """What is written, and the line of the list that it stands for, where the two differ."""
    pairs = {}
    for start, end, *entry in spans:
        written = text[start:end]
        if entry and written.casefold() != entry[0].casefold():
            pairs[written] = entry[0]
    return list(pairs.items())
