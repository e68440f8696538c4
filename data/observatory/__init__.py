"""Several structures in one dashboard: each publishes its own slice, and a release is made of the last accepted one of each."""
