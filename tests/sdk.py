"""The validator of Microsoft's Open XML SDK: what PowerPoint's own schemas and rules say of a file.

It is .NET; runtime, library and bridge come as packages of the test group. It is run as a process of its own, for .NET
does not leave a process that it has entered:

    python tests/sdk.py DECK.pptx …        prints a JSON list of findings"""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

PACKAGES = ("dnv", "powerpoint_commenter", "pythonnet")
ASSEMBLIES = ("System.IO.Packaging", "DocumentFormat.OpenXml.Framework", "DocumentFormat.OpenXml")


def installed() -> bool:
    """Whether the packages are here; they exist for Linux, Windows and macOS, but not for every processor."""
    return all(importlib.util.find_spec(name) for name in PACKAGES)


def findings(*paths: Path) -> list[str]:
    """What is wrong with these files, a sentence each."""
    command = [sys.executable, __file__, *map(str, paths)]
    said = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert said.returncode == 0, said.stderr
    return list(json.loads(said.stdout))


def validated(paths: list[str]) -> list[str]:
    """Starts .NET in this process and asks the validator."""
    from clr_loader import get_coreclr
    from pythonnet import set_runtime

    runtime, library = _folder("dnv") / "net" / "runtime", _folder("powerpoint_commenter") / "bin"
    os.environ |= {"DOTNET_ROOT": str(runtime / ".net"), "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    set_runtime(get_coreclr(runtime_config=str(runtime / "runtimeconfig.json"), dotnet_root=str(runtime / ".net")))
    import clr

    for name in ASSEMBLIES:
        clr.AddReference(str(library / f"{name}.dll"))
    from DocumentFormat.OpenXml import FileFormatVersions
    from DocumentFormat.OpenXml.Packaging import PresentationDocument
    from DocumentFormat.OpenXml.Validation import OpenXmlValidator

    validator, said = OpenXmlValidator(FileFormatVersions.Microsoft365), []
    for path in paths:
        document = PresentationDocument.Open(path, False)
        for error in validator.Validate(document):
            part, place = error.Part and error.Part.Uri, error.Path and error.Path.XPath
            said.append(f"{Path(path).name}{part}: {error.Description} ({place})")
        document.Dispose()
    return said


def _folder(package: str) -> Path:
    """Where a package lies; `dnv` is a namespace and has no file of its own."""
    spec = importlib.util.find_spec(package)
    assert spec is not None
    assert spec.submodule_search_locations is not None
    return Path(next(iter(spec.submodule_search_locations)))


if __name__ == "__main__":
    print(json.dumps(validated(sys.argv[1:])))
