"""What in one paper does not fit together?"""
