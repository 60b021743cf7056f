import { type Grant, messages, objects, startRuns, table } from '../grants.ts';

export const permissions: readonly Grant[] = [
  table('GetItem', 'PutItem', 'UpdateItem', 'Query'),
  objects('Bodies', 'bodies', 'GetObject'),
  startRuns,
  messages,
];
