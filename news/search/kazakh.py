"""Kazakh word forms: not one guess at the stem, but every base a form can legally come from.

Two forms of a word meet when their sets of bases meet: ауданы → {ауданы, аудан},
аудандарда → {аудандарда, аудандар, аудан}. Endings are taken off from the outside in — case,
possessive, plural — and only where the letter before them and the harmony of vowels allow it.
"""

import re
from functools import lru_cache

OWN_LETTERS = frozenset("әғқңөұүһі")
VOWELS = frozenset("аәеёиоөуұүыіэюя")
_BACK, _FRONT = frozenset("аоұыяё"), frozenset("әеөүіэ")
# Letters that Kazakh has only in loans, which take endings of either harmony (округтің).
_LOAN = re.compile("[вёфцчщъьэ]")

_AFTER_VOWEL = "аәеоөыіэяёи"
_LIQUID = "йруюил"  # у and и close a syllable as well as they open one
_NASAL = "мнң"
_BUZZING = "жз"
_HARD = "пткқсшщфхцчһбвгғд"  # б в г д end loans, and sound voiceless there
_SOFT = _AFTER_VOWEL + _LIQUID + _NASAL + _BUZZING
_CLOSED = "бвгғджзйкқлмнңпрстуфхһцчшщьюъ"
_THIRD_PERSON = "ыі"  # what the endings н-, на, нда… stand after

_CASES = [
    ("ның нің", _AFTER_VOWEL + _NASAL),
    ("дың дің", _LIQUID + _BUZZING),
    ("тың тің", _HARD),
    ("ға ге", _SOFT),
    ("қа ке", _HARD),
    ("на не н нда нде нан нен ндағы ндегі", _THIRD_PERSON),
    ("ны ні", _AFTER_VOWEL),
    ("ды ді", _LIQUID + _NASAL + _BUZZING),
    ("ты ті", _HARD),
    ("да де дағы дегі", _SOFT),
    ("та те тағы тегі", _HARD),
    ("дан ден", _SOFT),
    ("тан тен", _HARD),
    ("нан нен", _NASAL),
    ("мен", _AFTER_VOWEL + _LIQUID + _NASAL),
    ("бен", _BUZZING + _NASAL),
    ("пен", _HARD),
    ("дай дей", _SOFT),
    ("тай тей", _HARD),
    ("ша ше", _SOFT + _HARD),
]
_POSSESSIVES = [
    ("ым ім ың ің ымыз іміз ыңыз іңіз ы і", _CLOSED),
    ("ыма іме ыңа іңе", _CLOSED),  # the dative of the first and second person is bare
    ("сы сі мыз міз ңыз ңіз", _AFTER_VOWEL),
]
_PLURALS = [
    ("лар лер", _AFTER_VOWEL + _LIQUID),
    ("дар дер", _NASAL + _BUZZING + "л"),
    ("тар тер", _HARD),
]
_LYK = [  # also as it sounds before a possessive: -лығ-ы
    ("лық лік лығ ліг", _AFTER_VOWEL + _LIQUID),
    ("дық дік дығ діг", _NASAL + _BUZZING + "л"),
    ("тық тік тығ тіг", _HARD),
]
_ANY_HARMONY = frozenset(("мен", "бен", "пен"))
# Stems of two letters: anything else that short is not a word but what was left of one.
_SHORT_STEMS = frozenset(
    ("ай", "ақ", "ас", "ат", "аю", "ән", "ел", "ер", "ет", "ит", "іс", "ой", "оқ", "от", "су", "үй")
)

# Verbs: what makes a form of a stem, then negation and voice inside it.
_FINITE = [
    ("ды ді дық дік дым дім", _SOFT),
    ("ты ті тық тік тым тім", _HARD),
    ("ған ген", _SOFT),
    ("қан кен", _HARD),
    ("йды йді йтын йтін", "аәеиыі"),
    ("ады еді атын етін амыз еміз ып іп ар ер", _CLOSED),
    ("п", "аәеыі"),
    ("са се", _SOFT + _HARD),
    ("мақ мек", _SOFT),
    ("бақ бек", _BUZZING),
    ("пақ пек", _HARD),
    ("у улы улі", _CLOSED + _AFTER_VOWEL),
    ("ғалы гелі ғанша генше", _SOFT),
    ("қалы келі қанша кенше", _HARD),
]
_NEGATION = [("ма ме", _AFTER_VOWEL + _LIQUID), ("ба бе", _NASAL + _BUZZING), ("па пе", _HARD)]
_VOICE = [
    ("ыл іл ын ін ыс іс", _CLOSED),
    ("л н т", "аәеыі"),
    ("тыр тір", _HARD),
    ("дыр дір", _SOFT),
    ("қыз кіз", _HARD),
    ("ғыз гіз", _SOFT),
]
_FINAL = str.maketrans("бгғқ", "пккк")
_PLAIN = str.maketrans("әғқңөұүһі", "агкноуухи")


_Layer = dict[str, frozenset[str]]


def _table(rows: list[tuple[str, str]]) -> _Layer:
    table: dict[str, set[str]] = {}
    for endings, letters in rows:
        for ending in endings.split():
            table.setdefault(ending, set()).update(letters)
    return {ending: frozenset(letters) for ending, letters in table.items()}


