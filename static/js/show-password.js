// Adds a checkbox that shows the typed passwords of a form.
for (const form of document.querySelectorAll("form")) {
  const passwords = form.querySelectorAll('input[type="password"]');
  if (!passwords.length) continue;
  const field = document.createElement("div");
  field.className = "field";
  field.innerHTML = '<label class="tick"><input type="checkbox"><span>Tampilkan kata sandi</span></label>';
  const box = field.querySelector("input");
  const show = (visible) => {
    for (const password of passwords) password.type = visible ? "text" : "password";
  };
  box.addEventListener("change", () => show(box.checked));
  // Browsers remember what was typed into plain fields.
  form.addEventListener("submit", () => show(false));
  const last = passwords[passwords.length - 1];
  (last.closest(".field") ?? last).after(field);
}
