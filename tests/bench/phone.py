"""The first page load on a phone: 1,6 Mbit/s, 150 ms, through Chromium's own throttling."""

from tests.harness import find_chromium

BYTES_PER_SECOND = 1_600_000 / 8
LATENCY_MS = 150
VIEWPORT = {"width": 360, "height": 740}
LOADS = 5


def first_load(port: int) -> list[str]:
    """Return lines about how long until the chart is seen, and how many bytes came."""
    browser_path = find_chromium()
    if not browser_path:
        return ["Phone left out: no Chromium found (Debian: apt install chromium)."]
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        loads = sorted(_load(browser, f"http://127.0.0.1:{port}/") for _ in range(LOADS))
        browser.close()
    seen_ms, transferred, requests = loads[LOADS // 2]
    weight = f"{transferred / 1000:.1f} kB in {requests} requests (aim: 1500 ms, 60 kB)"
    return [f"Phone, first load of / (median of {LOADS}): chart after {seen_ms:.0f} ms, {weight}"]


def _load(browser, address):
    context = browser.new_context(viewport=VIEWPORT, device_scale_factor=2, is_mobile=True)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": LATENCY_MS,
            "downloadThroughput": BYTES_PER_SECOND,
            "uploadThroughput": BYTES_PER_SECOND,
        },
    )
    received = []

    def note(event):
        received.append(event["encodedDataLength"])

    session.on("Network.loadingFinished", note)
    # Painted, not only parsed: the moment of the frame after the chart is laid out.
    page.add_init_script(
        """
        const look = () => {
          const chart = [...document.querySelectorAll("svg.progress-chart")]
            .find((each) => each.getBoundingClientRect().height > 0);
          const styled = document.styleSheets.length > 0;
          if (chart && styled) {
            requestAnimationFrame(() => setTimeout(() => { window.chartSeen = performance.now(); }));
          } else {
            requestAnimationFrame(look);
          }
        };
        requestAnimationFrame(look);
        """
    )
    page.goto(address, wait_until="networkidle")
    page.wait_for_function("window.chartSeen")
    seen = page.evaluate("window.chartSeen")
    context.close()
    return seen, sum(received), len(received)
