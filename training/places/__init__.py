"""The recipe for the weights by which namesakes are told apart: corpora of resolved toponyms in, `weights.toml` out."""
