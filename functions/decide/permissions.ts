import { assumeResponder, type Grant, objects, table } from '../grants.ts';

export const permissions: readonly Grant[] = [
  table('GetItem', 'PutItem', 'UpdateItem', 'Query'),
  objects('Bodies', 'bodies', 'GetObject', 'PutObject'),
  assumeResponder,
];
