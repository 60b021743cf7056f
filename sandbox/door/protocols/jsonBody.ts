import { AwsError } from '../../account.ts';

/** AWS's JSON: times are seconds since the epoch, bytes are base64, undefined members are left out. */
export function toJson(value: unknown): string {
  return JSON.stringify(plain(value)) ?? '{}';
}

function plain(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1000;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member)]));
}

/** Reads a body as a JSON object; an empty one is {}. */
export function fromJson(body: Buffer): unknown {
  if (body.length === 0) return {};
  const value = parsed(body);
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value;
  throw new AwsError('SerializationException', 'The request is no JSON object');
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (cause) {
    throw new AwsError('SerializationException', `The request is not JSON: ${cause}`);
  }
}
