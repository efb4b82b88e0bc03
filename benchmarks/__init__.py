"""Speed of Finance Kit beside yardsticks measured in the same run: ``python -m benchmarks.run``."""
