import { assumeResponder, type Grant, objects, table } from '../grants.ts';

export const permissions: readonly Grant[] = [
  table('GetItem', 'UpdateItem'),
  objects('Bodies', 'bodies', 'GetObject'),
  objects('Evidence', 'evidence', 'GetObject'),
  assumeResponder,
];
