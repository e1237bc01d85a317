"""The markup of reports: headings, paragraphs, lists, links and emphasis only."""

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

RULES = ["heading", "list", "link", "emphasis", "newline", "escape", "autolink"]
SCHEMES = ("http://", "https://", "mailto:", "/")
# The page title is h1, so a report's headings start at h2.
HEADINGS = {"h1": "h2", "h2": "h3"}


def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"html": False, "linkify": False}).enable(RULES)
    parser.validateLink = _is_allowed
    return parser


def _is_allowed(address: str) -> bool:
    address = address.strip().lower()
    # "//" and "/\" begin the address of another site.
    return address.startswith(SCHEMES) and address[1:2] not in ("/", "\\")


def render_body(text: str, site: str = "") -> SafeString:
    """Return a report's text as HTML. Raw HTML in it is escaped and shown as typed.

    Links within the site begin with `site` where the text is read elsewhere.
    """
    parser = _parser()
    tokens = parser.parse(text)
    for token in tokens:
        if token.type.startswith("heading_"):
            token.tag = HEADINGS.get(token.tag, "h3")
        for child in token.children or []:
            if child.type != "link_open":
                continue
            if (address := str(child.attrGet("href"))).startswith("/"):
                child.attrSet("href", site + address)
            else:
                child.attrSet("rel", "noopener nofollow")
    return mark_safe(parser.renderer.render(tokens, parser.options, {}))
