import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleEvent, scan } from '../finding/sampleEvent.ts';
import { explained, explainedOne } from './explaining.ts';

const unused = `sha256:${'a'.repeat(64)}`;
const running = `sha256:${'b'.repeat(64)}`;
const index = `sha256:${'c'.repeat(64)}`;
const world = `
repositories:
  - name: payments/checkout-api
    tags: { team: payments }
    images:
      - { digest: "${unused}", tags: [unused] }
      - { digest: "${running}", tags: [running] }
      - { digest: "${index}", platforms: [{ digest: "sha256:${'d'.repeat(64)}" }] }
taskDefinitions:
  - { family: api, revision: 3, containers: [{ name: app, image: "payments/checkout-api:running" }] }
clusters:
  - { name: prod, services: [{ name: api, taskDefinition: "api:3", desiredCount: 1 }] }
securityGroups:
  - { name: open, id: sg-0a1b2c3d4e5f60718, ingress: [{ protocol: tcp, from: 22, cidr: 0.0.0.0/0 }] }
`;

const notRead = /^The account file is of 123456789012 in us-east-1: \d{12} in [a-z0-9-]+ was not read$/;
const closing = {
  path: 'rules/closing',
  text: 'name: closing\nwhen: { source: [inspector] }\ndo: [{ vpc.close-ingress: { ports: [22] } }]\nmode: enforce\n',
};

const folder = mkdtempSync(join(tmpdir(), 'firebreak-explain-'));
const account = join(folder, 'payments.account.yaml');
beforeAll(() => writeFileSync(account, world));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const scanOf = (digest: string) => scan({ 'image-digest': digest });

describe('an event, explained on an account file', () => {
  it('plans from what was read there', async () => {
    const one = await explainedOne(scanOf(unused), { account });
    expect(one).toMatchObject({ decision: 'contain', page: { tier: 'digest' } });
    expect(one.plan.at(-1)?.sentence).toMatch(/^Archive payments\/checkout-api@sha256:a+ \(tags unused\)/);
    expect(JSON.stringify(one)).not.toContain('was not read');
    expect(one.page.body).toContain('Owner payments');
  });

  it('holds an image that a service runs, with what was seen', async () => {
    const one = await explainedOne(scanOf(running), { account });
    expect(one).toMatchObject({ decision: 'hold', reason: expect.stringContaining('it is in use') });
    expect(one.seen).toContainEqual(expect.stringContaining('service/prod/api keeps running'));
  });

  it('leaves no trace: reading an index today is no pull tomorrow', async () => {
    const events = [scanOf(index), scanOf(index)];
    const [first, second] = await explained(events, { account });
    expect(first?.decision).toBe('contain');
    expect(second).toEqual(first);
  });

  it.each([
    ['account', { account: '210987654321' }],
    ['Region', { region: 'eu-west-1' }],
  ])('holds, and says so, what lies in an %s that the file is not of', async (_what, place) => {
    const one = await explainedOne({ ...scanOf(unused), ...place }, { account });
    expect(one.decision).toBe('hold');
    expect(one.reason).toMatch(notRead);
    expect(one.seen).toEqual([expect.stringMatching(notRead)]);
  });

  it('does not show a host of its own Region for one of another, which EC2 here would answer', async () => {
    const here = sampleEvent('inspector-finding-instance-reachable');
    const there = JSON.parse(JSON.stringify(here).replaceAll('us-east-1', 'eu-west-1'));
    const [mine, others] = await explained([here, there], { account, sources: [closing] });
    expect(mine?.decision).toBe('contain');
    expect(mine?.seen).toContainEqual(expect.stringContaining('tcp 22 from 0.0.0.0/0'));
    expect(others).toMatchObject({ decision: 'hold', reason: expect.stringMatching(notRead) });
    expect(others?.seen).toEqual([expect.stringMatching(notRead)]);
  });
});
