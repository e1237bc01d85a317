// Opens the print dialog; without this the browser's own menu does.
for (const button of document.querySelectorAll("[data-kotaku-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
