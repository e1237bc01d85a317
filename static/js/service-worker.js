// Pages always come from the network. Without it: an offline page, and the officer's own forms as
// last seen, read-only and with their time. No other page is ever kept, so no figure is stale.
// /service-worker.js sets SITE and loads static/js/queue.js before this script.
const OFFLINE = `kotaku-offline-${SITE.release}`;
const queue = self.kotakuQueue;
const MOST_SEEN = 12;
const SEEN_FOR = 14 * 24 * 3600 * 1000;
const RENEWED_AFTER = 24 * 3600 * 1000;
const LEAVING = ["/akun/keluar/", "/admin/logout/"];
// What stands in front of the site says so while the site restarts or gets too many requests.
const BUSY = [429, 502, 503, 504];

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("sync", (event) => event.tag === "kotaku-queue" && event.waitUntil(queue.send()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (address.origin !== location.origin) return;
  if (request.mode === "navigate" && request.method === "GET") event.respondWith(page(event));
  else if (request.mode === "navigate" && request.method === "POST") event.respondWith(post(event, address));
  else if (request.method === "GET" && address.pathname.startsWith(SITE.static)) event.respondWith(file(request));
});

async function install() {
  const cache = await caches.open(OFFLINE);
  await keepOffline(cache);
  await cache.addAll(SITE.offline.files);
  await self.skipWaiting();
}

async function keepOffline(cache) {
  // Without cookies, so that it names no account.
  const response = await fetch(SITE.offline.page, { credentials: "omit" });
  if (!response.ok) throw new Error(`status ${response.status}`);
  await cache.put(SITE.offline.page, response);
}

// Once a day: the contact on it may have changed.
async function renewOffline() {
  const cache = await caches.open(OFFLINE);
  const kept = await cache.match(SITE.offline.page);
  if (!(Date.now() - Date.parse(kept?.headers.get("Date")) < RENEWED_AFTER)) await keepOffline(cache);
}

async function activate() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("kotaku-offline-") && name !== OFFLINE).map((name) => caches.delete(name)));
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
}

async function file(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match(request);
    if (kept) return kept;
    throw error;
  }
}

async function page(event) {
  try {
    const response = (await event.preloadResponse) || (await fetch(event.request));
    event.waitUntil(renewOffline().catch(() => {}));
    const account = response.headers.get("X-Kotaku-Seen");
    if (account && response.ok) event.waitUntil(keepSeen(event.request.url, account, response.clone()));
    return response;
  } catch {
    return (await seen(event.request.url).catch(() => null)) ?? offline();
  }
}

// A form that does not arrive waits in the queue; its key is in it already.
async function post(event, address) {
  const copy = event.request.clone();
  if (LEAVING.includes(address.pathname)) await queue.leave().catch(() => {});
  let response = null;
  try {
    response = await fetch(event.request);
    if (!BUSY.includes(response.status) || response.headers.has("X-Request-ID")) return response;
  } catch (error) {
    // The person has pressed another button or left: this one is not to be sent.
    if (error.name === "AbortError") return Response.error();
  }
  try {
    await queue.add(address.pathname + address.search, await copy.formData());
  } catch {
    return response ?? offline("unsent");
  }
  await queue.later();
  return Response.redirect("/antrean/#menunggu", 303);
}

async function offline(unsent) {
  const kept = await caches.match(SITE.offline.page, { cacheName: OFFLINE });
  if (!kept || !unsent) return kept ?? Response.error();
  const text = (await kept.text()).replace("data-kotaku-unsent hidden", "data-kotaku-unsent");
  return new Response(text, { headers: kept.headers });
}

async function keepSeen(address, account, response) {
  const text = await response.text();
  const headers = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": response.headers.get("Content-Security-Policy"),
    "X-Kotaku-Account": account,
    "X-Kotaku-At": String(Date.now()),
    "X-Kotaku-Title": encodeURIComponent(text.match(/<title>([^<]*)<\/title>/)?.[1].trim() ?? ""),
  };
  const cache = await caches.open(queue.SEEN);
  // Deleted first, so that it becomes the newest.
  await cache.delete(address);
  await cache.put(address, new Response(text, { headers }));
  const known = await cache.keys();
  for (const old of known.slice(0, Math.max(0, known.length - MOST_SEEN))) await cache.delete(old);
}

async function seen(address) {
  const kept = await caches.match(address, { cacheName: queue.SEEN });
  const account = await queue.account();
  const at = Number(kept?.headers.get("X-Kotaku-At"));
  if (!kept || kept.headers.get("X-Kotaku-Account") !== account?.key || Date.now() - at > SEEN_FOR) return null;
  return new Response(readOnly(await kept.text(), at), { headers: kept.headers });
}

function readOnly(text, at) {
  const notice = `<div class="callout callout--amber" role="status"><p class="callout__title">Tidak ada sambungan: halaman ini hanya dapat dibaca</p>
<p>Terlihat ${queue.moment(at)}; belum tentu yang terbaru.</p><p><a class="button button--quiet" href="">Coba lagi</a></p></div>`;
  return text
    .replace(/<script\b[^>]*src="(?![^"]*\/(?:queue|phone)\b)[^>]*><\/script>/g, "")
    .replace(/(name="csrfmiddlewaretoken" value=")[^"]*/g, "$1")
    .replace(/<(input|select|textarea|button)\b([^>]*)/g, (tag, name, rest) => {
      const isText = name === "textarea" || (name === "input" && !/type="(?:hidden|checkbox|radio|file|submit)"/.test(rest));
      return `<${name} ${isText ? "readonly" : "disabled"}${rest}`;
    })
    .replace(/<main\b[^>]*>/, (main) => main + notice);
}
