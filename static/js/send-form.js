// Sends a form with photos over a weak line: shows the progress, keeps everything on this phone until the server has
// it, and offers to send again when the line breaks. Without this script the browser sends the form itself.
//
// `data-kotaku-send` is the address of the form's page; `data-kotaku-stored` says that the server has the files already.
import { open, show } from "./form-answer.js";
import { accountOf, forgetKept, forgetOld, keepPart, keptForm } from "./kept-files.js";
import { PhotoInput, sizeText } from "./photo-input.js";

// Milliseconds without any progress until the line counts as broken.
const PATIENCE = 60_000;
// The form whose answer comes next in this tab: its files return by themselves.
const CONTINUED = "kotaku-continued";
const DRAFT_SENT = "kotaku-draft:sent";
const NOT_KEPT = ["csrfmiddlewaretoken", "_owner", "_about", "_key"];

// Why a form is not sent.
const CUT = "Sambungan terputus, isian belum terkirim.";
const TOO_LARGE = "Foto dan berkasnya terlalu besar untuk dikirim sekaligus. Buang sebagian, lalu kirim lagi.";

// An answer that is no page of the site to show: too large, a server at rest, the page of a Wi-Fi network.
function refusalOf(request) {
  const number = request.getResponseHeader("X-Request-ID");
  if (request.status === 413) return TOO_LARGE;
  if (request.status >= 500 && number) return `Server sedang bermasalah (nomor laporan ${number}), isian belum terkirim.`;
  if (request.status >= 429) return "Server sedang sibuk, isian belum terkirim. Coba lagi sebentar lagi.";
  return number ? "" : CUT;
}

class SentForm {
  request = null;
  isKept = false;

  constructor(form) {
    this.form = form;
    this.account = accountOf(form.elements._owner.value);
    this.page = form.dataset.kotakuSend;
    this.inputs = [...form.querySelectorAll("input[type=file]")].map((input) => new PhotoInput(input, () => this.keep()));
    form.addEventListener("submit", (event) => this.submitted(event));
    form.addEventListener("input", ({ target }) => target.type !== "file" && this.hasFiles() && this.keepValues());
    addEventListener("pageshow", ({ persisted }) => persisted && this.rest());
    addEventListener("pagehide", () => this.request?.abort());
    this.begin().catch(() => {});
  }

  async begin() {
    const isContinued = sessionStorage.getItem(CONTINUED) === `${this.account} ${this.page}`;
    sessionStorage.removeItem(CONTINUED);
    if ("kotakuStored" in this.form.dataset) return this.forget();
    const kept = await keptForm(this.account, this.page);
    if (!kept?.files.length) return;
    // The server has refused these by their whole content.
    const isRefused = ({ field }) => this.form.elements[field]?.getAttribute("aria-invalid") === "true";
    if (isContinued) this.putBack(kept.files.filter((each) => !isRefused(each)));
    else this.offer(kept);
  }

  // Files that the server would refuse are not among them.
  hasFiles() {
    return this.inputs.some(({ accepted }) => accepted.length);
  }

  // Keeping

  async keep(action = "") {
    try {
      if (!this.hasFiles()) return await this.forget();
      const files = this.inputs.flatMap(({ input, accepted }) => accepted.map(({ file, takenOn }) => ({ field: input.name, file, takenOn })));
      await keepPart(this.account, this.page, "files", files);
      await this.keepValues(action);
      this.isKept = true;
    } catch {
      // No room, or a private window: the page itself still holds everything.
      this.isKept = false;
    }
  }

  keepValues(action = "") {
    const days = this.inputs.map(({ input }) => `${input.name}_taken`);
    const isKept = ([name, value]) => typeof value === "string" && !NOT_KEPT.includes(name) && !days.includes(name);
    return keepPart(this.account, this.page, "values", { action, fields: [...new FormData(this.form)].filter(isKept) }).catch(() => {});
  }

  forget() {
    return forgetKept(this.account, this.page).catch(() => {});
  }

  putBack(files) {
    for (const each of this.inputs) each.putBack(files.filter(({ field }) => field === each.input.name));
    document.querySelectorAll("[data-kotaku-again]").forEach((sentence) => sentence.remove());
    this.keep();
  }

  // Sending

