"""LocalStack without Docker. Found by LocalStack through the dist-info folder beside this package,
so a launcher only has to put the parent folder on PYTHONPATH: nothing is installed or goes stale."""
