import type { PolicyDocument } from '../../iam/policy.ts';

const byte = (letter: string): string => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`;

/** A policy as IAM answers it: JSON, URL-encoded by RFC 3986, which escapes more than `encodeURIComponent` does. */
export const encodedDocument = (document: PolicyDocument): string =>
  encodeURIComponent(JSON.stringify(document)).replace(/[!'()*]/g, byte);
