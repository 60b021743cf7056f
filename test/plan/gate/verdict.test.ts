import { describe, expect, it } from 'vitest';
import { gateVerdict, mayPassLater } from '../../../shared/plan/gate/verdict.ts';
import { now } from '../fakes.ts';
import { askedOf, clean, digest, type Given, judged, name, registry, runnable, scanned } from './fakes.ts';

const profile = 'arn:aws:signer:us-east-1:123456789012:/signing-profiles/release';
const signedAs = (status: string, of = profile) => ({
  managed: [{ profile: of, status, failure: null }],
  attached: null,
});
const other = `sha256:${'2'.repeat(64)}`;
const days = (count: number) => new Date(now.getTime() - count * 86_400_000).toISOString();
const pushed = (pushedAt: string | null) => ({
  image: { ...(clean.image as NonNullable<typeof clean.image>), pushedAt },
});
const imageOf = (more: object) => ({ image: { ...(clean.image as NonNullable<typeof clean.image>), ...more } });

describe('an image', () => {
  it.each<[what: string, given: Given, verdict: string, why: readonly string[]]>([
    ['clean', {}, 'passed', []],
    ['critical', { scan: scanned({ CRITICAL: 1 }) }, 'blocked', ['rules rule block']],
    [
      'critical on one of two platforms',
      { asked: { runnable: [runnable(), runnable({ digest: other, scan: scanned({ CRITICAL: 1 }) })] } },
      'blocked',
      ['rules rule block'],
    ],
    ['with less than the rule takes', { scan: scanned({ HIGH: 9 }) }, 'passed', []],
    // Archived and unknown.
    [
      'archived',
      { asked: { ...imageOf({ status: 'ARCHIVED' }), runnable: [runnable({ status: 'ARCHIVED', scan: null })] } },
      'blocked',
      ['image archived block'],
    ],
    [
      'that is being restored',
      { asked: { ...imageOf({ status: 'ACTIVATING' }), runnable: [] } },
      'unknown',
      ['image activating unknown'],
    ],
    [
      'whose index is archived',
      { asked: { ...imageOf({ kind: 'index', status: 'ARCHIVED' }), runnable: [] } },
      'blocked',
      ['image archived block'],
    ],
    [
      'of which a platform is archived',
      {
        asked: {
          ...imageOf({ kind: 'index' }),
          runnable: [runnable(), runnable({ digest: other, status: 'ARCHIVED', scan: null })],
        },
      },
      'blocked',
      ['image archived block'],
    ],
    [
      'of which a platform is gone',
      { asked: { ...imageOf({ kind: 'index' }), runnable: [runnable({ status: null, scan: null })] } },
      'blocked',
      ['image incomplete-index block'],
    ],
    [
      'whose index lists nothing that runs',
      { asked: { ...imageOf({ kind: 'index' }), runnable: [] } },
      'unknown',
      ['image incomplete-index unknown'],
    ],
    ['that is a signature', { asked: imageOf({ referrerOf: other }) }, 'blocked', ['image no-image block']],
    [
      'that is not there',
      { asked: { image: null, runnable: [], missing: 'image' } },
      'unknown',
      ['image unknown-image unknown'],
    ],
    [
      'whose repository is not there',
      { asked: { image: null, runnable: [], missing: 'repository' } },
      'unknown',
      ['image unknown-image unknown'],
    ],
    [
      'that may not be read',
      { asked: { image: null, runnable: [], unread: [{ place: 'the image', why: 'access denied' }] } },
      'unknown',
      ['image not-read unknown'],
    ],
    [
      'whose scan may not be read',
      {
        scan: null,
        asked: { runnable: [runnable({ scan: null })], unread: [{ place: 'the scan', why: 'access denied' }] },
      },
      'unknown',
      ['image not-read unknown'],
    ],
    // Scans.
    ['whose scan runs', { scan: scanned(null, 'IN_PROGRESS') }, 'unknown', ['scan scanning unknown']],
    ['whose scan waits', { scan: scanned(null, 'PENDING') }, 'unknown', ['scan scanning unknown']],
    ['whose scan failed', { scan: scanned(null, 'FAILED') }, 'unknown', ['scan scan-failed unknown']],
    [
      'whose scan has a word that nobody knows',
      { scan: scanned({}, 'SOMETHING') },
      'unknown',
      ['scan scan-failed unknown'],
    ],
    ['whose scan says no counts', { scan: scanned(null) }, 'unknown', ['scan scan-failed unknown']],
    ['that nobody scanned', { scan: scanned(null, 'none') }, 'blocked', ['scan unscanned block']],
    ['that ECR does not scan', { scan: scanned(null, 'UNSUPPORTED_IMAGE') }, 'blocked', ['scan unscanned block']],
    [
      'whose scan is too long ago',
      { scan: scanned(null, 'SCAN_ELIGIBILITY_EXPIRED') },
      'blocked',
      ['scan unscanned block'],
    ],
    [
      'that nobody scanned, where it may',
      { scan: scanned(null, 'none'), policy: { unscanned: 'allow' } },
      'passed',
      ['scan unscanned warn'],
    ],
    [
      'whose scan runs, where unscanned ones may pass',
      { scan: scanned(null, 'IN_PROGRESS'), policy: { unscanned: 'allow' } },
      'unknown',
      ['scan scanning unknown'],
    ],
    // Where it comes from.
    ['of an approved registry', { policy: { registries: [registry] } }, 'passed', []],
    [
      'of another registry',
      { policy: { registries: ['999999999999.dkr.ecr.us-east-1.amazonaws.com'] } },
      'blocked',
      ['registry unapproved-registry block'],
    ],
    ['of no registry of ECR', { image: 'nginx', asked: null }, 'unknown', ['image not-ecr unknown']],
    [
      'of no registry of ECR, and not approved',
      { image: 'nginx', asked: null, policy: { registries: [registry] } },
      'blocked',
      ['registry unapproved-registry block', 'image not-ecr unknown'],
    ],
    [
      'of no registry of ECR, approved',
      { image: 'nginx', asked: null, policy: { registries: ['docker.io'] } },
      'unknown',
      ['image not-ecr unknown'],
    ],
    [
      'of no registry of ECR, approved unscanned',
      { image: 'nginx', asked: null, policy: { registries: ['docker.io'], unscanned: 'allow' } },
      'passed',
      ['image not-ecr warn'],
    ],
    [
      'of no registry of ECR, that should be signed',
      { image: 'nginx', asked: null, policy: { unscanned: 'allow', signed: { by: 'managed' } } },
      'unknown',
      ['image not-ecr warn', 'signature not-read unknown'],
    ],
    [
      'of no registry of ECR, that should be young',
      { image: 'nginx', asked: null, policy: { unscanned: 'allow', maxAgeDays: 9 } },
      'unknown',
      ['image not-ecr warn', 'age unknown-age unknown'],
    ],
    // How old it is.
    ['as old as it may be', { asked: pushed(days(30)), policy: { maxAgeDays: 30 } }, 'passed', []],
    ['too old', { asked: pushed(days(31)), policy: { maxAgeDays: 30 } }, 'blocked', ['age too-old block']],
    ['of unknown age', { asked: pushed(null), policy: { maxAgeDays: 30 } }, 'unknown', ['age unknown-age unknown']],
    // Signatures.
    ['signed', { asked: { signatures: signedAs('COMPLETE') }, policy: { signed: { by: 'managed' } } }, 'passed', []],
    [
      'unsigned',
      { asked: { signatures: { managed: [], attached: null } }, policy: { signed: { by: 'managed' } } },
      'blocked',
      ['signature unsigned block'],
    ],
    [
      'whose signing failed',
      { asked: { signatures: signedAs('FAILED') }, policy: { signed: { by: 'managed' } } },
      'blocked',
      ['signature unsigned block'],
    ],
    [
      'that is being signed',
      { asked: { signatures: signedAs('IN_PROGRESS') }, policy: { signed: { by: 'managed' } } },
      'unknown',
      ['signature signing unknown'],
    ],
    [
      'signed by a profile that is named',
      { asked: { signatures: signedAs('COMPLETE') }, policy: { signed: { by: 'managed', profiles: [profile] } } },
      'passed',
      [],
    ],
    [
      'signed by another profile',
      {
        asked: { signatures: signedAs('COMPLETE', `${profile}_2`) },
        policy: { signed: { by: 'managed', profiles: [profile] } },
      },
      'blocked',
      ['signature unsigned block'],
    ],
    [
      'with a signature that somebody attached',
      {
        asked: { signatures: { managed: [], attached: [{ digest: other, type: 'x' }] } },
        policy: { signed: { by: 'attached' } },
      },
      'passed',
      [],
    ],
    [
      'with one that somebody attached, where ECR should sign',
      {
        asked: { signatures: { managed: [], attached: [{ digest: other, type: 'x' }] } },
        policy: { signed: { by: 'managed' } },
      },
      'blocked',
      ['signature unsigned block'],
    ],
    [
      'whose signatures could not be read',
      { policy: { signed: { by: 'managed' } } },
      'unknown',
      ['signature not-read unknown'],
    ],
    // Both.
    [
      'blocked and unknown at once',
      { scan: scanned(null, 'IN_PROGRESS'), policy: { registries: ['docker.io'] } },
      'blocked',
      ['registry unapproved-registry block', 'scan scanning unknown'],
    ],
  ])('%s', (_what, given, verdict, why) => {
    expect(judged(given)).toMatchObject({ verdict, why });
  });

  it.each<[what: string, policy: Given]>([
    ['an unapproved registry', { policy: { registries: ['docker.io'] } }],
    ['an image that nobody scanned', { scan: scanned(null, 'none') }],
    [
      'one without a signature',
      { policy: { signed: { by: 'managed' } }, asked: { signatures: { managed: [], attached: null } } },
    ],
    ['one that is too old', { policy: { maxAgeDays: 1 }, asked: pushed(days(3)) }],
  ])('where the settings say observeOnly, is warned of for %s', (_what, given) => {
    expect(judged(given).verdict).toBe('blocked');
    const came = judged({ ...given, observeOnly: true });
    expect(came.verdict).toBe('passed');
    expect(came.reasons.map(({ level }) => level)).toEqual(['warn']);
  });
});

