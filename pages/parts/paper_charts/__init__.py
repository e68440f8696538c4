"""Charts without a browser: our figures, plain dictionaries for Plotly, as SVG in the light theme; PNG through it."""
