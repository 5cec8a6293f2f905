"""An approximation of the Mozilla HTTP Observatory, from its published scoring tables.

Start at 100; penalties always count, bonuses only while the rest is at 90 or more. Left out:
what one answer cannot show (the redirection's test, the preload list, cross-origin XML files) and
penalties for subresources of other sites, which other tests forbid altogether.
"""

import re
from http.cookies import SimpleCookie

HALF_A_YEAR = 15_768_000
PRIVATE = {
    "no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin",
}  # fmt: skip
GRADES = [
    (100, "A+"), (90, "A"), (85, "A-"), (80, "B+"), (70, "B"), (65, "B-"), (60, "C+"),
    (50, "C"), (45, "C-"), (40, "D+"), (30, "D"), (25, "D-"), (0, "F"),
]  # fmt: skip


def grade(headers: dict[str, str], cookies: SimpleCookie) -> tuple[str, int]:
    policy = directives(headers.get("Content-Security-Policy", ""))
    modifiers = [
        _csp(policy),
        _cookies(cookies),
        _sharing(headers.get("Access-Control-Allow-Origin")),
        5 if headers.get("Referrer-Policy") in PRIVATE else 0,
        _transport(headers.get("Strict-Transport-Security", "")),
        0 if headers.get("X-Content-Type-Options") == "nosniff" else -5,
        _framing(policy, headers.get("X-Frame-Options")),
        10 if headers.get("Cross-Origin-Resource-Policy") in ("same-origin", "same-site") else 0,
    ]
    score = 100 + sum(modifier for modifier in modifiers if modifier < 0)
    if score >= 90:
        score += sum(modifier for modifier in modifiers if modifier > 0)
    return next(letter for least, letter in GRADES if max(score, 0) >= least), score


def directives(policy: str) -> dict[str, list[str]]:
    found = [part.split() for part in policy.split(";") if part.strip()]
    return {name: values for name, *values in found}


def _csp(policy: dict[str, list[str]]) -> int:
    if not policy:
        return -25

    def sources(name):
        return policy.get(name, policy.get("default-src", ["*"]))

    broad = {"*", "http:", "https:", "ftp:"}
    for name in ("script-src", "object-src"):
        if {*broad, "'unsafe-inline'", "data:"} & set(sources(name)):
            return -20
    if any("'unsafe-eval'" in values for values in policy.values()):
        return -10
    if {*broad, "'unsafe-inline'", "data:"} & set(sources("style-src")):
        return 0
    if any(source.startswith(("http:", "ftp:")) for name in policy for source in policy[name]):
        return -20
    return 10 if policy.get("default-src") == ["'none'"] else 5


def _cookies(cookies: SimpleCookie) -> int:
    if not cookies:
        return 0
    sessions = [cookie for name, cookie in cookies.items() if re.search("sess|login", name, re.I)]
    tokens = [cookie for name, cookie in cookies.items() if "csrf" in name.lower()]
    if not all(cookie["secure"] for cookie in sessions):
        return -40
    if not all(cookie["httponly"] for cookie in sessions):
        return -30
    if not all(cookie["secure"] for cookie in cookies.values()):
        return -20
    if not all(cookie["samesite"] for cookie in tokens):
        return -20
    return 5 if all(cookie["samesite"] for cookie in cookies.values()) else 0


def _sharing(allowed: str | None) -> int:
    return -50 if allowed == "*" else 0


def _transport(header: str) -> int:
    age = re.search(r"max-age=(\d+)", header)
    if not age:
        return -20
    return 0 if int(age[1]) >= HALF_A_YEAR else -10


def _framing(policy: dict[str, list[str]], header: str | None) -> int:
    if policy.get("frame-ancestors") in (["'none'"], ["'self'"]):
        return 5
    return 0 if header in ("DENY", "SAMEORIGIN") else -20
