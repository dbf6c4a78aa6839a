import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { digestOf, seededBytes, writeSafetensors } from '@weighbridge/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folder, type GovernedRepository, makeGovernedRepository, manifest, runIn } from './governed-repository.js';

/** A model of two large tensors and two small ones; `head` alone differs between seeds. */
function modelOf(seed: number): Uint8Array {
  const tensor = (name: string, own: number, extent: number) => ({
    name,
    dtype: 'U8',
    shape: [extent],
    bytes: seededBytes(own, extent),
  });
  return writeSafetensors({
    tensors: [
      tensor('encoder.weight', 1, 300_000),
      tensor('encoder.bias', 2, 500),
      tensor('head.weight', seed, 200_000),
      tensor('head.bias', seed + 1, 300),
    ],
    metadata: { format: 'pt' },
  });
}

type Pulled = { folder: string; version: string; files: { name: string; outcome: string; tensors?: string[] }[] };

let repository: GovernedRepository;
let scratch: string;
beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'weighbridge-pull-'));
  repository = await makeGovernedRepository({ remote: true });
  await repository.write(`${folder}/model.yaml`, manifest.replace('[model.safetensors]', '[out/]'));
  await repository.write(`${folder}/out/model.safetensors`, modelOf(10));
  await repository.write(`${folder}/out/text/labels.json`, '{"a": 1}\n');
  repository.commit('A model of two files');
  await repository.run('register');
});
afterEach(async () => {
  await repository.dispose();
  await rm(scratch, { recursive: true, force: true });
});

const at = (name: string) => join(scratch, name);
async function pull(inputs: Readonly<Record<string, string>> = {}): Promise<Pulled> {
  return (await repository.run('pull', { model: 'fraud@1.0.0', into: at('into'), ...inputs })).json as Pulled;
}
const outcomes = ({ files }: Pulled) => Object.fromEntries(files.map(({ name, outcome }) => [name, outcome]));
describe('pull', () => {
  it('brings the files here, whole, and does nothing the second time', async () => {
    expect(outcomes(await pull())).toEqual({ 'model.safetensors': 'fetched', 'text/labels.json': 'fetched' });
    expect(digestOf(await readFile(at('into/model.safetensors')))).toBe(digestOf(modelOf(10)));
    expect(await readFile(at('into/text/labels.json'), 'utf8')).toBe('{"a": 1}\n');
    const before = await stat(at('into/model.safetensors'));
    expect(outcomes(await pull())).toEqual({ 'model.safetensors': 'present', 'text/labels.json': 'present' });
    const after = await stat(at('into/model.safetensors'));
    expect([after.ino, after.mtimeMs]).toEqual([before.ino, before.mtimeMs]);
    expect((await readdir(at('into'))).sort()).toEqual(['model.safetensors', 'text']);
  });

  it('mends a file of the same size with other bytes, and fetches only what is asked for', async () => {
    await pull();
    const bytes = modelOf(10);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    await writeFile(at('into/model.safetensors'), bytes);
    expect(outcomes(await pull({ only: 'text/*' }))).toEqual({ 'text/labels.json': 'present' });
    expect(outcomes(await pull({ 'dry-run': 'true' }))).toMatchObject({ 'model.safetensors': 'missing' });
    expect(outcomes(await pull())).toEqual({ 'model.safetensors': 'fetched', 'text/labels.json': 'present' });
    expect(digestOf(await readFile(at('into/model.safetensors')))).toBe(digestOf(modelOf(10)));
    expect(await repository.failure('pull', { model: 'fraud@1.0.0', only: '*.onnx' })).toBe('flow/nothing-selected');
  });

  it('works from a clone of depth 1, by stage and by digest, and into a folder named after the version', async () => {
    const clone = at('clone');
    repository.built.git('clone', '--quiet', '--depth', '1', `file://${repository.built.remote}`, clone);
    const pulled = (await runIn(clone, 'pull', { model: 'fraud@development' })).json as Pulled & { identity: string };
    expect(pulled.version).toBe('1.0.0');
    expect(pulled.folder).toBe(join(clone, 'fraud-1.0.0'));
    const again = (await runIn(clone, 'pull', { model: `fraud@${pulled.identity}` })).json as Pulled;
    expect(outcomes(again)).toMatchObject({ 'model.safetensors': 'present' });
  });

  it('says when there is no ledger, no such version and no store', async () => {
    expect(await repository.failure('pull', { model: 'fraud@9.9.9' })).toBe('flow/unknown-version');
    expect(await repository.failure('pull', { model: 'fraud' })).toBe('host/input');
    const other = await makeGovernedRepository();
    try {
      expect(await other.failure('pull', { model: 'fraud@1.0.0' })).toBe('flow/no-ledger');
    } finally {
      await other.dispose();
    }
    const policy = await repository.read('weighbridge.yaml');
    await repository.write('weighbridge.yaml', policy.replace(/^store:.*$/m, ''));
    expect(await repository.failure('pull', { model: 'fraud@1.0.0' })).toBe('flow/no-store-to-read');
  });

  it('refuses a version that nobody signed where a signature is asked for', async () => {
    expect(await repository.failure('pull', { model: 'fraud@1.0.0', signed: 'true', into: at('into') })).toBe(
      'signing/nobody-allowed',
    );
    await expect(stat(at('into'))).rejects.toThrow('ENOENT');
  });

  it('writes nothing through a link that leads out of the folder', async () => {
    await mkdir(at('elsewhere'));
    await mkdir(at('into'));
    await symlink(at('elsewhere'), at('into/text'));
    expect(await repository.failure('pull', { model: 'fraud@1.0.0', into: at('into') })).toBe('store/io');
    expect(await readdir(at('elsewhere'))).toEqual([]);
  });

  it('shows nothing under the name of a file whose stored bytes are damaged', async () => {
    await damageObjects(repository.store);
    expect(await repository.failure('pull', { model: 'fraud@1.0.0', into: at('into') })).toBe('store/corrupt');
    await expect(stat(at('into/model.safetensors'))).rejects.toThrow('ENOENT');
  });
});

