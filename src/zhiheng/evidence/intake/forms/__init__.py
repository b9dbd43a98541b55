"""In which form do records leave, so that they can come back? Workbook to fill in, refused rows to mend, records taken out."""
