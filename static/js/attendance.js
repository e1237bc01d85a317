// Saves each row of the attendance list as soon as it is ticked or changed; the form's button saves whatever is left.
const form = document.querySelector("[data-kotaku-attendance]");
const count = document.querySelector("[data-kotaku-head-count]");
const LONGEST = 20_000;
const turns = new WeakMap();

function say(row, text, isProblem = false) {
  const said = row.querySelector(".attendance__said");
  said.textContent = text;
  said.classList.toggle("attendance__said--problem", isProblem);
}

async function send(row) {
  const opened = row.querySelector("[name^=semula-]");
  const body = new FormData();
  body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  for (const field of row.querySelectorAll("[name]")) {
    if (field.type !== "checkbox" || field.checked) body.append(field.name, field.value);
  }
  say(row, "Menyimpan …");
  try {
    const response = await fetch(form.action, {
      method: "POST",
      body,
      credentials: "same-origin",
      redirect: "manual",
      headers: { Accept: "application/json" },
      signal: AbortSignal.timeout?.(LONGEST),
    });
    const answer = await response.json();
    if (answer.problem) return say(row, answer.problem, true);
    opened.value = answer.opened[opened.name.split("-")[1]];
    count.textContent = answer.head_count;
    say(row, "Tersimpan.");
  } catch {
    // No line, an ended session, or a page that is no answer of ours.
    say(row, "Belum tersimpan. Tekan “Simpan kehadiran” bila sinyal sudah kembali.", true);
  }
}

form.addEventListener("change", ({ target }) => {
  const row = target.closest(".attendance__row");
  // One after the other: a row's next values go with what the server has answered before.
  if (row) turns.set(row, (turns.get(row) ?? Promise.resolve()).then(() => send(row)));
});
