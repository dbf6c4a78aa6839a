"""Reads the header of each file that it is told of, many times, with the library that defines the format.

Takes one JSON line per question, {"format": ..., "path": ..., "times": ...}, and answers with one line of JSON: seconds
in all and the number of tensors or graph nodes found, so that both sides are known to have read the same.
"""

import json
import sys
import time

import gguf
import onnx
from safetensors import safe_open


def read_safetensors(path):
    with safe_open(path, framework="np") as file:
        return sum(1 for name in file.keys() if file.get_slice(name).get_shape() is not None)


def read_gguf(path):
    return len(gguf.GGUFReader(path).tensors)


def read_onnx(path):
    return count_nodes(onnx.load(path, load_external_data=False).graph)


def count_nodes(graph):
    total = len(graph.node)
    for node in graph.node:
        for attribute in node.attribute:
            if attribute.HasField("g"):
                total += count_nodes(attribute.g)
    return total


READERS = {"safetensors": read_safetensors, "gguf": read_gguf, "onnx": read_onnx}

for line in sys.stdin:
    asked = json.loads(line)
    read = READERS[asked["format"]]
    start = time.perf_counter()
    for _ in range(asked["times"]):
        found = read(asked["path"])
    print(json.dumps({"seconds": time.perf_counter() - start, "found": found}), flush=True)
