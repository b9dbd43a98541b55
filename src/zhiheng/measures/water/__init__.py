"""What do the surface-water norms compute? GB 3838 the class of a section, 环办〔2011〕22号 what it says of rivers and lakes."""
