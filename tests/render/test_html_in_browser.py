"""The page in a browser: pointing, the keyboard, filters, small screens, paper, assistive technology, attacks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from claimcheck.render import html
from claimcheck.report import Report

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

Open = Callable[..., "Page"]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
WIDE = {"viewport": {"width": 1366, "height": 900}}
LIT = "lit-con", "lit-cue", "lit-src"


@pytest.fixture
def open_page(chromium: Browser, tmp_path: Path) -> Iterator[Open]:
    """Opens the page of a report and insists that it has nothing to complain about and fetches nothing."""
    complaints: list[str] = []
    fetched: list[str] = []
    contexts = []

    def go(report: Report, **options: Any) -> Page:
        file = tmp_path / "report.html"
        file.write_text(html.render(report), encoding="utf-8")
        context = chromium.new_context(**{**WIDE, **options})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        page.on("request", lambda request: fetched.append(request.url))
        page.goto(file.as_uri())
        return page

    yield go
    for context in contexts:
        context.close()
    assert complaints == []
    assert [url for url in fetched if not url.endswith("/report.html")] == []


def words(page: Page, selector: str) -> str:
    """The text of all elements that a selector finds, in order."""
    return "".join(page.locator(selector).all_inner_texts())


def claim_at(report: Report, quoted: str) -> int:
    """The id of the claim whose content begins with these words."""
    return next(c.id for c in report.claims if c.content[0].of(report.text).startswith(quoted))


def test_pointing_at_a_claim_lights_up_speaker_cue_and_source(open_page: Open, war: Report) -> None:
    page = open_page(war)
    assert words(page, ".lit-con, .lit-cue, .lit-src") == ""
    page.get_by_text("We need the air defence now").hover()
    assert words(page, ".lit-con") == "«We need the air defence now and not after the next conference”"
    assert words(page, ".lit-cue") == "urged"
    assert words(page, ".lit-src") == "he"
    assert page.locator(".card.lit h3 bdi").all_inner_texts() == ["Taras Horbenko"]
    assert page.locator(".note.lit .names").all_inner_texts() == ["Taras Horbenko"]
    assert "source “he”" in page.locator("#lit").inner_text()
    page.locator("#overview").hover()
    assert page.locator(".lit, .lit-con, .lit-cue, .lit-src").count() == 0


def test_pointing_at_a_cue_or_a_source_lights_up_the_claim(open_page: Open, war: Report) -> None:
    page = open_page(war)
    for part in ("urged", "he"):
        page.locator("[data-cue], [data-src]").get_by_text(part, exact=True).hover()
        assert words(page, ".lit-con").startswith("«We need the air defence")


def test_pointing_at_what_two_claims_share_lights_up_both(open_page: Open, war: Report) -> None:
    page = open_page(war)
    page.get_by_text("that a second shipment was unloaded").hover()
    assert set(page.locator(".card.lit h3 bdi").all_inner_texts()) == {"Lithuanian media", "intelligence sources"}
    assert page.locator(".note.lit").count() == 2
    assert "Lithuanian media, citing intelligence sources" in page.locator("#lit").inner_text()
    assert words(page, ".lit-src") == "Lithuanian mediaintelligence sources"


def test_a_claim_in_parts_lights_up_in_all_of_them(open_page: Open, war: Report) -> None:
    page = open_page(war)
    page.get_by_text("come from North Korea").hover()
    assert words(page, ".lit-con") == "whichcome from North Korea"


def test_pointing_at_a_speaker_lights_up_all_their_claims(open_page: Open, war: Report) -> None:
    page = open_page(war)
    for card in range(len(war.speakers)):
        page.locator(".card").nth(card).hover()
        speaker = int(page.locator(".card").nth(card).get_attribute("data-speaker") or "")
        own = sorted(c.id for c in war.claims if speaker in c.speakers)
        lit = page.locator(".note.lit").evaluate_all("notes => notes.map(note => Number(note.dataset.claim))")
        assert sorted(lit) == own
        parts = sorted({s for i in own for s in war.claims[i].content})
        assert words(page, ".lit-con") == "".join(s.of(war.text) for s in parts)


def test_the_keyboard_does_what_pointing_does(open_page: Open, war: Report) -> None:
    page = open_page(war)
    first = page.locator(".note").nth(3)
    page.locator("button[type=reset]").focus()
    while not first.evaluate("note => note === document.activeElement"):
        page.keyboard.press("Tab")
    assert words(page, ".lit-cue") == "declared"
    page.keyboard.press("ArrowDown")
    assert words(page, ".lit-cue") == "urged"
    page.keyboard.press("Enter")
    assert page.get_by_role("button", pressed=True).evaluate_all("all => all.map(b => b.id)") == ["c5"]
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Escape")
    assert page.locator("[aria-pressed=true], .lit-con").count() == 0
    page.locator(".card button").last.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert page.locator(".card.lit").count() == 1
    assert page.locator(".lit-con").count() > 0


def test_the_first_tab_stop_skips_to_the_article(open_page: Open, war: Report) -> None:
    page = open_page(war)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "article"


def test_a_click_pins_a_claim_until_the_next(open_page: Open, war: Report) -> None:
    page = open_page(war)
    page.get_by_text("attacking grain").click()
    page.mouse.move(2, 2)
    assert words(page, ".lit-cue") == "denies"
    page.get_by_text("attacking grain").click()
    page.mouse.move(2, 2)
    assert page.locator(".lit-con").count() == 0


def test_filters_by_label(open_page: Open, war: Report) -> None:
    page = open_page(war)
    total, claims = len(war.sentences), sum(s.label == "claim" for s in war.sentences)
    assert page.locator("#matching").inner_text() == f"{total} of {total} sentences"
    page.get_by_role("checkbox", name="claim").uncheck()
    assert page.locator(".s.dim").count() == claims
    assert page.locator(".s.claim:not(.dim), .note:not(.dim)").count() == 0
    assert page.locator("#matching").inner_text() == f"{total - claims} of {total} sentences"
    page.get_by_role("checkbox", name="hide the rest").check()
    assert page.locator(".s:visible").count() == total - claims
    page.get_by_role("button", name="Show all").click()
    page.wait_for_function("!document.querySelector('.dim, .gone')")


def test_filters_by_speaker_from_the_list_and_from_the_card(open_page: Open, war: Report) -> None:
    page = open_page(war)
    speaker = next(s for s in war.speakers if s.name == "Taras Horbenko")
    own = [i for i, s in enumerate(war.sentences) if any(speaker.id in war.claims[c].speakers for c in s.claims)]
    page.get_by_label("Speaker", exact=True).select_option("Taras Horbenko")
    assert page.locator(".s:not(.dim)").evaluate_all("all => all.map(s => s.id)") == [f"s{i + 1}" for i in own]
    card = page.locator(f".card[data-speaker='{speaker.id}']").get_by_role("button", name="show only their sentences")
    assert card.get_attribute("aria-pressed") == "true"
    card.click()
    assert page.locator(".s.dim").count() == 0
    card.click()
    assert page.locator(".s:not(.dim)").count() == len(own)
    assert page.get_by_label("Speaker", exact=True).input_value() == str(speaker.id)


def test_links_from_a_speaker_lead_to_the_claim(open_page: Open, war: Report) -> None:
    page = open_page(war, viewport={"width": 1366, "height": 500})
    page.locator(".share a").last.click()
    assert page.locator(".note:target").evaluate("n => n.getBoundingClientRect().top < innerHeight")


def test_nothing_is_wider_than_the_screen(open_page: Open, war: Report, hostile: Report) -> None:
    for report in (war, hostile):
        page = open_page(report)
        for width in (320, 390, 768, 1024, 1366, 1920):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_lines_have_a_good_measure(open_page: Open, long_report: Report) -> None:
    page = open_page(long_report)
    for width in (768, 1024, 1366, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        # Letters a line of the longest paragraph.
        measured = page.locator(".text").evaluate_all(
            """all => {
              const longest = all.sort((a, b) => b.innerText.length - a.innerText.length)[0];
              const lines = longest.getBoundingClientRect().height / parseFloat(getComputedStyle(longest).lineHeight);
              return longest.innerText.length / Math.round(lines);
            }"""
        )
        assert 50 <= measured <= 80


def test_a_phone_shows_who_speaks_at_its_foot(open_page: Open, war: Report) -> None:
    page = open_page(war, **PHONE)
    assert not page.locator("#lit").is_visible()
    page.get_by_text("attacking grain").tap()
    box = page.locator("#lit").bounding_box()
    assert box is not None
    assert "Russian Ministry of Defence" in page.locator("#lit").inner_text()
    assert round(box["y"] + box["height"]) == 844
    page.locator("#speakers").tap()
    assert not page.locator("#lit").is_visible()


def test_paper_has_the_article_notes_and_speakers_but_no_controls(open_page: Open, war: Report) -> None:
    page = open_page(war)
    page.emulate_media(media="print")
    assert not page.locator("form, #lit, .skip").locator("visible=true").count()
    for needed in (".text", ".notes", ".card", ".figure", ".bottom"):
        assert page.locator(needed).first.is_visible()
    assert page.locator("aside").evaluate("aside => aside.scrollHeight <= aside.clientHeight + 1")


def test_labels_and_lights_differ_without_colour(open_page: Open, long_report: Report) -> None:
    page = open_page(long_report)

    def line(selector: str) -> str:
        return str(page.locator(selector).first.evaluate("e => getComputedStyle(e).textDecorationStyle"))

    assert line(".s.opinion") == "wavy"
    assert line(".s.claim .con") == "solid"
    assert page.locator(".s.fact").first.evaluate("e => getComputedStyle(e).textDecorationLine") == "none"
    page.locator(".s.claim .con").first.hover()
    frames = {
        name: page.locator(f".{name}").first.evaluate("e => getComputedStyle(e).outlineStyle")
        for name in LIT
        if page.locator(f".{name}").count()
    }
    assert len(set(frames.values())) == len(frames) == 3


def test_without_scripts_the_report_can_be_read_and_no_dead_control_is_shown(open_page: Open, war: Report) -> None:
    page = open_page(war, java_script_enabled=False)
    assert page.locator(".text").first.is_visible()
    assert not page.locator("form").is_visible()


def test_an_attack_runs_nothing(open_page: Open, hostile: Report) -> None:
    page = open_page(hostile)
    page.locator(".con").first.hover()
    page.locator(".card").first.hover()
    assert page.evaluate("window.pwned") is None
    assert page.locator("img").count() == 0
    assert "onerror=window.pwned=1" in page.locator(".text").first.inner_text()


def test_the_policy_stops_what_escaping_would_let_through(chromium: Browser, war: Report, tmp_path: Path) -> None:
    broken = html.render(war).replace("</body>", "<script>window.pwned=1</script><img src=x onerror=pwned=1></body>")
    (tmp_path / "broken.html").write_text(broken, encoding="utf-8")
    page = chromium.new_page()
    page.goto((tmp_path / "broken.html").as_uri())
    assert page.locator("form").is_visible(), "the page's own script runs"
    assert page.evaluate("window.pwned") is None
    page.close()


def serious(page: Page) -> list[str]:
    """The violations that axe-core calls serious or critical."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    found = axe.Axe().run(page).response
    assert len(found["passes"]) > 20, "axe-core did its work"
    return [
        f"{v['id']}: {v['help']}: {[node['html'] for node in v['nodes']][:3]}"
        for v in found["violations"]
        if v["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("device", ["wide", "phone"])
def test_axe_finds_no_serious_violation(open_page: Open, long_report: Report, scheme: str, device: str) -> None:
    page = open_page(long_report, color_scheme=scheme, **(PHONE if device == "phone" else WIDE))
    assert serious(page) == []


def test_axe_finds_no_serious_violation_in_odd_reports(open_page: Open, war: Report, hostile: Report) -> None:
    for report in (war, hostile):
        assert serious(open_page(report)) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_violation_while_lit_and_filtered(open_page: Open, war: Report, scheme: str) -> None:
    page = open_page(war, color_scheme=scheme)
    page.get_by_label("Speaker", exact=True).select_option("Taras Horbenko")
    page.get_by_text("We need the air defence now").click()
    assert page.locator(".lit-con").count() == 1
    assert page.locator(".dim").count() > 10
    assert serious(page) == []
    page.locator(".card").nth(1).hover()
    assert serious(page) == []
