import type { Finding } from './finding.ts';

/**
 * Which incident a finding belongs to: a pure function of its own resource, with account and Region. An image is its
 * repository and digest, e.g. `image/123456789012/us-east-1/payments/checkout-api@sha256:3f1c…`; findings of an image
 * without a digest share the incident of their repository.
 */
export const incidentKey = (finding: Finding): string =>
  `${finding.resource.kind}/${finding.account}/${finding.region}/${finding.resource.id}`;
