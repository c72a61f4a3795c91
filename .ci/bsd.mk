.error GNU make 3.82 or newer is needed: install it (gmake, make), and say gmake for make
