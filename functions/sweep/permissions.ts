import { type Grant, headsByState, messages, objects, readRuns, startRuns, table } from '../grants.ts';

export const permissions: readonly Grant[] = [
  table('GetItem', 'PutItem', 'UpdateItem', 'Query'),
  headsByState,
  objects('RuleSets', 'bodies', 'GetObject'),
  startRuns,
  readRuns,
  messages,
];
