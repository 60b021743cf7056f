import { describe, expect, it } from 'vitest';
import type { Finding } from '../../shared/finding/finding.ts';
import { contentHash } from '../../shared/finding/hash.ts';
import { hubFinding } from '../../shared/finding/hubFinding.ts';
import { imageScan } from '../../shared/finding/imageScan.ts';
import { incidentKey } from '../../shared/finding/incidentKey.ts';
import { isRelayed } from '../../shared/finding/relayed.ts';
import { aboutOther, hubEvent, resource } from './hubEvent.ts';
import { oneFinding, reasonOf, sampleEvent } from './sampleEvent.ts';

/** Without what Security Hub says beside it. */
const itself = ({ product: _, ...finding }: Finding): unknown => finding;

const pairs = [
  ['a threat on an instance', 'guardduty-instance-bitcoin-dns', 'guardduty-instance'],
  ['a vulnerability of an image', 'inspector-finding-exploited', 'inspector-image'],
  ['a control with a rule of AWS Config behind it', 'config-repository-securityhub', 'control-repository'],
] as const;

describe('what comes directly and through Security Hub', () => {
  it.each(pairs)('%s is the very same finding', (_what, direct, relayed) => {
    const [own, repeated] = [oneFinding(sampleEvent(direct)), oneFinding(sampleEvent(`hub-${relayed}`))];
    expect(itself(repeated)).toEqual(own);
    expect(contentHash(repeated, hubFinding.volatile)).toBe(contentHash(own, hubFinding.volatile));
    expect([isRelayed(own), isRelayed(repeated)]).toEqual([false, true]);
  });

  it('a vulnerability that is seen exploited again, which is no news either way', () => {
    const again = sampleEvent('inspector-finding-exploited');
    const exploitabilityDetails = { lastKnownExploitAt: 'Fri Nov 20 00:00:00.000 UTC 2026' };
    const own = oneFinding({ ...again, detail: { ...again.detail, exploitabilityDetails } });
    const relayed = oneFinding(sampleEvent('hub-inspector-image'));
    expect([own, relayed].map(({ vulnerability }) => vulnerability?.exploited?.at)).toEqual([
      '2026-11-20T00:00:00.000Z',
      '2026-11-18T00:00:00.000Z',
    ]);
    expect(contentHash(relayed, hubFinding.volatile)).toBe(contentHash(own, imageScan.volatile));
  });

  it.each(['guardduty-miner', 'v2-guardduty-miner'])('a threat in a task (%s), but for how it was launched', (name) => {
    const own = oneFinding(sampleEvent('guardduty-ecs-miner'));
    const repeated = oneFinding(sampleEvent(`hub-${name}`));
    expect(itself(repeated)).toEqual({ ...own, resource: { ...own.resource, launchType: null } });
  });

  it('a rule of AWS Config, but for what it annotates', () => {
    const own = oneFinding(sampleEvent('config-task-definition'));
    const repeated = oneFinding(sampleEvent('hub-config-task-definition'));
    expect(itself(repeated)).toEqual({ ...own, title: 'ecs-containers-nonprivileged: NON_COMPLIANT' });
    expect(incidentKey(repeated)).toBe(incidentKey(own));
  });
});