  async submitted(event) {
    const hasChosen = this.inputs.some(({ items }) => items.length);
    if (event.defaultPrevented || (!hasChosen && !this.request)) return;
    event.preventDefault();
    if (this.form.inert) return;
    const { submitter } = event;
    const action = new URL((submitter?.hasAttribute("formaction") && submitter.formAction) || this.form.action || location.href).href;
    this.form.inert = true;
    this.say(this.inputs.some(({ isWaiting }) => isWaiting) ? "Foto sedang diperkecil…" : "Menyiapkan pengiriman…");
    await Promise.all(this.inputs.map(({ ready }) => ready));
    const isForFiles = !(submitter && "kotakuWithoutFiles" in submitter.dataset);
    const refusing = this.inputs.find(({ refused }) => refused.length);
    if (refusing && isForFiles) return this.refuse(refusing);
    const data = new FormData(this.form, submitter?.name ? submitter : undefined);
    // A button that removes a stored file needs no upload; the chosen files return with the next page.
    if (!isForFiles) for (const { input } of this.inputs) data.delete(input.name);
    await this.keep(action);
    this.send(action, data, submitter);
  }

  // Nothing is sent while a file is chosen that the server would refuse.
  refuse(input) {
    localStorage.removeItem(DRAFT_SENT);
    this.rest();
    input.sayRefused();
  }

  send(action, data, submitter) {
    const request = (this.request = new XMLHttpRequest());
    request.open("POST", action);
    request.setRequestHeader("X-Kotaku-Send", "1");
    let watch;
    const wait = () => {
      clearTimeout(watch);
      watch = setTimeout(() => request.abort(), PATIENCE);
    };
    const failed = (cause) => {
      clearTimeout(watch);
      this.failed(action, data, submitter, cause);
    };
    request.upload.onprogress = ({ loaded, total }) => {
      wait();
      this.progress(loaded, total);
    };
    request.onprogress = wait;
    request.onerror = () => failed(CUT);
    request.onabort = () => failed(CUT);
    request.onload = () => {
      const refusal = refusalOf(request);
      if (refusal) return failed(refusal);
      clearTimeout(watch);
      this.answered(request);
    };
    wait();
    this.progress(0, 0);
    request.send(data);
  }

  async answered(request) {
    if (request.getResponseHeader("X-Kotaku-Saved")) await this.forget();
    else sessionStorage.setItem(CONTINUED, `${this.account} ${this.page}`);
    const address = request.getResponseHeader("X-Kotaku-Location");
    if (address) open(address);
    else show(request.responseText, request.responseURL);
  }

  async failed(action, data, submitter, cause) {
    this.request = null;
    // Nothing is sent: what was typed must not be taken for saved.
    localStorage.removeItem(DRAFT_SENT);
    if (!navigator.onLine && (await this.wait(action, data, submitter))) return;
    this.rest();
    const safe = this.isKept ? "tersimpan di perangkat ini, juga bila halaman ini ditutup" : "masih ada di halaman ini; jangan tutup halamannya";
    const text = `${cause} Isian Anda dengan ${this.filesText()} ${safe}.`;
    const again = button("Kirim lagi", "button", () => (submitter ? submitter.click() : this.form.requestSubmit()));
    const later = button("Kirim sendiri bila sinyal kembali", "button button--quiet", () => this.wait(action, data, submitter));
    this.box = callout("alert", text, this.canWait(data, submitter) && cause !== TOO_LARGE ? [again, later] : [again]);
    this.form.after(this.box);
    again.focus();
  }

  // Forms with a place in the phone's queue (static/js/queue.js) can wait there for a line.
  canWait(data, submitter) {
    return Boolean(self.kotakuQueue && data.has("_about") && !submitter?.matches("[data-kotaku-online]"));
  }

  async wait(action, data, submitter) {
    if (!this.canWait(data, submitter)) return false;
    const { pathname, search } = new URL(action);
    try {
      await self.kotakuQueue.add(pathname + search, data);
      await self.kotakuQueue.later();
    } catch {
      return false;
    }
    await this.forget();
    location.assign("/antrean/#menunggu");
    return true;
  }

  filesText() {
    const all = this.inputs.flatMap(({ accepted }) => accepted);
    return countText(all.map(({ file }) => file));
  }

  // Showing

