// Offers a chart's SVG as a PNG too, drawn here in the browser at twice its size.
const SCALE = 2;

async function png(url) {
  const source = await fetch(url);
  if (!source.ok) throw new Error(String(source.status));
  // The server names the file, and whether it shows invented figures.
  const [, name] = /filename="(.+)\.svg"/.exec(source.headers.get("Content-Disposition"));
  const address = URL.createObjectURL(await source.blob());
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth * SCALE;
    canvas.height = image.naturalHeight * SCALE;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
    if (!blob) throw new Error("empty");
    return [`${name}.png`, blob];
  } finally {
    URL.revokeObjectURL(address);
  }
}

for (const link of document.querySelectorAll("[data-kotaku-png]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "action";
  button.textContent = "Unduh gambar (PNG)";
  const name = document.createElement("span");
  name.className = "visually-hidden";
  name.textContent = ` ${link.dataset.kotakuPng}`;
  button.append(name);
  button.prepend(link.querySelector("svg")?.cloneNode(true) ?? "");
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const [file, blob] = await png(link.href);
      const address = URL.createObjectURL(blob);
      const save = document.createElement("a");
      save.href = address;
      save.download = file;
      save.click();
      setTimeout(() => URL.revokeObjectURL(address), 60000);
    } catch {
      button.textContent = "Gambar PNG gagal dibuat; unduh SVG";
    }
    button.disabled = false;
  });
  link.before(button);
}
