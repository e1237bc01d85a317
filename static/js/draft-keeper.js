// Keeps typed values on this device until they are saved, against a dead battery or a lost signal.
// Stored by page and user; deleted after a successful save and at sign-out.
const PREFIX = "kotaku-draft:";
const store = (() => {
  try {
    localStorage.setItem(`${PREFIX}test`, "1");
    localStorage.removeItem(`${PREFIX}test`);
    return localStorage;
  } catch {
    return null;
  }
})();
// The form sent last: deleted once a page says that it is saved, kept if the signal was lost.
const SENT = `${PREFIX}sent`;
const KEPT = "input[type=text], textarea";

function keep(form) {
  // The signed note changes with every page; its first part names the person.
  const key = `${PREFIX}${form.dataset.kotakuKeep.split(":")[0]}:${location.pathname.replace(/(pengajuan|pengembalian)\/$/, "")}${location.search}`;
  const fields = [...form.querySelectorAll(KEPT)];
  const version = form.elements.version.value;
  const typed = () => Object.fromEntries(fields.map((field) => [field.name, field.value]));
  const original = JSON.stringify(typed());
  const kept = JSON.parse(store.getItem(key) ?? "null");
  const hasErrors = document.querySelector(".summary, [role=alert]") !== null;
  if (kept && kept.version === version && JSON.stringify(kept.typed) !== original && !hasErrors) offer(form, key, kept, fields);
  else if (kept && kept.version !== version) store.removeItem(key);
  document.querySelector("[data-kotaku-discard]")?.addEventListener("submit", () => store.removeItem(key));
  form.addEventListener("submit", () => store.setItem(SENT, key));
  form.addEventListener("input", () => store.setItem(key, JSON.stringify({ version, typed: typed() })));
}

function offer(form, key, kept, fields) {
  const box = document.createElement("div");
  box.className = "callout callout--amber";
  box.setAttribute("role", "status");
  // send-form.js offers the photos as well, and then removes this box.
  box.dataset.kotakuDraft = "";
  const text = document.createElement("p");
  text.textContent = "Di perangkat ini ada isian yang belum tersimpan.";
  const restore = button("Pulihkan ketikan saya", () => {
    for (const field of fields) {
      if (field.name in kept.typed) field.value = kept.typed[field.name];
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    box.remove();
  });
  const drop = button("Buang", () => {
    store.removeItem(key);
    box.remove();
  });
  box.append(text, restore, drop);
  form.before(box);
}

function button(label, act) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "button button--quiet";
  element.textContent = label;
  element.addEventListener("click", act);
  return element;
}

if (store) {
  const sent = store.getItem(SENT);
  if (sent && document.querySelector("[data-kotaku-saved]")) {
    store.removeItem(sent);
    store.removeItem(SENT);
  }
  for (const form of document.querySelectorAll("[data-kotaku-keep]")) keep(form);
  for (const form of document.querySelectorAll("[data-kotaku-sign-out]")) {
    form.addEventListener("submit", () => {
      for (const key of Object.keys(store)) if (key.startsWith(PREFIX)) store.removeItem(key);
    });
  }
}
