"""The catalogue of texts for readers: French in the source is the message id, English in en.po."""
