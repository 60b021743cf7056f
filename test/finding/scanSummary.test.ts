import { describe, expect, test } from 'vitest';
import { incidentKey } from '../../shared/finding/incidentKey.ts';
import { imageIn, invalidPath, oneFinding, oneImage, parsed, reasonOf, sampleEvent, scan } from './sampleEvent.ts';

const digest = 'sha256:3f1c9e0d5a7b4c2e8f6d1a0b9c8e7f6a5d4c3b2a1908f7e6d5c4b3a291807f6e';
const counts = (value: unknown) => oneFinding(scan({ 'finding-severity-counts': value }));

describe('ECR Image Scan', () => {
  test('becomes one finding about the image, with absent severities counted as 0', () => {
    expect(oneFinding(sampleEvent('ecr-scan-critical'))).toEqual({
      id: `ecr/ImageScan/123456789012/us-east-1/payments/checkout-api@${digest}`,
      source: 'ecr',
      type: 'ImageScan',
      status: 'open',
      severity: 9,
      label: 'critical',
      account: '123456789012',
      region: 'us-east-1',
      observedAt: '2026-11-20T09:14:03.000Z',
      title: 'Vulnerabilities: 2 critical, 7 high, 31 low in payments/checkout-api',
      sample: false,
      resource: {
        kind: 'image',
        id: `payments/checkout-api@${digest}`,
        arn: 'arn:aws:ecr:us-east-1:123456789012:repository/payments/checkout-api',
        repository: 'payments/checkout-api',
        digest,
        tags: ['1.42.0', 'prod'],
      },
      counts: { critical: 2, high: 7, medium: 0, low: 31, informational: 0, undefined: 0 },
    });
  });

  test.each([
    [{ CRITICAL: 1, LOW: 5 }, 9, 'critical'],
    [{ HIGH: 1, LOW: 5 }, 7, 'high'],
    [{ MEDIUM: 1, LOW: 5 }, 4, 'medium'],
    [{ LOW: 1, INFORMATIONAL: 5 }, 0.1, 'low'],
    [{ INFORMATIONAL: 5 }, 0, 'informational'],
    [{ UNDEFINED: 5 }, null, 'unknown'],
  ])('takes the severity of the worst count: %j', (value, severity, label) => {
    expect(counts(value)).toMatchObject({ status: 'open', severity, label });
  });

  test('is resolved when every count is zero, written out or left out', () => {
    const zeros = { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0, INFORMATIONAL: 0, UNDEFINED: 0 };
    expect(counts({})).toMatchObject({ status: 'resolved', severity: 0, label: 'informational' });
    expect(counts(zeros)).toMatchObject({ status: 'resolved', severity: 0, label: 'informational' });
    expect(counts({ ...zeros, UNDEFINED: 1 }).status).toBe('open');
  });

  test('that failed is inconclusive: not clean, and no accusation', () => {
    const failed = oneFinding(sampleEvent('ecr-scan-failed'));
    expect(failed).toMatchObject({ status: 'inconclusive', severity: null, label: 'unknown' });
    expect(failed.counts).toBeUndefined();
    expect(failed.title).toBe('The scan of payments/checkout-api did not finish (FAILED)');
  });

  test.each([
    'LIMIT_EXCEEDED',
    'UNSUPPORTED_IMAGE',
    'FINDINGS_UNAVAILABLE',
    'SCAN_ELIGIBILITY_EXPIRED',
    'SOMETHING_NEW',
  ])('of status %s is inconclusive even where it brings zeros', (status) => {
    expect(oneFinding(scan({ 'scan-status': status, 'finding-severity-counts': {} })).status).toBe('inconclusive');
  });

  test('that is complete but brings no counts is inconclusive', () => {
    expect(counts(undefined)).toMatchObject({ status: 'inconclusive', label: 'unknown' });
    expect(counts(null).title).toBe('The scan of payments/checkout-api did not say what it found (COMPLETE)');
  });

  test('that did not finish never takes the place of what an earlier scan of the digest found', () => {
    const found = oneFinding(scan());
    const failed = oneFinding(scan({ 'scan-status': 'FAILED' }));
    const clean = oneFinding(scan({ 'finding-severity-counts': {} }));
    expect(failed.id).not.toBe(found.id);
    expect(clean.id).toBe(found.id);
    expect(incidentKey(failed)).toBe(incidentKey(found));
  });

  test.each(['PENDING', 'IN_PROGRESS', 'IMAGE_ARCHIVED'])('of status %s is ignored with a reason', (status) => {
    expect(reasonOf(scan({ 'scan-status': status }))).toMatch(/^the (scan|image) /);
  });

  test('without tags has none; tags are in one order, each once', () => {
    expect(oneImage(scan({ 'image-tags': [] })).tags).toEqual([]);
    expect(oneImage(sampleEvent('ecr-scan-no-tags-key')).tags).toEqual([]);
    expect(oneImage(scan({ 'image-tags': ['b', 'a', 'b'] })).tags).toEqual(['a', 'b']);
  });

  test('without a digest names the repository alone, and is told apart by its tags', () => {
    const one = oneFinding(sampleEvent('ecr-scan-no-digest'));
    expect(one.resource).toMatchObject({ id: 'payments/checkout-api', digest: null });
    expect(incidentKey(one)).toBe('image/123456789012/us-east-1/payments/checkout-api');
    const other = oneFinding(scan({ 'image-digest': undefined, 'image-tags': ['2.0'] }));
    expect(other.id).not.toBe(one.id);
  });

  test('in another partition has an ARN of that partition', () => {
    expect(oneFinding(sampleEvent('ecr-scan-china')).resource.arn).toMatch(/^arn:aws-cn:ecr:cn-north-1:/);
  });

  test('without `resources`, or with keys that nobody knows, reads the same', () => {
    const { resources: _, ...without } = scan();
    expect(parsed({ ...without, debug: { x: 1 } })).toEqual(parsed(scan()));
    expect(parsed(scan({ 'some-new-key': [1] }))).toEqual(parsed(scan()));
  });

  test('carries text that an attacker wrote as data, bounded', () => {
    const tags = ['\u202egnp.exe', 'a\r\nb', '<script>', 'x'.repeat(100_000), '\ud800'];
    const read = oneImage(scan({ 'image-tags': tags })).tags;
    expect(read).toContain('a\r\nb');
    expect(read).toContain('\u202egnp.exe');
    expect(read).toContain('<script>');
    expect(Math.max(...read.map((tag) => tag.length))).toBe(300);
    expect(read.every((tag) => tag.isWellFormed())).toBe(true);
    const many = oneFinding(scan({ 'image-tags': Array.from({ length: 5000 }, (_, i) => `t${i}`) }));
    expect(imageIn(many).tags).toHaveLength(100);
  });

  test.each([
    [{ 'finding-severity-counts': { HIGH: '7' } }, 'detail.finding-severity-counts.HIGH'],
    [{ 'finding-severity-counts': { HIGH: -1 } }, 'detail.finding-severity-counts.HIGH'],
    [{ 'finding-severity-counts': { HIGH: 1.5 } }, 'detail.finding-severity-counts.HIGH'],
    [{ 'finding-severity-counts': { HIGH: null } }, 'detail.finding-severity-counts.HIGH'],
    [{ 'finding-severity-counts': [] }, 'detail.finding-severity-counts'],
    [{ 'scan-status': undefined }, 'detail.scan-status'],
    [{ 'scan-status': 3 }, 'detail.scan-status'],
    [{ 'repository-name': undefined }, 'detail.repository-name'],
    [{ 'repository-name': '' }, 'detail.repository-name'],
    [{ 'repository-name': 'Upper/Case' }, 'detail.repository-name'],
    [{ 'repository-name': '../etc' }, 'detail.repository-name'],
    [{ 'repository-name': 'a' }, 'detail.repository-name'],
    [{ 'repository-name': 'a'.repeat(257) }, 'detail.repository-name'],
    [{ 'repository-name': 'arn:aws:s3:::bucket' }, 'detail.repository-name'],
    [{ 'repository-name': 'arn:aws:ecr:nowhere:123456789012:repository/a/b' }, 'detail.repository-name'],
    [{ 'image-digest': 'latest' }, 'detail.image-digest'],
    [{ 'image-digest': 'sha256:*' }, 'detail.image-digest'],
    [{ 'image-digest': 7 }, 'detail.image-digest'],
    [{ 'image-tags': 'prod' }, 'detail.image-tags'],
    [{ 'image-tags': ['a', 1] }, 'detail.image-tags[1]'],
  ])('with %j is invalid at the path %s', (detail, path) => {
    expect(invalidPath(() => parsed(scan(detail)))).toBe(path);
  });

  test.each([undefined, null, 'text', []])('whose detail is %j is invalid at detail', (detail) => {
    expect(invalidPath(() => parsed({ ...scan(), detail }))).toBe('detail');
  });
});

