// Shrinks a photo before it is sent over a weak line, and removes its metadata, the place above all.
import { readPhoto, withoutMetadata } from "./photo-metadata.js";

export const LONGEST = 1600;
// Bytes of one photo: 7 seconds at 400 kbit/s.
export const MOST = 350_000;
const QUALITIES = [0.82, 0.74, 0.66, 0.58, 0.5];
const SMALLER = 0.8;

// Returns { file, takenOn }: a JPEG of at most MOST bytes, or the picture itself without metadata if it is small
// already; takenOn is "2026-11-02" or "". A file that this browser cannot draw comes back unchanged.
export async function shrinkPhoto(file) {
  if (!file.type.startsWith("image/")) return { file, takenOn: "" };
  let takenOn = "";
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const read = readPhoto(bytes);
    takenOn = read.takenOn;
    const bitmap = await drawable(file, read.orientation);
    const isSmall = file.size <= MOST && Math.max(bitmap.width, bitmap.height) <= LONGEST;
    const plain = read.orientation === 1 ? withoutMetadata(bytes) : null;
    let content = isSmall && plain ? plain : await drawn(bitmap);
    if (plain && plain.size <= content.size) content = plain;
    bitmap.close();
    return { file: named(content, file), takenOn };
  } catch {
    // Not a picture, one that this browser does not know, or no memory left: the server judges the file itself.
    return { file, takenOn };
  }
}

function named(content, file) {
  const name = content.type === "image/jpeg" ? file.name.replace(/(\.(jpe?g|jfif|png|webp|hei[cf]))?$/i, (ending) => (/^\.jp/i.test(ending) ? ending : ".jpg")) : file.name;
  return new File([content], name, { type: content.type, lastModified: file.lastModified });
}

async function drawn(bitmap) {
  let scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
  for (;;) {
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    const context = canvas.getContext("2d", { alpha: false });
    context.imageSmoothingQuality = "high";
    context.fillStyle = "white";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    for (const quality of QUALITIES) {
      const content = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
      if (content.size <= MOST) return content;
    }
    scale *= SMALLER;
  }
}

// The decoded picture, upright. Older browsers ignore the orientation, so it is tried once with a picture of ours.
async function drawable(file, orientation) {
  const bitmap = await createImageBitmap(file);
  if (orientation === 1 || (await turnsByItself())) return bitmap;
  return turned(bitmap, orientation);
}

let turns;
function turnsByItself() {
  turns ??= (async () => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [16, 8];
    canvas.getContext("2d");
    const plain = await new Promise((done) => canvas.toBlob(done, "image/jpeg"));
    // EXIF that says nothing but "turn by 90 degrees".
    const exif = "ffe10022457869660000" + "4d4d002a00000008" + "0001" + "011200030000000100060000" + "00000000";
    const turn = Uint8Array.from(exif.match(/../g), (pair) => parseInt(pair, 16));
    const bitmap = await createImageBitmap(new Blob([plain.slice(0, 2), turn, plain.slice(2)], { type: "image/jpeg" }));
    return bitmap.width === 8;
  })();
  return turns;
}

function turned(bitmap, orientation) {
  const canvas = document.createElement("canvas");
  const { width, height } = bitmap;
  const isOnItsSide = orientation >= 5;
  [canvas.width, canvas.height] = isOnItsSide ? [height, width] : [width, height];
  const matrices = {
    2: [-1, 0, 0, 1, width, 0],
    3: [-1, 0, 0, -1, width, height],
    4: [1, 0, 0, -1, 0, height],
    5: [0, 1, 1, 0, 0, 0],
    6: [0, 1, -1, 0, height, 0],
    7: [0, -1, -1, 0, height, width],
    8: [0, -1, 1, 0, 0, width],
  };
  const context = canvas.getContext("2d");
  context.setTransform(...(matrices[orientation] ?? [1, 0, 0, 1, 0, 0]));
  context.drawImage(bitmap, 0, 0);
  canvas.close = () => {};
  return canvas;
}
