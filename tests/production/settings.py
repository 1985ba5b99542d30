"""Production's settings as an operator gives them: from the environment, all of them safe."""

import base64
import json
import secrets

SAFE = {
    "DJANGO_SETTINGS_MODULE": "portal.settings.production",
    "SECRET_KEY": secrets.token_urlsafe(60),
    "MASTER_KEYS": json.dumps({"k2026": base64.b64encode(secrets.token_bytes(32)).decode()}),
    "DATABASE_URL": "postgresql://app:app@127.0.0.1:1/portal",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "CMS_HOST": "cms.portaal.test",
    "COUNTER_HOST": "balie.portaal.test",
    "ERASURE_LIST": "/somewhere/else/erasures.jsonl",
    "GRANT_KEYS": "/somewhere/else/grant-keys",
    "HEADS_FILE": "/somewhere/else/heads.jsonl",
    "LEDGER_WITNESS_URL": "https://getuige.test/koppen",
    "EMAIL_HOST": "mail.portaal.test",
    "DEFAULT_FROM_EMAIL": "niet-beantwoorden@portaal.test",
    "NOTICES_ADDRESS": "berichten@portaal.test",
    "OUTGOING_HOSTS": "*.diensten.test",
    "TRUSTED_IP_HEADER": "X-Real-IP",
}
