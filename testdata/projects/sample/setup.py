from setuptools import Extension, setup

setup(
    name="tally",
    version="1.0",
    ext_modules=[Extension("tally", ["buffer.c", "lines.c", "tallymodule.c"])],
)