describe('pull of tensors', () => {
  it('writes a file with these tensors only, each as it was registered', async () => {
    const pulled = await pull({ tensors: 'head.*' });
    expect(pulled.files).toMatchObject([
      { name: 'model.selected.safetensors', outcome: 'fetched', tensors: ['head.weight', 'head.bias'] },
    ]);
    const expected = writeSafetensors({
      tensors: [
        { name: 'head.weight', dtype: 'U8', shape: [200_000], bytes: seededBytes(10, 200_000) },
        { name: 'head.bias', dtype: 'U8', shape: [300], bytes: seededBytes(11, 300) },
      ],
      metadata: { format: 'pt' },
    });
    const written = await readFile(at('into/model.selected.safetensors'));
    const dataOf = (bytes: Uint8Array) => bytes.subarray(bytes.length - 200_300);
    expect(digestOf(dataOf(written))).toBe(digestOf(dataOf(expected)));
    expect((await pull({ tensors: 'head.*' })).files).toMatchObject([{ outcome: 'present' }]);
    expect((await pull({ tensors: 'head.b*' })).files).toMatchObject([{ outcome: 'fetched', tensors: ['head.bias'] }]);
  });

  it('needs no byte of the others', async () => {
    // The large tensor of the encoder is an object of its own, which goes.
    const gone = await objectOfSize(repository.store, 300_000);
    await rm(gone);
    expect((await pull({ tensors: 'head.weight' })).files).toMatchObject([{ outcome: 'fetched' }]);
    expect(await repository.failure('pull', { model: 'fraud@1.0.0', into: at('into') })).toBe('store/missing');
  });

  it('is refused for other formats and for patterns that match nothing', async () => {
    const asked = { model: 'fraud@1.0.0', into: at('into') };
    expect(await repository.failure('pull', { ...asked, tensors: 'tail.*' })).toBe('flow/nothing-selected');
    expect(await repository.failure('pull', { ...asked, tensors: '*', only: 'text/*' })).toBe(
      'flow/tensors-not-selectable',
    );
  });
});

