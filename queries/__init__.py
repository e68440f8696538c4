"""From Parquet to frame: one .sql file a question, its typed answer in `queries/answers.py`."""
