import { describe, expect, test } from 'vitest';
import { contentHash } from '../../shared/finding/hash.ts';
import { imageActivity } from '../../shared/finding/imageActivity.ts';
import { incidentKey } from '../../shared/finding/incidentKey.ts';
import {
  findingsOf,
  invalidPath,
  oneFinding,
  oneImage,
  parsed,
  reasonOf,
  type Sample,
  sampleEvent,
} from './sampleEvent.ts';

const digest = 'sha256:3f1c9e0d5a7b4c2e8f6d1a0b9c8e7f6a5d4c3b2a1908f7e6d5c4b3a291807f6e';
const changed = (event: Sample, detail: { [key: string]: unknown }): Sample => ({
  ...event,
  detail: { ...event.detail, ...detail },
});
const push = (detail: { [key: string]: unknown } = {}): Sample => changed(sampleEvent('ecr-image-push'), detail);
const restore = (detail: { [key: string]: unknown } = {}): Sample =>
  changed(sampleEvent('ecr-image-action-restored'), detail);
const hash = (event: Sample): string => contentHash(oneFinding(event), imageActivity.volatile);

describe('ECR Image Action', () => {
  test('of a push says that the image is active, and accuses nobody', () => {
    expect(oneFinding(push())).toEqual({
      id: `ecr/ImagePushed/123456789012/us-east-1/payments/checkout-api@${digest}`,
      source: 'ecr',
      type: 'ImagePushed',
      status: 'open',
      severity: null,
      label: 'unknown',
      account: '123456789012',
      region: 'us-east-1',
      observedAt: '2026-11-20T09:10:00.000Z',
      title: 'payments/checkout-api@sha256:3f1c9e0d5a7b was pushed (ECR Image Action, PUSH)',
      sample: false,
      resource: {
        kind: 'image',
        id: `payments/checkout-api@${digest}`,
        arn: 'arn:aws:ecr:us-east-1:123456789012:repository/payments/checkout-api',
        repository: 'payments/checkout-api',
        digest,
        tags: ['1.42.0'],
      },
      says: { field: 'status', part: digest, value: 'ACTIVE' },
    });
  });

  test.each([
    ['STANDARD', 'ImageRestored', 'ACTIVE'],
    ['ARCHIVE', 'ImageArchived', 'ARCHIVED'],
    ['A_CLASS_OF_TOMORROW', 'ImageRestored', 'ACTIVE'],
  ])('of a change of storage class to %s is %s', (storageClass, type, value) => {
    const finding = oneFinding(restore({ 'target-storage-class': storageClass }));
    expect(finding).toMatchObject({ type, says: { value } });
    expect(finding.title).toContain(`UPDATE_STORAGE_CLASS to ${storageClass}`);
  });

  test('says the same for each tag of one push, and without the media types of today', () => {
    const one = hash(push());
    expect([push({ 'image-tag': 'other' }), push({ 'image-tag': undefined })].map(hash)).toEqual([one, one]);
    expect(hash(sampleEvent('ecr-image-action-push-old-form'))).toBe(one);
    expect(hash(push({ 'image-digest': `sha256:${'0'.repeat(64)}` }))).not.toBe(one);
    expect(hash(restore())).not.toBe(one);
  });

  test('takes a tag that somebody made up for text, and cuts it', () => {
    const [tag] = oneImage(push({ 'image-tag': '<b>'.repeat(200) })).tags;
    expect(tag).toHaveLength(300);
    expect(oneFinding(sampleEvent('ecr-image-action-hostile-tag')).title).not.toContain('evil');
  });

  test.each([
    ['that failed', push({ result: 'FAILURE' }), /did not succeed \(FAILURE\)/],
    ['of a deletion', push({ 'action-type': 'DELETE' }), /deleted cannot be pulled/],
    ['of an action of tomorrow', push({ 'action-type': 'PIN' }), /the action PIN/],
    ['without a digest', push({ 'image-digest': undefined }), /no digest, and a tag is no identity/],
    ['with a null for it', restore({ 'image-digest': null }), /no digest/],
  ])('%s is ignored, with the reason', (_what, event, reason) => {
    expect(reasonOf(event)).toMatch(reason);
  });

  test.each([
    [{ 'action-type': undefined }, 'detail.action-type'],
    [{ result: 1 }, 'detail.result'],
    [{ 'repository-name': undefined }, 'detail.repository-name'],
    [{ 'repository-name': 'payments/*' }, 'detail.repository-name'],
    [{ 'image-digest': 'sha256:*' }, 'detail.image-digest'],
    [{ 'image-tag': 7 }, 'detail.image-tag'],
    [{ 'target-storage-class': undefined }, 'detail.target-storage-class'],
  ])('%j is invalid at the path %s', (detail, path) => {
    expect(invalidPath(() => parsed(restore(detail)))).toBe(path);
  });
});

