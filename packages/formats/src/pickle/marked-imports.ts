/** What a pickle can do to whoever loads it, by what it imports. */
export type ImportEffect =
  | 'runs programs'
  | 'runs code'
  | 'loads code'
  | 'reaches the network'
  | 'touches files'
  | 'reaches any object by name';

/**
 * Imports that no model needs and that attacks use, by module: an asterisk stands for everything in it, submodules
 * included. Collected from what scanners of pickles (picklescan, fickling, modelscan) refuse and from published evasions
 * of them. A list can only name what is known: a pickle that has none of these is not thereby safe.
 */
const marks: Readonly<Record<string, Readonly<Record<string, ImportEffect>>>> = {
  __builtin__: builtinMarks(),
  builtins: builtinMarks(),
  _pickle: { '*': 'loads code' },
  _posixsubprocess: { '*': 'runs programs' },
  aiohttp: { '*': 'reaches the network' },
  asyncio: { '*': 'runs programs' },
  bdb: { '*': 'runs code' },
  cloudpickle: { '*': 'loads code' },
  code: { '*': 'runs code' },
  codeop: { '*': 'runs code' },
  commands: { '*': 'runs programs' },
  cProfile: { '*': 'runs code' },
  ctypes: { '*': 'loads code' },
  dill: { '*': 'loads code' },
  distutils: { '*': 'runs programs' },
  doctest: { '*': 'runs code' },
  ensurepip: { '*': 'runs programs' },
  ftplib: { '*': 'reaches the network' },
  functools: { partial: 'reaches any object by name', reduce: 'reaches any object by name' },
  http: { '*': 'reaches the network' },
  httplib: { '*': 'reaches the network' },
  idlelib: { '*': 'runs code' },
  importlib: { '*': 'loads code' },
  io: { open: 'touches files', FileIO: 'touches files' },
  joblib: { load: 'loads code' },
  lib2to3: { '*': 'runs code' },
  linecache: { '*': 'touches files' },
  logging: { config: 'loads code', FileHandler: 'touches files' },
  marshal: { '*': 'loads code' },
  multiprocessing: { '*': 'runs programs' },
  nt: { '*': 'runs programs' },
  numpy: {
    'testing._private.utils.runstring': 'runs code',
    'f2py.crackfortran': 'runs code',
    load: 'loads code',
    fromfile: 'touches files',
  },
  operator: {
    attrgetter: 'reaches any object by name',
    itemgetter: 'reaches any object by name',
    methodcaller: 'reaches any object by name',
  },
  os: { '*': 'runs programs' },
  pathlib: { '*': 'touches files' },
  pdb: { '*': 'runs code' },
  pickle: { '*': 'loads code' },
  pip: { '*': 'runs programs' },
  pkgutil: { '*': 'loads code' },
  platform: { popen: 'runs programs' },
  posix: { '*': 'runs programs' },
  profile: { '*': 'runs code' },
  pty: { '*': 'runs programs' },
  pydoc: { '*': 'runs programs' },
  requests: { '*': 'reaches the network' },
  runpy: { '*': 'runs code' },
  shelve: { '*': 'loads code' },
  shutil: { '*': 'touches files' },
  signal: { '*': 'runs programs' },
  site: { '*': 'loads code' },
  smtplib: { '*': 'reaches the network' },
  socket: { '*': 'reaches the network' },
  ssl: { '*': 'reaches the network' },
  subprocess: { '*': 'runs programs' },
  sys: { '*': 'loads code' },
  tempfile: { '*': 'touches files' },
  test: { '*': 'runs programs' },
  threading: { '*': 'runs code' },
  timeit: { '*': 'runs code' },
  torch: {
    hub: 'loads code',
    load: 'loads code',
    'jit.unsupported_tensor_ops.execWrapper': 'runs code',
    '_inductor.codecache': 'loads code',
    'utils.cpp_extension': 'runs programs',
    'utils._config_module': 'loads code',
    'utils.collect_env': 'runs programs',
  },
  trace: { '*': 'runs code' },
  types: { CodeType: 'runs code', FunctionType: 'runs code' },
  urllib: { '*': 'reaches the network' },
  urllib2: { '*': 'reaches the network' },
  uuid: { _get_command_stdout: 'runs programs' },
  venv: { '*': 'runs programs' },
  webbrowser: { '*': 'runs programs' },
  zipimport: { '*': 'loads code' },
};

function builtinMarks(): Readonly<Record<string, ImportEffect>> {
  return {
    __import__: 'loads code',
    apply: 'reaches any object by name',
    breakpoint: 'runs code',
    compile: 'runs code',
    delattr: 'reaches any object by name',
    eval: 'runs code',
    exec: 'runs code',
    execfile: 'runs code',
    file: 'touches files',
    getattr: 'reaches any object by name',
    globals: 'reaches any object by name',
    input: 'runs code',
    locals: 'reaches any object by name',
    open: 'touches files',
    setattr: 'reaches any object by name',
    vars: 'reaches any object by name',
  };
}

/** What an import, written `module.name` as a header lists it, can do; null for one that nobody marked. */
export function markImport(name: string): ImportEffect | null {
  const dot = name.indexOf('.');
  const [module, member] = dot === -1 ? [name, ''] : [name.slice(0, dot), name.slice(dot + 1)];
  const marked = Object.hasOwn(marks, module) ? marks[module] : undefined;
  if (marked === undefined) return null;
  const found = Object.keys(marked).find((each) => member === each || member.startsWith(`${each}.`));
  return marked[found ?? '*'] ?? null;
}
