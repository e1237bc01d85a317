// Installs the service worker, marks forms for the queue, and sends what waits on this phone.
const queue = self.kotakuQueue;

if ("serviceWorker" in navigator) {
  addEventListener("load", () => navigator.serviceWorker.register("/service-worker.js").catch(() => {}));
}

const { kotakuAccount: account, kotakuName: name } = document.body.dataset;
let strip = null;
// What has been sent while this page is open.
let said = [];

function show(...content) {
  if (!strip) {
    strip = document.createElement("div");
    strip.className = "callout callout--amber";
    strip.setAttribute("role", "status");
    strip.dataset.kotakuStrip = "";
    document.querySelector("main").prepend(strip);
  }
  const text = document.createElement("p");
  text.append(...content);
  strip.replaceChildren(text);
}

function link(label, address) {
  const element = document.createElement("a");
  element.href = address;
  element.textContent = label;
  return element;
}

// What waits, said on every page but the queue's own.
async function tell() {
  const items = await queue.mine();
  const stuck = items.filter((item) => item.state === "stuck").length;
  const parts = [];
  for (const item of said) {
    parts.push(`Terkirim: ${item.title}. ${item.said} `, link("Lihat", item.location), document.createElement("br"));
  }
  const waiting = items.length - stuck;
  const isAway = !account && waiting > 0;
  if (isAway) parts.push(`${waiting} kiriman menunggu di ponsel ini. Masuk lagi sebagai ${(await queue.account()).name} supaya terkirim. `);
  else if (waiting) parts.push(`${waiting} kiriman menunggu sinyal di ponsel ini. `);
  if (stuck) parts.push(`${stuck} kiriman perlu Anda periksa. `);
  if (items.length) parts.push(link("Lihat antrean", "/antrean/"));
  if (parts.length) show(...parts);
  else if (strip) {
    strip.remove();
    strip = null;
  }
}

async function send(patient = false) {
  try {
    if (account) await queue.send(patient);
  } catch {
    queue.later();
  }
  await tell();
}

// The words beside each field that is shown, with what was typed or chosen.
function asText(form) {
  const lines = [];
  for (const field of form.elements) {
    const isChoice = field.type === "checkbox" || field.type === "radio";
    if (!field.name || !field.labels?.length || (isChoice && !field.checked)) continue;
    let value = field.value;
    if (field.files) value = [...field.files].map((file) => file.name).join(", ");
    else if (field.selectedOptions) value = [...field.selectedOptions].map((option) => option.text).join(", ");
    const label = field.labels[0].textContent.trim().replace(/\s+/g, " ");
    lines.push(isChoice ? label : `${label}: ${value}`);
  }
  return lines.join("\n");
}

function put(form, field, value) {
  let input = form.querySelector(`input[type=hidden][name=${field}]`);
  if (!input) {
    input = document.createElement("input");
    input.type = "hidden";
    input.name = field;
    form.append(input);
  }
  input.value = value;
}

// While capturing: before other scripts read the form and send it themselves.
function mark(event) {
  const form = event.target;
  if (!form.matches("[data-kotaku-queue]")) return;
  if (event.submitter?.matches("[data-kotaku-online]")) {
    form.querySelectorAll("input[name=_key], input[name=_about]").forEach((input) => input.remove());
    return;
  }
  const heading = document.querySelector("h1").textContent.trim().replace(/\s+/g, " ");
  const about = {
    account,
    page: form.dataset.kotakuQueue,
    title: [heading, event.submitter?.textContent.trim()].filter(Boolean).join(": "),
    text: asText(form),
    replaces: "kotakuReplaces" in form.dataset,
  };
  const opened = JSON.parse(sessionStorage.getItem(queue.OPENED));
  if (opened?.page === about.page && !opened.isSaved) about.opened = opened.key;
  put(form, "_key", queue.fresh());
  put(form, "_about", JSON.stringify(about));
}

// Browsers without a service worker: a page that knows it has no line keeps the form itself.
async function keep(event) {
  const form = event.target;
  if (event.defaultPrevented || navigator.onLine || navigator.serviceWorker?.controller) return;
  if (!form.matches("[data-kotaku-queue]") || event.submitter?.matches("[data-kotaku-online]")) return;
  event.preventDefault();
  const address = new URL(event.submitter?.hasAttribute("formaction") ? event.submitter.formAction : form.action);
  try {
    await queue.add(address.pathname + address.search, new FormData(form));
    form.inert = true;
    await tell();
    strip.scrollIntoView({ block: "center" });
  } catch {
    show("Tidak ada sambungan. Jangan tutup halaman ini; kirim lagi setelah sinyal kembali.");
  }
}

// A stuck form that was opened from the queue leaves it once its page says that it is saved; noted first, because the
// person may go on to another page meanwhile.
function noteSaved() {
  const opened = JSON.parse(sessionStorage.getItem(queue.OPENED));
  if (!opened || opened.isSaved) return;
  const isSaved = document.querySelector("[data-kotaku-saved]") && !document.querySelector("main [role=alert]");
  const isHere = [...document.forms].some((form) => form.dataset.kotakuQueue === opened.page);
  if (isSaved) sessionStorage.setItem(queue.OPENED, JSON.stringify({ ...opened, isSaved: true }));
  else if (!isHere) sessionStorage.removeItem(queue.OPENED);
}

async function settle() {
  const opened = JSON.parse(sessionStorage.getItem(queue.OPENED));
  if (!opened?.isSaved) return;
  await queue.remove(opened.key);
  sessionStorage.removeItem(queue.OPENED);
}

// On the queue's own page its script (static/js/queue-page.js) does this.
async function start() {
  await queue.ready;
  queue.listen(({ sent }) => {
    said = [...said, ...sent];
    tell();
  });
  // The page or the worker that sends already may have begun before the line carried anything.
  addEventListener("online", () => send(true));
  queue.keepTrying(() => send());
  await send();
}

if (queue) {
  if (account) {
    document.addEventListener("submit", mark, true);
    document.addEventListener("submit", keep);
  }
  document.addEventListener("submit", (event) => event.target.matches("[data-kotaku-sign-out]") && queue.leave().catch(() => {}));
  if (account) noteSaved();
  queue.ready = account ? queue.enter(account, name).then(settle) : Promise.resolve();
  const hasOwnList = document.querySelector("[data-kotaku-queue-list]");
  if (!hasOwnList) start().catch(() => {});
}
