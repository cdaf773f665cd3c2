"""Logs in one of the people whom `rapport demo --json` made; prints the access token and the organisation's id.

Usage: login.py <base url> <demo.json> <role: admin or user>
"""

import json
import sys
import urllib.request

base, demo, role = sys.argv[1:]
with open(demo, encoding="utf-8") as file:
    logins = json.load(file)["logins"]
login = next(login for login in logins if login["role"].lower() == role)
request = urllib.request.Request(
    f"{base}/api/auth/login/",
    data=json.dumps({"email": login["email"], "password": login["password"]}).encode(),
    headers={"Content-Type": "application/json", "Accept": "application/json"},
)
with urllib.request.urlopen(request, timeout=30) as response:
    print(json.load(response)["access_token"], login["org_id"])
