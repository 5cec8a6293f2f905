from django.utils.functional import SimpleLazyObject

from portal.accounts import sessions
from portal.audit import current_request


class StaffSessionMiddleware:
    """Signs out browsers whose session was ended elsewhere; pages that ask for nobody pay nothing.

    Between AuthenticationMiddleware and OTPMiddleware.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        found = request.user
        request.user = SimpleLazyObject(lambda: sessions.checked(request, found))
        token = current_request.set(request)
        try:
            return self.get_response(request)
        finally:
            current_request.reset(token)
