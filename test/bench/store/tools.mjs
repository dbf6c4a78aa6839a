// What puts the files of a folder into a bucket and brings them back. Each tool answers the command of a transfer, and
// prepares outside of the measured time what a user has long done: a repository, a configuration, an empty folder.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, linkSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine, plainEnvironment, root, runWell } from '../workspace.mjs';
import { keysAsEnvironment } from './gateway.mjs';

/** Preparations take no longer than what is measured. */
const timeoutMs = 15 * 60_000;

const peers = join(root, '.peers');
const bench = join(root, 'test', 'bench');

/** All tools; `missing` says what to install for one that is not there. */
export function openTools(place) {
  return [
    weighbridge(place),
    goTransfer(place, { name: 'Go transfer manager', up: 'up', down: 'down' }),
    goTransfer(place, { name: 'Go, with a SHA-256 of each file', up: 'up-hashed', down: 'down-hashed' }),
    rclone(place),
    awsCli(place),
    dvc(place),
    mlflow(place),
  ];
}

function fresh(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Links cost nothing and leave the bytes where they are. */
function linkFiles(from, to) {
  fresh(to);
  for (const name of readdirSync(from)) linkSync(join(from, name), join(to, name));
}

/** `store push` and `pull`, in a repository whose weights git ignores; `register` finds the bytes in the store then. */
function weighbridge({ work, endpoint }) {
  const name = 'weighbridge';
  const repository = join(work, name);
  const bucket = 'weighbridge';
  const git = (...words) => execFileSync('git', ['-C', repository, ...words], { env: gitEnvironment(), stdio: 'pipe' });
  return {
    name,
    bucket,
    missing: existsSync(commandLine) ? null : 'npm run build:cli',
    load(files) {
      fresh(join(repository, 'models', 'bench'));
      linkFiles(files, join(repository, 'models', 'bench', 'files'));
      const store = `{ type: s3, bucket: ${bucket}, endpoint: "${endpoint}", region: us-east-1 }`;
      writeFileSync(join(repository, 'weighbridge.yaml'), `version: 1\nstore: ${store}\nrelease: { when: on-merge }\n`);
      writeFileSync(
        join(repository, 'models', 'bench', 'model.yaml'),
        'name: bench\nkind: model\nartifacts: [files/]\n',
      );
      writeFileSync(join(repository, '.gitignore'), 'files/\n');
      rmSync(join(repository, '.git'), { recursive: true, force: true });
      execFileSync('git', ['init', '--quiet', '--initial-branch', 'main', repository]);
      git('add', '-A');
      git('commit', '--quiet', '-m', 'A model');
    },
    prepareUp: () => rmSync(join(repository, 'models', 'bench', 'artifacts.lock'), { force: true }),
    up: () => ({ command: [process.execPath, commandLine, 'store', 'push'], cwd: repository }),
    async afterUp() {
      git('add', '-A');
      git('commit', '--quiet', '-m', 'What the bytes are');
      const environment = { ...gitEnvironment(), ...keysAsEnvironment };
      await runWell(process.execPath, [commandLine, 'register'], { cwd: repository, environment, timeoutMs });
    },
    prepareDown: () => rmSync(join(work, 'pulled'), { recursive: true, force: true }),
    down: () => ({
      command: [process.execPath, commandLine, 'pull', 'bench@1.0.0', '--into', join(work, 'pulled')],
      cwd: repository,
    }),
    pulled: join(work, 'pulled'),
  };
}

function gitEnvironment() {
  const who = { GIT_AUTHOR_NAME: 'Bench', GIT_AUTHOR_EMAIL: 'bench@example.org' };
  return { ...plainEnvironment(), ...who, GIT_COMMITTER_NAME: 'Bench', GIT_COMMITTER_EMAIL: 'bench@example.org' };
}

function goTransfer({ work, endpoint }, { name, up, down }) {
  const program = join(peers, 'bench-upload', 'bin', 'transfer');
  const bucket = `go-${up}`;
  let files = '';
  return {
    name,
    bucket,
    missing: existsSync(program) ? null : 'npm run peers -- bench-upload',
    load: (folder) => (files = folder),
    up: () => ({ command: [program, up, files, bucket, endpoint] }),
    ...downInto(join(work, 'pulled'), (into) => [program, down, into, bucket, endpoint]),
  };
}

function downInto(folder, command) {
  return { prepareDown: () => fresh(folder), down: () => ({ command: command(folder) }), pulled: folder };
}

function rclone({ work, endpoint }) {
  const program = join(peers, 'rclone', 'bin', 'rclone');
  const remote = `:s3,provider=Other,env_auth=true,force_path_style=true,region=us-east-1,endpoint="${endpoint}":rclone`;
  const words = ['copy', '--config', '/dev/null', '--transfers', '16', '--s3-no-check-bucket'];
  let files = '';
  return {
    name: 'rclone',
    bucket: 'rclone',
    missing: existsSync(program) ? null : 'npm run peers -- rclone',
    load: (folder) => (files = folder),
    up: () => ({ command: [program, ...words, files, remote] }),
    ...downInto(join(work, 'pulled'), (into) => [program, ...words, remote, into]),
  };
}

function awsCli({ work, endpoint }) {
  const program = join(peers, 'aws-cli', 'bin', 'aws');
  const copy = (from, to) => [
    program,
    '--endpoint-url',
    endpoint,
    's3',
    'cp',
    '--recursive',
    '--only-show-errors',
    from,
    to,
  ];
  let files = '';
  return {
    name: 'aws cli',
    bucket: 'aws-cli',
    missing: existsSync(program) ? null : 'npm run peers -- aws-cli',
    load: (folder) => (files = folder),
    up: () => ({ command: copy(files, 's3://aws-cli/') }),
    ...downInto(join(work, 'pulled'), (into) => copy('s3://aws-cli/', into)),
  };
}

/** `dvc add` and `dvc push`; the working files are links into its cache, which is the quickest that it has. */
function dvc({ work, endpoint }) {
  const program = join(peers, 'dvc-s3', 'bin', 'dvc');
  const folder = join(work, 'dvc');
  const environment = {
    DVC_NO_ANALYTICS: '1',
    DVC_GLOBAL_CONFIG_DIR: folder,
    DVC_SITE_CACHE_DIR: join(work, 'dvc-site'),
  };
  const run = (...words) =>
    runWell(program, words, { cwd: folder, environment: { ...plainEnvironment(), ...environment }, timeoutMs });
  const clearCache = () => {
    rmSync(join(folder, '.dvc', 'cache'), { recursive: true, force: true });
    rmSync(join(folder, '.dvc', 'tmp'), { recursive: true, force: true });
    rmSync(join(work, 'dvc-site'), { recursive: true, force: true });
  };
  let files = '';
  return {
    name: 'dvc add + push',
    bucket: 'dvc',
    missing: existsSync(program) ? null : 'npm run peers -- dvc-s3',
    async load(from) {
      files = from;
      fresh(folder);
      await run('init', '--no-scm', '--quiet');
      await run('config', 'cache.type', 'hardlink,copy');
      await run('remote', 'add', '--default', 'bench', 's3://dvc');
      await run('remote', 'modify', 'bench', 'endpointurl', endpoint);
    },
    prepareUp() {
      clearCache();
      rmSync(join(folder, 'files.dvc'), { force: true });
      // Copies: DVC takes the write permission from what it links.
      fresh(join(folder, 'files'));
      cpSync(files, join(folder, 'files'), { recursive: true });
    },
    up: () => ({
      command: ['sh', '-c', '"$1" add files && "$1" push', 'sh', program],
      cwd: folder,
      environment,
    }),
    prepareDown() {
      clearCache();
      rmSync(join(folder, 'files'), { recursive: true, force: true });
    },
    down: () => ({ command: [program, 'pull'], cwd: folder, environment }),
    pulled: join(folder, 'files'),
  };
}

function mlflow({ work, endpoint }) {
  const python = join(peers, 'mlflow-s3', 'bin', 'python');
  const script = join(bench, 'python', 'mlflow_artifacts.py');
  const environment = { MLFLOW_S3_ENDPOINT_URL: endpoint, MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR: 'false' };
  let files = '';
  const pulled = join(work, 'pulled');
  return {
    name: 'mlflow',
    bucket: 'mlflow',
    missing: existsSync(python) ? null : 'npm run peers -- mlflow-s3',
    load: (folder) => (files = folder),
    up: () => ({ command: [python, script, 'up', files, 's3://mlflow/run'], environment }),
    prepareDown: () => fresh(pulled),
    down: () => ({ command: [python, script, 'down', pulled, 's3://mlflow/run'], environment }),
    pulled,
  };
}
