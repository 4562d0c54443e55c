"""What baocao is measured beside: the least that reading takes, and what somebody would do without it."""
