"""What is wrong with the page as it stands, for whoever cannot see it, or has a narrow screen."""

from axe_playwright_python.sync_playwright import Axe

# Django's own: headings of the columns with a number and a tick, which have no words.
NOT_OURS = [".inline-group thead .original", ".inline-group thead th:empty"]


def faults(page, within="#content"):
    page.wait_for_load_state()  # after a click the next page has only begun
    page.evaluate(Axe().axe_script)
    # Without "preload" axe leaves the style sheets alone that Django's own import.
    results = page.evaluate(
        "([within, notOurs]) => axe.run({include: within, exclude: notOurs}, {preload: false})",
        [within, NOT_OURS],
    )
    found = [
        (page.url, violation["id"], [node["html"][:160] for node in violation["nodes"]])
        for violation in results["violations"]
    ]
    if page.evaluate("document.documentElement.scrollWidth - innerWidth") > 0:
        found.append((page.url, "overflow", []))
    return found
