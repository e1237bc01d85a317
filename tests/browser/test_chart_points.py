"""A chart's points say year, value and change when pointed at, tapped, or walked with the keys."""

from playwright.sync_api import expect


def test_points_answer_pointer_and_keys_without_a_shift(desktop, sample_site):
    page = desktop
    page.goto("/?periode=contoh-2016-2019")
    chart = page.locator(".chart--wide .progress-chart")
    tip = chart.locator(".chart-tip text")
    before = page.evaluate("document.body.scrollHeight")
    expect(tip).to_have_count(0)
    chart.locator(".chart-point").nth(1).hover()
    expect(tip.first).to_have_text("2017: 143,75 Ha")
    expect(tip.nth(1)).to_have_text("berkurang 44,20 Ha dari 2016")
    page.mouse.move(1, 1)
    expect(tip).to_have_count(0)
    chart.focus()
    expect(tip.first).to_have_text("2019: 76,65 Ha")
    page.keyboard.press("ArrowLeft")
    expect(tip.first).to_have_text("2018: 100,50 Ha")
    expect(page.locator(".chart--wide [role=status]").first).to_contain_text("berkurang 43,25 Ha")
    page.keyboard.press("Home")
    expect(tip.first).to_have_text("2016: 187,95 Ha")
    page.keyboard.press("Escape")
    expect(tip).to_have_count(0)
    assert page.evaluate("document.body.scrollHeight") == before


def test_a_tap_names_the_point_inside_the_drawing(phone, sample_site):
    page = phone
    page.goto("/?periode=contoh-2016-2019")
    chart = page.locator(".chart--narrow .progress-chart")
    chart.scroll_into_view_if_needed()
    chart.locator(".chart-point").nth(3).tap()
    expect(chart.locator(".chart-tip text").first).to_have_text("2019: 76,65 Ha")
    box, whole = chart.locator(".chart-tip__box").bounding_box(), chart.bounding_box()
    assert box["x"] >= whole["x"]
    assert box["x"] + box["width"] <= whole["x"] + whole["width"]
    assert page.evaluate("document.documentElement.scrollWidth") == 360
