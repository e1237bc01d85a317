// Reads the day on which a photo was taken, and removes what the phone wrote into it: place, model, previews.
const APP1 = 0xe1;
const SCAN = 0xda;
const END = 0xd9;
const ORIENTATION = 0x0112;
const EXIF_PART = 0x8769;
const TAKEN = 0x9003;
// Of all that is not the picture itself: JFIF, the colour profile, Adobe's colour model.
const ICC = "ICC_PROFILE";

// The parts of a JPEG before its pixels, as { marker, from, to }; the last one is where the pixels begin.
function* parts(view) {
  let at = 2;
  while (at + 4 <= view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const to = at + 2 + view.getUint16(at + 2);
    yield { marker, from: at, to };
    if (marker === SCAN || marker === END) return;
    at = to;
  }
}

const viewOf = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const textAt = (bytes, from, length) => String.fromCharCode(...bytes.subarray(from, from + length));
const isJpeg = (bytes) => bytes[0] === 0xff && bytes[1] === 0xd8;

// Returns { orientation, takenOn } of a JPEG: 1 and "" where its EXIF does not say or is broken.
export function readPhoto(bytes, today = new Date()) {
  const found = { orientation: 1, takenOn: "" };
  if (!isJpeg(bytes)) return found;
  try {
    for (const { marker, from, to } of parts(viewOf(bytes))) {
      if (marker !== APP1 || textAt(bytes, from + 4, 6) !== "Exif\0\0") continue;
      const exif = entriesOf(bytes.subarray(from + 10, to));
      found.orientation = exif[ORIENTATION] ?? 1;
      found.takenOn = dayOf(exif[TAKEN] ?? "", today);
      break;
    }
  } catch (error) {
    // A DataView raises RangeError beyond its end: what was not read stays unknown.
    if (!(error instanceof RangeError)) throw error;
  }
  return found;
}

// Orientation and time of a TIFF block: only what is asked, also from the part that it points to.
function entriesOf(tiff) {
  const view = viewOf(tiff);
  const little = textAt(tiff, 0, 2) === "II";
  const found = {};
  const read = (start) => {
    for (let number = 0; number < view.getUint16(start, little); number += 1) {
      const entry = start + 2 + number * 12;
      const tag = view.getUint16(entry, little);
      const offset = () => view.getUint32(entry + 8, little);
      if (tag === ORIENTATION) found[tag] = view.getUint16(entry + 8, little);
      else if (tag === TAKEN) found[tag] = textAt(tiff, offset(), 19);
      else if (tag === EXIF_PART && start === first) read(offset());
    }
  };
  const first = view.getUint32(4, little);
  read(first);
  return found;
}

// "2026:11:02 14:03:22" becomes "2026-11-02"; a day that does not exist, of an unset clock or to come becomes "".
function dayOf(text, today) {
  const [, year, month, day] = /^(\d{4}):(\d\d):(\d\d)/.exec(text) ?? [];
  const date = new Date(year, month - 1, day);
  if (date.getMonth() !== month - 1 || date <= new Date(2000, 0, 1) || date > today) return "";
  return `${year}-${month}-${day}`;
}

// Returns a JPEG or PNG without metadata, its pixels untouched; null for other kinds.
// The orientation goes as well: a turned photo must be drawn anew instead.
export function withoutMetadata(bytes) {
  if (isJpeg(bytes)) return plainJpeg(bytes);
  return textAt(bytes, 1, 3) === "PNG" ? plainPng(bytes) : null;
}

function plainJpeg(bytes) {
  const kept = [bytes.subarray(0, 2)];
  for (const { marker, from, to } of parts(viewOf(bytes))) {
    if (marker === SCAN) {
      // Phones append a second picture or a film, with a place of its own.
      kept.push(bytes.subarray(from, endOfPixels(bytes, from)));
      return new Blob(kept, { type: "image/jpeg" });
    }
    const isNote = (marker > 0xe0 && marker <= 0xef && marker !== 0xee) || marker === 0xfe;
    if (!isNote || (marker === 0xe2 && textAt(bytes, from + 4, 11) === ICC)) kept.push(bytes.subarray(from, to));
  }
  return null;
}

function endOfPixels(bytes, from) {
  let at = from;
  while ((at = bytes.indexOf(0xff, at)) >= 0) {
    const marker = bytes[at + 1];
    if (marker === END) return at + 2;
    // Within pixels, 0xFF is followed by 0, by a restart mark (D0 to D7) or by another 0xFF.
    if (marker === 0xff) at += 1;
    else if (!marker || (marker >= 0xd0 && marker <= 0xd7)) at += 2;
    else at += 2 + (bytes[at + 2] << 8) + bytes[at + 3];
  }
  return bytes.length;
}

function plainPng(bytes) {
  const view = viewOf(bytes);
  const kept = [bytes.subarray(0, 8)];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const name = textAt(bytes, at + 4, 4);
    const to = at + 12 + view.getUint32(at);
    if (!["eXIf", "tEXt", "zTXt", "iTXt", "tIME"].includes(name)) kept.push(bytes.subarray(at, to));
    if (name === "IEND") return new Blob(kept, { type: "image/png" });
    at = to;
  }
  return null;
}
