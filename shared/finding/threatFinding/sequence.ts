import { fieldsIn, listIn, textIn } from '../given.ts';
import type { Place } from '../place.ts';
import type { Fields } from '../read.ts';
import type { Accused } from './resource.ts';
import { sequenceClusters } from './sequenceClusters.ts';
import { sequenceInstance, sequencePods, sequenceRoles } from './sequenceOthers.ts';

/** `service.detection.sequence`: the only place where an attack sequence says what it is about. Empty for any other finding. */
export const sequenceIn = (detail: Fields): Fields =>
  fieldsIn(fieldsIn(fieldsIn(detail, 'service'), 'detection'), 'sequence');

const findingType = /^[A-Za-z]+:[A-Za-z0-9]+\/\S+$/;

/**
 * Types of the findings that a sequence is made of: the `name` of a signal whose `type` is FINDING. Other signals are single calls
 * to AWS, and name those.
 */
export const signalsIn = (sequence: Fields): readonly string[] =>
  listIn(sequence, 'signals').flatMap(
    (signal) =>
      ['name', 'type'].flatMap((key) => textIn(signal, key) ?? []).find((text) => findingType.test(text)) ?? [],
  );

type Reader = (resources: readonly Fields[], place: Place) => readonly Accused[];

/** By the word after `AttackSequence:`. What a sequence on S3 names is data, and nothing here acts on it. */
const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['ECS', sequenceClusters],
  ['EKS', sequencePods],
  ['EC2', sequenceInstance],
  ['IAM', sequenceRoles],
]);

/**
 * What an attack sequence accuses; nothing where that cannot be read. The forms of its resources are not documented to the letter, so
 * one that cannot be read is left out instead of making the whole sequence invalid.
 */
export function sequenceTargets(detail: Fields, place: Place): readonly Accused[] {
  const [, on = ''] = /^AttackSequence:([A-Za-z0-9]+)\//.exec(textIn(detail, 'type') ?? '') ?? [];
  return readers.get(on)?.(listIn(sequenceIn(detail), 'resources'), place) ?? [];
}
