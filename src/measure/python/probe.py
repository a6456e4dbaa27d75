"""Says as JSON whether this Python can run a program: probe.py PROGRAM

Its executable, its version, and that of each package that the program imports,
or null where the package is not there.
"""

import ast
import json
import sys


def imported(path):
    """The packages that a program imports beside the standard library."""
    with open(path, "rb") as file:
        source = file.read()
    try:
        tree = ast.parse(source, path)
    except SyntaxError:
        return []  # Who runs it is told.
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names.add(node.module)
    return sorted({name.split(".")[0] for name in names} - sys.stdlib_module_names)


def versions(packages):
    return {name: version_of(name) for name in packages}


def version_of(package):
    from importlib.metadata import (
        PackageNotFoundError,
        packages_distributions,
        version,
    )

    # A distribution need not list its packages: Debian's do not.
    name, *_ = packages_distributions().get(package, [package])
    try:
        return version(name)
    except PackageNotFoundError:
        return None


is_new = sys.version_info >= (3, 11)
print(
    json.dumps(
        {
            "executable": sys.executable,
            "implementation": sys.implementation.name,
            "version": sys.version.split()[0],
            "isNew": is_new,
            "packages": versions(imported(sys.argv[1])) if is_new else {},
        }
    )
)
