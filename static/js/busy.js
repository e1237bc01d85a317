// Shows that a form is being sent, and ignores further clicks on its buttons.
for (const form of document.querySelectorAll("[data-kotaku-busy]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    const status = document.createElement("p");
    status.className = "busy";
    status.setAttribute("role", "status");
    status.append(document.createElement("progress"), form.dataset.kotakuBusy);
    form.append(status);
    status.scrollIntoView({ block: "nearest" });
  });
}
// The back button brings the page as it was left: ready for another try.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("[data-sent]")) {
    delete form.dataset.sent;
    form.querySelector(".busy")?.remove();
  }
});
