"""Health checks for load balancers and monitors: `/healthz` and `/readyz`."""

from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kotaku.requests import readiness


@login_not_required
@never_cache
@require_safe
def alive(request):
    """Answer without any check; a process that does not answer should be restarted."""
    return JsonResponse({"status": "alive"})


@login_not_required
@never_cache
@require_safe
def ready(request):
    """Answer 503 with the failures, if any: send the process no requests, but keep it running."""
    failures = readiness.failures()
    if failures:
        return JsonResponse({"status": "not ready", "failures": failures}, status=503)
    return JsonResponse({"status": "ready"})
