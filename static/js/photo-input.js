// Shrinks the photos chosen in a file input, lists what is chosen, and puts the day of each photo beside it.
// Without this script the browser sends the files as they are, and the server reads the day itself.
import { refusalOf } from "./file-refusal.js";
import { shrinkPhoto } from "./photo-shrink.js";

const MEGABYTES = new Intl.NumberFormat("id-ID", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const DAY = new Intl.DateTimeFormat("id-ID", { day: "numeric", month: "long", year: "numeric" });

const takesPhotos = (input) => input.accept.includes("image/");
const sameFile = (one, other) => one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;
// The same as in kotaku/files/thumbs.py.
export const sizeText = (bytes) =>
  bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000)).toLocaleString("id-ID")} kB` : `${MEGABYTES.format(bytes / 1024 / 1024)} MB`;

export class PhotoInput {
  // Each of `items` is { file, takenOn, original, refusal }: the file to send, its day, the file as it was chosen, and
  // why the server would refuse it ("" if nothing is known). Refused files are listed, but neither sent nor kept.
  items = [];
  ready = Promise.resolve();

  constructor(input, changed) {
    this.input = input;
    this.changed = changed;
    this.list = document.createElement("ul");
    this.list.className = "files";
    this.list.setAttribute("aria-live", "polite");
    input.after(this.list);
    this.alarm = document.createElement("p");
    this.alarm.className = "errorlist";
    this.alarm.setAttribute("role", "alert");
    input.addEventListener("change", () => this.choose([...input.files]));
    // Chosen before this script came, or brought back by the browser after a reload.
    if (input.files.length) this.choose([...input.files]);
  }

  get accepted() {
    return this.items.filter((item) => !this.refusal(item));
  }

  get refused() {
    return this.items.filter((item) => this.refusal(item));
  }

  get isWaiting() {
    return this.items.some((item) => item.isWaiting);
  }

  refusal(item) {
    const most = Number(this.input.dataset.kotakuMost ?? Infinity);
    const isOver = () => this.items.filter((each) => !each.refusal).indexOf(item) >= most;
    return item.refusal || (isOver() ? `Paling banyak ${this.input.dataset.kotakuMostText}. Buang yang tidak perlu.` : "");
  }

  // Adds to what is chosen where several files may be: a camera gives one photo at a time.
  choose(files) {
    if (!this.input.multiple) this.items = [];
    const fresh = files.filter((file) => !this.items.some((item) => sameFile(item.original, file) || sameFile(item.file, file)));
    const added = fresh.map((file) => ({ file, original: file, takenOn: "", refusal: "", isWaiting: takesPhotos(this.input) && file.type.startsWith("image/") }));
    this.items.push(...added);
    this.show();
    this.ready = this.ready.then(() => this.shrink(added)).then(() => this.judge(added));
    return this.ready;
  }

  // One after the other: a decoded photo of 12 megapixels takes 48 MB.
  async shrink(items) {
    for (const item of items.filter((each) => each.isWaiting)) {
      Object.assign(item, await shrinkPhoto(item.original), { isWaiting: false });
      this.show();
    }
  }

  async judge(items) {
    for (const item of items) item.refusal = await refusalOf(item.file, this.input.accept);
    this.show();
    this.changed();
  }

  // Takes over files that were kept, as they are.
  putBack(items) {
    const added = items
      .filter((item) => !this.items.some((each) => sameFile(each.file, item.file)))
      .map((item) => ({ ...item, original: item.file, refusal: "" }));
    this.items.push(...added);
    this.ready = this.ready.then(() => this.judge(added));
    this.show();
  }

  // Says beside the list why nothing was sent, and leads to the first refused file.
  sayRefused() {
    this.alarm.textContent = `Belum dikirim. Buang dahulu: ${this.refused.map(({ file }) => file.name).join(", ")}.`;
    this.list.before(this.alarm);
    this.list.querySelector(".files__refused button").focus();
  }

  drop(item) {
    this.items = this.items.filter((each) => each !== item);
    this.show();
    this.changed();
    this.input.focus();
  }

  show() {
    if (!this.refused.length) this.alarm.remove();
    const files = new DataTransfer();
    for (const { file } of this.accepted) files.items.add(file);
    this.input.files = files.files;
    this.list.replaceChildren(...this.items.map((item) => this.line(item)));
  }

  line(item) {
    const { file, original, takenOn, isWaiting } = item;
    const line = document.createElement("li");
    const text = document.createElement("span");
    const name = document.createElement("strong");
    const words = document.createElement("span");
    name.textContent = file.name;
    words.className = "soft";
    const refusal = this.refusal(item);
    const facts = [file.size < original.size ? `${sizeText(file.size)}, semula ${sizeText(original.size)}` : sizeText(file.size)];
    if (isWaiting) facts.push("sedang diperkecil…");
    if (takenOn) facts.push(`difoto ${DAY.format(new Date(`${takenOn}T12:00`))}`);
    words.textContent = `(${facts.join(", ")})`;
    text.append(name, " ", words);
    if (refusal) text.append(` ${refusal}`);
    line.classList.toggle("files__refused", Boolean(refusal));
    line.append(text, this.dropButton(item));
    if (!refusal) line.append(this.day(takenOn));
    return line;
  }

  dropButton(item) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "link";
    const name = document.createElement("span");
    name.className = "visually-hidden";
    name.textContent = ` ${item.file.name}`;
    button.append("Buang", name);
    button.addEventListener("click", () => this.drop(item));
    return button;
  }

  // The server takes these fields in the order of the files.
  day(takenOn) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = `${this.input.name}_taken`;
    field.value = takenOn;
    return field;
  }
}
