// Leaves of a long list only the rows that contain what is typed, and the ticked ones unless the field says that they
// are sought too. Rows are those that say so (data-kotaku-filter-row), else those with a box. Without this script the
// whole list is there, or the button beside the field filters it on the server.
const LONG = 20;

function rowsOf(list) {
  const rows = [...list.querySelectorAll("[data-kotaku-filter-row]")];
  if (rows.length) return rows;
  const boxes = [...list.querySelectorAll("input[type=checkbox]")];
  return boxes.map((box) => box.closest("li, .choices > div > div") ?? box.closest("label"));
}

function filter(list, input, none) {
  const sought = input.value.trim().toLowerCase();
  const keepsTicked = input.dataset.kotakuFilterTicked === undefined;
  let found = 0;
  for (const row of rowsOf(list)) {
    const stays = keepsTicked && row.querySelector("input[type=checkbox]:checked");
    row.hidden = !stays && !row.textContent.toLowerCase().includes(sought);
    found += !row.hidden;
    const folded = row.closest("details");
    if (sought && folded && !row.hidden) folded.open = true;
  }
  for (const group of list.querySelectorAll("fieldset")) group.hidden = !group.querySelector("li:not([hidden])");
  none.textContent = found ? "" : "Tidak ada yang cocok.";
}

function bind(input, list) {
  const none = document.createElement("p");
  none.className = "note";
  none.role = "status";
  // Before it: the style of the list depends on its place.
  list.before(none);
  input.closest("label")?.removeAttribute("hidden");
  input.addEventListener("input", () => filter(list, input, none));
  // Enter would send the whole form.
  input.addEventListener("keydown", (event) => event.key === "Enter" && !input.name && event.preventDefault());
}

for (const input of document.querySelectorAll("[data-kotaku-filter]")) {
  bind(input, document.getElementById(input.dataset.kotakuFilter));
}
for (const list of document.querySelectorAll(".choices > div:last-child")) {
  if (list.querySelectorAll("input[type=checkbox]").length <= LONG) continue;
  const field = document.createElement("label");
  const input = document.createElement("input");
  field.className = "list-filter";
  input.type = "search";
  field.append("Cari dalam daftar", input);
  list.before(field);
  bind(input, list);
}
