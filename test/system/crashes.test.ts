import { describe, it } from 'vitest';
import { atNth, containedDespite } from './crashes.ts';

/** A sample; test/full goes through every call. */
describe('a function dies in the middle of a containment', () => {
  it.each([
    ['imageScan', 'StartExecution', 'crash-after'],
    ['decide', 'UpdateItem', 'crash-before'],
    ['act', 'UpdateImageStorageClass', 'crash-before'],
    ['act', 'UpdateImageStorageClass', 'crash-after'],
    ['verify', 'UpdateItem', 'crash-after'],
    ['report', 'Publish', 'crash-after'],
  ] as const)('%s, at its first %s (%s): one containment, told once', (name, operation, fault) =>
    containedDespite(
      atNth(1, fault, (asked) => asked.functionName === `firebreak-dev-${name}` && asked.operation === operation),
    ),
  );
});