describe('whether it is worth asking again', () => {
  const later = (given: Given) => mayPassLater(gateVerdict(askedOf(given)));

  it.each<[Given, boolean]>([
    [{}, false],
    [{ scan: scanned(null, 'IN_PROGRESS') }, true],
    [{ scan: scanned(null, 'none') }, true],
    [{ scan: scanned(null, 'UNSUPPORTED_IMAGE') }, false],
    [{ scan: scanned({ CRITICAL: 1 }) }, false],
    [{ scan: scanned(null, 'IN_PROGRESS'), policy: { registries: ['docker.io'] } }, false],
    [{ asked: { signatures: signedAs('IN_PROGRESS') }, policy: { signed: { by: 'managed' } } }, true],
    [{ asked: { signatures: signedAs('FAILED') }, policy: { signed: { by: 'managed' } } }, false],
    [
      {
        asked: { unread: [{ place: 'its signatures', why: 'throttled', mayPass: true }] },
        policy: { signed: { by: 'managed' } },
      },
      true,
    ],
    [
      { asked: { unread: [{ place: 'its signatures', why: 'access denied' }] }, policy: { signed: { by: 'managed' } } },
      false,
    ],
    [{ asked: { image: null, runnable: [], missing: 'image' } }, false],
  ])('%#', (given, worth) => {
    expect(later(given)).toBe(worth);
  });
});

it('the place of an image is its digest where that is known', () => {
  expect(judged({ scan: scanned(null, 'none') }).reasons[0]?.place).toBe(`${registry}/payments/api@${digest}`);
  expect(judged({ asked: { image: null, runnable: [], missing: 'image' } }).reasons[0]?.place).toBe(name);
});
