// Moves the focus to the summary of errors, so that screen readers announce it.
document.querySelector("[data-kotaku-focus]")?.focus();
