"""What happens to each request just below schemathesis.

It goes on there because a case that a hook of schemathesis has changed no longer counts as what it was made as: one with
a required header left out, or with one wrong value.
"""

import random

import bodies  # noqa: F401 (registers them)
from requests.adapters import HTTPAdapter
from stand_ins import StandIns

ADDRESSES = random.Random(1)
STAND_INS = StandIns()

send = HTTPAdapter.send


def send_mended(adapter, request, **settings):
    # Guessing limits are per address, and one address would soon see nothing but 429: each request comes from another
    # one, by the header of a trusted proxy.
    number = ADDRESSES.getrandbits(24)
    request.headers["X-Forwarded-For"] = f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"
    STAND_INS.put_in(request)
    response = send(adapter, request, **settings)
    STAND_INS.learn(request, response)
    return response


HTTPAdapter.send = send_mended
