"""Prints the fields of a LoraConfig and their defaults as JSON, read from PEFT's own sources without running them.

PEFT cannot be imported without PyTorch. A default that JSON cannot hold (a runtime object that is not saved) is left out.
"""

import ast
import importlib.metadata
import json
from pathlib import Path

package = Path(importlib.metadata.distribution("peft").locate_file("peft"))
factories = {"dict": {}, "list": []}
dropped = {"runtime_config"}  # to_dict() takes it out


def fields(path, name):
    for node in ast.parse((package / path).read_text()).body:
        if isinstance(node, ast.ClassDef) and node.name == name:
            return {
                each.target.id: {word.arg: word.value for word in each.value.keywords}
                for each in node.body
                if isinstance(each, ast.AnnAssign) and isinstance(each.value, ast.Call)
            }
    raise SystemExit(f"{path} has no {name}")


def default_of(options):
    if "default_factory" in options:
        return factories[ast.unparse(options["default_factory"])]
    return ast.literal_eval(options["default"])


found = fields("config.py", "PeftConfigMixin") | fields("config.py", "PeftConfig")
found |= fields("tuners/lora/config.py", "LoraConfig")
saved = {name: default_of(options) for name, options in found.items() if name not in dropped}
print(json.dumps(saved | {"peft_version": importlib.metadata.version("peft")}))
