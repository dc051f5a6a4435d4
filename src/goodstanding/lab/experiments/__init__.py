"""Claims of the public debate, each as an experiment whose verdict could come out the other way."""
