// Shows the server's answer to a form that a script has sent as if the browser had sent it.

// Opens an address that the server names instead of an answer, like a link: its page has the message.
export function open(address) {
  const { href } = new URL(address, location.href);
  const withoutMark = (text) => text.replace(/#.*$/, "");
  if (withoutMark(href) !== withoutMark(location.href)) return location.assign(href);
  // Only the mark differs: a link would not load the page anew.
  history.replaceState(null, "", href);
  location.reload();
}

// Puts a page in the place of this one, with its address; the back button leads to the page before.
export function show(html, address) {
  if (address === location.href) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  // A module runs once for each address; another mark at its end makes it run again, from the cache.
  const number = (window.kotakuAnswers = (window.kotakuAnswers ?? 0) + 1);
  const page = html.replace(/(<script\b[^>]*type="module"[^>]*\bsrc="[^"#]+)"/g, `$1#${number}"`);
  // Removes all listeners of this page.
  document.open();
  document.write(page);
  document.close();
  scrollTo(0, 0);
  const shown = location.pathname + location.search;
  addEventListener("popstate", () => location.pathname + location.search !== shown && location.reload());
}
