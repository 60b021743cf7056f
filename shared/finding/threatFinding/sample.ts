import { fieldsIn, textIn } from '../given.ts';
import type { Fields } from '../read.ts';

/** `additionalInfo.value` is JSON within the JSON. GuardDuty writes `{}` and other texts into it, too. */
export function additionalInfo(service: Fields): Fields {
  const written = fieldsIn(service, 'additionalInfo');
  const value = written['value'];
  if (typeof value !== 'string') return written;
  try {
    return { ...written, ...fieldsIn({ value: JSON.parse(value) as unknown }, 'value') };
  } catch {
    return written;
  }
}

/**
 * Ids that GuardDuty puts into the findings of `CreateSampleFindings`. Only ids that AWS gives out: a name such as
 * `GeneratedFindingUserName` is free for anybody, and who could choose it would make a real finding look like a sample.
 */
const sampleIds: readonly (readonly [block: string, id: string, sample: RegExp])[] = [
  ['instanceDetails', 'instanceId', /^i-99999999$/],
  ['accessKeyDetails', 'accessKeyId', /^GeneratedFinding/],
  ['accessKeyDetails', 'principalId', /^GeneratedFinding/],
];

/** A finding that somebody had GuardDuty make up, to see whether anybody listens. */
export function isSample(detail: Fields): boolean {
  if (additionalInfo(fieldsIn(detail, 'service'))['sample'] === true) return true;
  if (textIn(detail, 'title')?.startsWith('[SAMPLE]') === true) return true;
  const resource = fieldsIn(detail, 'resource');
  return sampleIds.some(([block, id, sample]) => sample.test(textIn(fieldsIn(resource, block), id) ?? ''));
}
