import { type Account, AwsError, type Call, type Operation, operation } from '../../account.ts';
import { clusterOfApi } from '../eks/state.ts';
import { admit } from './access.ts';
import type { ApiInput } from './route.ts';
import { type ClusterObjects, objectsOf } from './state.ts';

/** What a request is about, for the trail and for faults: the cluster's ARN and the path in it. */
function apiTarget(account: Account, { api, namespace, resource, name }: ApiInput): string {
  const { arn } = clusterOfApi(account, api);
  return [arn, ...(namespace === '' ? [] : ['namespaces', namespace]), resource, name]
    .filter((part) => part !== '')
    .join('/');
}

/** What is asked, in the cluster that it was sent to, of whoever may ask it. */
export const inCluster = (
  run: (objects: ClusterObjects, input: ApiInput, cluster: string, call: Call) => unknown,
): Operation =>
  operation<ApiInput, unknown>(
    (input, account) => [{ action: `kubernetes:${input.verb} ${input.resource}`, resource: apiTarget(account, input) }],
    (input, call) => {
      const { name } = admit(call.account, call.principal, input);
      return run(objectsOf(call.account, name), input, name, call);
    },
  );

export const isRecord = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The body of a request. Throws AwsError BadRequest for what is no JSON object. */
export function bodyOf({ body }: ApiInput): { readonly [name: string]: unknown } {
  try {
    const read: unknown = JSON.parse(body);
    return isRecord(read) ? read : {};
  } catch {
    throw new AwsError('BadRequest', 'error decoding patch: it is no JSON', 400);
  }
}

/** A JSON merge patch (RFC 7386). Throws AwsError UnsupportedMediaType for another kind of patch. */
export function patchOf(input: ApiInput): { readonly [name: string]: unknown } {
  if (input.contentType === 'application/merge-patch+json') return bodyOf(input);
  const text =
    'the body of the request was in an unknown format - accepted media types include: application/merge-patch+json';
  throw new AwsError('UnsupportedMediaType', text, 415);
}

export interface Listed<T> {
  readonly metadata: { readonly continue?: string; readonly remainingItemCount?: number };
  readonly page: readonly T[];
}

/** One page of a list ("API concepts", "Retrieving large results sets in chunks"): all of it without `limit`. */
export function listOf<T>(items: readonly T[], query: ApiInput['query']): Listed<T> {
  const from = Number(Buffer.from(query['continue'] ?? '', 'base64url').toString('utf8'));
  const limit = Number(query['limit'] ?? 0);
  if (!Number.isInteger(from) || !Number.isInteger(limit)) {
    throw new AwsError('BadRequest', 'continue key is not valid', 400);
  }
  const rest = items.slice(from);
  if (limit <= 0 || rest.length <= limit) return { metadata: {}, page: rest };
  const next = Buffer.from(String(from + limit)).toString('base64url');
  return { metadata: { continue: next, remainingItemCount: rest.length - limit }, page: rest.slice(0, limit) };
}
