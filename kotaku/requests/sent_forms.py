"""Answer a form that the site's script sends, so that the page can do what a browser would.

`static/js/send-form.js` sends forms with photos itself, to show the progress and to try again when
the line breaks. A browser follows a redirect of such a request unseen, which would use up the
message of the next page; so the script gets the address and opens it like any link.
"""

ASKS = "X-Kotaku-Send"
LOCATION = "X-Kotaku-Location"
# Tells the script that the form is saved, so that it may forget what it kept.
SAVED = "X-Kotaku-Saved"


def mark_saved(request) -> None:
    """Note that the posted form is saved or discarded."""
    request.is_form_saved = True


def answer_to_script(request, response):
    """Return the response; for the script, a redirect becomes 204 with the address in a header."""
    if ASKS not in request.headers:
        return response
    if getattr(request, "is_form_saved", False):
        response[SAVED] = "1"
    if response.status_code in (301, 302, 303, 307, 308):
        response[LOCATION] = response["Location"]
        del response["Location"]
        response.status_code = 204
    return response
