"""The frame around every page: reader, filters, menu, freshness."""
