"""How the model that tells stances was made: its rows, its training, its file."""
