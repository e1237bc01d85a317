"""The colours of charts and spreadsheets, by name: the only place that writes them in Python. Pure.

Charts carry their colours as attributes, because downloaded files have no style sheet and old
browsers ignore cascade layers. `PAGE` repeats the light tokens of static/css/app.css; a test
compares them. Dark mode is in the style sheet alone.
"""

PAGE = {
    "ink": "#1c211e",
    "ink-soft": "#4c554f",
    "paper": "#fbfaf6",
    "rule": "#d9d6cc",
    "rule-strong": "#8b928c",
    "wash": "#f2f0e8",
    "context": "#cfccc0",
    "green": "#17603f",
    "green-deep": "#124b31",
    "green-soft": "#dcebe1",
    "amber": "#8a5000",
    "amber-line": "#d9a441",
    "brick": "#9c2f1d",
    "grey": "#6b736d",
    "grey-soft": "#ecebe4",
    "on-green": "#ffffff",
}
# Colours that the style sheet does not set.
DRAWN = {
    "class-light": "#f6e3c0",
    "class-medium": "#eebf86",
    "class-heavy": "#dd8f79",
    # The share of the slum area that is gone, from light to dark; the first where it grew.
    "share-rise": "#f2c9bf",
    "share-0": "#ebe8dc",
    "share-1": "#c3ddcb",
    "share-2": "#8fc0a2",
    "share-3": "#4f9a72",
    "share-4": "#17603f",
}
COLOURS = PAGE | DRAWN
# The bars of a phone around the page, in the colour of the page's header: light and dark mode.
THEME = {"light": PAGE["green-deep"], "dark": "#143424"}
