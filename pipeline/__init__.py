"""baocao: reads Vietnamese administrative reports and turns a folder of them into one table."""
