"""Which workbooks go out to be filled in or mended, in the columns that an import reads?"""
