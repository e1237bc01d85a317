"""What takes time on a phone, through Chromium's own throttling.

The first page load at 1,6 Mbit/s and 150 ms; a figure with a photo at 400 kbit/s and 300 ms.
"""

import io
import time

from PIL import Image

from tests.harness import CHROMIUM_NAMES, find_chromium

BITS_PER_SECOND, LATENCY_MS = 1_600_000, 150
WEAK_BITS_PER_SECOND, WEAK_LATENCY_MS = 400_000, 300
VIEWPORT = {"width": 360, "height": 740}
LOADS, PHOTOS = 5, 3
NO_CHROMIUM = "Phone left out: no Chromium found (Debian: apt install chromium)."


def first_load(port: int) -> list[str]:
    """Return lines about how long until the chart is seen, and how many bytes came."""
    browser_path = find_chromium(*CHROMIUM_NAMES)
    if not browser_path:
        return [NO_CHROMIUM]
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        loads = sorted(_load(browser, f"http://127.0.0.1:{port}/") for _ in range(LOADS))
        browser.close()
    seen_ms, transferred, requests = loads[LOADS // 2]
    weight = f"{transferred / 1000:.1f} kB in {requests} requests (aim: 1500 ms, 60 kB)"
    return [f"Phone, first load of / (median of {LOADS}): chart after {seen_ms:.0f} ms, {weight}"]


def photo_sent(port: int, officer: dict, year: int) -> list[str]:
    """Return a line about how long a figure with a photo of 12 megapixels takes to be saved."""
    browser_path = find_chromium(*CHROMIUM_NAMES)
    if not browser_path:
        return [NO_CHROMIUM]
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        address = f"http://127.0.0.1:{port}/isian/{year}/?desa={officer['code']}"
        times = sorted(_send(browser, address, officer["cookie"], each) for each in range(PHOTOS))
        browser.close()
    seconds, kilobytes = times[PHOTOS // 2]
    sent = f"saved after {seconds:.1f} s, {kilobytes:.0f} kB sent (aim: 10 s, 400 kB)"
    return [f"Phone, photo at 400 kbit/s and 300 ms (median of {PHOTOS}): {sent}"]


def _send(browser, address, cookie, number):
    """Choose a photo and save at once; return seconds until the page says so, and kB sent."""
    context = browser.new_context(viewport=VIEWPORT, device_scale_factor=2, is_mobile=True)
    name, value = cookie.split("=")
    context.add_cookies([{"name": name, "value": value, "url": address}])
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    session = context.new_cdp_session(page)
    _throttle(session, WEAK_BITS_PER_SECOND, WEAK_LATENCY_MS)
    sizes = []

    def note(request):
        if request.method == "POST":
            sizes.append(int(request.all_headers()["content-length"]))

    page.on("requestfinished", note)
    photo = {"name": f"{number}.jpg", "mimeType": "image/jpeg", "buffer": _photo(number)}
    page.locator("input[type=file]").set_input_files([photo])
    started = time.monotonic()
    page.locator("button", has_text="Simpan draf").last.click()
    page.locator("[data-kotaku-saved]").wait_for(timeout=120_000)
    seconds = time.monotonic() - started
    context.close()
    return seconds, max(sizes) / 1000


def _photo(number: int) -> bytes:
    """Return a JPEG of 12 megapixels and about 4 MB, as grainy as those of a cheap phone."""
    grain = Image.effect_noise((2000, 1500), 20 + number).resize((4000, 3000))
    content = io.BytesIO()
    Image.merge("RGB", [grain] * 3).save(content, "JPEG", quality=90)
    return content.getvalue()


def _throttle(session, bits_per_second, latency_ms):
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": latency_ms,
            "downloadThroughput": bits_per_second / 8,
            "uploadThroughput": bits_per_second / 8,
        },
    )


def _load(browser, address):
    context = browser.new_context(viewport=VIEWPORT, device_scale_factor=2, is_mobile=True)
    page = context.new_page()
    session = context.new_cdp_session(page)
    _throttle(session, BITS_PER_SECOND, LATENCY_MS)
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
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
