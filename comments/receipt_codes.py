"""The short number of a comment that can be dictated over the phone in any language.

Digits alone: letters have other names in other languages, and are mistaken for one another. The
last digit is a check digit (Damm's), which finds every single wrong digit and every swap of two
neighbours before anything is looked up.
"""

import secrets

LENGTH = 12
GROUP = 3
# Damm's quasigroup of order ten.
TABLE = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)  # fmt: skip


def new_receipt_code() -> str:
    digits = f"{secrets.randbelow(10 ** (LENGTH - 1)):0{LENGTH - 1}d}"
    return digits + _check_digit(digits)


def grouped(code: str) -> str:
    """«481 205 937 164», as it is shown and read aloud."""
    return " ".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def parse(typed: str) -> str | None:
    """The code in what a person typed, spaces and hyphens or not; None where it can be none."""
    digits = "".join(str(int(char)) for char in typed[:100] if char.isdecimal())
    if len(digits) != LENGTH or _check_digit(digits) != "0":
        return None
    return digits


def _check_digit(digits: str) -> str:
    """Of a number without its check digit; zero for a number that ends in the right one."""
    interim = "0"
    for digit in digits:
        interim = TABLE[int(interim)][int(digit)]
    return interim
