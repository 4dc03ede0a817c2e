"""The reader: judges whether a passage answers a question and whether it bears out a claim.

`runtime` is what the program uses: numpy heads over vectors that the encoder process computes. Everything
else here (data, training, evaluation) serves to make and measure the model and is never imported at run time.
"""
