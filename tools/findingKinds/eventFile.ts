import { createHash } from 'node:crypto';
import type { JsonObject } from '../../shared/platform/json.ts';

/** An event of EventBridge, to be written as a file. */
export type EventFile = JsonObject & { readonly detail: JsonObject };

/** 64 hex digits that are a kind's own, the same each time. */
export const hashOf = (kind: string): string => createHash('sha256').update(kind).digest('hex');

/** The id of an envelope, made of the hash of its kind. */
export const envelopeId = (hash: string): string =>
  `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
