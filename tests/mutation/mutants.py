"""The mutants of the chosen modules, put in place of the modules when they are imported."""

import sys
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import unified_diff
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType

ROOT = Path(__file__).resolve().parent.parent.parent
CHOSEN = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mutmut"]


@dataclass
class Mutants:
    """What mutmut made of one module."""

    names: Sequence[str] = ()
    code: Sequence[str] = ()
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)

    def difference(self, name: str) -> str:
        """What a mutant has otherwise."""
        function, _, _number = name.rpartition("__mutmut_")
        before, after = self._source(f"{function}__mutmut_orig"), self._source(name)
        return "\n".join(line for line in unified_diff(before, after, lineterm="", n=1))

    def _source(self, name: str) -> list[str]:
        first, last = self.spans[name]
        return [line.replace(name, "…") for line in self.code[first - 1 : last]]


MADE: dict[str, Mutants] = {}
"""By the name of the module."""


class WithMutants(SourceFileLoader):
    """Loads a module with all of its mutants in it; which one counts is chosen while it runs."""

    def get_code(self, fullname: str) -> CodeType:
        from mutmut.mutation.file_mutation import mutate_file_contents

        made = mutate_file_contents(self.path, Path(self.path).read_text())
        spans = {name: (span.start, span.end) for name, span in made.line_span_by_function_name.items()}
        MADE[fullname] = Mutants(made.mutant_names, made.code.splitlines(), spans)
        return compile(made.code, self.path, "exec")


class Finder(MetaPathFinder):
    """Finds the chosen modules before anyone else does."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname not in CHOSEN["modules"]:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.origin:
            spec.loader = WithMutants(fullname, spec.origin)
        return spec


def put_in_place() -> None:
    """From now on the chosen modules are imported with their mutants."""
    assert not set(CHOSEN["modules"]) & set(sys.modules), "imported before it could be mutated"
    sys.meta_path.insert(0, Finder())
