// Says what a typed volume scores, while it is typed. The server decides; this only previews.
const PERCENT = new Intl.NumberFormat("id-ID", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const BANDS = [[76, 5], [51, 3], [25, 1], [0, 0]];

function read(text) {
  const typed = text.trim().replace(/\s*[a-z]+\.?$/i, "");
  if (/^\d{1,3}\.\d{3}$/.test(typed)) return null;
  const plain = /,/.test(typed) ? typed.replaceAll(".", "").replace(",", ".") : typed;
  return /^\d+(\.\d{1,2})?$/.test(plain) ? Number(plain) : null;
}

for (const output of document.querySelectorAll("[data-kotaku-score]")) {
  const input = document.getElementById(output.htmlFor);
  const base = Number(output.dataset.kotakuScore);
  const say = () => {
    const volume = read(input.value);
    const isTooLarge = volume !== null && volume > base;
    output.classList.toggle("reading--attention", isTooLarge);
    if (volume === null) output.textContent = "";
    else if (isTooLarge) output.textContent = `Melebihi ${base.toLocaleString("id-ID")} ${output.dataset.kotakuUnit} — periksa lagi angkanya`;
    else {
      // In hundredths, as the rule rounds: binary fractions would put 24,995 on the wrong side.
      const hundredths = base === 0 ? 0 : Math.floor((2 * Math.round(volume * 100) * 10000 + Math.round(base * 100)) / (2 * Math.round(base * 100)));
      const percent = hundredths / 100;
      output.textContent = `${PERCENT.format(percent)} %, nilai ${BANDS.find(([lowest]) => percent >= lowest)[1]}`;
    }
  };
  input.addEventListener("input", say);
  if (input.value) say();
}