  say(text) {
    if (!this.bar) {
      this.box?.remove();
      this.box = document.createElement("div");
      this.box.className = "busy";
      this.bar = document.createElement("progress");
      this.bar.setAttribute("aria-label", "Pengiriman");
      this.words = document.createElement("span");
      this.spoken = document.createElement("span");
      this.spoken.className = "visually-hidden";
      this.spoken.setAttribute("role", "status");
      this.box.append(this.bar, this.words, this.spoken);
      this.form.after(this.box);
      this.box.scrollIntoView({ block: "nearest" });
    }
    this.words.textContent = text;
  }

  progress(loaded, total) {
    const percent = total ? Math.floor((loaded / total) * 100) : 0;
    if (total && loaded === total) {
      this.bar.removeAttribute("value");
      this.say("Sudah terkirim 100 %. Menunggu jawaban server…");
    } else {
      this.bar.max = 100;
      this.bar.value = percent;
      this.say(`Sedang dikirim: ${percent} %${total ? ` dari ${sizeText(total)}` : ""}. Jangan tutup halaman ini.`);
    }
    // Read aloud in quarters, not with each percent.
    const spoken = `Terkirim ${Math.floor(percent / 25) * 25} persen`;
    if (this.spoken.textContent !== spoken) this.spoken.textContent = spoken;
  }

  // The form as it was, ready for another try.
  rest() {
    this.form.inert = false;
    this.box?.remove();
    this.box = this.bar = null;
  }

  // What was kept before this page was opened

  offer({ at, files, values }) {
    document.querySelectorAll("[data-kotaku-draft]").forEach((box) => box.remove());
    const time = new Intl.DateTimeFormat("id-ID", { dateStyle: "long", timeStyle: "short" }).format(at);
    const text = `Isian ini belum terkirim, dengan ${countText(files.map(({ file }) => file))}. Semuanya tersimpan di perangkat ini sejak ${time}.`;
    const restore = () => {
      box.remove();
      fill(this.form, values?.fields ?? []);
      this.putBack(files);
    };
    const again = () => {
      restore();
      const press = [...this.form.querySelectorAll("button")].find((each) => each.type === "submit" && each.formAction === values.action && !each.tabIndex);
      if (press) press.click();
      else this.form.requestSubmit();
    };
    const drop = () => {
      box.remove();
      this.forget();
    };
    const buttons = [button("Pulihkan dulu", "button button--quiet", restore), button("Buang", "button button--quiet", drop)];
    if (values?.action) buttons.unshift(button("Kirim lagi", "button", again));
    const box = callout("status", text, buttons);
    this.form.before(box);
  }
}

function countText(files) {
  const photos = files.filter(({ type }) => type.startsWith("image/")).length;
  const others = files.length - photos;
  return [photos && `${photos} foto`, others && `${others} berkas`].filter(Boolean).join(" dan ");
}

// Fills a form with kept values. What this page does not ask is sent along unseen, as it was.
function fill(form, fields) {
  const values = Map.groupBy ? Map.groupBy(fields, ([name]) => name) : grouped(fields);
  for (const field of form.elements) {
    const isTick = field.type === "checkbox" || field.type === "radio";
    if (!field.name || field.type === "file" || (!values.has(field.name) && !isTick) || NOT_KEPT.includes(field.name)) continue;
    const kept = (values.get(field.name) ?? []).map(([, value]) => value);
    if (isTick) field.checked = kept.includes(field.value);
    else field.value = kept[0];
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  for (const [name, [[, value]]] of values) {
    if (form.elements[name]) continue;
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    form.append(field);
  }
}

function grouped(fields) {
  const values = new Map();
  for (const pair of fields) values.set(pair[0], [...(values.get(pair[0]) ?? []), pair]);
  return values;
}

function callout(role, text, buttons) {
  const box = document.createElement("div");
  box.className = "callout callout--amber";
  box.setAttribute("role", role);
  const words = document.createElement("p");
  words.textContent = text;
  box.append(words, ...buttons);
  return box;
}

function button(label, look, act) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = look;
  element.textContent = label;
  element.addEventListener("click", act);
  return element;
}

for (const form of document.querySelectorAll("[data-kotaku-send]")) new SentForm(form);
forgetOld().catch(() => {});
