import { describe, expect, test } from 'vitest';
import { contentHash } from '../../shared/finding/hash.ts';
import { imageScan } from '../../shared/finding/imageScan.ts';
import { incidentKey } from '../../shared/finding/incidentKey.ts';
import { invalidPath, oneFinding, parsed, type Sample, sampleEvent } from './sampleEvent.ts';

type Tree = { [key: string]: unknown };
const host = (detail: Tree = {}) => changed('inspector-finding-instance', detail);
const lambda = (detail: Tree = {}) => changed('inspector-finding-function', detail);

function changed(name: string, detail: Tree): Sample {
  const event = sampleEvent(name);
  return { ...event, detail: { ...event.detail, ...detail } };
}

/** The one resource of a sample with other fields; undefined takes one away. */
function on(event: Sample, fields: Tree): Sample {
  const [resource] = event.detail['resources'] as readonly Tree[];
  return { ...event, detail: { ...event.detail, resources: [{ ...resource, ...fields }] } };
}

const arn = 'arn:aws:lambda:us-east-1:123456789012:function:img-resize';

describe('Inspector2 Finding on an instance', () => {
  test('becomes a finding of that instance, with its vulnerability', () => {
    const finding = oneFinding(host());
    expect(finding).toMatchObject({
      id: 'arn:aws:inspector2:us-east-1:123456789012:finding/0a1b2c3d4e5f60718293a4b5c6d7e8f9#i-0a1b2c3d4e5f60718',
      source: 'inspector',
      type: 'PACKAGE_VULNERABILITY',
      status: 'open',
      severity: 9.8,
      label: 'critical',
      observedAt: '2026-11-20T09:14:00.002Z',
      resource: {
        kind: 'instance',
        id: 'i-0a1b2c3d4e5f60718',
        arn: 'arn:aws:ec2:us-east-1:123456789012:instance/i-0a1b2c3d4e5f60718',
      },
      vulnerability: {
        ...{ id: 'CVE-2026-12345', exploitAvailable: true, fixAvailable: 'yes' },
        exploited: { at: '2026-11-18T00:00:00.000Z' },
      },
    });
    expect(finding).not.toHaveProperty('exposure');
    expect(incidentKey(finding)).toBe('instance/123456789012/us-east-1/i-0a1b2c3d4e5f60718');
  });

  test('two vulnerabilities of it are two findings of one incident, which is that of a threat on it', () => {
    const [one, other] = [host(), host({ findingArn: 'arn:aws:inspector2:us-east-1:123456789012:finding/b' })].map(
      oneFinding,
    );
    expect(one?.id).not.toBe(other?.id);
    const threat = sampleEvent('guardduty-instance-bitcoin-dns');
    (threat.detail['resource'] as { instanceDetails: Tree }).instanceDetails['instanceId'] = 'i-0a1b2c3d4e5f60718';
    expect([one, other].map((each) => each && incidentKey(each))).toEqual(
      Array(2).fill(incidentKey(oneFinding(threat))),
    );
  });

  test('that can be reached says through which ports, and has no vulnerability', () => {
    const finding = oneFinding(sampleEvent('inspector-finding-instance-reachable'));
    expect(finding).toMatchObject({
      type: 'NETWORK_REACHABILITY',
      severity: 5.3,
      label: 'medium',
      title: 'Port 22 is reachable from an Internet Gateway - TCP',
      exposure: { protocol: 'TCP', fromPort: 22, toPort: 22, groups: ['sg-0a1b2c3d4e5f60718'] },
    });
    expect(finding).not.toHaveProperty('vulnerability');
    const wider = { networkReachabilityDetails: { openPortRange: { begin: 0, end: 65535 }, protocol: 'TCP' } };
    const hash = (detail: Tree) =>
      contentHash(oneFinding(changed('inspector-finding-instance-reachable', detail)), imageScan.volatile);
    expect(hash(wider)).not.toBe(hash({}));
  });

  test('that can be reached names the security groups on the way, each once, and nothing else for one', () => {
    const step = (componentId: unknown, componentType = 'AWS::EC2::SecurityGroup') => ({ componentId, componentType });
    const ids = ['sg-0a1b2c3e', 'sg-0a1b2c3d', 'sg-0a1b2c3e', 'sg-*', null];
    const steps = [...ids.map((id) => step(id)), step('sg-0a1b2c3f', 'AWS::EC2::NetworkAcl')];
    const reachable = changed('inspector-finding-instance-reachable', {
      networkReachabilityDetails: { networkPath: { steps } },
    });
    expect(oneFinding(reachable).exposure?.groups).toEqual(['sg-0a1b2c3d', 'sg-0a1b2c3e']);
  });

  test('that can be reached, with nulls for the rest, is told all the same', () => {
    const without = (networkReachabilityDetails: unknown) =>
      oneFinding(changed('inspector-finding-instance-reachable', { networkReachabilityDetails })).exposure;
    const none = { protocol: null, fromPort: null, toPort: null, groups: [] };
    expect(without({ networkPath: null, openPortRange: null, protocol: null })).toEqual(none);
    expect(without({ openPortRange: { begin: null } })).toEqual(none);
    expect(without(null)).toBeUndefined();
  });

  test('in the form of 2021 reads: no details, no provider, a Region that is "N/A", dates without a zone', () => {
    expect(oneFinding(sampleEvent('inspector-finding-instance-old-form'))).toMatchObject({
      region: 'us-east-1',
      observedAt: '2021-12-03T18:02:30.000Z',
      resource: { kind: 'instance', id: 'i-0a1b2c3d4e5f60718' },
      vulnerability: { score: null, epss: null },
    });
  });

  test('lies in the Region that its entry names, in the account that the finding names', () => {
    const event = on(host({ awsAccountId: '210987654321' }), { region: 'cn-north-1' });
    expect(oneFinding({ ...event, account: '999900001111' })).toMatchObject({
      account: '210987654321',
      region: 'cn-north-1',
      resource: { arn: 'arn:aws-cn:ec2:cn-north-1:210987654321:instance/i-0a1b2c3d4e5f60718' },
    });
  });

  test.each(['i-*', 'i-', 'mi-0a1b2c3d4e5f60718', '', null, 7])('called %j is invalid at its place', (id) => {
    expect(invalidPath(() => parsed(on(host(), { id })))).toBe('detail.resources[0].id');
  });
});

