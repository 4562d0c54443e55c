"""Fuzzing: coverage-guided targets (`python -m tests.fuzzing`) and a mutator of whole sample files."""
