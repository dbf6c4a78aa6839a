"""Writes model files with the libraries that define the formats, and says what those libraries read in them.

write FOLDER SEED   writes files and prints what is in each, as JSON
sizes               prints name, elements and bytes of a block of each ggml type by its number
judge FOLDER        prints for every file in the folder whether safetensors accepts it
"""

import ctypes
import json
import pathlib
import random
import sys

import gguf
import numpy
import safetensors
from safetensors import TensorSpec

SAFETENSORS_DTYPES = {
    "bool": 1, "int8": 1, "uint8": 1, "int16": 2, "uint16": 2, "int32": 4, "uint32": 4, "int64": 8, "uint64": 8,
    "float16": 2, "bfloat16": 2, "float32": 4, "float64": 8, "complex64": 8, "float8_e4m3fn": 1, "float8_e5m2": 1,
    "float8_e8m0fnu": 1, "float8_e4m3fnuz": 1, "float8_e5m2fnuz": 1, "float4_e2m1fn_x2": 1,
}
# gguf counts 40 bytes for a block of Q8_1, ggml's own reader 36: the type lives in memory only, no converter writes it.
GGUF_TYPES = [kind for kind in gguf.GGML_QUANT_SIZES if kind.name != "Q8_1"]
NAMES = ["model.weight", "lora_A", "__proto__", "constructor", "länge", "層.0", "😀", "10", "9", "a b", "\ufb00", ""]


def write_safetensors(path, choose):
    buffers, tensors = [], {}
    for name in choose.sample(NAMES, choose.randint(0, len(NAMES))):
        dtype = choose.choice(list(SAFETENSORS_DTYPES))
        # Two elements of four bits share a byte, so that a scalar cannot be written.
        least_rank = 1 if dtype == "float4_e2m1fn_x2" else 0
        shape = [choose.randint(0, 4) for _ in range(choose.randint(least_rank, 4))]
        content = choose.randbytes(SAFETENSORS_DTYPES[dtype] * int(numpy.prod(shape, dtype=int)))
        buffer = ctypes.create_string_buffer(content, len(content) or 1)
        buffers.append(buffer)
        tensors[name] = TensorSpec(dtype=dtype, shape=shape, data_ptr=ctypes.addressof(buffer), data_len=len(content))
    metadata = {choose.choice(NAMES): choose.choice(NAMES) for _ in range(choose.randint(0, 3))}
    path.write_bytes(safetensors.serialize(tensors, metadata or None))
    return describe_safetensors(path, metadata)


def describe_safetensors(path, metadata):
    header = {}
    for name, tensor in safetensors.deserialize(path.read_bytes()):
        header[name] = {"dtype": tensor["dtype"], "shape": list(tensor["shape"]), "hex": bytes(tensor["data"]).hex()}
    return {"file": path.name, "format": "safetensors", "tensors": header, "attributes": metadata}


def write_gguf(path, choose):
    writer = gguf.GGUFWriter(path, choose.choice(["llama", "bert"]))
    if choose.random() < 0.3:
        writer.add_custom_alignment(choose.choice([32, 64, 256]))
    writer.add_uint8("v.u8", choose.randint(0, 255))
    writer.add_int8("v.i8", choose.randint(-128, 127))
    writer.add_uint16("v.u16", choose.randint(0, 65535))
    writer.add_int16("v.i16", choose.randint(-32768, 32767))
    writer.add_uint32("v.u32", choose.randint(0, 2**32 - 1))
    writer.add_int32("v.i32", choose.randint(-(2**31), 2**31 - 1))
    writer.add_uint64("v.u64", choose.randint(0, 2**53 - 1))
    writer.add_int64("v.i64", choose.randint(-(2**53) + 1, 2**53 - 1))
    writer.add_float32("v.f32", choose.random())
    writer.add_float64("v.f64", choose.random())
    writer.add_bool("v.bool", choose.random() < 0.5)
    writer.add_string("v.text", choose.choice(NAMES))
    writer.add_array("v.ints", [choose.randint(-9, 9) for _ in range(choose.randint(1, 64))])
    writer.add_array("v.texts", [choose.choice(NAMES) for _ in range(choose.randint(1, 20))])
    for name in choose.sample(NAMES[:-1], choose.randint(0, 6)):
        kind = choose.choice(GGUF_TYPES)
        block, size = gguf.GGML_QUANT_SIZES[kind]
        outer = [choose.randint(1, 3) for _ in range(choose.randint(0, 3))]
        row_bytes = size * choose.randint(1, 3)
        content = numpy.frombuffer(choose.randbytes(row_bytes * int(numpy.prod(outer, dtype=int))), dtype=numpy.uint8)
        writer.add_tensor(name, content.reshape([*outer, row_bytes]), raw_dtype=kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return describe_gguf(path)


def describe_gguf(path):
    reader = gguf.GGUFReader(path)
    tensors = {}
    for tensor in reader.tensors:
        shape = [int(extent) for extent in reversed(tensor.shape.tolist())]
        tensors[tensor.name] = {"dtype": tensor.tensor_type.name, "shape": shape, "hex": tensor.data.tobytes().hex()}
    fields = {key: field.contents() for key, field in reader.fields.items() if not key.startswith("GGUF.")}
    return {"file": path.name, "format": "gguf", "tensors": tensors, "attributes": fields}


def write_big_endian(path):
    writer = gguf.GGUFWriter(path, "llama", endianess=gguf.GGUFEndian.BIG)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.close()


def write(folder, seed):
    choose = random.Random(seed)
    write_big_endian(folder / "big-endian.gguf")
    files = [write_safetensors(folder / f"{number}.safetensors", choose) for number in range(300)]
    files += [write_gguf(folder / f"{number}.gguf", choose) for number in range(300)]
    print(json.dumps(files))


def sizes():
    print(json.dumps({kind.value: [kind.name, *layout] for kind, layout in gguf.GGML_QUANT_SIZES.items()}))


def judge(folder):
    verdicts = {}
    for path in sorted(folder.iterdir()):
        try:
            safetensors.deserialize(path.read_bytes())
            verdicts[path.name] = "accepted"
        except safetensors.SafetensorError as error:
            verdicts[path.name] = str(error)
    print(json.dumps(verdicts))


if sys.argv[1] == "write":
    write(pathlib.Path(sys.argv[2]), int(sys.argv[3]))
elif sys.argv[1] == "sizes":
    sizes()
else:
    judge(pathlib.Path(sys.argv[2]))
