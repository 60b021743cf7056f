import { describe, expect, test } from 'vitest';
import type { Finding } from '../../shared/finding/finding.ts';
import { contentHash } from '../../shared/finding/hash.ts';
import { imageScan } from '../../shared/finding/imageScan.ts';
import { incidentKey } from '../../shared/finding/incidentKey.ts';
import {
  findingsOf,
  inspectorFinding,
  invalidPath,
  oneFinding,
  oneImage,
  parsed,
  reasonOf,
  sampleEvent,
} from './sampleEvent.ts';

const digest = 'sha256:3f1c9e0d5a7b4c2e8f6d1a0b9c8e7f6a5d4c3b2a1908f7e6d5c4b3a291807f6e';
const imageArn = `arn:aws:ecr:us-east-1:123456789012:repository/payments/checkout-api/${digest}`;
const resource = (fields: object) =>
  inspectorFinding({ resources: [{ type: 'AWS_ECR_CONTAINER_IMAGE', id: imageArn, ...fields }] });

describe('Inspector2 Finding on an image', () => {
  test('becomes a finding with its vulnerability', () => {
    expect(oneFinding(inspectorFinding())).toMatchObject({
      id: `arn:aws:inspector2:us-east-1:123456789012:finding/0a1b2c3d4e5f60718293a4b5c6d7e8f9#payments/checkout-api@${digest}`,
      source: 'inspector',
      type: 'PACKAGE_VULNERABILITY',
      status: 'open',
      severity: 9.8,
      label: 'critical',
      observedAt: '2026-11-20T09:14:00.002Z',
      title: 'CVE-2026-12345 - libexample3',
      resource: { id: `payments/checkout-api@${digest}`, tags: ['1.42.0', 'prod'] },
      vulnerability: {
        ...{ id: 'CVE-2026-12345', score: 9.8, epss: 0.91, exploitAvailable: true, fixAvailable: 'yes' },
        exploited: { at: '2026-11-18T00:00:00.000Z' },
      },
    });
  });

  test('CLOSED is resolved, SUPPRESSED is suppressed, anything else is invalid', () => {
    expect(oneFinding(inspectorFinding({ status: 'CLOSED' })).status).toBe('resolved');
    expect(oneFinding(inspectorFinding({ status: 'SUPPRESSED' })).status).toBe('suppressed');
    expect(invalidPath(() => parsed(inspectorFinding({ status: 'constructor' })))).toBe('detail.status');
  });

  test('UNTRIAGED is unknown without a number, even where a score is there', () => {
    expect(oneFinding(inspectorFinding({ severity: 'UNTRIAGED' }))).toMatchObject({
      severity: null,
      label: 'unknown',
      vulnerability: { score: 9.8 },
    });
  });

  test('without a score takes the lowest of its severity', () => {
    const scored = inspectorFinding({ severity: 'HIGH', inspectorScore: undefined });
    expect(oneFinding(scored)).toMatchObject({ severity: 7, label: 'high', vulnerability: { score: null } });
  });

  test('the form of 2021 reads: no zone, region "N/A", no provider, epss, exploit or fix', () => {
    expect(oneFinding(sampleEvent('inspector-finding-old-form'))).toMatchObject({
      region: 'us-east-1',
      observedAt: '2021-12-03T18:02:30.000Z',
      vulnerability: { epss: null, exploitAvailable: null, fixAvailable: null },
    });
  });

  test('a Region that is "N/A", or missing, is the one of the ARN, else of the envelope', () => {
    const details = { awsEcrContainerImage: { repositoryName: 'a/b', imageHash: digest } };
    expect(oneFinding({ ...resource({ region: 'N/A' }), region: 'eu-west-1' }).region).toBe('us-east-1');
    expect(oneFinding({ ...resource({ id: 'odd', region: 'N/A', details }), region: 'eu-west-1' }).region).toBe(
      'eu-west-1',
    );
    expect(oneFinding({ ...resource({ id: 'odd', region: 'eu-north-1', details }), region: 'eu-west-1' }).region).toBe(
      'eu-north-1',
    );
  });

  test('dates that cannot be read, or do not exist, give way to the next, then to the envelope', () => {
    const dates = { updatedAt: 'Mon Feb 30 00:00:00.000 UTC 2026', lastObservedAt: 'soon', firstObservedAt: null };
    expect(oneFinding(inspectorFinding(dates)).observedAt).toBe('2026-11-20T09:14:02.000Z');
  });

  test('in an administrator account belongs to the member, with the id that the member sees', () => {
    const member = oneFinding(inspectorFinding());
    const administrator = oneFinding(sampleEvent('inspector-finding-administrator'));
    expect(administrator).toEqual(member);
    const other = oneFinding(inspectorFinding({ awsAccountId: '210987654321' }));
    expect(other.account).toBe('210987654321');
    expect(other.resource.arn).toContain(':210987654321:');
  });

  test('the image ARN is split at its last /sha256:, when the details are missing', () => {
    const arn = `arn:aws:ecr:us-east-1:123456789012:repository/a/sha256/b/${digest}`;
    expect(oneFinding(resource({ id: arn })).resource).toMatchObject({ repository: 'a/sha256/b', digest });
    expect(invalidPath(() => parsed(resource({ id: 'i-1' })))).toBe('detail.resources[0].id');
  });

  test('an ARN without a digest, and none in the details, leaves the digest null', () => {
    const arn = 'arn:aws:ecr:us-east-1:123456789012:repository/payments/checkout-api';
    expect(oneImage(resource({ id: arn })).digest).toBeNull();
  });

  test('the details win where the ARN disagrees, and the neutral `image` fills in', () => {
    const other = `sha256:${'a'.repeat(64)}`;
    const ecr = { awsEcrContainerImage: { repositoryName: 'payments/checkout-api', imageHash: other } };
    const neutral = { image: { repositoryName: 'payments/checkout-api', imageDigest: other, imageTags: ['x'] } };
    expect(oneImage(resource({ details: ecr })).digest).toBe(other);
    expect(oneFinding(resource({ details: neutral })).resource).toMatchObject({ digest: other, tags: ['x'] });
  });

  test('several images are several findings and incidents, with ids of their own', () => {
    const findings = findingsOf(sampleEvent('inspector-finding-two-images'));
    expect(new Set(findings.map((finding) => finding.id)).size).toBe(2);
    expect(new Set(findings.map(incidentKey)).size).toBe(2);
  });

  test('images beside other resources: each that is ours is a finding', () => {
    const event = inspectorFinding();
    const [image] = event.detail['resources'] as unknown[];
    const mixed = inspectorFinding({ resources: [{ type: 'AWS_ECR_REPOSITORY', id: 'x' }, image] });
    expect(findingsOf(mixed)).toHaveLength(1);
    const host = { type: 'AWS_EC2_INSTANCE', id: 'i-0a1b2c3d4e5f60718' };
    expect(findingsOf(inspectorFinding({ resources: [host, image] })).map(({ resource: { kind } }) => kind)).toEqual([
      'instance',
      'image',
    ]);
  });

  test('small moves of EPSS are no news; what a rule in hundredths would see is', () => {
    const epss = (score: number) => oneFinding(inspectorFinding({ epss: { score } })).vulnerability?.epss;
    expect(epss(0.57)).toBe(0.57);
    expect(epss(0.5749)).toBe(0.57);
    expect(epss(0.58)).toBe(0.58);
    expect(epss(0.4999)).toBe(0.49);
  });

  test('that it is seen exploited is news, and that it still is, is none', () => {
    const known = (exploitabilityDetails: unknown) => oneFinding(inspectorFinding({ exploitabilityDetails }));
    const at = (lastKnownExploitAt: unknown) => known({ lastKnownExploitAt });
    const hash = (finding: Finding) => contentHash(finding, imageScan.volatile);
    const [then, later] = [at('Wed Nov 18 00:00:00.000 UTC 2026'), at('Nov 19, 2026, 6:02:30 PM')];
    expect(later.vulnerability?.exploited).toEqual({ at: '2026-11-19T18:02:30.000Z' });
    expect(hash(later)).toBe(hash(then));
    expect(hash(known(undefined))).not.toBe(hash(then));
  });

  test.each([undefined, null, 'soon', [], {}, { lastKnownExploitAt: null }, { lastKnownExploitAt: 'soon' }])(
    'exploited at %j is not seen exploited, in the form in which it was stored before this was read',
    (exploitabilityDetails) => {
      expect(oneFinding(inspectorFinding({ exploitabilityDetails })).vulnerability).toEqual({
        ...{ id: 'CVE-2026-12345', score: 9.8, epss: 0.91, exploitAvailable: true, fixAvailable: 'yes' },
      });
    },
  );

  test('a huge title is cut', () => {
    expect(oneFinding(inspectorFinding({ title: '😀'.repeat(10_000) })).title.length).toBeLessThanOrEqual(300);
  });

  test.each([
    [{ awsAccountId: undefined }, 'detail.awsAccountId'],
    [{ awsAccountId: '12' }, 'detail.awsAccountId'],
    [{ findingArn: undefined }, 'detail.findingArn'],
    [{ severity: undefined }, 'detail.severity'],
    [{ severity: 9 }, 'detail.severity'],
    [{ status: undefined }, 'detail.status'],
    [{ type: undefined }, 'detail.type'],
    [{ resources: undefined }, 'detail.resources'],
    [{ resources: ['x'] }, 'detail.resources[0]'],
    [{ inspectorScore: 'high' }, 'detail.inspectorScore'],
    [{ inspectorScore: 11 }, 'detail.inspectorScore'],
    [{ epss: { score: 2 } }, 'detail.epss.score'],
    [{ packageVulnerabilityDetails: {} }, 'detail.packageVulnerabilityDetails.vulnerabilityId'],
  ])('with %j is invalid at the path %s', (detail, path) => {
    expect(invalidPath(() => parsed(inspectorFinding(detail)))).toBe(path);
  });

  test('a malformed digest in the details is invalid at its own path', () => {
    const details = { awsEcrContainerImage: { repositoryName: 'a/b', imageHash: 'latest' } };
    expect(invalidPath(() => parsed(resource({ details })))).toBe(
      'detail.resources[0].details.awsEcrContainerImage.imageHash',
    );
  });
});

