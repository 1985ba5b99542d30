"""A purpose as tests want it: the demo's, but with more to prove, and with mail about everything."""

from typing import Any

from demo.content.purposes import message_by_email as demo_s
from portal.notices.kinds import Kind

MOBILE = {
    "name": "mobile",
    "claim": "sidn-pbdf.mobilenumber.mobilenumber",
    "required": False,
    "typed": "mobile",
}


def message_by_email(name: str, phone: str) -> dict[str, Any]:
    """An address, and a mobile number if one likes."""
    content = demo_s(name, phone)
    content["for_another"] = False
    content["notices"] = [str(kind) for kind in Kind]
    content["attributes"] = [one for one in content["attributes"] if one["name"] == "email"] + [MOBILE]
    words = {"nl": ("Bericht per e-mail of sms", "E-mailadres", "Mobiel nummer")}
    words["en"] = ("Messages by e-mail or text", "E-mail address", "Mobile number")
    for language, (title, email, mobile) in words.items():
        content["texts"][language] |= {"title": title, "labels": {"email": email, "mobile": mobile}}
    return content
