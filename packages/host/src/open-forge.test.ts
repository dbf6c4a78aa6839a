import { describe, expect, it } from 'vitest';
import { forgeAddress } from './open-forge.js';

const address = (environment: Record<string, string>, origin: string | null = null) =>
  forgeAddress(environment, origin);

describe('where a forge is asked', () => {
  it('is what the job says', () => {
    const environment = {
      GITHUB_REPOSITORY: 'acme/models',
      GITHUB_SERVER_URL: 'https://git.acme.test/',
      GITHUB_API_URL: 'https://git.acme.test/api/v3',
      GITHUB_GRAPHQL_URL: 'https://git.acme.test/api/graphql',
    };
    expect(address(environment)).toEqual({
      repository: 'acme/models',
      serverUrl: 'https://git.acme.test',
      apiUrl: 'https://git.acme.test/api/v3',
      graphqlUrl: 'https://git.acme.test/api/graphql',
    });
  });

  it.each([
    ['https://github.com', 'https://api.github.com', 'https://api.github.com/graphql'],
    ['https://acme.ghe.com', 'https://api.acme.ghe.com', 'https://api.acme.ghe.com/graphql'],
    ['https://git.acme.test', 'https://git.acme.test/api/v3', 'https://git.acme.test/api/graphql'],
  ])('follows from the server %s', (serverUrl, apiUrl, graphqlUrl) => {
    const found = address({ GITHUB_REPOSITORY: 'acme/models', GITHUB_SERVER_URL: serverUrl });
    expect(found).toMatchObject({ apiUrl, graphqlUrl });
  });

  it.each([
    'https://github.com/acme/models.git',
    'https://github.com/acme/models',
    'https://someone@github.com/acme/models/',
    'git@github.com:acme/models.git',
    'ssh://git@github.com/acme/models.git',
    'ssh://git@GitHub.com:22/acme/models',
  ])('is where origin leads: %s', (origin) => {
    expect(address({}, origin)?.repository).toBe('acme/models');
  });

  it.each([
    null,
    'https://gitlab.com/acme/models.git',
    '/srv/git/models.git',
    'file:///srv/git/acme/models.git',
    'https://github.com/acme',
    'https://github.com.evil.test/acme/models.git',
  ])('is nowhere when origin is %s', (origin) => {
    expect(address({}, origin)).toBeNull();
  });
});
