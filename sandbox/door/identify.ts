import type { RestRequest } from '../account.ts';
import { isApiPath } from '../services/eks/state.ts';

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
  if (isApiPath(request.path)) return { service: 'kubernetes', ...bearerOf(request.headers['authorization']) };
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

const BEARER = /^Bearer k8s-aws-v1\.([A-Za-z0-9_-]+)$/;

/**
 * Who sends to the API of a cluster: the token is a presigned URL of GetCallerIdentity, whose key says whose it is (kubernetes-sigs/aws-iam-authenticator,
 * "API Authorization from Outside a Cluster"). One that is not bound to a cluster by the header `x-k8s-aws-id` is none.
 */
function bearerOf(authorization: string | undefined): Omit<Signed, 'service'> {
  const [, token] = BEARER.exec(authorization ?? '') ?? [];
  const url = token === undefined ? null : URL.parse(Buffer.from(token, 'base64url').toString('utf8'));
  const isSigned = authorization !== undefined;
  const query = url?.searchParams;
  const signedHeaders = (query?.get('X-Amz-SignedHeaders') ?? '').split(';');
  const isIdentity = query?.get('Action') === 'GetCallerIdentity' && signedHeaders.includes('x-k8s-aws-id');
  if (query === undefined || !isIdentity) return { accessKeyId: undefined, sessionToken: undefined, isSigned };
  const [accessKeyId] = (query.get('X-Amz-Credential') ?? '').split('/');
  return {
    accessKeyId: accessKeyId || undefined,
    sessionToken: query.get('X-Amz-Security-Token') ?? undefined,
    isSigned,
  };
}
