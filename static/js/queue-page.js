// The page of the queue, and the offline page: what waits on this phone, to see, copy and delete.
const queue = self.kotakuQueue;
const list = document.querySelector("[data-kotaku-queue-list]");
const REASONS = {
  400: "Kiriman ini tidak sampai dengan utuh. Buka untuk memeriksanya, lalu kirim lagi.",
  409: "Data ini sudah berubah sejak Anda mengisinya. Buka untuk membandingkannya, lalu simpan lagi.",
  413: "Berkasnya terlalu besar. Salin isinya, lalu kirim lagi dari formulir dengan foto yang lebih kecil.",
  422: "Ada isian yang perlu diperbaiki. Buka untuk melihatnya.",
};
const REFUSED = "Server tidak menerimanya: halamannya tidak ada lagi, atau tidak terbuka untuk akun ini. Salin isinya bila perlu, lalu hapus.";

function make(tag, text, className = "") {
  const element = document.createElement(tag);
  element.textContent = text;
  element.className = className;
  return element;
}

function button(label, act, className = "button button--quiet") {
  const element = make("button", label, className);
  element.type = "button";
  element.addEventListener("click", () => act(element));
  return element;
}

function card(item) {
  const box = make("article", "", "card");
  const isStuck = item.state === "stuck";
  const state = isStuck ? REASONS[item.reason] ?? REFUSED : `Menunggu sinyal sejak ${queue.moment(item.at)}.`;
  const content = document.createElement("details");
  content.append(make("summary", "Lihat isinya"), make("pre", item.text, "kept-text"));
  const actions = make("div", "", "actions");
  if (isStuck) actions.append(button("Buka dan periksa", () => open(item, box), "button"));
  actions.append(button("Salin sebagai teks", (pressed) => copy(item, pressed, content)));
  actions.append(button("Hapus", () => ask(item, actions)));
  box.append(make(document.getElementById("antrean") ? "h3" : "h2", item.title), make("p", state, isStuck ? "callout callout--brick" : ""), content, actions);
  return box;
}

async function copy(item, pressed, content) {
  try {
    await navigator.clipboard.writeText(`${item.title}\n${item.text}`);
    pressed.textContent = "Tersalin";
  } catch {
    content.open = true;
    getSelection().selectAllChildren(content.querySelector("pre"));
  }
}

function ask(item, actions) {
  const before = [...actions.childNodes];
  const question = make("p", "Hapus dari ponsel ini? Yang belum terkirim hilang untuk selamanya.");
  const cancel = button("Jangan hapus", () => actions.replaceChildren(...before));
  actions.replaceChildren(
    question,
    button("Ya, hapus", async () => {
      await queue.remove(item.key);
      await draw();
    }, "button"),
    cancel,
  );
  cancel.focus();
}

// Sends the form as from its own page: the answer is the ordinary page, with what was typed.
async function open(item, box) {
  try {
    const now = await queue.connection();
    if (now.account !== item.account) {
      if (now.account) await queue.enter(now.account, now.name);
      return (await queue.mine()).length ? say("callout--amber", signIn(await queue.account())) : draw();
    }
    const form = document.createElement("form");
    form.method = "post";
    form.enctype = "multipart/form-data";
    form.action = item.path;
    form.hidden = true;
    const files = new Map();
    for (const [name, value] of [...item.fields, ["csrfmiddlewaretoken", now.token], ["_key", item.key]]) {
      if (typeof value === "string") form.append(field(name, value));
      else files.set(name, [...(files.get(name) ?? []), value]);
    }
    for (const [name, chosen] of files) {
      const carried = new DataTransfer();
      for (const file of chosen) carried.items.add(file);
      const input = field(name);
      input.files = carried.files;
      form.append(input);
    }
    document.body.append(form);
    sessionStorage.setItem(queue.OPENED, JSON.stringify({ key: item.key, page: item.page }));
    form.submit();
  } catch {
    box.append(make("p", "Belum ada sambungan. Coba lagi setelah sinyal kembali.", "callout callout--amber"));
  }
}

