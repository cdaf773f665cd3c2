"""Sends each generated request from another client address, by the header of a trusted proxy.

Guessing limits are per address, and one address would soon see nothing but 429. The header goes on below schemathesis,
because a case that a hook has changed no longer counts as one with a required header left out.
"""

import random

from requests.adapters import HTTPAdapter

ADDRESSES = random.Random(1)


def add_client_address(_adapter, request, **_settings):
    number = ADDRESSES.getrandbits(24)
    request.headers["X-Forwarded-For"] = f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"


HTTPAdapter.add_headers = add_client_address