describe('Inspector2 Finding on a function', () => {
  test('becomes a finding of the function, without the version that the ARN names', () => {
    for (const id of [`${arn}:$LATEST`, `${arn}:12`, arn]) {
      expect(oneFinding(on(lambda(), { id })).resource).toEqual({ kind: 'function', id: arn, arn });
    }
    expect(incidentKey(oneFinding(lambda()))).toBe(`function/123456789012/us-east-1/${arn}`);
  });

  test('lies in the Region of its ARN, whatever the entry says', () => {
    for (const region of ['N/A', undefined, 'eu-west-1']) {
      expect(oneFinding(on(lambda(), { region })).region).toBe('us-east-1');
    }
  });

  test('without an ARN is known by its name', () => {
    expect(oneFinding(on(lambda(), { id: 'img-resize' })).resource.id).toBe(arn);
    expect(invalidPath(() => parsed(on(lambda(), { id: 'img-resize', details: null })))).toBe('detail.resources[0].id');
    const details = { awsLambdaFunction: { functionName: 'img*' } };
    expect(invalidPath(() => parsed(on(lambda(), { id: 'img-resize', details })))).toBe(
      'detail.resources[0].details.awsLambdaFunction.functionName',
    );
  });

  test.each([
    arn.replace('123456789012', '210987654321'),
    `${arn}*`,
    arn.replace(':lambda:', ':ec2:'),
    arn.replace(':function:', ':layer:'),
    null,
  ])('with the ARN %j is invalid at its place', (id) => {
    expect(invalidPath(() => parsed(on(lambda(), { id })))).toBe('detail.resources[0].id');
  });

  test('whose own code is weak names the weakness, the first in order, or else the detector', () => {
    const code = sampleEvent('inspector-finding-function-code');
    expect(oneFinding(code)).toMatchObject({
      type: 'CODE_VULNERABILITY',
      severity: 7,
      label: 'high',
      vulnerability: { id: 'CWE-78', score: null, exploitAvailable: null, fixAvailable: null },
    });
    const detected = (codeVulnerabilityDetails: Tree) =>
      oneFinding(changed('inspector-finding-function-code', { codeVulnerabilityDetails })).vulnerability?.id;
    expect(detected({ cwes: [], detectorId: 'javascript/x@v1.0' })).toBe('javascript/x@v1.0');
    expect(detected({ cwes: null, detectorId: 'javascript/x@v1.0' })).toBe('javascript/x@v1.0');
    expect(invalidPath(() => detected({}))).toBe('detail.codeVulnerabilityDetails.detectorId');
  });
});
