import type { RestRequest } from '../account.ts';

export interface Signed {
  readonly service: string | undefined;
  readonly accessKeyId: string | undefined;
  readonly sessionToken: string | undefined;
  /** There is a signature, whatever it says. */
  readonly isSigned: boolean;
}

/**
 * Reads which service and whose key a request names: in the Authorization header's credential scope
 * (KEY/DATE/REGION/SERVICE/aws4_request), else in a presigned query; the service, unsigned, in the Host.
 * Signatures are not verified.
 */
export function identify(request: RestRequest): Signed {
  const { headers, query } = request;
  const scope = /Credential=([^,\s]+)/.exec(headers['authorization'] ?? '')?.[1] ?? query.get('X-Amz-Credential');
  const [accessKeyId, , , service] = (scope ?? '').split('/');
  return {
    service: service || serviceOfHost(headers['host'] ?? ''),
    accessKeyId: accessKeyId || undefined,
    sessionToken: headers['x-amz-security-token'] ?? query.get('X-Amz-Security-Token') ?? undefined,
    isSigned: headers['authorization'] !== undefined || query.has('X-Amz-Signature'),
  };
}

/** `sqs.eu-west-1.amazonaws.com` is sqs; `BUCKET.s3.eu-west-1.amazonaws.com` is s3. */
function serviceOfHost(host: string): string | undefined {
  const labels = /^(.+)\.amazonaws\.com(?::\d+)?$/.exec(host)?.[1]?.split('.');
  if (!labels) return undefined;
  if (labels.includes('s3')) return 's3';
  return labels[0];
}
