import { parseEnvelope } from '../../../shared/finding/envelope.ts';
import type { Finding } from '../../../shared/finding/finding.ts';
import { incidentKey } from '../../../shared/finding/incidentKey.ts';
import { parseEvent } from '../../../shared/finding/registry.ts';

export interface ScanOptions {
  readonly id?: string;
  /** Digit that makes the digest. */
  readonly image?: number;
  readonly critical?: number;
  /** Seconds after 08:00:00. */
  readonly second?: number;
}

/** An ECR scan event, with what the tests vary. */
export const scanEvent = ({ id = 'event-1', image = 1, critical = 3, second = 0 }: ScanOptions = {}): string =>
  JSON.stringify({
    version: '0',
    id,
    'detail-type': 'ECR Image Scan',
    source: 'aws.ecr',
    account: '123456789012',
    time: new Date(Date.parse('2026-11-20T08:00:00Z') + second * 1000).toISOString().replace('.000Z', 'Z'),
    region: 'us-east-1',
    resources: [],
    detail: {
      'scan-status': 'COMPLETE',
      'repository-name': 'payments/checkout-api',
      'finding-severity-counts': { CRITICAL: critical },
      'image-digest': `sha256:${String(image).repeat(64).slice(0, 64)}`,
      'image-tags': ['prod'],
    },
  });

export function findingIn(event: string): Finding {
  const parsed = parseEvent(parseEnvelope(JSON.parse(event)));
  const [finding] = parsed.kind === 'findings' ? parsed.findings : [];
  if (finding === undefined) throw new Error('The event has no finding');
  return finding;
}

export const incidentOf = (event: string): string => incidentKey(findingIn(event));
