"""The constants of 0.3.x, under the name by which its programs import them."""

from wyseos.mate.compat.constants import *  # noqa: F403 - each of them
