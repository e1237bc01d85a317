// Adds the phone's own way of sharing, or else a button that copies the link.
function shared(box) {
  const content = { title: box.dataset.title, url: box.dataset.url };
  const button = box.querySelector("template").content.firstElementChild.cloneNode(true);
  const label = button.querySelector("[data-label]");
  const status = box.querySelector("[role=status]");
  if (navigator.share) {
    label.textContent = "Bagikan";
    button.addEventListener("click", async () => {
      try {
        await navigator.share(content);
      } catch (error) {
        // Closing the phone's own sheet is no fault.
        if (error.name !== "AbortError") status.textContent = "Gagal dibagikan; pakai WhatsApp di sebelahnya.";
      }
    });
  } else if (navigator.clipboard) {
    label.textContent = "Salin tautan";
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(content.url);
        status.textContent = "Tautan disalin.";
      } catch {
        status.textContent = `Salin tautan ini: ${content.url}`;
      }
    });
  } else return;
  box.prepend(button);
}

for (const box of document.querySelectorAll("[data-kotaku-share]")) shared(box);
