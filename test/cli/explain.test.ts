import { describe, expect, it } from 'vitest';
import { inspectorFinding, sampleEvent, scan } from '../finding/sampleEvent.ts';
import { explained, explainedOne, rule } from './explaining.ts';

const notRead = /\(the account was not read: no account file was given\)$/;

describe('one event, explained without an account', () => {
  it('says all that the contract names', async () => {
    const one = await explainedOne(scan());
    const digest = 'sha256:3f1c9e0d5a7b4c2e8f6d1a0b9c8e7f6a5d4c3b2a1908f7e6d5c4b3a291807f6e';
    const image = `payments/checkout-api@${digest}`;
    const incident = `image/123456789012/us-east-1/${image}`;
    expect(one).toMatchObject({
      id: '1f0c7b1e-6a55-4c8e-9f0a-0d4f3a2b1c01',
      source: 'aws.ecr',
      detailType: 'ECR Image Scan',
      intake: 'scans',
      decision: 'contain',
      reason: 'Rule critical: Vulnerabilities: 2 critical, 7 high, 31 low in payments/checkout-api',
      incident,
      cause: 'unknown',
      rule: { name: 'critical', mode: 'enforce' },
      considered: [{ rule: 'critical', matched: true, because: 'label is "critical"' }],
      findings: [
        {
          source: 'ecr',
          type: 'ImageScan',
          status: 'open',
          severity: 9,
          label: 'critical',
          account: '123456789012',
          region: 'us-east-1',
          observedAt: '2026-11-20T09:14:03.000Z',
          sample: false,
          resource: { kind: 'image', id: image, digest },
          incident,
          decision: 'contain',
          rule: 'critical',
        },
      ],
      plan: [
        {
          action: 'evidence.capture',
          target: incident,
          runs: true,
          needs: [],
          sentence: expect.stringMatching(notRead),
        },
        {
          action: 'ecr.quarantine-image',
          target: incident,
          runs: true,
          sentence: expect.stringMatching(notRead),
          permissions: ['ecr:UpdateImageStorageClass'],
          undo: expect.stringContaining('up to 20 minutes'),
        },
      ],
      page: { tier: 'digest', subject: expect.stringMatching(/^NO ACTION: payments\/checkout-api contained, 3f1c/) },
    });
  });

  it('shows the message as it would be when every step is done and holds', async () => {
    const { page, incident } = await explainedOne(scan());
    expect(page.body).toContain(`firebreak undo ${incident}`);
    expect(page.body).not.toMatch(/FAILED|never started/);
  });

  it('shows what a rule that observes would do, as steps that do not run', async () => {
    const observing = { ...rule(), text: rule().text.replace('enforce', 'observe') };
    const one = await explainedOne(scan(), { sources: [observing] });
    expect(one).toMatchObject({ decision: 'observe', rule: { mode: 'observe' }, page: { tier: 'digest' } });
    expect(one.plan.map(({ action, runs }) => [action, runs])).toEqual([
      ['evidence.capture', false],
      ['ecr.quarantine-image', false],
    ]);
  });

  it('asks about what the settings protect, and pages', async () => {
    const sources = [rule(), { path: 'settings', text: 'protected: [{ repository: [{ prefix: payments/ }] }]' }];
    expect(await explainedOne(scan(), { sources })).toMatchObject({
      decision: 'approve',
      reason: expect.stringContaining('protected by the settings'),
      page: { tier: 'page', subject: expect.stringMatching(/^GET UP: /) },
    });
  });

  it('takes an exemption that has not expired by then, and none that has', async () => {
    const exemption = (expires: string) => ({
      path: 'exemptions/known',
      text: `name: known\nwhen: { source: [ecr] }\nowner: payments\nreason: Patched at run time\nexpires: ${expires}\n`,
    });
    const under = (expires: string) => explainedOne(scan(), { sources: [rule(), exemption(expires)] });
    expect(await under('2026-11-20T10:00:01Z')).toMatchObject({
      decision: 'ignore',
      reason: 'Exemption known of payments takes it out: Patched at run time',
      incident: null,
      cause: null,
      rule: null,
      plan: [],
      page: { tier: 'none', subject: '', body: '' },
      findings: [{ decision: 'ignore', incident: null, rule: null }],
    });
    expect(await under('2026-11-20T10:00:00Z')).toMatchObject({ decision: 'contain' });
  });

  it('says of an event that no rule of the template routes that it is never seen, and why', async () => {
    expect(await explainedOne(scan({ ignored: true }))).toMatchObject({
      intake: null,
      decision: 'ignore',
      reason: expect.stringMatching(/^No rule of the template routes it.*ScanRule: detail\.ignored true/),
      findings: [{ label: 'critical', decision: 'ignore', incident: null }],
      page: { tier: 'none' },
    });
  });

  it('says why intake ignores an event', async () => {
    expect(await explainedOne(sampleEvent('ecr-scan-in-progress'))).toMatchObject({
      intake: 'scans',
      decision: 'ignore',
      reason: 'the scan still runs; its end is an event of its own',
      findings: [],
    });
  });

  it('gives each finding its own incident and decision, and the event those of the most severe', async () => {
    const two = sampleEvent('inspector-finding-two-images');
    const [one] = await explained([two]);
    const incidents = one?.findings.map(({ incident }) => incident) ?? [];
    expect(new Set(incidents).size).toBe(2);
    expect(one?.findings.map(({ decision }) => decision)).toEqual(['contain', 'contain']);
    expect(one?.incident).toBe([...incidents].sort()[0]);
  });

  it('explains each event as if no other had come', async () => {
    const [first, second] = await explained([scan(), scan()]);
    expect(second).toEqual(first);
  });
});

describe('an invalid event', () => {
  it('is told with the path of the field, and does not stop the others', async () => {
    const broken = inspectorFinding({ severity: 7 });
    const [first, second] = await explained([broken, scan()]);
    expect(first).toMatchObject({
      id: broken['id'],
      decision: 'invalid',
      reason: 'detail.severity must be a text, but is a number',
      path: 'detail.severity',
      findings: [],
      incident: null,
      page: { tier: 'none' },
    });
    expect(second?.decision).toBe('contain');
  });

  it.each([
    ['a text', 'not an event', '$'],
    ['null', null, '$'],
    ['an empty object', {}, 'account'],
    ['a date that does not exist', { ...scan(), time: '2026-02-30T00:00:00Z' }, 'time'],
  ])('%s', async (_what, event, path) => {
    const one = await explainedOne(event);
    expect(one).toMatchObject({ decision: 'invalid', path });
    expect(one.reason).toContain(path);
  });
});
