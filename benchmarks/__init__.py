"""Measurements that anyone can repeat; the figures stand in README.md beside this file."""
