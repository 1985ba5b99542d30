"""Settings per situation: base (shared), demo, test, production."""
