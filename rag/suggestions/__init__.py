"""Questions to offer: made from the texts by rules, and each asked beforehand."""
