import { describe, expect, it } from 'vitest';
import { type ReportedScan, reportedFindings } from '../../shared/finding/imageScan/reported.ts';
import { findingsOf, imageIn, inspectorFinding, invalidPath, oneFinding, sampleEvent, scan } from './sampleEvent.ts';

const told = oneFinding(scan());
const { repository, digest, tags } = imageIn(told);
const image = { account: told.account, region: told.region, repository, digest: digest ?? '', tags };
const basic = (more: Partial<ReportedScan> = {}): ReportedScan => ({
  status: 'COMPLETE',
  counts: {},
  enhanced: null,
  ...more,
});

describe('the findings of a scan that was asked about', () => {
  it('are those that its event gives: of a basic scan', () => {
    const counts = scan().detail['finding-severity-counts'] as { [severity: string]: number };
    expect(reportedFindings(image, basic({ counts }), told.observedAt)).toEqual([told]);
  });

  it('of enhanced scanning, EPSS and exploits included', () => {
    const { inspectorScore, resources: _not, ...finding } = inspectorFinding().detail;
    const enhanced = [{ ...finding, score: inspectorScore }];
    const scanned = reportedFindings(image, { status: 'ACTIVE', counts: { CRITICAL: 1 }, enhanced }, told.observedAt);
    const [summary, one, ...more] = scanned;
    expect(more).toEqual([]);
    expect(summary).toMatchObject({ source: 'inspector', type: 'ImageScan', counts: { critical: 1 }, status: 'open' });
    const event = oneFinding(inspectorFinding());
    // Of its tags each says what it knows: the event what the image had, ECR what it has.
    expect({ ...one, resource: event.resource }).toEqual(event);
    expect(imageIn(one as never)).toMatchObject({ repository, digest, tags });
  });

  it('keep what a source closed or suppressed apart from what is open', () => {
    const enhanced = ['ACTIVE', 'SUPPRESSED', 'CLOSED'].map((status) => inspectorFinding({ status }).detail);
    const statuses = reportedFindings(image, { status: 'ACTIVE', counts: {}, enhanced }, told.observedAt);
    expect(statuses.map(({ status }) => status)).toEqual(['resolved', 'open', 'suppressed', 'resolved']);
  });

  it('are never clean for a severity that has another word', () => {
    const [only] = reportedFindings(image, basic({ counts: { UNTRIAGED: 2, LOW: 1 } }), told.observedAt);
    expect(only).toMatchObject({ status: 'open', counts: { low: 1, undefined: 2 } });
    expect(reportedFindings(image, basic({ counts: { TOTAL: 0 } }), told.observedAt)[0]?.status).toBe('resolved');
  });

  it('are no verdict where nothing is counted', () => {
    expect(reportedFindings(image, basic({ counts: null }), told.observedAt)[0]?.status).toBe('inconclusive');
  });

  it('are about whom was asked about, whatever the answer says of itself', () => {
    const resources = [{ type: 'AWS_ECR_CONTAINER_IMAGE', id: 'elsewhere' }];
    const enhanced = [{ ...inspectorFinding().detail, resources, awsAccountId: '999999999999' }];
    const [, one] = reportedFindings(image, { status: 'ACTIVE', counts: {}, enhanced }, told.observedAt);
    expect(one).toMatchObject({ account: image.account, resource: { repository, digest } });
  });

  it('are refused where no event could say it', () => {
    const enhanced = [{ ...inspectorFinding().detail, status: 'ODD' }];
    const path = invalidPath(() =>
      reportedFindings(image, { status: 'ACTIVE', counts: {}, enhanced }, told.observedAt),
    );
    expect(path).toBe('detail.status');
  });

  it('of Inspector2 Scan are the same counts', () => {
    const event = sampleEvent('inspector-scan-critical');
    const [expected] = findingsOf(event);
    const counts = event.detail['finding-severity-counts'] as { [severity: string]: number };
    const of = imageIn(expected as never);
    const asked = {
      account: expected?.account ?? '',
      region: expected?.region ?? '',
      repository: of.repository,
      digest: of.digest ?? '',
      tags: of.tags,
    };
    const [summary] = reportedFindings(asked, { status: 'ACTIVE', counts, enhanced: [] }, expected?.observedAt ?? '');
    expect(summary).toEqual(expected);
  });
});
