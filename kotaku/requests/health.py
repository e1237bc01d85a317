"""What load balancers and monitors ask: does the process live, and may it get visitors?"""

from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kotaku.requests import readiness


@login_not_required
@never_cache
@require_safe
def alive(request):
    """Answer without touching anything: a process that does not is to be restarted."""
    return JsonResponse({"status": "alive"})


@login_not_required
@never_cache
@require_safe
def ready(request):
    """Name what is not ready with 503: such a process gets no visitors, but is left to recover."""
    failures = readiness.failures()
    if failures:
        return JsonResponse({"status": "not ready", "failures": failures}, status=503)
    return JsonResponse({"status": "ready"})
