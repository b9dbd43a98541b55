"""How is a receipt signed, handed out, checked and put into words?"""
