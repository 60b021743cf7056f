import { InvalidEvent } from '../platform/errors.ts';

/** SNS in SQS in a batch is three; whatever is nested deeper is no delivery of ours. */
const deepest = 6;

const isObject = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function inner(text: string, depth: number): readonly unknown[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Handed on as it is: as an event it is invalid, and the others beside it are not.
    return [text];
  }
  return isObject(value) || Array.isArray(value) ? unwrapValue(value, depth + 1) : [value];
}

function fromRecord(record: unknown, depth: number): readonly unknown[] {
  if (isObject(record)) {
    if (isObject(record['Sns']) && typeof record['Sns']['Message'] === 'string') {
      return inner(record['Sns']['Message'], depth);
    }
    if (typeof record['body'] === 'string') return inner(record['body'], depth);
  }
  return [record];
}

/**
 * The events within a value: an event is itself, an array is its elements, and what SNS or SQS put around an event
 * (Lambda records of either, an SNS notification in an SQS body) is taken off. Nothing is checked here.
 */
function unwrapValue(value: unknown, depth = 0): readonly unknown[] {
  if (depth > deepest) return [value];
  if (Array.isArray(value)) return value.flatMap((element: unknown) => unwrapValue(element, depth + 1));
  if (!isObject(value) || value['detail-type'] !== undefined) return [value];
  if (Array.isArray(value['Records'])) return value['Records'].flatMap((record) => fromRecord(record, depth));
  if (value['Type'] === 'Notification' && typeof value['Message'] === 'string') return inner(value['Message'], depth);
  // A single record, as `aws sqs receive-message` prints it or a queue hands it on.
  return typeof value['body'] === 'string' ? inner(value['body'], depth) : [value];
}

function parseLines(text: string): readonly unknown[] {
  return text.split('\n').flatMap((line, index): readonly unknown[] => {
    if (line.trim() === '') return [];
    try {
      return [JSON.parse(line) as unknown];
    } catch (cause) {
      throw new InvalidEvent(`line ${index + 1}`, `line ${index + 1} is not JSON`, { cause });
    }
  });
}

function parseText(text: string): readonly unknown[] {
  try {
    return [JSON.parse(text) as unknown];
  } catch (cause) {
    const first = text.split('\n').find((line) => line.trim() !== '');
    if (first === undefined) throw new InvalidEvent('$', 'the input is empty: an event is a JSON object');
    let lines: boolean;
    try {
      JSON.parse(first);
      lines = true;
    } catch {
      lines = false;
    }
    if (lines) return parseLines(text);
    throw new InvalidEvent('$', `the input is not JSON: ${cause instanceof Error ? cause.message : ''}`, { cause });
  }
}

/**
 * The events in a text: one event, a JSON array or JSON Lines, each perhaps wrapped by SNS or SQS.
 * Throws InvalidEvent whose path is `line <n>` or `$` when the text itself cannot be read.
 */
export const unwrap = (text: string): unknown[] =>
  parseText(text.replace(/^\uFEFF/, '')).flatMap((value) => [...unwrapValue(value)]);
