// Goes on reading a large file, batch after batch, and shows how much of it is read.
const PAUSE = 200;
const WAIT = 5000;
const form = document.querySelector("[data-kotaku-go-on]");
const shown = () => document.querySelector("[data-kotaku-reading]");

function say(words) {
  shown().querySelector("[data-kotaku-reading-status]").textContent = words;
}

function stop(words) {
  say(words);
  form.hidden = false;
}

async function goOn() {
  let answer;
  try {
    answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
  } catch {
    say("Sambungan terputus; dicoba lagi sebentar lagi.");
    setTimeout(goOn, WAIT);
    return;
  }
  if (!answer.ok) {
    stop("Pembacaan terhenti. Tekan Teruskan membaca untuk mencoba lagi.");
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-kotaku-reading]");
  if (!fresh) {
    location.reload();
    return;
  }
  shown().replaceWith(fresh);
  document.title = page.title;
  say("Sedang dibaca, terus sendiri sampai selesai.");
  setTimeout(goOn, PAUSE);
}

form.hidden = true;
say("Sedang dibaca, terus sendiri sampai selesai.");
goOn();