describe('Inspector2 Scan', () => {
  const event = (detail: object) => {
    const sample = sampleEvent('inspector-scan-critical');
    return { ...sample, detail: { ...sample.detail, ...detail } };
  };

  test('names the repository by ARN; account and Region of the ARN win over the envelope', () => {
    const finding = oneFinding({ ...event({}), account: '999999999999', region: 'eu-west-1' });
    expect(finding).toMatchObject({ source: 'inspector', account: '123456789012', region: 'us-east-1' });
    expect(imageIn(finding).repository).toBe('payments/checkout-api');
    expect(incidentKey(finding)).toBe(incidentKey(oneFinding(scan())));
  });

  test('reads a plain name as the same image', () => {
    expect(parsed(event({ 'repository-name': 'payments/checkout-api' }))).toEqual(parsed(event({})));
  });

  test('counts what only TOTAL has as without severity, so that it is not clean', () => {
    expect(oneFinding(event({})).counts).toMatchObject({ critical: 1, high: 4, medium: 20, low: 0, undefined: 16 });
    expect(oneFinding(sampleEvent('inspector-scan-total-only'))).toMatchObject({ status: 'open', label: 'unknown' });
    const zero = { CRITICAL: 0, HIGH: 0, MEDIUM: 0, TOTAL: 0 };
    expect(oneFinding(event({ 'finding-severity-counts': zero })).status).toBe('resolved');
  });

  test('of an instance or a function is ignored with the reason', () => {
    expect(reasonOf(sampleEvent('inspector-scan-instance'))).toContain('an EC2 instance');
    expect(reasonOf(sampleEvent('inspector-scan-function'))).toContain('a Lambda function');
  });
});