describe('what is stored', () => {
  it('counts each piece once, for the version that was registered first with it', async () => {
    await repository.write(`${folder}/out/model.safetensors`, modelOf(20));
    repository.commit('Another head');
    await repository.run('register');
    await repository.write('models/copy/model.yaml', manifest.replace('name: fraud', 'name: copy'));
    for (const name of ['settings.yaml', 'data.csv', 'eval.json'])
      await repository.write(`models/copy/${name}`, await repository.read(`${folder}/${name}`));
    await repository.write('models/copy/model.safetensors', modelOf(20));
    repository.commit('A copy');
    await repository.run('register', { models: 'copy' });
    const stats = (await repository.run('store stats')).json as {
      models: { model: string; logical: number; stored: number; shared: number; versions: Bytes[] }[];
      total: Bytes;
    };
    const size = modelOf(10).length;
    const [copy, fraud] = stats.models;
    expect(copy).toMatchObject({ model: 'copy', logical: size, stored: 0, shared: size, missing: 0 });
    const [first, second] = fraud?.versions ?? [];
    expect(first).toMatchObject({ logical: size + 9, stored: size + 9, saved: 0 });
    expect(second).toMatchObject({ logical: size + 9, shared: 0 });
    expect(second?.saved).toBeGreaterThan(300_000);
    expect(second?.stored).toBeGreaterThanOrEqual(200_300);
    expect(stats.total.logical).toBe(stats.total.stored + stats.total.saved);
    expect(await repository.failure('store stats', { models: 'nobody' })).toBe('flow/unknown-model');
  });

  it('is verified; damage is told with the way to mend it, set aside, and mended', async () => {
    const { run } = repository;
    expect(await run('store verify')).toMatchObject({ exitCode: 0, json: { verified: true, checked: 2, of: 2 } });
    expect((await run('store verify', { sample: '1' })).json).toMatchObject({ checked: 1, of: 2 });
    expect(await repository.failure('store verify', { sample: '0' })).toBe('host/input');
    await damageObjects(repository.store);
    const found = await run('store verify', { models: 'fraud' });
    expect(found).toMatchObject({ exitCode: 1, json: { verified: false } });
    expect(found.text).toContain('weighbridge store verify fraud --quarantine');
    const { damaged } = (await run('store verify', { quarantine: 'true' })).json as { damaged: Damaged[] };
    expect(damaged.map(({ code }) => code)).toEqual(['store/corrupt', 'store/corrupt']);
    expect(damaged.every(({ quarantined }) => quarantined?.includes('quarantine/') === true)).toBe(true);
    const missing = (await run('store verify')).json as { damaged: Damaged[] };
    expect(missing.damaged.map(({ code }) => code)).toEqual(['store/missing', 'store/missing']);
    await run('store push');
    expect(await run('store verify')).toMatchObject({ exitCode: 0 });
  });

  it('is set aside once where several versions share the damage, and mended for all by one of them', async () => {
    for (const seed of [20, 30, 40]) {
      await repository.write(`${folder}/out/model.safetensors`, modelOf(seed));
      repository.commit(`Head ${seed}`);
      await repository.run('register');
    }
    await damageObject(await objectOfSize(repository.store, 300_000));
    const before = await objectsOf(repository.store);
    const found = await repository.run('store verify', { quarantine: 'true' });
    const { damaged } = found.json as { damaged: Damaged[] };
    expect(damaged.map(({ code }) => code)).toEqual(Array.from({ length: 4 }, () => 'store/corrupt'));
    expect(new Set(damaged.map(({ quarantined }) => quarantined)).size).toBe(1);
    expect(await readdir(join(repository.store, 'quarantine'))).toHaveLength(1);
    expect(await objectsOf(repository.store)).toHaveLength(before.length - 1);
    const told = (await repository.run('store verify')).json as { damaged: Damaged[] };
    expect(told.damaged.map(({ code }) => code)).toEqual(Array.from({ length: 4 }, () => 'store/missing'));
    await repository.run('store push');
    expect(await repository.run('store verify')).toMatchObject({ exitCode: 0, json: { verified: true } });
  });

  it('is told with the reason where it cannot be set aside, file by file, and left', async () => {
    await damageObjects(repository.store);
    await writeFile(join(repository.store, 'quarantine'), 'a file where the folder should be');
    const before = await objectsOf(repository.store);
    const found = await repository.run('store verify', { quarantine: 'true' });
    expect(found.exitCode).toBe(1);
    const { damaged } = found.json as { damaged: Damaged[] };
    expect(damaged.map(({ code }) => code)).toEqual(['store/corrupt', 'store/corrupt']);
    for (const { quarantined, not_set_aside: reason } of damaged) {
      expect(quarantined).toBeNull();
      expect(reason).toContain(join(repository.store, 'quarantine'));
    }
    expect(await objectsOf(repository.store)).toEqual(before);
  });

  it('has no addresses in a folder', async () => {
    expect(await repository.failure('store url', { model: 'fraud@1.0.0' })).toBe('flow/no-addresses');
    expect(await repository.failure('store url', { model: 'fraud@1.0.0', expires: '700000' })).toBe('host/input');
  });
});

