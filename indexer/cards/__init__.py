"""Cards of one measure each, as dashboards set them."""
