// Why the server would refuse a file, so that it is not sent over a weak line first (see kotaku/files/uploads.py).
// The server judges the whole content; here its size and its first bytes decide, in the server's words.
const LIMIT = 5 * 1024 * 1024;
const HEIC_SENTENCE =
  "Foto ini berjenis HEIC dan tidak dapat dibuka di sini. Pilih foto JPG. Di iPhone: Pengaturan › Kamera › Format › " +
  "Paling Kompatibel, lalu foto ulang; atau kirim fotonya lewat WhatsApp dan simpan hasilnya sebagai JPG.";
const OFFICE = "application/vnd.openxmlformats-officedocument.";
const DOCX = `${OFFICE}wordprocessingml.document`;
const NAMES = {
  "image/jpeg": "JPG",
  "image/png": "PNG",
  "image/webp": "WebP",
  "application/pdf": "PDF",
  [DOCX]: "DOCX",
  [`${OFFICE}presentationml.presentation`]: "PPTX",
};
const BEGINNINGS = [
  ["application/pdf", /^%PDF-/],
  ["image/jpeg", /^\xff\xd8\xff/],
  ["image/png", /^\x89PNG/],
  ["image/webp", /^RIFF[^]{4}WEBP/],
  // An archive; only its content tells a Word file from a PowerPoint file.
  [DOCX, /^PK\x03\x04/],
];
const HEIC = /^[^]{4}ftyp(hei[cxms]|hevc|hevx|mif1|msf1)/;

async function beginning(file) {
  return String.fromCharCode(...new Uint8Array(await file.slice(0, 12).arrayBuffer()));
}

// "JPG, PNG, WebP atau PDF", of an input's `accept`.
function kindsText(accepted) {
  const names = accepted.map((type) => NAMES[type]);
  return `${names.slice(0, -1).join(", ")} atau ${names.at(-1)}`;
}

// Returns sentences about the file, "" where nothing speaks against it. `accept` is the input's.
export async function refusalOf(file, accept) {
  if (!file.size) return "Berkas kosong. Pilih berkas yang lain.";
  const accepted = accept.split(",");
  let text;
  try {
    text = await beginning(file);
  } catch {
    return "Berkas tidak dapat dibaca. Pilih lagi berkasnya.";
  }
  const [type] = BEGINNINGS.find(([, pattern]) => pattern.test(text)) ?? [""];
  if (HEIC.test(text)) return HEIC_SENTENCE;
  if (!accepted.includes(type)) return `Jenis berkas tidak diterima. Gunakan ${kindsText(accepted)}.`;
  return file.size > LIMIT ? "Berkas lebih dari 5 MB. Pilih foto yang lebih kecil." : "";
}
