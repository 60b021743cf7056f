import { describe, expect, test } from 'vitest';
import { runningVerdict, unreadVerdict } from '../../../shared/plan/gate/running.ts';
import { askedOf, clean, digest, type Given, judged, registry, runnable, scanned } from './fakes.ts';

const said = (given: Given) => {
  const { refused, unknown, why } = runningVerdict(askedOf(given));
  return { refused: refused.map(({ refusal }) => refusal), unknown, why };
};
const nothing = { refused: [], unknown: [], why: [] };
const signed = { signed: { by: 'managed' } } as const;
const noSignatures = { managed: [], attached: null };
const elsewhere = 'docker.io/library/nginx:1.27';
const denied = { place: 'its signatures', why: 'access denied (AccessDeniedException)' };

describe('an image that runs', () => {
  test.each<[string, Given, string[]]>([
    ['of an approved registry', { policy: { registries: [registry] } }, []],
    ['of another registry', { policy: { registries: ['docker.io'] } }, ['unapproved-registry']],
    ['that runs where it lies', { policy: { acrossRegions: 'block' } }, []],
    ['that is pulled across Regions', { policy: { acrossRegions: 'block' }, runsIn: 'eu-west-1' }, ['across-regions']],
    ['that may be pulled across Regions', { policy: {}, runsIn: 'eu-west-1' }, []],
    ['that is young enough', { policy: { maxAgeDays: 90 } }, []],
    ['that is too old', { policy: { maxAgeDays: 90 }, at: new Date('2027-11-20T10:00:00Z') }, ['too-old']],
    ['that is not signed', { policy: signed, asked: { signatures: noSignatures } }, ['unsigned']],
    ['that nobody scanned', { policy: {}, scan: scanned(null, 'none') }, ['unscanned']],
    ['that need not be scanned', { policy: { unscanned: 'allow' }, scan: scanned(null, 'none') }, []],
    ['that a rule would contain: its scan says so itself', { policy: {}, scan: scanned({ CRITICAL: 3 }) }, []],
  ])('%s', (_, given, refused) => {
    expect(said(given)).toEqual({ ...nothing, refused });
  });

  const asking = { signed: { by: 'managed', revocation: 'ask' } } as const;
  const signatures = (state: 'verified' | 'revoked') => ({
    managed: [{ profile: 'arn:release', status: 'COMPLETE', failure: null }],
    attached: null,
    checked: [
      {
        ...{ digest, state, profile: 'arn:release', job: 'arn:job', signedAt: '2026-11-19T10:00:00.000Z' },
        ...{ expiresAt: null, revoked: state === 'revoked' ? ['arn:job'] : [] },
      },
    ],
  });
  test('is refused for a signature that was revoked, and is not unsigned for it: what was told of that is over', () => {
    expect(said({ policy: asking, asked: { signatures: signatures('revoked') } })).toEqual({
      ...nothing,
      refused: ['revoked'],
    });
    expect(said({ policy: asking, asked: { signatures: signatures('verified') } })).toEqual(nothing);
    expect(said({ policy: signed, asked: { signatures: signatures('revoked') } })).toEqual(nothing);
    expect(said({ policy: asking, asked: { signatures: noSignatures } })).toEqual({
      ...nothing,
      refused: ['unsigned'],
    });
  });

  test('is neither unsigned nor revoked where its signature could not be read', () => {
    const unread = {
      ...signatures('verified'),
      checked: [{ digest, state: 'not-read', why: 'denied', mayPass: false }],
    };
    expect(said({ policy: asking, asked: { signatures: unread as never } })).toMatchObject({
      refused: [],
      unknown: ['unsigned', 'revoked'],
    });
  });

  test('is refused though nothing is enforced: what runs is no better for that', () => {
    expect(said({ policy: { registries: ['docker.io'] }, observeOnly: true }).refused).toEqual(['unapproved-registry']);
  });

  test('is refused for what could be read, and not for the rest', () => {
    const policy = { registries: ['docker.io'], ...signed };
    expect(said({ policy, asked: { signatures: null, unread: [denied] } })).toMatchObject({
      refused: ['unapproved-registry'],
      unknown: ['unsigned'],
      why: expect.arrayContaining(['its signatures could not be read: access denied (AccessDeniedException).']),
    });
  });

  test.each<[string, Given]>([
    ['that could not be read', { asked: { image: null, runnable: [], unread: [denied] } }],
    ['that is not there', { asked: { image: null, runnable: [], missing: 'image' } }],
    ['whose scan could not be read', { scan: null }],
    ['whose scan runs', { scan: scanned(null, 'IN_PROGRESS') }],
    ['that is in no registry of ECR', { image: elsewhere, asked: null }],
  ])('%s is neither refused nor clean', (_, given) => {
    expect(said({ policy: {}, ...given })).toMatchObject({ refused: [], unknown: ['unscanned'] });
  });

  test('that is archived was dealt with: nothing is said of it', () => {
    const image = { ...clean.image, status: 'ARCHIVED' } as never;
    const given = {
      asked: { image, runnable: [runnable({ status: 'ARCHIVED', scan: null })], signatures: noSignatures },
    };
    const policy = { registries: ['docker.io'], maxAgeDays: 1, ...signed };
    expect(said({ policy, ...given, at: new Date('2026-11-25T10:00:00Z') })).toMatchObject({
      refused: [],
      unknown: ['unapproved-registry', 'too-old', 'unsigned', 'unscanned'],
    });
  });

  test('that was pushed this hour may be scanned and signed yet', () => {
    const image = { ...clean.image, pushedAt: '2026-11-20T09:30:00.000Z' } as never;
    const asked = { image, signatures: noSignatures };
    const given = { policy: signed, asked, scan: scanned(null, 'none') };
    expect(said(given)).toMatchObject({ refused: [], unknown: ['unsigned', 'unscanned'] });
    expect(said({ ...given, at: new Date('2026-11-20T10:31:00Z') }).refused).toEqual(['unsigned', 'unscanned']);
  });
});

describe('the gate, before it runs', () => {
  test('blocks an image of another Region than the stage, where the settings want that', () => {
    const given: Given = { policy: { acrossRegions: 'block' }, runsIn: 'eu-west-1' };
    expect(judged(given).why).toContain('region across-regions block');
    expect(judged({ ...given, observeOnly: true }).why).toContain('region across-regions warn');
    expect(judged({ ...given, runsIn: 'us-east-1' }).states.region).toBe('passed');
    expect(judged({ ...given, policy: {} }).states.region).toBe('skipped');
    expect(judged({ ...given, image: `docker.io/library/nginx@${digest}`, asked: null }).states.region).toBe('skipped');
  });

  test('cannot tell where nobody says in which Region it runs', () => {
    expect(judged({ policy: { acrossRegions: 'block' }, runsIn: null }).why).toContain('region unknown-region unknown');
  });

  test('whose name nobody can read is from no approved registry, and all else of it is not known', () => {
    const { refused, unknown, why } = unreadVerdict(askedOf({ policy: { registries: [registry] } }).set);
    expect(refused.map(({ refusal }) => refusal)).toEqual(['unapproved-registry']);
    expect(unknown).not.toContain('unapproved-registry');
    expect(why).toHaveLength(1);
    expect(unreadVerdict(askedOf({ policy: { maxAgeDays: 90 } }).set).refused).toEqual([]);
  });
});
