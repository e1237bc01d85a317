// Shows while typing how an area will be read. The server decides; this is only a preview.
const NUMBER = new Intl.NumberFormat("id-ID", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const hundredths = (shown) => Math.round(Number(shown.replaceAll(".", "").replace(",", ".")) * 100);
const hectares = (count) => `${NUMBER.format(count / 100)} Ha`;

// The same rules as kotaku/formats.py: tests/kotaku/typed_numbers.json holds the cases of both.
function read(text) {
  const typed = text.normalize("NFC").replace(/\p{Cf}/gu, "").trim().replace(/\s+/g, " ");
  const parts = typed.match(/^([\d., ]+?) ?([^\d., ].*)?$/u);
  if (!parts) return null;
  if (!/^(ha|hektare?)?[. ]*$/i.test(parts[2] ?? "")) return { problem: "Tulis luas dalam hektare, misalnya 12,50." };
  let number = parts[1].replace(/ ?([.,]) ?/g, "$1");
  if (/^[1-9]\d{0,2}( \d{3})+([.,]\d+)?$/.test(number)) number = number.replaceAll(" ", "");
  if (/^[1-9]\d{0,2}\.\d{3}$/.test(number)) return { problem: "Bisa berarti dua angka. Tulis dengan koma, misalnya 1,25." };
  let plain = null;
  if (/^[1-9]\d{0,2}(\.\d{3})+,\d{1,2}$/.test(number)) plain = number.replaceAll(".", "").replace(",", ".");
  else if (/^[1-9]\d{0,2}(,\d{3})+\.\d{1,2}$/.test(number)) plain = number.replaceAll(",", "");
  else if (/^[1-9]\d{0,2}(\.\d{3}){2,}$/.test(number)) plain = number.replaceAll(".", "");
  else if (/^(\d+|\d*[.,]\d{1,2})$/.test(number)) plain = number.replace(",", ".");
  const count = plain === null ? Infinity : Math.round(Number(plain) * 100);
  return count > 9999999999 ? null : { count };
}

for (const output of document.querySelectorAll("[data-kotaku-hectare-preview]")) {
  const input = document.getElementById(output.htmlFor);
  const previous = hundredths(output.dataset.previous);
  const baseline = hundredths(output.dataset.baseline);
  const say = () => {
    const result = read(input.value);
    output.classList.remove("reading--attention");
    output.textContent = "";
    if (!result) return;
    if (result.problem) {
      output.textContent = result.problem;
      output.classList.add("reading--attention");
      return;
    }
    const difference = result.count - previous;
    const change = difference === 0 ? "tetap seperti" : `${difference < 0 ? "berkurang" : "bertambah"} ${hectares(Math.abs(difference))} dari`;
    output.textContent = `= ${hectares(result.count)}, ${change} ${output.dataset.previousName}`;
    const grows = result.count > baseline || difference > 0;
    output.classList.toggle("reading--attention", grows);
    if (grows) output.textContent += " — periksa lagi angkanya";
  };
  input.addEventListener("input", say);
}
