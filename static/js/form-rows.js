// Adds, moves and removes rows at once; without this the same buttons do it through the server.
const form = document.querySelector("[data-kotaku-row-form]");

function renumber(list) {
  const prefix = list.dataset.kotakuRows;
  const rows = list.querySelectorAll(":scope > [data-kotaku-row]");
  rows.forEach((row, index) => {
    const own = new RegExp(`\\b${prefix}-(\\d+|__prefix__)-`, "g");
    for (const node of row.querySelectorAll("[name], [id], [for], [aria-describedby]")) {
      for (const attribute of ["name", "id", "for", "aria-describedby"]) {
        const value = node.getAttribute(attribute);
        if (value) node.setAttribute(attribute, value.replace(own, `${prefix}-${index}-`));
      }
    }
    for (const button of row.querySelectorAll("[data-kotaku-do]")) button.value = `${prefix}-${button.dataset.kotakuDo}-${index}`;
    for (const number of row.querySelectorAll("[data-kotaku-number]")) number.textContent = index + 1;
  });
  form.elements[`${prefix}-TOTAL_FORMS`].value = rows.length;
}

function firstField(row) {
  return row.querySelector("input:not([type=hidden])");
}

function remove(list, row) {
  const prefix = list.dataset.kotakuRows;
  const stored = row.querySelector(`input[name$="-pk"]`).value;
  if (stored) {
    const note = document.createElement("input");
    note.type = "hidden";
    note.name = `${prefix}-removed`;
    note.value = list.dataset.kotakuLetter + stored;
    form.append(note);
  }
  const next = row.nextElementSibling?.matches("[data-kotaku-row]") ? row.nextElementSibling : row.previousElementSibling;
  row.remove();
  (next ? firstField(next) : form.querySelector(`[data-kotaku-add="${prefix}"]`)).focus();
}

form?.addEventListener("click", (event) => {
  const button = event.target.closest("[data-kotaku-do], [data-kotaku-add]");
  if (!button) return;
  event.preventDefault();
  if (button.dataset.kotakuAdd) {
    const list = form.querySelector(`[data-kotaku-rows="${button.dataset.kotakuAdd}"]`);
    const blank = list.querySelector("template");
    blank.before(blank.content.cloneNode(true));
    renumber(list);
    firstField(blank.previousElementSibling).focus();
    return;
  }
  const row = button.closest("[data-kotaku-row]");
  const list = row.parentElement;
  const action = button.dataset.kotakuDo;
  if (action === "hapus") remove(list, row);
  if (action === "naik" && row.previousElementSibling) row.previousElementSibling.before(row);
  if (action === "turun" && row.nextElementSibling.matches("[data-kotaku-row]")) row.nextElementSibling.after(row);
  renumber(list);
  if (action !== "hapus") button.focus();
});

// After a row button without JavaScript's help, or after picking participants: go on where it happened.
const goOn = document.querySelector("[data-kotaku-focus-field]");
if (goOn) document.getElementById(goOn.dataset.kotakuFocusField)?.focus();
