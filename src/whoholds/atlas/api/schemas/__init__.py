"""The shapes of what the API gives and takes, as its OpenAPI description tells them. Objects may gain members later."""
