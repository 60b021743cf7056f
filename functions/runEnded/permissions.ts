import { type Grant, headsByState, messages, readRuns, startRuns, table } from '../grants.ts';

export const permissions: readonly Grant[] = [
  table('GetItem', 'PutItem', 'UpdateItem'),
  headsByState,
  startRuns,
  readRuns,
  messages,
];
