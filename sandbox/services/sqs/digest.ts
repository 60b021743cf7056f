import { createHash } from 'node:crypto';
import type { MessageAttributeValue } from '@aws-sdk/client-sqs';
import type { MessageAttributes } from './state.ts';

/** Hex MD5 of a message body; the SDK compares it with its own. */
export const md5OfBody = (body: string): string => createHash('md5').update(body, 'utf8').digest('hex');

function lengthAndBytes(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** Binary values come as base64 text over the JSON protocol, as bytes from inside the account. */
export function binaryOf(value: MessageAttributeValue): Buffer {
  const given: unknown = value.BinaryValue;
  return typeof given === 'string' ? Buffer.from(given, 'base64') : Buffer.from(value.BinaryValue ?? []);
}

/**
 * Hex MD5 of message attributes, by AWS's recipe: sorted by name; name, type and value each with a 4-byte length, and one
 * byte (1 text, 2 binary) before the value. Undefined when there are none.
 */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash('md5');
  for (const name of names) {
    const value = attributes[name] ?? { DataType: 'String' };
    const binary = (value.DataType ?? '').startsWith('Binary');
    hash.update(lengthAndBytes(Buffer.from(name)));
    hash.update(lengthAndBytes(Buffer.from(value.DataType ?? '')));
    hash.update(Buffer.from([binary ? 2 : 1]));
    hash.update(lengthAndBytes(binary ? binaryOf(value) : Buffer.from(value.StringValue ?? '')));
  }
  return hash.digest('hex');
}