function field(name, value) {
  const input = document.createElement("input");
  input.type = value === undefined ? "file" : "hidden";
  input.multiple = value === undefined;
  input.name = name;
  if (value !== undefined) input.value = value;
  return input;
}

function signIn(account) {
  const text = make("p", `Untuk mengirimnya, masuk lagi dengan akun yang sama: ${account.name}. `);
  const link = make("a", "Masuk");
  link.href = list.dataset.login;
  text.append(link);
  return text;
}

let notice = null;
function say(tone, ...content) {
  notice = make("div", "", `callout ${tone}`);
  notice.setAttribute("role", "status");
  notice.append(...content);
  return draw();
}

async function send(pressed, patient = Boolean(pressed)) {
  if (pressed) {
    pressed.disabled = true;
    pressed.textContent = "Mengirim …";
  }
  try {
    const result = await queue.send(patient);
    if (result?.needs && (await queue.mine()).length) return say("callout--amber", signIn(await queue.account()));
    // What was sent is told through `listen`; nothing else waits for a line any more.
    if (result && !result.sent.length) notice = null;
    return draw();
  } catch (fault) {
    queue.later();
    const cause = fault instanceof queue.ServerFault ? "Server sedang tidak dapat menerima kiriman." : "Belum ada sambungan.";
    return pressed ? say("callout--amber", make("p", `${cause} Kiriman tetap menunggu di ponsel ini dan dicoba lagi.`)) : draw();
  }
}

function sentLine(item) {
  const line = make("p", `Terkirim: ${item.title}. ${item.said} `);
  const link = make("a", "Lihat");
  link.href = item.location;
  line.append(link);
  return line;
}

async function draw() {
  const items = await queue.mine();
  const waiting = items.filter((item) => item.state === "waiting").length;
  const content = notice ? [notice] : [];
  if (items.length) content.push(make("p", `${items.length} kiriman di ponsel ini.`));
  else content.push(make("p", "Tidak ada kiriman yang menunggu di ponsel ini.", "soft"));
  if (waiting) content.push(button("Kirim sekarang", send, "button"));
  list.replaceChildren(...content, ...items.map(card));
}

// Forms that this account has seen here before; the service worker shows them read-only.
async function drawSeen() {
  const section = document.querySelector("[data-kotaku-seen]");
  const account = await queue.account();
  if (!section || !account || !("caches" in self)) return;
  const cache = await caches.open(queue.SEEN);
  for (const request of (await cache.keys()).reverse()) {
    const { headers } = await cache.match(request);
    if (headers.get("X-Kotaku-Account") !== account.key) continue;
    const line = document.createElement("li");
    const link = make("a", decodeURIComponent(headers.get("X-Kotaku-Title")).split(" · ")[0]);
    link.href = request.url;
    line.append(link, ` — terlihat ${queue.moment(Number(headers.get("X-Kotaku-At")))}`);
    section.querySelector("ul").append(line);
    section.hidden = false;
  }
}

async function start() {
  await queue.ready;
  queue.listen(({ sent }) => (sent.length ? say("", ...sent.map(sentLine)) : draw()));
  // The page or the worker that sends already may have begun before the line carried anything.
  addEventListener("online", () => send(null, true));
  queue.keepTrying(() => send());
  await draw();
  await send();
}

drawSeen().catch(() => {});
if (location.pathname === "/antrean/") {
  // The offline page stands in for the queue's own: nothing is missing here.
  document.querySelector("h1").textContent = "Antrean di ponsel ini";
  document.querySelectorAll("[data-kotaku-elsewhere]").forEach((part) => part.remove());
  if (location.hash === "#menunggu") {
    const text = "Tersimpan di ponsel ini dan menunggu sinyal. Terkirim sendiri begitu sinyal kembali; sebelum itu Bappeda belum menerimanya.";
    say("callout--amber", make("p", text));
  }
}
start().catch(() => {
  const text = "Peramban ini tidak dapat menyimpan kiriman, misalnya karena jendelanya pribadi. Kirim setiap formulir ketika ada sinyal.";
  list.replaceChildren(make("p", text, "callout"));
});
