"""Pictures of every kind of page, to look at: ``python -m tests.screenshots [ADDRESS]``.

Takes them of a running portal (``make demo``) and writes to var/screenshots/; docs/screenshots.md
says what to look for.
"""

import re
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from portal.comfort import Comfort

FOLDER = Path(__file__).parent.parent / "var" / "screenshots"
WIDTHS = (360, 768, 1280)
LOOKS = {
    "light": Comfort(),
    "dark": Comfort(),
    "contrast-200": Comfort(zoom="200", scheme="contrast"),
    "night": Comfort(scheme="night", letters="wide", lines="wide"),
}
LANGUAGES = ("kk", "ru")


def main(address: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        paths = found_pages(browser.new_page(base_url=address))
        for look in LOOKS:
            for language in LANGUAGES:
                shoot(browser, address, paths, language, look)
        browser.close()


def found_pages(page: Page) -> dict[str, str]:
    """One page of every kind, without its language, found as a reader would find it."""
    page.goto("/ru/")
    article = path_of(page, ".lead-story-headline a")
    section = path_of(page, ".main-nav li:nth-child(3) a")
    day = re.sub(r"[^/]+/$", "", article)
    return {
        "home": "/",
        "list": "/news/",
        "section": section,
        "day": day,
        "month": day[:-3],
        "year": day[:-6],
        "article": article,
        "comment": f"{article}comments/",
        "search": "/search/?q=мектеп",
        "search-nothing": "/search/?q=жоқнәрсе",
        "preferences": "/preferences/?scheme=blue&zoom=150",
        "accessibility": "/pages/accessibility/",
        "privacy": "/pages/privacy/",
        "404": "/nothing/",
    }


def path_of(page: Page, selector: str) -> str:
    return str(page.locator(selector).first.get_attribute("href")).removeprefix("/ru")


def shoot(browser: Browser, address: str, paths: dict[str, str], language: str, look: str) -> None:
    context = browser.new_context(
        base_url=address, color_scheme="dark" if look == "dark" else "light"
    )
    context.add_cookies([{"name": "comfort", "value": LOOKS[look].key, "url": address}])
    page = context.new_page()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for name, path in paths.items():
            page.goto(f"/{language}{path}")
            page.screenshot(path=FOLDER / f"{name}-{language}-{width}-{look}.png", full_page=True)
    context.close()


def front_page(address: str, target: Path) -> None:
    """The README's picture: the front page in Kazakh as a desktop shows it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(base_url=address, viewport={"width": 1280, "height": 900})
        page.goto("/kk/")
        page.wait_for_load_state("networkidle")
        page.screenshot(path=target)
        browser.close()
    with Image.open(target) as picture:  # half the bytes, and nobody sees the difference
        picture.convert("RGB").quantize(256).save(target, optimize=True)


if __name__ == "__main__":
    place = next((word for word in sys.argv[1:] if word.startswith("http")), None)
    place = (place or "http://127.0.0.1:8000").rstrip("/")
    if "--front-page" in sys.argv:
        front_page(place, Path(__file__).parent.parent / "docs" / "front-page.png")
    else:
        main(place)
