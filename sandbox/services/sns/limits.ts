import { AwsError } from '../../account.ts';
import type { MessageAttributes } from './state.ts';

/** A topic's default, attributes included (SNS, "MaximumMessageSize"). */
const MAX_BYTES = 262_144;

/** InvalidParameterException, under the code that the query protocol carries. */
export const invalidParameter = (what: string): AwsError =>
  new AwsError('InvalidParameter', `Invalid parameter: ${what}`);

/**
 * A subject is text of fewer than 100 characters without line breaks or control characters. The reference has since widened
 * ASCII to UTF-8; we hold to the narrower, which every subscriber (SMS gateways, mail) survives.
 */
export function checkSubject(subject: string): void {
  if (subject.length >= 100 || !/^[\x21-\x7e][\x20-\x7e]*$/.test(subject)) throw invalidParameter('Subject');
}

/** Throws on an empty or too long message, counted with its attributes. */
export function checkSize(message: string, attributes: MessageAttributes): void {
  if (message === '') throw invalidParameter('Empty message');
  let bytes = Buffer.byteLength(message);
  for (const [name, value] of Object.entries(attributes)) {
    bytes += Buffer.byteLength(name) + Buffer.byteLength(value.DataType);
    bytes += value.BinaryValue?.length ?? Buffer.byteLength(value.StringValue ?? '');
  }
  if (bytes > MAX_BYTES) throw invalidParameter('Message too long');
}

/** Names and types of attributes, as the publish reference has them. */
export function checkAttributes(attributes: MessageAttributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (!/^(?!\.|aws\.|amazon\.)(?!.*\.\.)[A-Za-z0-9_.-]{1,256}(?<!\.)$/i.test(name)) {
      throw invalidValue(`The message attribute name '${name}' is invalid.`);
    }
    if (!/^(?:String(?:\.Array)?|Number|Binary)(?:\.[A-Za-z0-9_.-]+)?$/.test(value.DataType)) {
      throw invalidValue(`The message attribute '${name}' has an invalid message attribute type.`);
    }
    if ((value.StringValue ?? '') === '' && (value.BinaryValue?.length ?? 0) === 0) {
      throw invalidValue(`The message attribute '${name}' must contain a non-empty attribute value.`);
    }
  }
}

const invalidValue = (message: string): AwsError => new AwsError('ParameterValueInvalid', message);

/** With MessageStructure `json`: an object whose texts are read by protocol and whose `default` must be there. */
export function textsByProtocol(message: string): { readonly [protocol: string]: string } {
  const parsed = parsedObject(message);
  const texts = Object.entries(parsed).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const byProtocol = Object.fromEntries(texts);
  if (byProtocol['default'] === undefined) {
    throw invalidParameter('Message Structure - No default entry in JSON message body');
  }
  return byProtocol;
}

function parsedObject(message: string): object {
  const failed = invalidParameter('Message Structure - JSON message body failed to parse');
  let parsed: unknown;
  try {
    parsed = JSON.parse(message);
  } catch {
    throw failed;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw failed;
  return parsed;
}
