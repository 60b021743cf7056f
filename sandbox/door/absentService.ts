import type { Protocol, RestRequest, Service } from '../account.ts';
import { cbor, isCbor } from './protocols/cbor.ts';
import type { WireProtocol } from './protocols/protocol.ts';
import { protocols } from './protocols/registry.ts';

/** A service, and how it is spoken to. */
export interface Spoken {
  readonly service: Service;
  readonly protocol: WireProtocol;
  /** Why the sandbox has none of its operations; undefined for a service that it has. */
  readonly absent?: string;
}

/** Services of AWS's that answer a plain REST request in XML; all others, in JSON (AWS SDKs' models). */
const REST_XML: ReadonlySet<string> = new Set([
  'cloudfront',
  'route53',
  's3',
  's3express',
  's3-outposts',
  's3-object-lambda',
]);

/**
 * A service that is not here, without operations, in the wire format that its client understands as far as the request's shape tells: so
 * the refusal names the operation, and the client can read it.
 */
export function absentService(name: string | undefined, request: RestRequest): Spoken {
  const shape = shapeOf(name ?? '', request);
  const service: Service = {
    name: name ?? 'unknown',
    protocol: shape === 'cbor' ? 'json-1.0' : shape,
    route: ({ method, path }) => ({ operation: `${method} ${path}`, input: {} }),
    operations: {},
  };
  const absent =
    name === undefined ? 'neither signature nor Host names its service' : `it has nothing of the service ${name}`;
  return { service, protocol: shape === 'cbor' ? cbor : protocols[shape], absent };
}

function shapeOf(name: string, request: RestRequest): Exclude<Protocol, 'ec2' | 'kubernetes'> | 'cbor' {
  const { headers, query, body } = request;
  const type = headers['content-type'] ?? '';
  if (isCbor(request)) return 'cbor';
  if (headers['x-amz-target'] !== undefined) return type.includes('json-1.0') ? 'json-1.0' : 'json-1.1';
  const isForm = type.startsWith('application/x-www-form-urlencoded') && body.includes('Action=');
  if (isForm || (body.length === 0 && query.has('Action'))) return 'query';
  return REST_XML.has(name) || type.includes('xml') ? 'rest-xml' : 'rest-json';
}