describe('what Security Hub repeats', () => {
  it('was when its own source saw it, however often people change it there', () => {
    const touched = { UpdatedAt: '2026-11-21T00:00:00.000Z', ProcessedAt: '2026-11-21T00:00:00.000Z' };
    for (const name of ['guardduty-miner', 'inspector-image', 'control-repository']) {
      const at = oneFinding(sampleEvent(`hub-${name}`)).observedAt;
      expect(oneFinding(hubEvent(name, touched, { time: '2026-11-21T00:00:01Z' })).observedAt).toBe(at);
    }
  });

  it('is open whatever people set there: who may set it must not silence what is seen', () => {
    const put = { Workflow: { Status: 'SUPPRESSED' }, RecordState: 'ARCHIVED' };
    expect(oneFinding(hubEvent('guardduty-miner', put)).status).toBe('open');
    expect(oneFinding(hubEvent('inspector-image', { Workflow: { Status: 'SUPPRESSED' } })).status).toBe('open');
  });

  it('has the severity that its product gave it, not one that somebody set there', () => {
    const Severity = { Label: 'LOW', Normalized: 1 };
    const FindingProviderFields = { Severity: { Label: 'HIGH', Product: 8 } };
    expect(oneFinding(hubEvent('guardduty-miner', { Severity, FindingProviderFields })).severity).toBe(8);
  });

  it('of GuardDuty without its number is as severe as its label', () => {
    const event = hubEvent('guardduty-miner', { Severity: { Product: undefined, Label: 'HIGH', Normalized: 80 } });
    expect(oneFinding(event).severity).toBe(8);
  });

  const cluster = resource('AwsEcsCluster', 'arn:aws:ecs:us-east-1:123456789012:cluster/prod');
  it.each([
    ['the cluster alone', aboutOther('guardduty-miner', cluster)],
    [
      'a task without its service',
      aboutOther('guardduty-miner', resource('AwsEcsTask', 'arn:aws:ecs:us-east-1:123456789012:task/prod/0f1e')),
    ],
    [
      'a task in no form that we know',
      aboutOther('guardduty-miner', resource('AwsEcsTask', 'task/*', { Group: 'service:api' })),
    ],
    [
      'a cluster on Kubernetes',
      aboutOther('guardduty-miner', resource('AwsEksCluster', 'arn:aws:eks:us-east-1:123456789012:cluster/shop')),
    ],
    ['an id that is not its own', hubEvent('guardduty-miner', { Id: 'something' })],
    ['no type of its own', hubEvent('guardduty-miner', { Types: ['TTPs'] })],
    ['an attack sequence', hubEvent('guardduty-miner', { Types: ['TTPs/AttackSequence:ECS-CompromisedCluster'] })],
  ])('of GuardDuty and names %s is left to its own event', (_what, event) => {
    expect(reasonOf(event)).toMatch(/^GuardDuty itself sends what Security Hub repeats here/);
  });

  it('of a bucket in AWS Config, whose id it writes otherwise, is left to its own event', () => {
    const bucket = resource('AwsS3Bucket', 'arn:aws:s3:::shop-assets');
    expect(reasonOf(aboutOther('config-task-definition', bucket))).toMatch(/^AWS Config itself sends/);
  });

  it('of low severity, or closed, is taken by neither way', () => {
    expect(reasonOf(sampleEvent('hub-inspector-low'))).toMatch(/^Firebreak takes no such findings of Inspector/);
    const closed = { ProductFields: { 'aws/inspector/FindingStatus': 'CLOSED' } };
    expect(reasonOf(hubEvent('inspector-image', closed))).toMatch(/^Firebreak takes no such findings of Inspector/);
    const open = { Compliance: { Status: 'WARNING' } };
    expect(reasonOf(hubEvent('control-repository', open))).toMatch(/^Firebreak takes no such findings of AWS Config/);
  });

  it('from a Region whose own events are not heard here is taken as far as it says', () => {
    expect(incidentKey(oneFinding(sampleEvent('hub-guardduty-other-region')))).toBe(
      'ecs-cluster/123456789012/eu-west-1/prod',
    );
  });

  it("of AWS Config in a member's account is taken: its own event stays there", () => {
    const bucket = resource('AwsS3Bucket', 'arn:aws:s3:::shop-assets');
    const event = { ...aboutOther('config-task-definition', bucket), account: '999988887777' };
    expect(oneFinding(event)).toMatchObject({ source: 'config', account: '123456789012', resource: { kind: 'other' } });
  });

  it('as a sample is one, and nothing that an attacker names makes it so', () => {
    expect(oneFinding(hubEvent('guardduty-miner', { Sample: true })).sample).toBe(true);
    expect(oneFinding(hubEvent('guardduty-miner', { Sample: 'true' })).sample).toBe(false);
  });

  it('in lists and in fields that cannot be both is read as far as it can be', () => {
    const at = 'aws/guardduty/service/evidence/threatIntelligenceDetails.0_';
    const ProductFields = {
      ...{ [`${at}/threatListName`]: 'Proofpoint', [`${at}/threatNames.0_`]: 'a', [`${at}/threatNames.1_`]: 'b' },
      ...{ 'aws/guardduty/service/action': 'x', 'aws/guardduty/service/action/dnsRequestAction/domain': 'y' },
      ...{ 'aws/guardduty/service/__proto__/sample': 'true', 'aws/guardduty/service/count': 'many' },
    };
    expect(oneFinding(hubEvent('guardduty-miner', { ProductFields })).threat).toMatchObject({
      ...{ names: ['Proofpoint', 'a', 'b'], count: 1 },
    });
  });
});
