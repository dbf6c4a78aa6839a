// needs: model-files
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { digestTensors, readHeader } from '@weighbridge/formats';
import { bytesSource } from '@weighbridge/testkit';
import { describe, expect, it } from 'vitest';
import { askPeerPython } from './ask-python.js';

/**
 * Files that PyTorch wrote, out of packages that ship them: legacy state dicts of two generations, checkpoints of
 * Lightning and a TorchScript archive. PyTorch itself is far too large to install for a test, so Python's own unpickler
 * reads them, with its answers for the few classes that tensors need.
 */
const script = `
import hashlib, importlib.metadata, io, json, pathlib, pickle, struct, zipfile

widths = {"FloatStorage": 4, "LongStorage": 8, "HalfStorage": 2, "IntStorage": 4, "BoolStorage": 1, "DoubleStorage": 8}
dtypes = {"FloatStorage": "float32", "LongStorage": "int64", "HalfStorage": "float16", "IntStorage": "int32", "BoolStorage": "bool", "DoubleStorage": "float64"}

class Tensor:
    folder = "data/"
    def __init__(self, storage, offset, size, stride, *_):
        self.kind, self.key = storage
        self.offset, self.size, self.stride = offset, tuple(size), tuple(stride)
    def __setstate__(self, state): pass

class Anything:
    def __init__(self, *a, **k): pass
    def __setstate__(self, state): self.__dict__.update(state if isinstance(state, dict) else {})
    def __call__(self, *a, **k): return Anything()

class Reader(pickle.Unpickler):
    def find_class(self, module, name):
        if name.startswith("_rebuild_tensor"): return Tensor
        if module == "torch" and name in widths: return name
        if module in ("collections", "builtins", "__builtin__") and name in ("OrderedDict", "defaultdict", "dict", "list", "set", "int", "long"):
            return pickle.Unpickler.find_class(self, {"__builtin__": "builtins"}.get(module, module), {"long": "int"}.get(name, name))
        return type(name, (Anything,), {})
    def persistent_load(self, told):
        _, kind, key = told[:3]
        return (kind, key)

def walk(value, name, found, seen):
    if isinstance(value, Tensor): found[name] = value
    elif id(value) in seen: return
    elif isinstance(value, dict):
        seen.add(id(value))
        for key, item in value.items(): walk(item, f"{name}.{key}" if name else str(key), found, seen)
    elif isinstance(value, Anything):
        seen.add(id(value))
        for key, item in vars(value).items(): walk(item, f"{name}.{key}" if name else str(key), found, seen)

def contiguous(size, stride):
    step = 1
    for extent, own in zip(reversed(size), reversed(stride)):
        if extent != 1 and own != step: return False
        step *= extent
    return True

def read(data):
    storages, found = {}, {}
    if data[:2] == b"PK":
        archive = zipfile.ZipFile(io.BytesIO(data))
        top = next(name for name in archive.namelist() if name.endswith("/data.pkl"))
        value = Reader(io.BytesIO(archive.read(top))).load()
        bytes_of = lambda tensor: archive.read(top[:-8] + tensor.folder + tensor.key)
        # TorchScript keeps what its code holds fast beside what was learned.
        if top[:-8] + "constants.pkl" in archive.namelist():
            for place, constant in enumerate(Reader(io.BytesIO(archive.read(top[:-8] + "constants.pkl"))).load()):
                if isinstance(constant, Tensor):
                    constant.folder = "constants/"
                    found[f"constants.{place}"] = constant
    else:
        stream = io.BytesIO(data)
        for _ in range(3): Reader(stream).load()
        value = Reader(stream).load()
        for key in pickle.Unpickler(stream).load(): storages[key] = None
        positions = stream.tell()
        bytes_of = None
    walk(value, "", found, set())
    if bytes_of is None:
        kinds = {tensor.key: tensor.kind for tensor in found.values()}
        position = positions
        for key in storages:
            count, = struct.unpack("<q", data[position:position + 8])
            storages[key] = data[position + 8:position + 8 + count * widths[kinds[key]]]
            position += 8 + count * widths[kinds[key]]
        bytes_of = lambda tensor: storages[tensor.key]
    answer = {}
    for name, tensor in found.items():
        width, count = widths[tensor.kind], 1
        for extent in tensor.size: count *= extent
        start = tensor.offset * width
        content = bytes_of(tensor)[start:start + count * width]
        digest = hashlib.sha256(content).hexdigest() if contiguous(tensor.size, tensor.stride) else None
        answer[name] = [dtypes[tensor.kind], list(tensor.size), digest]
    return answer

files = {}
for package in ("lpips", "pesto-pitch", "silero-vad"):
    for file in importlib.metadata.files(package):
        if file.suffix in (".pth", ".ckpt", ".jit"):
            path = pathlib.Path(file.locate())
            files[str(path)] = read(path.read_bytes())
print(json.dumps(files))
`;

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());
const inflate = (compressed: AsyncIterable<Uint8Array>) => Readable.from(compressed).pipe(createInflateRaw());
const newHash = () => {
  const hash = createHash('sha256');
  return { update: (bytes: Uint8Array) => void hash.update(bytes), digest: () => new Uint8Array(hash.digest()) };
};
type Listed = Readonly<Record<string, readonly [dtype: string, shape: readonly number[], digest: string | null]>>;

describe('files that PyTorch wrote', () => {
  const files = Object.entries(askPeerPython('model-files', script) as Readonly<Record<string, Listed>>);

  it('are there in each of the layouts', () => {
    const endings = files.map(([path]) => path.slice(path.lastIndexOf('.')));
    expect([...new Set(endings)].toSorted((left, right) => (left < right ? -1 : 1))).toEqual(['.ckpt', '.jit', '.pth']);
    expect(files.length).toBeGreaterThanOrEqual(9);
  });

  it.each(files)('%s: names, dtypes, shapes and the bytes of each tensor', async (path, listed) => {
    const source = bytesSource(new Uint8Array(readFileSync(path)), basename(path));
    const openBeside = async () => ({ ...source, close: async () => undefined });
    const header = await readHeader(source, { sha256, openBeside, inflate });
    expect(header?.format).toBe(path.endsWith('.pth') ? 'pickle' : 'pytorch-zip');
    const tensors = header?.tensors ?? [];
    expect(Object.fromEntries(tensors.map(({ name, dtype, shape }) => [name, [dtype, shape]]))).toEqual(
      Object.fromEntries(Object.entries(listed).map(([name, [dtype, shape]]) => [name, [dtype, shape]])),
    );
    const digests = header === null ? new Map<string, string>() : await digestTensors(header, openBeside, newHash);
    for (const [name, [, , digest]] of Object.entries(listed))
      if (digests.has(name)) expect([name, digests.get(name)]).toEqual([name, `sha256:${digest}`]);
    expect(digests.size).toBeGreaterThan(0);
  });
});