describe('Inspector2 Finding on something else', () => {
  test('in Azure is ignored, by provider and by type', () => {
    expect(reasonOf(sampleEvent('inspector-finding-azure'))).toContain('AZURE');
    expect(reasonOf(resource({ provider: 'AZURE' }))).toContain('AZURE');
    expect(reasonOf(resource({ type: 'Microsoft.ContainerRegistry/registry/containerImage' }))).toContain('Microsoft');
    expect(oneImage(resource({ provider: 'AWS' })).digest).toBe(digest);
    expect(oneImage(resource({ provider: null })).digest).toBe(digest);
  });

  test('a machine in Azure, and one that an instance or a function of another provider claims to be, is ignored', () => {
    expect(reasonOf(sampleEvent('inspector-finding-azure-machine'))).toContain('Microsoft.Compute/virtualMachines');
    expect(reasonOf(resource({ type: 'Microsoft.Web/sites', provider: 'AZURE' }))).toContain('Microsoft.Web/sites');
    for (const type of ['AWS_EC2_INSTANCE', 'AWS_LAMBDA_FUNCTION']) {
      expect(reasonOf(resource({ type, id: 'i-0a1b2c3d4e5f60718', provider: 'AZURE' }))).toContain(`AZURE ${type}`);
    }
  });

  test('a whole repository, source code, a type that did not exist yesterday or no resource is ignored with the reason', () => {
    expect(reasonOf(sampleEvent('inspector-finding-repository'))).toContain('AWS_ECR_REPOSITORY');
    expect(reasonOf(sampleEvent('inspector-finding-code-repository'))).toContain('CODE_REPOSITORY');
    expect(reasonOf(resource({ type: 'AWS_QUANTUM_PROCESSOR' }))).toContain('AWS_QUANTUM_PROCESSOR');
    expect(reasonOf(resource({ type: 'constructor' }))).toContain('constructor');
    expect(reasonOf(inspectorFinding({ resources: [] }))).toContain('no resource');
  });
});
