"""What ``make bench`` measures: each number beside its comparison, in one run, on this machine."""
