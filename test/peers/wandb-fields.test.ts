// needs: wandb
import { wandbRunQuery } from '../../packages/sources/src/wandb/read-wandb-run.js';
import { expect, it } from 'vitest';
import { askPeerPython } from './ask-python.js';

/** What the client of Weights & Biases asks of a run and of its files, with the names of the arguments. */
const script = `import json, re
from wandb.apis.public.runs import RUN_FRAGMENT
from wandb.apis.public.files import FILE_FRAGMENT
words = lambda text: sorted(set(re.findall(r"[A-Za-z]+", text)))
print(json.dumps({"run": words(RUN_FRAGMENT), "files": words(FILE_FRAGMENT)}))`;

it('every field that is asked of a run is one that the client of Weights & Biases asks', () => {
  const client = askPeerPython('wandb', script) as { readonly run: string[]; readonly files: string[] };
  const [, own = '', files = ''] = /run\(name: \$run\) \{([^{]*)(files\(.*)/s.exec(wandbRunQuery) ?? [];
  const wordsOf = (text: string) => text.replaceAll(/"[^"]*"/g, '').match(/[A-Za-z]+/g) ?? [];
  const asked = wordsOf(own).filter((word) => word !== 'files');
  expect(asked).toContain('summaryMetrics');
  expect(asked.filter((word) => !client.run.includes(word))).toEqual([]);
  expect(wordsOf(files)).toContain('directUrl');
  expect(wordsOf(files).filter((word) => !client.files.includes(word))).toEqual([]);
});
