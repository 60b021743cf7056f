import { answerTokens, type Grant, table } from '../grants.ts';

export const permissions: readonly Grant[] = [table('GetItem'), answerTokens];
