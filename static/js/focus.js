// Brings the summary of errors to whoever cannot see it appear.
document.querySelector("[data-kotaku-focus]")?.focus();