const off = (repository: object = {}, detail: { [key: string]: unknown } = {}): Sample => {
  const event = sampleEvent('ecr-scan-change-off');
  const [first] = event.detail['repositories'] as readonly object[];
  return changed(event, { repositories: [{ ...first, ...repository }], ...detail });
};

describe('ECR Scan Resource Change', () => {
  test('of a repository that went down to MANUAL is a finding about it', () => {
    const finding = oneFinding(off());
    expect(finding).toMatchObject({
      id: 'ecr/ScanningSwitchedOff/123456789012/us-east-1/payments/ledger',
      type: 'ScanningSwitchedOff',
      status: 'open',
      severity: null,
      title:
        'payments/ledger is scanned by hand alone from now on (ECR Scan Resource Change, from CONTINUOUS_SCAN to MANUAL)',
      resource: {
        kind: 'ecr-repository',
        id: 'payments/ledger',
        arn: 'arn:aws:ecr:us-east-1:123456789012:repository/payments/ledger',
        repository: 'payments/ledger',
      },
    });
    expect(finding).not.toHaveProperty('says');
    expect(incidentKey(finding)).toBe('ecr-repository/123456789012/us-east-1/payments/ledger');
  });

  test('of several is one for each that is switched off, and for no other', () => {
    const findings = findingsOf(sampleEvent('ecr-scan-change-two-off'));
    expect(findings.map(({ resource }) => resource.id)).toEqual(['payments/ledger', 'payments/refunds']);
  });

  test('of more than twenty is one about the registry, which counts them', () => {
    const finding = oneFinding(sampleEvent('ecr-scan-change-many-off'));
    expect(finding).toMatchObject({ resource: { kind: 'other', type: 'EcrRegistry', id: 'registry 123456789012' } });
    expect(finding.title).toMatch(/^25 repositories are scanned by hand alone .*: team-00\/api, team-01\/api, /);
  });

  test('that does not say how it was before is one, too', () => {
    expect(oneFinding(off({ 'previous-scan-frequency': undefined })).type).toBe('ScanningSwitchedOff');
  });

  test('names a repository without an ARN in the account that it comes from', () => {
    const named = off({ 'repository-arn': undefined, 'repository-name': 'shop/cart' });
    expect(oneFinding(named)).toMatchObject({ account: '123456789012', resource: { id: 'shop/cart' } });
  });

  test.each([
    ['to another frequency', off({ 'scan-frequency': 'CONTINUOUS_SCAN' }), /switched off for no repository/],
    ['from MANUAL to MANUAL', off({ 'previous-scan-frequency': 'MANUAL' }), /switched off for no repository/],
    ['of no repository', off({}, { repositories: [] }), /switched off for no repository/],
    ['of something else', off({}, { 'action-type': 'SCAN_TYPE_CHANGE' }), /no change of how often/],
  ])('%s is ignored, with the reason', (_what, event, reason) => {
    expect(reasonOf(event)).toMatch(reason);
  });

  test.each([
    [off({}, { repositories: {} }), 'detail.repositories'],
    [off({}, { 'action-type': null }), 'detail.action-type'],
    [off({ 'scan-frequency': undefined }), 'detail.repositories[0].scan-frequency'],
    [off({ 'previous-scan-frequency': 7 }), 'detail.repositories[0].previous-scan-frequency'],
    [off({ 'repository-arn': 'arn:aws:ecr:us-east-1:1:repository/a' }), 'detail.repositories[0].repository-arn'],
    [off({ 'repository-arn': undefined, 'repository-name': 'A*' }), 'detail.repositories[0].repository-name'],
  ])('is invalid at the path that is wrong', (event, path) => {
    expect(invalidPath(() => parsed(event))).toBe(path);
  });
});
