// Names in the admin: for screen readers on what Django's scripts draw (search fields, choosers), and
// of its column on each cell of a list, which on a phone shows a row as a card.

const named = (control) => {
  const select = control.closest(".select2-container")?.previousElementSibling;
  const label = select && (document.querySelector(`label[for="${select.id}"]`) ?? select.closest("td"));
  return (label?.textContent ?? "").trim().replace(/:$/, "");
};

const name = () => {
  for (const icon of document.querySelectorAll("span[aria-label]:not([role])")) {
    icon.setAttribute("role", "img");
  }
  for (const control of document.querySelectorAll(".select2-selection, .select2-selection__rendered[role], .select2-search__field")) {
    const text = named(control);
    if (text && control.getAttribute("aria-label") !== text) {
      control.removeAttribute("aria-labelledby");
      control.setAttribute("aria-label", text);
    }
  }
};

new MutationObserver(name).observe(document.body, { childList: true, subtree: true });
name();

const list = document.querySelector("#result_list");
if (list) {
  const headings = [...list.tHead.rows[0].cells].map((cell) => cell.querySelector(".text")?.textContent.trim() ?? "");
  // As cards the browser would no longer call it a table.
  list.setAttribute("role", "table");
  for (const row of list.rows) {
    row.setAttribute("role", "row");
    [...row.cells].forEach((cell, place) => {
      const isHeading = cell.tagName === "TH";
      const isBelow = row.parentElement !== list.tHead;
      cell.setAttribute("role", isHeading ? (isBelow ? "rowheader" : "columnheader") : "cell");
      if (isBelow && !isHeading && headings[place]) cell.dataset.label = headings[place];
    });
  }
  for (const group of [list.tHead, ...list.tBodies]) group.setAttribute("role", "rowgroup");
  list.classList.add("is-labelled");
}
