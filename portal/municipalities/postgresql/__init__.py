"""Django's PostgreSQL engine, made to know whose turn it is. Use it as ENGINE."""
