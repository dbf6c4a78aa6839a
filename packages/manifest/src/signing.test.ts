import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { parsePolicy } from './parse-policy.js';

const pemOf = (namedCurve: string) =>
  generateKeyPairSync('ec', { namedCurve }).publicKey.export({ format: 'pem', type: 'spki' }).toString();
const pem = pemOf('P-256');
const block = (text: string, name = 'release') =>
  `    ${name}: |\n${text
    .trimEnd()
    .split('\n')
    .map((line) => `      ${line}\n`)
    .join('')}`;
const parse = (text: string) => parsePolicy({ path: 'weighbridge.yaml', text: `version: 1\n${text}` });
const codes = (text: string) => {
  const parsed = parse(text);
  return parsed.ok ? [] : parsed.faults.map(({ code }) => code);
};
const gate = (stage: string) => `gates: { ${stage}: { signature: required } }\n`;

describe('who may sign', () => {
  test('is read with keys of each curve, workflows as addresses, and the trusted root of the evidence', () => {
    const signers = '  signers: [{ workflow: acme/m/.github/workflows/r.yml, refs: [refs/tags/*] }]\n';
    const text = `evidence: { trusted_root: { path: r.json, digest: "sha256:${'0'.repeat(64)}" } }\nsigning:\n  when: later\n${signers}  keys:\n${block(pem)}${block(pemOf('P-384'), 'b')}${block(pemOf('P-521'), 'c')}${gate('staging')}`;
    const parsed = parse(text);
    expect(parsed.ok ? [] : parsed.faults).toEqual([]);
    if (!parsed.ok) return;
    expect(parsed.value.signing).toMatchObject({
      keys: { release: pem },
      when: 'later',
      signers: [
        { workflow: 'https://github.com/acme/m/.github/workflows/r.yml', repository: 'https://github.com/acme/m' },
      ],
      trustedRoot: { path: 'r.json' },
    });
    expect(parsed.value.gates['staging']?.signature).toBe('required');
  });

  test('leaves a policy without it as it was', () => {
    const parsed = parse('gates: { staging: { signature: optional } }\n');
    expect(parsed.ok && 'signing' in parsed.value).toBe(false);
    expect(parsed.ok && 'signature' in (parsed.value.gates['staging'] ?? {})).toBe(false);
    const with_ = parse(`signing:\n  keys:\n${block(pem)}`);
    expect(with_.ok && with_.value.signing?.when).toBe('register');
  });

  test('must be somebody', () => {
    expect(codes('signing: { when: later }\n')).toContain('manifest/nobody-signs');
    expect(codes(gate('staging'))).toContain('manifest/nobody-signs');
    expect(codes(`signing:\n  keys:\n${block(pem)}${block(pem, 'again')}`)).toHaveLength(1);
  });

  test('is not asked of the first stage, which registration enters', () => {
    expect(codes(`signing:\n  keys:\n${block(pem)}${gate('development')}`)).toEqual(['manifest/signature-too-early']);
    // Which stage is the first is not known of a list that cannot be read.
    const stages = 'stages: [{ a: b }, development, archived]\n';
    expect(codes(`${stages}signing:\n  keys:\n${block(pem)}${gate('development')}`)).toEqual(['manifest/wrong-type']);
  });

  test.each(['ed25519', 'rsa', 'secp256k1', 'private', 'text'])('%s is no key of a signer', (kind) => {
    const text =
      kind === 'ed25519'
        ? generateKeyPairSync('ed25519').publicKey.export({ format: 'pem', type: 'spki' }).toString()
        : kind === 'rsa'
          ? generateKeyPairSync('rsa', { modulusLength: 2048 })
              .publicKey.export({ format: 'pem', type: 'spki' })
              .toString()
          : kind === 'private'
            ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
                .privateKey.export({ format: 'pem', type: 'pkcs8' })
                .toString()
            : kind === 'text'
              ? 'a key'
              : pemOf(kind);
    expect(codes(`signing:\n  keys:\n${block(text)}`)).toHaveLength(1);
  });
});
