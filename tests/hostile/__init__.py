"""Hostile, broken and unlucky input: what may arrive, made in code, and the tests that nothing of it does harm."""
