"""What is seen before Plotly's script has come: the chart's picture, in its place."""

from playwright.sync_api import Route, expect

from tests.journeys.conftest import OpenPage
from tests.journeys.server import Server


def test_a_chart_is_seen_before_its_script(server: Server, open_page: OpenPage) -> None:
    page = open_page(server, scheme="dark")
    waiting: list[Route] = []
    page.route("**/PlotlyChart.*.js", lambda route: waiting.append(route))
    with page.expect_request("**/PlotlyChart.*.js"):
        page.goto("/", wait_until="commit")
    picture = page.locator(".cap-paper img").first
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    before = picture.bounding_box()

    for route in waiting:
        route.continue_()

    chart = page.get_by_test_id("stPlotlyChart").first
    expect(chart.locator(".main-svg").first).to_be_visible()
    expect(picture).to_be_hidden()
    after = chart.bounding_box()
    assert before is not None
    assert after is not None
    assert (before["y"], before["height"]) == (after["y"], after["height"])


def test_the_text_is_read_before_the_script_runs(server: Server, open_page: OpenPage) -> None:
    """The library is busy for some 0.7 s; with it at hand, the texts of the page, filled in when the browser is idle, came after it."""
    page = open_page(server)
    page.add_init_script("""
        new MutationObserver(() => {
          if (document.querySelector(".cap-answer") && !("texts" in window)) window.texts = performance.now();
        }).observe(document, {childList: true, subtree: true});
        // The library is the longest task of a visit.
        new PerformanceObserver((list) => {
          for (const task of list.getEntries()) {
            if (!window.longest || task.duration > window.longest.duration) window.longest = task.toJSON();
          }
        }).observe({type: "longtask", buffered: true});
    """)
    page.goto("/", wait_until="commit")
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    page.wait_for_function("window.longest && window.texts")
    assert page.evaluate("window.texts <= window.longest.startTime")
