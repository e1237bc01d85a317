// Lists the chosen files with their size before they are sent over a slow connection.
const LIMIT = 5 * 1024 * 1024;
const SIZE = new Intl.NumberFormat("id-ID", { maximumFractionDigits: 1 });

for (const input of document.querySelectorAll("[data-kotaku-files]")) {
  const list = document.createElement("ul");
  list.className = "files";
  list.setAttribute("aria-live", "polite");
  input.after(list);
  input.addEventListener("change", () => {
    list.replaceChildren(
      ...[...input.files].map((file) => {
        const line = document.createElement("li");
        const tooLarge = file.size > LIMIT;
        line.textContent = `${file.name} (${SIZE.format(file.size / 1024 / 1024)} MB)`;
        if (tooLarge) line.textContent += " — lebih dari 5 MB, pilih foto yang lebih kecil";
        line.classList.toggle("files__refused", tooLarge);
        return line;
      }),
    );
  });
}
