import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Account, RestRequest } from '../../account.ts';
import type { Answer } from '../../door/protocols/protocol.ts';
import { repositories } from './state.ts';

/** Stands for the bucket of AWS's in which ECR keeps layers. */
const PLACE = '/starport-layer-bucket/';
const SECONDS = 3600;
/** Of nobody: what it keeps out is what was not handed out. */
const KEY = 'layers of the sandbox';

const signatureOf = (path: string, date: string): string =>
  createHmac('sha256', KEY).update(`${path}\n${date}\n${SECONDS}`).digest('hex');

/** 20261128T090000Z */
const dateText = (at: number): string => new Date(at).toISOString().replace(/[-:]|\.\d+/g, '');

const timeOf = (date: string): number =>
  Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));

/** A presigned URL of a layer, for an hour, in the form of S3's: whoever has it needs no key. */
export function layerUrl({ endpoint, clock }: Account, repository: string, digest: string): string {
  const path = `${PLACE}${repository}/${digest}`;
  const date = dateText(clock.now());
  const query = new URLSearchParams({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Date': date,
    'X-Amz-Expires': String(SECONDS),
    'X-Amz-SignedHeaders': 'host',
    'X-Amz-Signature': signatureOf(path, date),
  });
  return `${endpoint}${path}?${query}`;
}

export const isLayer = ({ path }: Pick<RestRequest, 'path'>): boolean => path.startsWith(PLACE);

const refused = (status: number, code: string, message: string): Answer => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`,
});

/** What S3 answers to such a URL: 403 to one that was changed or is over, 404 to a layer whose bytes nobody has given. */
export function layerAnswer(account: Account, { method, path, query }: RestRequest): Answer {
  if (method !== 'GET') return refused(405, 'MethodNotAllowed', 'The specified method is not allowed.');
  const date = query.get('X-Amz-Date') ?? '';
  const given = Buffer.from(query.get('X-Amz-Signature') ?? '');
  const own = Buffer.from(signatureOf(path, date));
  if (given.length !== own.length || !timingSafeEqual(given, own))
    return refused(403, 'SignatureDoesNotMatch', 'The request signature we calculated does not match.');
  if (account.clock.now() >= timeOf(date) + SECONDS * 1000) return refused(403, 'AccessDenied', 'Request has expired');
  const cut = path.lastIndexOf('/');
  const repository = repositories(account).get(path.slice(PLACE.length, cut));
  const body = repository?.layers.get(path.slice(cut + 1));
  if (body === undefined) return refused(404, 'NoSuchKey', 'The specified key does not exist.');
  return { status: 200, headers: { 'content-type': 'application/octet-stream' }, body };
}
