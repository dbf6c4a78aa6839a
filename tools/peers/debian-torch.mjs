import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';

/** What Debian 12 has of PyTorch: built for CPUs alone. The wheels of PyPI bring gigabytes of CUDA. */
export const debianTorch = '1.13.1+dfsg-4';

/** Packages of the closure that libraries only open where a screen is, and those that every Debian has. */
const passedOver = /^lib(?:c6|c-bin|gcc-s1|stdc\+\+6|llvm15|z3-4|gl1-mesa-dri)_/;
const unpackedAtOnce = 2;

/**
 * Puts Debian's PyTorch into a virtual environment, without root and without touching the machine: apt resolves and
 * verifies the packages against lists and a status of its own, and of what they hold only the libraries that PyTorch is
 * really linked with stay, some 480 MB. `bin/python` then runs with them.
 */
export async function installDebianTorch(folder, run) {
  requireDebian();
  const unpacked = join(folder, 'unpacked');
  await download(folder, run);
  await unpack(join(folder, 'debs'), unpacked, run);
  moveLibraries(unpacked, join(folder, 'lib', 'torch-libraries'));
  movePython(unpacked, folder);
  for (const each of ['debs', 'lists', 'status', 'unpacked']) rmSync(join(folder, each), { recursive: true });
  wrapPython(folder);
  await run([join(folder, 'bin', 'python'), '-c', 'import torch; assert torch.ones(2).sum() == 2']);
}

function requireDebian() {
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  if (/^VERSION_CODENAME=bookworm$/m.test(release)) return;
  throw new Error('it is made of packages of Debian 12 (bookworm), and this machine is another one');
}

async function download(folder, run) {
  const debs = join(folder, 'debs');
  mkdirSync(join(debs, 'partial'), { recursive: true });
  mkdirSync(join(folder, 'lists', 'partial'), { recursive: true });
  writeFileSync(join(folder, 'status'), '');
  const settings = {
    'Dir::State::lists': join(folder, 'lists'),
    'Dir::State::status': join(folder, 'status'),
    'Dir::Cache::archives': debs,
    'Dir::Cache::pkgcache': '',
    'Dir::Cache::srcpkgcache': '',
    'Debug::NoLocking': '1',
    'APT::Sandbox::User': 'root',
  };
  const apt = ['apt-get', '-qq', ...Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`])];
  await run([...apt, 'update']);
  const install = [...apt, 'install', '--download-only', '--yes', '--no-install-recommends'];
  await run([...install, `libtorch1.13=${debianTorch}`]);
  // Its own dependencies are Python packages, which come from PyPI.
  await run([...apt, 'download', `python3-torch=${debianTorch}`], { cwd: debs });
}

async function unpack(debs, target, run) {
  mkdirSync(target);
  const wanted = readdirSync(debs).filter((name) => /^(?:lib|ocl-icd|zlib1g|python3-torch)/.test(name));
  const left = wanted.filter((name) => !passedOver.test(name));
  const work = async () => {
    for (let name = left.pop(); name !== undefined; name = left.pop())
      await run(['dpkg-deb', '--extract', join(debs, name), target]);
  };
  await Promise.all(Array.from({ length: unpackedAtOnce }, work));
}

/** The libraries that those of PyTorch ask for, one by one and by the names that they are asked for with. */
function moveLibraries(unpacked, target) {
  mkdirSync(target, { recursive: true });
  const [machine = ''] = readdirSync(join(unpacked, 'usr', 'lib')).filter((name) => name.endsWith('-linux-gnu'));
  const own = join(unpacked, 'usr', 'lib', machine);
  const places = [
    own,
    join(own, 'blas'),
    join(own, 'lapack'),
    join(unpacked, 'lib', machine),
    join(unpacked, 'usr/lib'),
  ];
  const env = { ...process.env, LD_LIBRARY_PATH: places.join(':'), LC_ALL: 'C' };
  const torch = readdirSync(own).filter((name) => /^lib(?:c10|shm|torch.*)\.so\.1\.13$/.test(name));
  const told = execFileSync(
    'ldd',
    torch.map((name) => join(own, name)),
    { env, encoding: 'utf8' },
  );
  const missing = [...told.matchAll(/^\s*(\S+) => not found/gm)].map(([, name]) => name);
  if (missing.length > 0) throw new Error(`no package has ${[...new Set(missing)].join(', ')}`);
  const found = [...told.matchAll(/=> (\S+) \(/g)].map(([, path]) => path).filter((path) => path.startsWith(unpacked));
  for (const path of new Set([...found, ...torch.map((name) => join(own, name))]))
    copyFileSync(realpathSync(path), join(target, basename(path)));
}

/** The package links to its libraries by a way that only Debian's folders have. */
function movePython(unpacked, folder) {
  const packages = join(folder, 'lib', 'python3.11', 'site-packages');
  for (const name of ['torch', 'torchgen', 'functorch'])
    cpSync(join(unpacked, 'usr/lib/python3/dist-packages', name), join(packages, name), {
      recursive: true,
      verbatimSymlinks: true,
    });
  const linked = join(packages, 'torch', 'lib');
  for (const name of readdirSync(linked)) {
    rmSync(join(linked, name));
    const library = join('..', '..', '..', '..', 'torch-libraries', `${name}.1.13`);
    if (existsSync(join(linked, library))) symlinkSync(library, join(linked, name));
  }
  // What importlib.metadata is asked for.
  const told = join(packages, `torch-${debianTorch.split('+')[0]}.dist-info`);
  mkdirSync(told);
  writeFileSync(join(told, 'METADATA'), `Metadata-Version: 2.1\nName: torch\nVersion: ${debianTorch.split('+')[0]}\n`);
}

function wrapPython(folder) {
  const bin = join(folder, 'bin');
  const real = realpathSync(join(bin, 'python'));
  for (const name of ['python', 'python3', 'python3.11']) rmSync(join(bin, name), { force: true });
  // The environment is found beside the link that Python was started by.
  symlinkSync(real, join(bin, 'python3'));
  const libraries = join(folder, 'lib', 'torch-libraries');
  writeFileSync(
    join(bin, 'python'),
    `#!/bin/sh\nLD_LIBRARY_PATH='${libraries}'\nexport LD_LIBRARY_PATH\nexec '${join(bin, 'python3')}' "$@"\n`,
  );
  chmodSync(join(bin, 'python'), 0o755);
}
