"""What people see in a terminal. The only place that prints what the service said, made safe first."""
