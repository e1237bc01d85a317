// Forms that wait on this phone for a line. Pages and the service worker share these functions.
// An item belongs to one account: { key, account, page, path, title, text, fields, at, state, reason }.
// Its key is stored by the server together with the result, so a repeat writes nothing twice.
self.kotakuQueue = (() => {
  const SEEN = "kotaku-seen";
  const LOCK = "kotaku-queue";
  // The stuck form that this tab has opened from the queue: { key, page, isSaved }.
  const OPENED = "kotaku-opened";
  // Responses that a repeat would get again: the person must look at the form.
  const REFUSED = [400, 403, 404, 405, 409, 410, 413, 422];
  // Milliseconds: until a line that carries nothing counts as broken, and between tries while a page is open.
  const PATIENCE = 60_000;
  const [SOON, LATE] = [20_000, 300_000];
  const channel = "BroadcastChannel" in self ? new BroadcastChannel(LOCK) : null;
  const listeners = [];

  // Tells this page and all others, and the worker: { sent: [what was sent just now] }.
  function announce(news) {
    channel?.postMessage(news);
    for (const listener of listeners) listener(news);
  }

  function listen(listener) {
    listeners.push(listener);
    channel?.addEventListener("message", ({ data }) => listener(data));
  }

  const answer = (request) =>
    new Promise((done, fail) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => fail(request.error);
    });

  let opened = null;
  function database() {
    opened ??= new Promise((done, fail) => {
      const request = indexedDB.open("kotaku-queue", 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore("items", { keyPath: "key" });
        request.result.createObjectStore("device");
      };
      request.onsuccess = () => {
        // Closed for a newer page of this site, or with everything that the browser has deleted: opened anew next time.
        request.result.onversionchange = () => request.result.close() ?? (opened = null);
        request.result.onclose = () => (opened = null);
        done(request.result);
      };
      request.onerror = () => fail(request.error);
    });
    opened.catch(() => (opened = null));
    return opened;
  }

  // The promise is kept only once the disk has the change, not when the request succeeds.
  async function write(store, act) {
    const transaction = (await database()).transaction(store, "readwrite");
    act(transaction.objectStore(store));
    await new Promise((done, fail) => {
      transaction.oncomplete = done;
      transaction.onabort = transaction.onerror = () => fail(transaction.error);
    });
    announce({ sent: [] });
  }

  async function read(store, act) {
    return answer(act((await database()).transaction(store).objectStore(store)));
  }

  // The account that this phone was last used with; null after signing out.
  const account = async () => (await read("device", (store) => store.get("account"))) ?? null;

  async function enter(key, name) {
    const before = await account();
    if (before?.key === key && before.name === name) return;
    if (before?.key !== key) await forgetSeen();
    await write("device", (store) => store.put({ key, name }, "account"));
  }

  async function leave() {
    await forgetSeen();
    await write("device", (store) => store.delete("account"));
  }

  const forgetSeen = async () => "caches" in self && caches.delete(SEEN).catch(() => {});

  // The forms of the present account, the oldest first. Others are neither shown nor sent.
  async function mine() {
    const now = await account();
    if (!now) return [];
    const all = await read("items", (store) => store.getAll());
    return all.filter((item) => item.account === now.key).sort((one, other) => one.at - other.at);
  }

  const fresh = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  };

  // Keep a form that could not be sent; `form` has _key and _about, which static/js/phone.js adds.
  async function add(path, form) {
    const about = JSON.parse(form.get("_about"));
    const dropped = ["csrfmiddlewaretoken", "_about", "_key", "_owner"];
    const fields = [...form.entries()].filter(
      ([name, value]) => !dropped.includes(name) && (typeof value === "string" || value.size),
    );
    const { account: owner, page, title, text } = about;
    const item = { key: form.get("_key"), account: owner, page, path, title, text, fields, at: Date.now(), state: "waiting" };
    const others = await mine();
    const older = about.replaces ? others.filter((each) => each.page === page && each.state === "waiting") : [];
    for (const each of older) for (const pair of each.fields) if (typeof pair[1] !== "string" && !has(item, pair)) item.fields.push(pair);
    await write("items", (store) => store.put(item));
    // A stuck form that was opened and mended: its page has shown everything of it.
    older.push(...others.filter((each) => each.key === about.opened));
    if (older.length) {
      // The form on the screen holds everything of the older one, unless that is being sent now.
      await alone(() => write("items", (store) => older.forEach((each) => store.delete(each.key))), true);
    }
    return item;
  }

  const has = (item, [name, file]) =>
    item.fields.some(([other, value]) => other === name && value.name === file.name && value.size === file.size);

  // Only one page or worker sends; without locks (old browsers) the server's keys suffice.
  const alone = (act, ifAvailable = false) =>
    navigator.locks ? navigator.locks.request(LOCK, { ifAvailable }, (lock) => (lock ? act() : null)) : act();

  const remove = (key) => alone(() => write("items", (store) => store.delete(key)));

  // Ends a request on a line that is there in name only. A photo of 350 kB gets 3 minutes more.
  const limit = (bytes = 0) => AbortSignal.timeout?.(PATIENCE + bytes / 2);

  // Which account is signed in, with a fresh token. Throws without a line.
  async function connection() {
    const response = await fetch("/akun/sambungan/", { cache: "no-store", credentials: "same-origin", redirect: "error", signal: limit() });
    if (!response.ok) throw new Error("no connection");
    return response.json();
  }

  // Sends the waiting forms of the account that is signed in. Returns { sent, needs }; `needs` is
  // "account" if another one or none is signed in. Throws without a line.
  // With `patient` it waits until another page or the worker has finished.
  const send = (patient = false) => alone(sendAll, !patient);

  async function sendAll() {
    const waiting = (await mine()).filter((item) => item.state === "waiting");
    if (!waiting.length) return null;
    const now = await connection();
    if (now.account !== waiting[0].account) {
      // Another account is at this phone now: what waits for the first is not even shown.
      if (now.account) await enter(now.account, now.name);
      return { sent: [], needs: "account" };
    }
    const sent = [];
    let fault = null;
    try {
      for (const item of waiting) {
        if (!(await read("items", (store) => store.getKey(item.key)))) continue;
        const result = await sendOne(item, now);
        if (result.needs) return { sent, needs: result.needs };
        if (result.done) sent.push({ title: item.title, ...result.done });
        // A fault of the server may lie in this form alone: the others are sent all the same.
        fault ??= result.fault;
      }
    } finally {
      if (sent.length) announce({ sent });
    }
    if (fault) throw fault;
    return { sent };
  }

  async function sendOne(item, now) {
    const body = new FormData();
    for (const [name, value] of item.fields) body.append(name, value);
    body.append("_key", item.key);
    body.append("csrfmiddlewaretoken", now.token);
    const bytes = item.fields.reduce((sum, [, value]) => sum + (value.size ?? value.length), 0);
    const response = await fetch(item.path, {
      method: "POST",
      body,
      credentials: "same-origin",
      redirect: "manual",
      headers: { Accept: "application/json", "X-Kotaku-Queue": item.account },
      signal: limit(bytes),
    });
    if (response.type === "opaqueredirect" || response.status === 401) return { needs: "account" };
    const isOurs = response.headers.has("X-Request-ID");
    // The server in front of ours refuses what is too large.
    if (isOurs ? REFUSED.includes(response.status) : response.status === 413) {
      await write("items", (store) => store.put({ ...item, state: "stuck", reason: response.status }));
      return {};
    }
    if (isOurs && response.status >= 500) return { fault: new ServerFault(response.status) };
    // Anything else passes, or is the page of a Wi-Fi network that wants to be paid.
    if (!isOurs || response.status !== 200) throw response.status >= 429 ? new ServerFault(response.status) : new Error(`status ${response.status}`);
    const done = await response.json();
    await write("items", (store) => store.delete(item.key));
    return { done };
  }

  // The line is there, but the server cannot take anything just now.
  class ServerFault extends Error {}

  // Calls `act` from time to time while something waits and the page is seen: a weak line comes back without the event
  // "online", and not every browser has background sync.
  function keepTrying(act) {
    let pause = SOON;
    let timer = null;
    const plan = () => {
      clearTimeout(timer);
      timer = setTimeout(run, pause);
      pause = Math.min(pause * 2, LATE);
    };
    async function run() {
      const waits = (await mine().catch(() => [])).some(({ state }) => state === "waiting");
      if (waits && !document.hidden) await act();
      plan();
    }
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) return;
      pause = SOON;
      run();
    });
    plan();
  }

  // When the line is back, the worker sends; browsers without this do it when a page is open.
  async function later() {
    try {
      const registration = await navigator.serviceWorker?.ready;
      await (registration ?? self.registration)?.sync?.register(LOCK);
    } catch {
      // Refused by the browser's settings.
    }
  }

  const moment = (at) => {
    const parts = { timeZone: "Asia/Jakarta" };
    const day = new Intl.DateTimeFormat("id-ID", { ...parts, day: "numeric", month: "long", year: "numeric" });
    const time = new Intl.DateTimeFormat("id-ID", { ...parts, hour: "2-digit", minute: "2-digit", hour12: false });
    return `${day.format(at)} ${time.format(at).replace(":", ".")}`;
  };

  return { SEEN, OPENED, ServerFault, listen, account, enter, leave, forgetSeen, mine, fresh, add, remove, connection, send, later, keepTrying, moment };
})();
