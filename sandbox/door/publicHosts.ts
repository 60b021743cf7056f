import type { Account } from '../account.ts';
import { askFunctionUrl } from '../services/lambda/url/ask.ts';
import { isUrlHost } from '../services/lambda/url/state.ts';
import type { Answer } from './protocols/protocol.ts';
import type { SentRequest } from './sent.ts';

/**
 * Hosts that anybody may send to, pages of other origins too, as they may on AWS: whoever stands behind one has to look for itself.
 * Neither the account's operations nor its control endpoint are behind it.
 */
export const isPublic = (host: string): boolean => isUrlHost(host);

/** What such a host answers. */
export const answerPublic = (account: Account, sent: SentRequest): Promise<Answer> => askFunctionUrl(account, sent);
