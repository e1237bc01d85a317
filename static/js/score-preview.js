// Shows while typing the score of a volume. The server decides; this is only a preview.
const PERCENT = new Intl.NumberFormat("id-ID", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
// What may stand behind a number, and how many decimals are kept, by the criterion's unit.
const UNITS = { Ha: [/^(ha|hektare?)$/i, 12], m: [/^(m|meter)$/i, 2], unit: [/^unit$/i, 0], KK: [/^kk$/i, 0] };

// Whole numbers of 1e-12, because binary fractions would put 24,995 on the wrong side.
function scaled(plain) {
  const [whole, decimals = ""] = plain.split(".");
  return BigInt((whole || "0") + decimals.padEnd(12, "0"));
}

// The same rules as kotaku/formats.py: tests/kotaku/typed_numbers.json holds the cases of both.
function read(text, unit) {
  const [spelled, places] = UNITS[unit];
  const typed = text.normalize("NFC").replace(/\p{Cf}/gu, "").trim().replace(/\s+/g, " ");
  const parts = typed.match(/^([\d., ]+?) ?([^\d., ].*)?$/u);
  const written = parts?.[2]?.replace(/[. ]+$/, "");
  if (!parts || (written && !spelled.test(written))) return null;
  let number = parts[1].replace(/ ?([.,]) ?/g, "$1");
  if (/^[1-9]\d{0,2}( \d{3})+([.,]\d+)?$/.test(number)) number = number.replaceAll(" ", "");
  if (/^[1-9]\d{0,2}[.,]\d{3}$/.test(number)) return null;
  let plain = null;
  if (/^[1-9]\d{0,2}(\.\d{3})+,\d+$/.test(number)) plain = number.replaceAll(".", "").replace(",", ".");
  else if (/^[1-9]\d{0,2}(,\d{3})+\.\d+$/.test(number)) plain = number.replaceAll(",", "");
  else if (/^[1-9]\d{0,2}(\.\d{3}){2,}$/.test(number)) plain = number.replaceAll(".", "");
  else if (/^(\d+|\d*[.,]\d+)$/.test(number)) plain = number.replace(",", ".");
  const decimals = plain?.split(".")[1] ?? "";
  const tooMany = places === 0 ? /[1-9]/.test(decimals) || decimals.length > 12 : decimals.length > places;
  return plain === null || tooMany ? null : scaled(plain);
}

for (const output of document.querySelectorAll("[data-kotaku-score]")) {
  const input = document.getElementById(output.htmlFor);
  const unit = output.dataset.kotakuUnit;
  const base = scaled(output.dataset.kotakuScore);
  // "76:5 51:3 25:1": the score from a percentage on, the highest first.
  const bands = output.dataset.kotakuBands.split(" ").map((band) => band.split(":").map(Number));
  const shown = Number(output.dataset.kotakuScore).toLocaleString("id-ID", { maximumFractionDigits: 12 });
  const say = () => {
    const volume = read(input.value, unit);
    const isTooLarge = volume !== null && volume > base;
    output.classList.toggle("reading--attention", isTooLarge);
    if (volume === null) output.textContent = "";
    else if (isTooLarge) output.textContent = `Melebihi ${shown} ${unit} — periksa lagi angkanya`;
    else {
      // Hundredths of a percent, half up, as the rule rounds.
      const hundredths = base === 0n ? 0n : (2n * volume * 10000n + base) / (2n * base);
      const percent = Number(hundredths) / 100;
      output.textContent = `${PERCENT.format(percent)} %, nilai ${bands.find(([lowest]) => percent >= lowest)?.[1] ?? 0}`;
    }
  };
  input.addEventListener("input", say);
  // Beside a mistake stands its sentence already.
  if (input.value && !input.closest(".field--error")) say();
}
