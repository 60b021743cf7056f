import { type Grant, headsByState, messages, readRuns, startRuns, table } from '../grants.ts';

export const permissions: readonly Grant[] = [
  table('GetItem', 'UpdateItem'),
  headsByState,
  startRuns,
  readRuns,
  messages,
];
