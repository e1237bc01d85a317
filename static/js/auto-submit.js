// Applies a filter as soon as it is chosen; without this the button does it.
for (const form of document.querySelectorAll("[data-kotaku-auto-submit]")) {
  form.addEventListener("change", (event) => {
    if (event.target.matches("select")) form.requestSubmit();
  });
}
