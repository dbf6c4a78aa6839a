// needs: documents, lakefs
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fakeHub, fakeLakefs, serveSource } from '@weighbridge/testkit';
import { expect, it } from 'vitest';

const peers = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '.peers');

// The Hub's API description is to be had from the Hub alone, so that its own client is what the fake is held to.
it("the Hub's own client reads the fake Hub as it reads the Hub, for every kind of repository", async () => {
  const sha = '1'.repeat(40);
  const token = 'hf_of_tests';
  const repository = { revisions: { main: sha, 'v1/x': sha }, isPrivate: true };
  const repositories = { 'datasets/acme/x': repository, 'models/acme/x': repository, 'spaces/acme/x': repository };
  const hub = await serveSource(fakeHub(() => ({ token, repositories })));
  const script = `import json, sys
from huggingface_hub import HfApi
def attempt(ask, *words, **more):
    try:
        info = ask(*words, **more)
        return [info.id, info.sha, info.private]
    except Exception as error:
        return type(error).__name__
known, unknown = HfApi(endpoint=sys.argv[1], token=sys.argv[2]), HfApi(endpoint=sys.argv[1], token=False)
asks = [known.model_info, known.dataset_info, known.space_info]
print(json.dumps({
    "read": [attempt(ask, "acme/x", revision="v1/x") for ask in asks],
    "revision": [attempt(ask, "acme/x", revision="none") for ask in asks],
    "repository": attempt(known.model_info, "acme/none"),
    "nobody": attempt(unknown.model_info, "acme/x"),
}))`;
  try {
    expect(await askBeside('documents', script, hub.url, token)).toEqual({
      read: [1, 2, 3].map(() => ['acme/x', sha, true]),
      revision: [1, 2, 3].map(() => 'RevisionNotFoundError'),
      repository: 'RepositoryNotFoundError',
      nobody: 'RepositoryNotFoundError',
    });
    const asked = hub.requests.map(({ path }) => path);
    expect(asked).toContain('/api/models/acme/x/revision/v1%2Fx');
  } finally {
    await hub.close();
  }
});

it("lakeFS's own client reads the fake lakeFS, in the operations that references use", async () => {
  const commit = 'c'.repeat(64);
  const repositories = { lake: { refs: { main: commit }, objects: { [commit]: ['raw/a.csv', 'rawest.csv'] } } };
  const lakefs = await serveSource(fakeLakefs(() => ({ key: 'AKIA', secret: 'of-tests', repositories })));
  const script = `import json, sys
import lakefs_sdk
from lakefs_sdk.rest import ApiException
def client(secret):
    return lakefs_sdk.ApiClient(lakefs_sdk.Configuration(host=sys.argv[1] + "/api/v1", username="AKIA", password=secret))
def status(ask, *words):
    try:
        ask(*words)
    except ApiException as error:
        return error.status
with client("of-tests") as known, client("wrong") as unknown:
    log = lakefs_sdk.RefsApi(known).log_commits("lake", "main", amount=1)
    listed = lakefs_sdk.ObjectsApi(known).list_objects("lake", log.results[0].id, prefix="raw/", amount=1)
    print(json.dumps([
        log.results[0].id,
        [each.path for each in listed.results],
        status(lakefs_sdk.RefsApi(known).log_commits, "lake", "none"),
        status(lakefs_sdk.RefsApi(unknown).log_commits, "lake", "main"),
    ]))`;
  try {
    expect(await askBeside('lakefs', script, lakefs.url)).toEqual([commit, ['raw/a.csv'], 404, 401]);
  } finally {
    await lakefs.close();
  }
});

/** Runs Python without stopping this process, whose server it asks. */
function askBeside(peer: string, script: string, ...words: readonly string[]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const child = spawn(join(peers, peer, 'bin', 'python'), ['-c', script, ...words]);
    let [text, trouble] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (trouble += chunk.toString()));
    child.on('close', (code) => (code === 0 ? resolve(JSON.parse(text)) : reject(new Error(trouble))));
  });
}
