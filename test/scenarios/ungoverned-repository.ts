import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { buildRepository, type BuiltRepository } from '@weighbridge/testkit';

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** A repository with files that nobody governs yet. */
export async function repositoryWith(files: Files): Promise<BuiltRepository> {
  const built = await buildRepository({ commits: [{ files: { 'README.md': '# Team\n' } }] });
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(built.root, path)), { recursive: true });
    await writeFile(join(built.root, path), content);
  }
  built.git('add', '-A');
  built.git('commit', '--quiet', '-m', 'Add models');
  return built;
}
