"""What holds of every page in a real browser."""

from typing import Any

from tests.browser.house import each_page, follow, violations

# what reaches out of the page to the right, so that the whole page would scroll sideways
TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.body.querySelectorAll('*')]
    .filter(each => each.getBoundingClientRect().right > width + 1)
    .slice(0, 5).map(each => each.tagName + '.' + each.className);
}"""
TOO_SMALL = """() => [...document.querySelectorAll('main button, header button, main input:not([type=hidden])')]
  .map(each => [each, each.getBoundingClientRect()])
  .filter(([each, box]) => box.width && (box.width < 24 || box.height < 24))
  .map(([each]) => each.tagName + '.' + each.className)"""

# tags that stand in more than one line
WRAPPED = """() => [...document.querySelectorAll('.govuk-tag')]
  .filter(each => each.clientHeight > 1.9 * parseFloat(getComputedStyle(each).lineHeight))
  .map(each => each.textContent)"""


def test_axe_finds_nothing_on_any_page_and_none_asks_anything_of_anybody_else(house):
    asked: list[str] = []

    def look(page: Any) -> list[str]:
        heard: list[str] = []
        page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
        page.on("request", lambda request: asked.append(request.url))
        page.reload()
        return violations(page) + page.evaluate(WRAPPED) + [words for words in heard if "404" not in words]

    assert each_page(house, look) == {}
    assert [url for url in asked if not url.startswith((house.address, "data:"))] == []


def test_every_page_fits_a_screen_of_320_pixels(house):
    def look(page: Any) -> list[str]:
        return [each for wrong in (TOO_WIDE, TOO_SMALL, WRAPPED) for each in page.evaluate(wrong)] + violations(page)

    assert each_page(house, look, narrow=True) == {}


def test_every_page_is_whole_without_scripts(house):
    def look(page: Any) -> list[str]:
        menu = page.locator("nav[aria-label=Menu] a")
        unseen = [each.inner_text() for each in menu.all() if not each.is_visible()]
        offered = page.locator("button:visible", has_text="Print").all()  # cannot be done without scripts
        return unseen + ["a button that does nothing"] * len(offered)

    assert each_page(house, look, scripts=False, narrow=True) == {}


def test_errors_and_changes_are_announced_and_clean(house):
    """The states of a form that a person meets: refused, overtaken, prompted."""
    page = house.open(house.world.inspector)
    page.goto(f"/episodes/{house.scene.episode.ref}/record/risk_reviewed/")
    follow(page, page.get_by_role("button", name="Save"))
    assert page.title().startswith("Error: ")
    page.locator(".govuk-error-summary:focus").wait_for()
    assert violations(page) == []
    page.get_by_label("What came of the review?").fill("She is streetwise.")
    follow(page, page.get_by_role("button", name="Save"))
    assert page.get_by_text("Some words can sound as if the child is to blame").is_visible()
    assert violations(page) == []
    from tests.pages.scene import NOW

    house.scene.record("contact_made", NOW, whereabouts="claimed")
    follow(page, page.get_by_role("button", name="Save"))
    assert page.get_by_text("Somebody else added to this record while you were writing").is_visible()
    assert page.get_by_label("What came of the review?").input_value() == "She is streetwise."
    assert violations(page) == []
    follow(page, page.get_by_role("button", name="Save"))
    assert page.get_by_text("Recorded: risk reviewed.").is_visible()
    page.context.close()
