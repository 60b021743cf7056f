import { describe, expect, it } from 'vitest';
import { compileRuleSet } from '../../shared/rules/compile.ts';
import { parseRuleSet } from '../../shared/rules/storedSet.ts';
import { actions } from './ruleFixtures.ts';

const compiled = (images: string) => compileRuleSet([{ path: 'settings', text: `images: ${images}\n` }], actions);
const root = 'a'.repeat(64);
const profile = 'arn:aws:signer:eu-west-1:123456789012:/signing-profiles/release';

describe('what the settings want of an image', () => {
  it('is kept as it is written, and read back from where it is stored', () => {
    const { set, problems } = compiled(
      `{ registries: ["123456789012.dkr.ecr.*.amazonaws.com", docker.io/library/*, "localhost:5000"], signed: { profiles: ["${profile}"], revocation: ask, roots: ["${root}"] }, maxAgeDays: 90, unscanned: allow }`,
    );
    expect(problems).toEqual([]);
    const images = {
      registries: ['123456789012.dkr.ecr.*.amazonaws.com', 'docker.io/library/*', 'localhost:5000'],
      signed: { by: 'managed', profiles: [profile], revocation: 'ask', roots: [root] },
      maxAgeDays: 90,
      unscanned: 'allow',
    };
    expect(set?.settings.images).toEqual(images);
    expect(parseRuleSet(JSON.stringify(set), actions).settings.images).toEqual(images);
  });

  it.each([
    ['{ registry: [docker.io] }', 'unknown-key', 'images.registry'],
    ['{ registries: [] }', 'value', 'images.registries'],
    ['{ registries: docker.io }', 'value', 'images.registries'],
    ['{ registries: ["https://docker.io"] }', 'value', 'images.registries[0]'],
    ['{ registries: ["*"] }', 'value', 'images.registries[0]'],
    ['{ registries: ["library/nginx"] }', 'value', 'images.registries[0]'],
    ['{ registries: ["docker.io/library/nginx:1"] }', 'value', 'images.registries[0]'],
    ['{ registries: ["Docker.io"] }', 'value', 'images.registries[0]'],
    ['{ signed: true }', 'value', 'images.signed'],
    ['{ signed: { by: cosign } }', 'value', 'images.signed.by'],
    ['{ signed: { profiles: [release] } }', 'value', 'images.signed.profiles[0]'],
    [`{ signed: { by: attached, profiles: ["${profile}"] } }`, 'value', 'images.signed.profiles'],
    ['{ signed: { by: attached, revocation: ask } }', 'value', 'images.signed.revocation'],
    ['{ signed: { revocation: no } }', 'value', 'images.signed.revocation'],
    [`{ signed: { roots: ["${'a'.repeat(64)}"] } }`, 'value', 'images.signed.roots'],
    ['{ signed: { revocation: ask, roots: [AB] } }', 'value', 'images.signed.roots[0]'],
    ['{ maxAgeDays: 0 }', 'value', 'images.maxAgeDays'],
    ['{ maxAgeDays: 1.5 }', 'value', 'images.maxAgeDays'],
    ['{ unscanned: pass }', 'value', 'images.unscanned'],
  ])('%s is refused: %s at %s', (images, code, path) => {
    const { set, problems } = compiled(images);
    expect(set).toBeNull();
    expect(problems).toMatchObject([{ code, path, level: 'error' }]);
  });
});
