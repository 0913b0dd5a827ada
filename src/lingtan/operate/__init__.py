"""A park alive: the processes that read devices, decide once a second, write leases, plan, and record what happened."""