def fold(word: str) -> str:
    """The word as someone without the Kazakh letters types it."""
    return word.translate(_PLAIN)


_NOUN_LAYERS = [_table(_CASES), _table(_POSSESSIVES), _table(_PLURALS)]
_FOLDED_LAYERS = [
    {fold(ending): frozenset(map(fold, letters)) for ending, letters in layer.items()}
    for layer in _NOUN_LAYERS
]
_LYK_TABLE = _table(_LYK)
_FINITE_TABLE, _NEGATION_TABLE, _VOICE_TABLE = map(_table, (_FINITE, _NEGATION, _VOICE))
_ABSTRACT = re.compile("[лдт](?:[ыі][қкғг])")
_LENGTHS = (1, 2, 3, 4, 5)
_RELATIVE = re.compile("[дтн](?:ағы|егі|аги)")


@lru_cache(maxsize=65536)
def noun_terms(word: str) -> frozenset[str]:
    """The canonical bases of a form; the form itself, taken as a base, is one of them."""
    return frozenset(map(canonical, _noun_bases(word)))


@lru_cache(maxsize=65536)
def verb_terms(word: str) -> frozenset[str]:
    """The canonical stems of a verb form: ашылды, ашылған, ашылу → ашл, аш. Often empty."""
    stems: set[str] = set()
    for base in _noun_bases(word):  # participles and infinitives are declined like nouns
        stems |= _strip(base, _FINITE_TABLE, least=2)
        if base.endswith("ю"):  # қою is қой + у
            stems.add(base[:-1] + "й")
        if base.endswith(("уып", "уіп")):  # тауып is тап + ып
            stems.add(base[:-3] + "п")
    stems |= {inner for stem in stems for inner in _strip(stem, _NEGATION_TABLE, least=2)}
    for _voice in range(2):  # оқытылды: taught (оқы-т), then passive (-ыл)
        stems |= {inner for stem in stems for inner in _strip(stem, _VOICE_TABLE, least=2)}
    return frozenset(
        canonical(re.sub("[ыіи]$", "", stem)) for stem in stems if len(stem) > 1 and _sounds(stem)
    )


@lru_cache(maxsize=65536)
def derived_terms(word: str) -> frozenset[str]:
    """The nouns behind an adjective or abstract noun in -лық: аудандық → аудан."""
    if not _ABSTRACT.search(word):
        return frozenset()
    nouns = {noun for base in _noun_bases(word) for noun in _strip(base, _LYK_TABLE, least=3)}
    return frozenset(canonical(inner) for noun in nouns for inner in _noun_bases(noun))


@lru_cache(maxsize=65536)
def canonical(base: str, fleeting: str = "ыі") -> str:
    """One spelling for a base with and without an ending: мектеб-і, мектеп; орн-ы, орын."""
    if len(base) > 2 and base[-1] in "бгғқ":
        base = base[:-1] + base[-1].translate(_FINAL)
    if (
        len(base) > 3
        and base[-2] in fleeting
        and base[-1] not in VOWELS
        and base[-3] not in VOWELS
        and VOWELS.intersection(base[:-2])
    ):
        return base[:-2] + base[-1]
    return base


@lru_cache(maxsize=65536)
def folded_term(base: str) -> str:
    """A canonical base in plain letters, where the vowel that comes and goes may look like и."""
    return canonical(fold(base), "ыи")


@lru_cache(maxsize=8192)
def folded_terms(word: str) -> frozenset[str]:
    """The folded bases of a word typed in plain letters, endings included: онирде → онр."""
    return frozenset(map(folded_term, _noun_bases(word, folded=True)))


@lru_cache(maxsize=65536)
def _noun_bases(word: str, *, folded: bool = False) -> frozenset[str]:
    bases = {word}
    # «-дағы» makes a new word, which is declined again: аудандағылардың.
    for _round in range(2 if _RELATIVE.search(word) else 1):
        for layer in _FOLDED_LAYERS if folded else _NOUN_LAYERS:
            for base in list(bases):
                bases |= _strip(base, layer, least=3, harmony=not folded)
    return frozenset(bases)


def _strip(word: str, layer: _Layer, *, least: int, harmony: bool = True) -> set[str]:
    """``word`` without each ending of the layer that may stand where it stands."""
    found = set()
    for length in _LENGTHS[: max(0, len(word) - 2)]:
        letters = layer.get(word[-length:])
        if letters is None or word[-length - 1] not in letters:
            continue
        base = word[:-length]
        if (
            (len(base) >= least or base in _SHORT_STEMS)
            and _sounds(base)
            and (not harmony or _in_harmony(base, word[-length:]))
        ):
            found.add(base)
    return found


def _sounds(base: str) -> bool:
    return not VOWELS.isdisjoint(base)


def _in_harmony(base: str, ending: str) -> bool:
    last = next(letter for letter in reversed(base) if letter in VOWELS)
    against = _FRONT if last in _BACK else _BACK if last in _FRONT else frozenset()
    return against.isdisjoint(ending) or ending in _ANY_HARMONY or bool(_LOAN.search(base))
