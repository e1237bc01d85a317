// At sign-out: says first what is not sent yet, then deletes this account's forms and photos from the phone.
// What another account keeps here stays, unseen.
import { accountOf, forgetKept, keptForms } from "./kept-files.js";

// Milliseconds after which signing out does not wait any longer.
const PATIENCE = 2000;

async function tell(form, account) {
  const forms = [...(await keptForms(account))].filter(([, { files }]) => files.length);
  if (!forms.length) return;
  const box = document.createElement("div");
  box.className = "callout callout--amber";
  const text = document.createElement("p");
  text.textContent = "Di perangkat ini ada isian dengan foto yang belum terkirim. Bila Anda keluar, isian dan foto itu dihapus dari perangkat ini.";
  const list = document.createElement("ul");
  for (const [page, { files }] of forms) {
    const line = document.createElement("li");
    const link = document.createElement("a");
    link.href = page;
    link.textContent = `Buka isian dengan ${files.map(({ file }) => file.name).join(", ")}`;
    line.append(link);
    list.append(line);
  }
  box.append(text, list);
  form.before(box);
}

for (const form of document.querySelectorAll("[data-kotaku-sign-out]")) {
  const account = accountOf(form.dataset.kotakuSignOut);
  tell(form, account).catch(() => {});
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const patience = new Promise((done) => setTimeout(done, PATIENCE));
    await Promise.race([forgetKept(account).catch(() => {}), patience]);
    form.submit();
  });
}
