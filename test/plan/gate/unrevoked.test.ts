import { describe, expect, it } from 'vitest';
import type { CheckedSignature } from '../../../shared/account/notation/readNotation.ts';
import { signatureQuestions } from '../../../shared/plan/gate/questions.ts';
import type { SignedPolicy } from '../../../shared/rules/rule.ts';
import { now } from '../fakes.ts';
import { type Given, judged } from './fakes.ts';

const profile = 'arn:aws:signer:us-east-1:123456789012:/signing-profiles/release';
const job = (n: number) => `arn:aws:signer:us-east-1:123456789012:/signing-jobs/${n}`;
const at = (hours: number) => new Date(now.getTime() + hours * 3_600_000).toISOString();
const one = (state: 'verified' | 'revoked', more: object = {}): CheckedSignature => ({
  ...{ digest: `sha256:${'5'.repeat(64)}`, state, profile, job: job(1), signedAt: at(-48), expiresAt: null },
  revoked: state === 'revoked' ? [job(1)] : [],
  ...more,
});
const left = (state: 'not-counted' | 'not-read', mayPass = false): CheckedSignature => ({
  ...{ digest: `sha256:${'6'.repeat(64)}`, state, why: 'it is what it is', mayPass },
});
const rooted: Partial<SignedPolicy> = { roots: ['a'.repeat(64)] };

const asked = (checked: readonly CheckedSignature[], more: Partial<SignedPolicy> = {}, observeOnly = false): Given => ({
  asked: { signatures: { managed: [{ profile, status: 'COMPLETE', failure: null }], attached: null, checked } },
  policy: { signed: { by: 'managed', revocation: 'ask', ...more } },
  observeOnly,
});

describe('an image that ECR says it signed', () => {
  it.each<[what: string, checked: readonly CheckedSignature[], more: object, verdict: string, why: readonly string[]]>([
    ['with a signature that holds', [one('verified')], {}, 'passed', []],
    ['and one that is not counted', [left('not-counted'), one('verified')], {}, 'passed', []],
    ['and one that could not be read', [one('verified'), left('not-read')], {}, 'unknown', ['not-read unknown']],
    ['with none that could be read', [left('not-read')], {}, 'unknown', ['not-read unknown']],
    ['with none', [], {}, 'unknown', ['unverified unknown']],
    ['with none that counts', [left('not-counted')], {}, 'unknown', ['unverified unknown']],
    ['with one that expires later', [one('verified', { expiresAt: at(1) })], {}, 'passed', []],
    ['with one that has expired', [one('verified', { expiresAt: at(0) })], {}, 'unknown', ['unverified unknown']],
    ['with one that was revoked', [one('revoked')], {}, 'blocked', ['revoked block']],
    ['revoked, and another unread', [one('revoked'), left('not-read')], {}, 'blocked', ['revoked block']],
    [
      'signed again later, where anybody could',
      [one('revoked'), one('verified', { job: job(2), signedAt: at(-1) })],
      {},
      'blocked',
      ['revoked block'],
    ],
    [
      'signed again later, to a root that is trusted',
      [one('revoked'), one('verified', { job: job(2), signedAt: at(-1) })],
      rooted,
      'passed',
      [],
    ],
    [
      'signed by another job before',
      [one('revoked'), one('verified', { job: job(2), signedAt: at(-72) })],
      rooted,
      'blocked',
      ['revoked block'],
    ],
    [
      'signed later by the same job',
      [one('revoked'), one('verified', { signedAt: at(-1) })],
      rooted,
      'blocked',
      ['revoked block'],
    ],
    [
      'signed again, and that expired',
      [one('revoked'), one('verified', { job: job(2), signedAt: at(-2), expiresAt: at(-1) })],
      rooted,
      'blocked',
      ['revoked block'],
    ],
  ])('%s', (_what, checked, more, verdict, why) => {
    const came = judged(asked(checked, more));
    expect(came).toMatchObject({ verdict, why: why.map((text) => `signature ${text}`) });
  });

  it('is warned of where nothing is enforced', () => {
    expect(judged(asked([one('revoked')], {}, true))).toMatchObject({
      verdict: 'passed',
      why: ['signature revoked warn'],
    });
  });

  it('passes as before where nobody asks', () => {
    const { asked: read } = asked([one('revoked')]);
    const given: Given = { policy: { signed: { by: 'managed' } } };
    expect(judged({ ...given, ...(read === undefined ? {} : { asked: read }) })).toMatchObject({ verdict: 'passed' });
  });

  it('may be told later, where all that could not be read may', () => {
    const mayPass = (...all: readonly CheckedSignature[]) => judged(asked(all)).reasons[0]?.mayPass;
    expect(mayPass(left('not-read', true))).toBe(true);
    expect(mayPass(left('not-read', true), left('not-read'))).toBe(false);
    expect(mayPass()).toBe(false);
  });

  it('says what was revoked, a certificate without its number', () => {
    const [reason] = judged(asked([one('revoked', { revoked: [job(1), '0a1b'] })])).reasons;
    expect(reason?.message).toContain(`${job(1)} and a certificate of it (signed ${at(-48)})`);
  });
});

it('what is asked of signatures is what the settings want of them', () => {
  expect(signatureQuestions({})).toEqual({ signatures: 'none' });
  expect(signatureQuestions({ signed: { by: 'attached' } })).toEqual({ signatures: 'attached' });
  expect(signatureQuestions({ signed: { by: 'managed', revocation: 'ask', profiles: [profile] } })).toEqual({
    signatures: 'managed',
    revocation: { profiles: [profile], roots: null },
  });
});