type Bytes = { version: string; logical: number; stored: number; saved: number; shared: number };
type Damaged = { code: string; quarantined: string | null; not_set_aside: string | null };

describe('an export as an OCI image layout', () => {
  it('has the files under their own digests, and the media types of ModelPack', async () => {
    const exported = (await repository.run('export', { model: 'fraud@1.0.0', oci: at('oci') })).json as {
      manifest: string;
      present: number;
    };
    const blob = (digest: string) => readFile(at(`oci/blobs/sha256/${digest.replace('sha256:', '')}`));
    const index = JSON.parse(await readFile(at('oci/index.json'), 'utf8'));
    expect(index.manifests).toEqual([
      expect.objectContaining({
        digest: exported.manifest,
        annotations: { 'org.opencontainers.image.ref.name': 'fraud-1.0.0' },
      }),
    ]);
    const text = await blob(exported.manifest);
    expect(digestOf(text)).toBe(exported.manifest);
    const image = JSON.parse(text.toString('utf8'));
    expect(image.artifactType).toBe('application/vnd.cncf.model.manifest.v1+json');
    const layers = image.layers as { mediaType: string; digest: string; annotations: Record<string, string> }[];
    expect(layers.map(({ mediaType, annotations }) => [annotations['org.cncf.model.filepath'], mediaType])).toEqual([
      ['model.safetensors', 'application/vnd.cncf.model.weight.v1.raw'],
      ['text/labels.json', 'application/vnd.cncf.model.weight.config.v1.raw'],
    ]);
    for (const { digest } of layers) expect(digestOf(await blob(digest))).toBe(digest);
    const config = JSON.parse((await blob(image.config.digest)).toString('utf8'));
    expect(config).toMatchObject({
      descriptor: { name: 'fraud', version: '1.0.0' },
      config: { format: 'safetensors' },
      modelfs: { type: 'layers', diffIds: layers.map(({ digest }) => digest) },
    });
  });

  it('again changes nothing, keeps other images, and is refused where another index lies', async () => {
    const run = () => repository.run('export', { model: 'fraud@1.0.0', oci: at('oci') });
    await run();
    const index = await readFile(at('oci/index.json'), 'utf8');
    expect((await run()).json).toMatchObject({ present: 2 });
    expect(await readFile(at('oci/index.json'), 'utf8')).toBe(index);
    const named = (name: string, digit: string) => ({
      digest: `sha256:${digit.repeat(64)}`,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      size: 1,
      annotations: { 'org.opencontainers.image.ref.name': name },
    });
    const others = [{ ...named('', '0'), annotations: {} }, named('1.0.0', '1'), named('churn-1.0.0', '2')];
    const manifests = [...others, named('fraud-1.0.0', '3')];
    await writeFile(at('oci/index.json'), JSON.stringify({ schemaVersion: 2, manifests }));
    await run();
    const [own] = JSON.parse(index).manifests;
    expect(JSON.parse(await readFile(at('oci/index.json'), 'utf8')).manifests).toEqual([...others, own]);
    await writeFile(at('oci/index.json'), '{}');
    expect(await repository.failure('export', { model: 'fraud@1.0.0', oci: at('oci') })).toBe(
      'flow/oci-layout-unreadable',
    );
  });
});

async function objectsOf(store: string): Promise<readonly string[]> {
  const entries = await readdir(join(store, 'sha256'), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function objectOfSize(store: string, sizeBytes: number): Promise<string> {
  for (const path of await objectsOf(store)) if ((await stat(path)).size === sizeBytes) return path;
  throw new Error(`no object of ${sizeBytes} bytes`);
}

/** Flips one bit of every object, as a bad disk would. */
async function damageObjects(store: string): Promise<void> {
  for (const path of await objectsOf(store)) await damageObject(path);
}

async function damageObject(path: string): Promise<void> {
  const bytes = await readFile(path);
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  await chmod(path, 0o644);
  await writeFile(path, bytes);
}
