"""Moving in and out: records of articles in one open shape, whatever they were read from."""
