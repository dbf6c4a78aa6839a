// needs: mlflow
import { join } from 'node:path';
import { buildRepository, type BuiltRepository } from '@weighbridge/testkit';
import { afterEach, expect, it } from 'vitest';
import { runIn } from '../scenarios/governed-repository.js';
import { askPeer } from './ask-python.js';

let built: BuiltRepository;
afterEach(() => built.dispose());

it('a model that MLflow saves again is the same, and an optional input more breaks nothing', async () => {
  built = await buildRepository({ commits: [{ files: { 'README.md': '# Team\n' } }] });
  const save = (...optional: readonly string[]) =>
    askPeer('mlflow', 'mlflow_save.py', { words: [join(built.root, 'churn'), ...optional] });
  expect(save()).toContain('MLmodel');
  await runIn(built.root, 'init', { 'no-workflows': 'true' });
  built.git('add', '-A');
  built.git('commit', '--quiet', '-m', 'Govern');
  expect((await runIn(built.root, 'register')).json).toMatchObject({ models: [{ version: '1.0.0' }] });
  save();
  expect((await runIn(built.root, 'version')).json).toMatchObject({ models: [{ next: null, bump: 'none' }] });
  save('y');
  expect((await runIn(built.root, 'version')).json).toMatchObject({ models: [{ next: '1.1.0', bump: 'minor' }] });
});
