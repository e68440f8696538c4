"""Answers as files: XLSX, CSV, Parquet, JSON."""
