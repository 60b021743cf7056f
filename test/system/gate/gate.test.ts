import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StartImageScanCommand } from '@aws-sdk/client-ecr';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { gate } from '../../../cli/gate/gate.ts';
import { gateRules } from '../../../cli/gate/ruleSource.ts';
import { addFaults, removeFaults } from '../../../sandbox/faults/set.ts';
import { rootCredentials } from '../../../sandbox/iam/credentials.ts';
import { putParameter } from '../../../sandbox/services/ssm/parameters.ts';
import { ECRClient } from '../../../shared/platform/sdk/ecr.ts';
import { firebreak } from '../../cli/firebreak.ts';
import { sarifProblems } from '../../cli/gate/sarifShape.ts';
import { parseXml } from '../../cli/gate/xml.ts';
import { environmentOf, firebreak as process } from '../firebreak.ts';
import type { Stage } from '../stage.ts';
import { named, openGateStage, registry } from './world.ts';

/** The whole command, in this process but where it is said, with an endpoint and credentials in its environment as in a pipeline. */
describe('firebreak gate, on a deployed stage', () => {
  let stage: Stage;
  const environment = ({ account }: Stage): void => {
    const nothing = { AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' };
    for (const [name, value] of Object.entries({ ...nothing, ...environmentOf(account) })) vi.stubEnv(name, value);
  };
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-gate-'));
  const asked = async (image: string, ...more: readonly string[]) => {
    const { exit, out, err } = await firebreak('gate', image, '--json', ...more);
    const { verdict, reasons, image: about } = JSON.parse(out);
    const why = reasons.map(({ code, level }: { code: string; level: string }) => `${code} ${level}`);
    return { exit, verdict, why, about, err };
  };

  beforeAll(async () => {
    stage = await openGateStage();
    environment(stage);
  });
  afterEach(() => removeFaults(stage.account));
  afterAll(async () => {
    vi.unstubAllEnvs();
    await stage[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  });

  it.each([
    // The kinds that are promised: clean, critical, unsigned, archived, unapproved, unscanned, unknown.
    [named('clean'), 0, 'passed', ['rule warn']],
    [named('critical'), 1, 'blocked', ['rule block']],
    [named('unsigned'), 1, 'blocked', ['unsigned block']],
    [named('archived'), 1, 'blocked', ['archived block', 'too-old block']],
    [
      'public.ecr.aws/docker/library/nginx:1',
      1,
      'blocked',
      ['unapproved-registry block', 'not-ecr unknown', 'unknown-age unknown', 'not-read unknown'],
    ],
    [named('unscanned'), 1, 'blocked', ['unscanned block']],
    [named('clean', 'none'), 2, 'unknown', ['unknown-image unknown', 'unknown-age unknown', 'not-read unknown']],
    // And others.
    [named('none'), 2, 'unknown', ['unknown-image unknown', 'unknown-age unknown', 'not-read unknown']],
    [named('index'), 1, 'blocked', ['rule block']],
    [named('unsigned', '1.1'), 1, 'blocked', ['unsigned block']],
    [named('unsigned', '1.2'), 2, 'unknown', ['signing unknown']],
    [named('old'), 1, 'blocked', ['too-old block']],
  ])('%s: exit %i, %s', async (image, exit, verdict, why) => {
    const came = await asked(image);
    expect(came).toMatchObject({ exit, verdict, why });
    expect(came.err === '').toBe(exit === 0);
    if (exit !== 0) expect(came.err).toMatch(/^firebreak: [^\n]+\n$/);
  });

  it('says which digest to deploy, and to a person the same', async () => {
    const pinned = `${registry}/payments/clean@sha256:${'1'.repeat(64)}`;
    expect((await asked(named('clean'))).about).toMatchObject({ pinned, status: 'ACTIVE', tag: '1.0' });
    expect((await asked(pinned)).exit).toBe(0);
    const { exit, out, err } = await process(['gate', named('clean')], { env: environmentOf(stage.account) });
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    expect(out).toMatch(
      new RegExp(`^PASSED: ${named('clean')} \\(${pinned}\\)\\nwarn    rules: Rule some takes it, and observes: `),
    );
  });

  it('writes SARIF and JUnit, to standard output or beside the text', async () => {
    const sarif = await firebreak('gate', named('critical'), '--sarif');
    const junit = await firebreak('gate', named('critical'), '--junit');
    expect([sarif.exit, junit.exit]).toEqual([1, 1]);
    expect(sarifProblems(JSON.parse(sarif.out))).toEqual([]);
    expect(parseXml(junit.out.trimEnd()).attributes).toMatchObject({ failures: '1', errors: '0' });
    const files = ['gate.sarif', 'gate.json', 'gate.xml'].map((name) => join(folder, name));
    const written = await firebreak('gate', named('critical'), ...files.flatMap((file) => ['--report', file]));
    expect(written.out).toMatch(/^BLOCKED: /);
    const [asSarif = '', asJson = '', asXml = ''] = files.map((file) => readFileSync(file, 'utf8'));
    expect(sarifProblems(JSON.parse(asSarif))).toEqual([]);
    expect(JSON.parse(asJson)).toMatchObject({ verdict: 'blocked' });
    expect(parseXml(asXml.trimEnd()).name).toBe('testsuites');
  });

  it.each([
    ['DescribeImages', 'denied', ['not-read unknown', 'unknown-age unknown', 'not-read unknown']],
    ['DescribeImages', 'throttled', ['not-read unknown', 'unknown-age unknown', 'not-read unknown']],
    ['DescribeImageScanFindings', 'denied', ['not-read unknown']],
    ['DescribeImageScanFindings', 'failed', ['not-read unknown']],
    ['DescribeImageSigningStatus', 'denied', ['not-read unknown', 'not-read unknown']],
  ] as const)('cannot tell where ECR does not answer: %s %s', async (operation, fault, why) => {
    addFaults(stage.account, [{ service: 'ecr', operation, fault }]);
    const came = await asked(named('clean'));
    expect(came).toMatchObject({ exit: 2, verdict: 'unknown' });
    expect(came.why.filter((one: string) => one.endsWith('unknown'))).toEqual(why);
  });

  it.each([
    ['ssm', 'GetParameter'],
    ['dynamodb', 'GetItem'],
    ['s3', 'GetObject'],
  ])('has no verdict where the rules cannot be read: %s %s', async (service, operation) => {
    addFaults(stage.account, [{ service, operation, fault: 'denied' }]);
    const { exit, out, err } = await firebreak('gate', named('clean'), '--json');
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(err).toMatch(/^firebreak: [^\n]+\n$/);
  });

  const startScan = async (repositoryName: string): Promise<void> => {
    const { endpoint, region } = stage.account;
    const client = new ECRClient({ endpoint, region, credentials: rootCredentials(stage.account) });
    await client.send(new StartImageScanCommand({ repositoryName, imageId: { imageTag: '1.0' } }));
    client.destroy();
  };

  it('does not take a scan that runs for one that found nothing', async () => {
    await startScan('payments/clean');
    expect(await asked(named('clean'))).toMatchObject({ exit: 2, verdict: 'unknown', why: ['scanning unknown'] });
    await stage.pass(15);
    expect(await asked(named('clean'))).toMatchObject({ exit: 0, verdict: 'passed' });
  });

  it('waits for a scan that runs, so long as it is told to, and for nothing that stays', async () => {
    const rules = await gateRules({ stage: 'dev' });
    let sleeps = 0;
    const waiting = (mostMs: number) => ({
      ...{ mostMs, everyMs: 5_000 },
      sleep: async (ms: number) => {
        sleeps += 1;
        await stage.pass(ms / 1000);
      },
    });
    const verdict = async (image: string, mostMs: number) =>
      (await gate(image, rules, waiting(mostMs))).verdict.verdict;
    await startScan('payments/pushed');
    expect([await verdict(named('pushed'), 0), sleeps]).toEqual(['unknown', 0]);
    expect(await verdict(named('pushed'), 600_000)).toBe('passed');
    expect(sleeps).toBeGreaterThan(0);
    sleeps = 0;
    expect([await verdict(named('critical'), 600_000), sleeps]).toEqual(['blocked', 0]);
    expect([await verdict(named('unscanned'), 12_000), sleeps]).toEqual(['blocked', 3]);
  });

  it('honours an exemption until it ends, as the stage does', async () => {
    const expires = new Date(stage.account.clock.now() + 3_600_000).toISOString();
    const value = `name: critical-for-now\nwhen: { resource: { repository: [payments/critical] } }\nowner: team\nreason: being mended\nexpires: ${expires}\n`;
    putParameter(stage.account, { name: '/firebreak/dev/exemptions/critical-for-now', value });
    await stage.pass(121);
    expect(await asked(named('critical'))).toMatchObject({ exit: 0, why: ['exempted note'] });
    await stage.pass(3600);
    expect(await asked(named('critical'))).toMatchObject({ exit: 1, why: ['rule block'] });
  });

  it('warns of what the stage would not act on: observeOnly', async () => {
    await using quiet = await openGateStage('observeOnly: true\nimages: { registries: [docker.io] }\n');
    environment(quiet);
    const { exit, out } = await firebreak('gate', named('critical'), '--json');
    environment(stage);
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ verdict: 'passed', reasons: [{ level: 'warn' }, { level: 'warn' }] });
  });

  it('takes a folder of rules, and asks no stage', async () => {
    const calls = () => stage.calls('ssm:GetParameter');
    const before = calls();
    const came = await asked(named('critical'), '--rules', 'rules');
    expect(came).toMatchObject({ exit: 0, why: ['rule warn'] });
    expect(calls()).toBe(before);
  });
});
