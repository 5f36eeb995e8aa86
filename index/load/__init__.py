"""Files to Documents. One module a format; a new one is a module and a line in `LOADERS`."""
