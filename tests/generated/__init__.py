"""Tests of the generated layer, which users may call without `wyseos.mate`."""
