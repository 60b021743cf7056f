import { type Sample, sampleEvent } from './sampleEvent.ts';
import { merged, type Tree } from './threatEvent.ts';

const findingsIn = (event: Sample): readonly Tree[] => event.detail['findings'] as readonly Tree[];

/** The first finding of `events/hub-<name>.json`. */
export function hubRecord(name: string): Tree {
  const [first] = findingsIn(sampleEvent(`hub-${name}`));
  if (first === undefined) throw new Error(`hub-${name} has no finding`);
  return first;
}

/** `events/hub-<name>.json` with changes within its first finding, and to what is around it. */
export function hubEvent(name: string, changes: Tree = {}, around: Tree = {}): Sample {
  const event = sampleEvent(`hub-${name}`);
  const [first = {}, ...more] = findingsIn(event);
  return { ...event, ...around, detail: { ...event.detail, findings: [merged(first, changes), ...more] } };
}

/** The same with other resources. */
export const aboutOther = (name: string, ...Resources: readonly Tree[]): Sample => hubEvent(name, { Resources });

/** A resource of ASFF. */
export const resource = (Type: string, Id: string, details: Tree = {}): Tree => ({
  ...{ Type, Id, Partition: 'aws', Region: 'us-east-1' },
  Details: { [Type]: details },
});
