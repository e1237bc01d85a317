// Names for screen readers on what Django's scripts draw in the admin: search fields and choosers.

const named = (control) => {
  const select = control.closest(".select2-container")?.previousElementSibling;
  const label = select && (document.querySelector(`label[for="${select.id}"]`) ?? select.closest("td"));
  return (label?.textContent ?? "").trim().replace(/:$/, "");
};

const name = () => {
  for (const icon of document.querySelectorAll("span[aria-label]:not([role])")) {
    icon.setAttribute("role", "img");
  }
  for (const control of document.querySelectorAll(".select2-selection, .select2-selection__rendered[role], .select2-search__field")) {
    const text = named(control);
    if (text && control.getAttribute("aria-label") !== text) {
      control.removeAttribute("aria-labelledby");
      control.setAttribute("aria-label", text);
    }
  }
};

new MutationObserver(name).observe(document.body, { childList: true, subtree: true });
name();
