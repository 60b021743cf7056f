import { parseInspectorFinding } from './imageScan/inspectorFinding.ts';
import { parseScanSummary } from './imageScan/summary.ts';
import type { Envelope, Parsed, Source } from './source.ts';

const forms = new Map<string, (envelope: Envelope) => Parsed>([
  ['aws.ecr ECR Image Scan', parseScanSummary],
  ['aws.inspector2 Inspector2 Scan', parseScanSummary],
  ['aws.inspector2 Inspector2 Finding', parseInspectorFinding],
]);

const formOf = (envelope: Envelope) => forms.get(`${envelope.source} ${envelope['detail-type']}`);

/**
 * Weaknesses that scanners found: Amazon ECR's own scans, Inspector's scans, and Inspector's findings on images, instances and functions.
 * One queue for all of Inspector: a flood of it is one flood (docs/decisions/0017).
 */
export const imageScan: Source = {
  name: 'imageScan',
  matches: (envelope) => formOf(envelope) !== undefined,
  parse: (envelope) =>
    formOf(envelope)?.(envelope) ?? {
      kind: 'ignored',
      reason: 'neither a scan nor a finding of Amazon ECR or Amazon Inspector',
    },
  // That it is seen exploited is news; that it still is, is none.
  volatile: ['observedAt', 'vulnerability.exploited.at'],
};
