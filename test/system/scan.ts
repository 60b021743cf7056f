import type { JsonObject } from '../../shared/platform/json.ts';

/** An image of payments.account.yaml. */
export interface Image {
  readonly repository: string;
  readonly digest: string;
}

const image = (repository: string, digest: string): Image => ({
  repository: `payments/${repository}`,
  digest: `sha256:${digest}`,
});

/** Nothing runs it. */
export const unused = image('checkout-api', '3f1c9e0d5a7b4c2e8f6d1a0b9c8e7f6a5d4c3b2a1908f7e6d5c4b3a291807f6e');
/** A service runs it. */
export const running = image('ledger', '8a2b6c4d0e1f3a5b7c9d2e4f6a8b0c1d3e5f7a9b1c2d4e6f8a0b2c4d6e8f0a1b');
export const manyTags = image('many-tags', '1'.repeat(64));
export const index = image('index', '2'.repeat(64));
/** Active, of an index that is archived. */
export const halfArchived = image('half-archived', `3333aaaa${'3'.repeat(56)}`);

/** The key of the incident of an image. */
export const incidentOf = ({ repository, digest }: Image): string =>
  `image/123456789012/us-east-1/${repository}@${digest}`;

/** Archives an image with ten critical vulnerabilities, unless something runs it. */
export const enforcing = `name: enforcing
when:
  type: [ImageScan]
  counts: { critical: [{ numeric: [">=", 10] }] }
do:
  - evidence.capture
  - ecr.quarantine-image
mode: enforce
page: { held: notice }
`;

export interface Scan {
  readonly image: Image;
  /** Of the envelope; the same for a redelivery. */
  readonly id: string;
  readonly counts?: { readonly [severity: string]: number };
  readonly time: Date;
}

/** `ECR Image Scan` as basic scanning sends it. */
export const scanEvent = ({
  image: { repository, digest },
  id,
  counts = { CRITICAL: 12 },
  time,
}: Scan): JsonObject => ({
  version: '0',
  id,
  'detail-type': 'ECR Image Scan',
  source: 'aws.ecr',
  account: '123456789012',
  time: `${time.toISOString().slice(0, 19)}Z`,
  region: 'us-east-1',
  resources: [`arn:aws:ecr:us-east-1:123456789012:repository/${repository}`],
  detail: {
    'scan-status': 'COMPLETE',
    'repository-name': repository,
    'image-digest': digest,
    'image-tags': [],
    'finding-severity-counts': counts,
  },
});
