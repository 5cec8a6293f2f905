"""Numbers that identify a person or a card, recognised by how they are built."""

import re
from datetime import date

_DIGITS = re.compile(r"(?<!\d)\d(?:[\d \u00a0-]{9,22})\d(?!\d)")
_PHONE = re.compile(
    r"(?<![\d№])(?:\+7|8)[\s\u00a0(-]*7[04-7]\d[\s\u00a0)-]*\d{3}(?:[\s\u00a0-]*\d{2}){2}(?!\d)"
)


def personal_numbers(text: str) -> list[str]:
    """Individual identification numbers (IIN), as they are written in ``text``."""
    return [found for found, digits in _runs(text) if is_iin(digits)]


def card_numbers(text: str) -> list[str]:
    return [found for found, digits in _runs(text) if is_card(digits)]


def mobile_numbers(text: str) -> list[str]:
    """Mobile numbers of Kazakhstan: those of people, not the akimat's own land lines."""
    return [match[0].strip() for match in _PHONE.finditer(text)]


def is_iin(digits: str) -> bool:
    """Twelve digits: date of birth, century and sex, a check digit.

    Government decree № 853 of 22.07.2003 (rules of the IIN) describes the build and the check.
    """
    if len(digits) != 12 or digits[6] not in "0123456":
        return False
    try:
        date(2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:6]))
    except ValueError:
        return False
    numbers = [int(digit) for digit in digits]
    check = sum(weight * number for weight, number in zip(range(1, 12), numbers, strict=False)) % 11
    if check == 10:
        weights = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]
        check = sum(w * n for w, n in zip(weights, numbers, strict=False)) % 11
    return check == numbers[11]


def is_card(digits: str) -> bool:
    """Sixteen digits of a payment network that pass the check of ISO/IEC 7812 (Luhn)."""
    if len(digits) != 16 or digits[0] not in "23456":
        return False
    total = 0
    for place, digit in enumerate(map(int, reversed(digits))):
        doubled = digit * 2 if place % 2 else digit
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def _runs(text: str) -> list[tuple[str, str]]:
    return [(match[0], re.sub(r"\D", "", match[0])) for match in _DIGITS.finditer(text)]
