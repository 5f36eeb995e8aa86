from .differ import Difference as Difference, Why as Why, compare as compare, differing as differing
