import type { Stage } from '../system/stage.ts';
import { truthOf } from './truth.ts';

/** Times, ids of runs and what is hashed over them: the same play has others each time. */
const PASSING: readonly (readonly [RegExp, string])[] = [
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, 'TIME'],
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'ID'],
  [/(?<!sha256[:-])\b[0-9a-f]{64}\b/g, 'HASH'],
];

/** What a play has come to, in records and in truth, as one text: equal where only times and ids differ. */
export function endOf(stage: Stage): string {
  const items = stage.table().map((item) => JSON.stringify(item));
  const texts = [...items, JSON.stringify(truthOf(stage.account))].map((text) =>
    PASSING.reduce((shown, [pattern, word]) => shown.replace(pattern, word), text),
  );
  return texts.sort().join('\n');
}
