import { answerTokens, assumeResponder, type Grant, objects, table } from '../grants.ts';

export const permissions: readonly Grant[] = [
  table('GetItem', 'PutItem', 'UpdateItem'),
  objects('Bodies', 'bodies', 'GetObject'),
  objects('Evidence', 'evidence', 'PutObject'),
  assumeResponder,
  answerTokens,
];
