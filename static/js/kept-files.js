// Keeps what a form holds, photos included, in this browser until it is sent: by account and form.
// An account's key never opens what belongs to another account (see `accountOf`).
const NAME = "kotaku";
const STORE = "unsent-forms";
// Days after which a form that was never sent is deleted.
const LONGEST_KEPT = 60;

// The account in a signed note of the server ("MQ:1sTq…:…"): its first part stays the same, the rest changes.
export const accountOf = (note) => (note ?? "").split(":")[0];

let opened = null;
function database() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: ["account", "form", "part"] });
    request.onsuccess = () => {
      // Another page of this site, newer than this one, wants to change the stores.
      request.result.onversionchange = () => request.result.close() ?? (opened = null);
      request.result.onclose = () => (opened = null);
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("IndexedDB is blocked"));
  });
  opened.catch(() => (opened = null));
  return opened;
}

// Runs `work(store)` in one transaction; resolves with its request's result once all of it is on the disk.
async function stored(mode, work) {
  const base = await database();
  return new Promise((resolve, reject) => {
    const transaction = base.transaction(STORE, mode);
    const request = work(transaction.objectStore(STORE));
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onabort = () => reject(transaction.error);
  });
}

const rangeOf = (account, form) => (form === undefined ? IDBKeyRange.bound([account], [account, []]) : IDBKeyRange.bound([account, form], [account, form, []]));

// Keeps one part of a form: "files" ([{ field, file, takenOn }]) or "values" ({ version, fields, action … }).
// They are apart because typing changes the values often and the files never. Rejects where nothing can be kept.
export function keepPart(account, form, part, content) {
  return stored("readwrite", (store) => store.put({ account, form, part, content, at: Date.now() }));
}

// Returns { at, files, values } of one form, or null where nothing is kept.
export async function keptForm(account, form) {
  const rows = await stored("readonly", (store) => store.getAll(rangeOf(account, form)));
  return together(rows).get(form) ?? null;
}

// Returns form → { at, files, values } of everything this account keeps here.
export async function keptForms(account) {
  return together(await stored("readonly", (store) => store.getAll(rangeOf(account))));
}

function together(rows) {
  const forms = new Map();
  for (const { form, part, content, at } of rows) {
    const kept = forms.get(form) ?? { at: 0, files: [], values: null };
    kept[part] = content;
    kept.at = Math.max(kept.at, at);
    forms.set(form, kept);
  }
  return forms;
}

// Forgets one form of an account, or all of them.
export function forgetKept(account, form) {
  return stored("readwrite", (store) => void store.delete(rangeOf(account, form)));
}

// Deletes forms that were kept too long.
export function forgetOld(now = Date.now()) {
  return stored("readwrite", (store) => {
    store.openCursor().onsuccess = ({ target: { result: cursor } }) => {
      if (!cursor) return;
      if (cursor.value.at < now - LONGEST_KEPT * 86_400_000) cursor.delete();
      cursor.continue();
    };
  });
}
