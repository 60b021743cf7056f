import { Inspector2Client, ListFindingsCommand } from '@aws-sdk/client-inspector2';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, expect, it } from 'vitest';
import { asksLeftOut, withEpss } from '../../../cli/gate/epss.ts';
import type { AskedImage } from '../../../shared/account/askedImage.ts';
import type { Rule } from '../../../shared/rules/rule.ts';
import { awsError } from '../../account/awsError.ts';
import { rule, ruleSet } from '../../plan/fakes.ts';
import { clean, digest, judged, runnable } from '../../plan/gate/fakes.ts';

const inspector = mockClient(Inspector2Client);
afterEach(() => inspector.reset());

const reference = {
  account: '123456789012',
  region: 'eu-west-1',
  repository: 'payments/api',
  tag: '1.0',
  digest: null,
};
const config = { region: 'eu-west-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } };
const found = (findingArn: string) => ({
  ...{ findingArn, type: 'PACKAGE_VULNERABILITY', severity: 'HIGH', status: 'ACTIVE', title: findingArn },
  packageVulnerabilityDetails: { vulnerabilityId: 'CVE-1900-1' },
});
const enhanced = { status: 'ACTIVE', counts: { HIGH: 2 }, enhanced: [found('arn:1'), found('arn:2')] };
const asked: AskedImage = { ...clean, runnable: [runnable({ scan: enhanced })] };
/** Takes what is exploited with a chance of one in ten. */
const likely = rule({
  name: 'likely',
  when: { type: ['PACKAGE_VULNERABILITY'], vulnerability: { epss: [{ numeric: ['>=', 0.1] }] } },
});
const listed = (findingArn: string, score?: number) => ({
  findingArn,
  ...(score === undefined ? {} : { epss: { score } }),
});
const verdictOf = async () => judged({ asked: await withEpss(asked, reference, config), rules: [likely] });

it('how likely a vulnerability is exploited is asked of Inspector, page by page, about this image alone', async () => {
  inspector
    .on(ListFindingsCommand)
    .resolvesOnce({ findings: [listed('arn:1')] as never, nextToken: 'more' })
    .resolvesOnce({ findings: [listed('arn:2', 0.5)] as never });
  const came = await verdictOf();
  expect(came).toMatchObject({ verdict: 'blocked', reasons: [{ rule: { name: 'likely' }, total: 1 }] });
  expect(came.reasons[0]?.findings[0]?.title).toBe('arn:2');
  const [first] = inspector.commandCalls(ListFindingsCommand);
  expect(first?.args[0].input.filterCriteria).toEqual({
    awsAccountId: [{ comparison: 'EQUALS', value: '123456789012' }],
    ecrImageHash: [{ comparison: 'EQUALS', value: digest }],
    ecrImageRepositoryName: [{ comparison: 'EQUALS', value: 'payments/api' }],
  });
});

it('when it was last seen exploited is asked of Inspector as well, where a rule asks', async () => {
  const seen = rule({
    name: 'seen',
    when: { type: ['PACKAGE_VULNERABILITY'], vulnerability: { exploited: { at: [{ exists: true }] } } },
  });
  const exploitabilityDetails = { lastKnownExploitAt: new Date('2026-11-18T00:00:00Z') };
  const findings = [
    { ...listed('arn:1'), exploitabilityDetails },
    { ...listed('arn:2', 0.5), exploitabilityDetails: {} },
  ];
  inspector.on(ListFindingsCommand).resolves({ findings: findings as never });
  const came = judged({ asked: await withEpss(asked, reference, config), rules: [seen] });
  expect(came).toMatchObject({ verdict: 'blocked', reasons: [{ rule: { name: 'seen' }, total: 1 }] });
  expect(came.reasons[0]?.findings[0]?.title).toBe('arn:1');
  const asking = (...rules: Rule[]) => asksLeftOut(ruleSet(rules));
  expect([asking(seen), asking(likely), asking(rule({ name: 'other' })), asking()]).toEqual([true, true, false, false]);
});

it('passes where no score is high enough', async () => {
  inspector.on(ListFindingsCommand).resolves({ findings: [listed('arn:1', 0.01), listed('arn:2')] as never });
  expect(await verdictOf()).toMatchObject({ verdict: 'passed', reasons: [] });
});

it('cannot be told where Inspector does not list what ECR has: the score is not known, and no rule would take it', async () => {
  inspector.on(ListFindingsCommand).resolves({ findings: [listed('arn:1', 0.01)] as never });
  const came = await verdictOf();
  expect(came).toMatchObject({ verdict: 'unknown', reasons: [{ code: 'not-read', mayPass: false }] });
  expect(came.reasons[0]?.message).toContain('Amazon Inspector lists 1 of its 2 findings here');
});

it.each([
  ['AccessDeniedException', false],
  ['ThrottlingException', true],
])('cannot be told where Inspector refuses: %s', async (name, mayPass) => {
  inspector.on(ListFindingsCommand).rejects(awsError(name));
  expect(await verdictOf()).toMatchObject({ verdict: 'unknown', reasons: [{ code: 'not-read', mayPass }] });
});

it('asks nothing about an image that Inspector does not scan', async () => {
  expect(await withEpss(clean, reference, config)).toEqual(clean);
  expect(inspector.calls()).toHaveLength(0);
});
