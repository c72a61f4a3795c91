"""`python -m wyseos.mate.cli`, the same as `wyse`."""

from wyseos.mate.cli import main

if __name__ == "__main__":
    main()
