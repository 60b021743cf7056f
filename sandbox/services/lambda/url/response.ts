import * as z from 'zod';
import type { Answer } from '../../../door/protocols/protocol.ts';

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);

/** Payload format 2.0; what else a function answers in it is passed over, as on AWS. */
const structured = z.object({
  statusCode: z.coerce.number().int().min(200).max(599),
  headers: z.record(z.string(), scalar).nullish(),
  cookies: z.array(z.string()).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

/** The front door's to say, whatever the function answers. */
const NOT_ITS_OWN = new Set(['connection', 'content-length', 'date', 'keep-alive', 'transfer-encoding', 'upgrade']);

/**
 * What a client receives for a function's answer (Lambda developer guide, "Invoking Lambda function URLs", response payload format):
 * an answer without `statusCode` is the body of a 200 itself. Undefined: it is malformed.
 */
export function urlAnswer(payload: unknown): Answer | undefined {
  if (typeof payload !== 'object' || payload === null || !('statusCode' in payload)) {
    return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(payload ?? null) };
  }
  const { success, data } = structured.safeParse(payload);
  if (!success) return undefined;
  const entries = Object.entries(data.headers ?? {}).map(([name, value]): [string, string] => [
    name.toLowerCase(),
    value,
  ]);
  // A header that HTTP cannot carry would break the connection.
  if (entries.some(([name, value]) => !/^[\w!#$%&'*+.^`|~-]+$/.test(name) || /[^\t\x20-\xff]/.test(value)))
    return undefined;
  const headers = Object.fromEntries(entries.filter(([name]) => !NOT_ITS_OWN.has(name)));
  const body = data.body ?? '';
  return {
    status: data.statusCode,
    headers: { 'content-type': 'application/json', ...headers },
    ...(data.cookies?.length ? { cookies: data.cookies } : {}),
    body: data.isBase64Encoded === true ? Buffer.from(body, 'base64') : body,
  };
}
