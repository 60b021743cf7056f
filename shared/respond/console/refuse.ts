import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { sentencePage, type Visitor } from '../../report/console/page.ts';
import type { ConsoleEffects } from './effects.ts';

export const nobody: Visitor = { name: null, csrf: '' };

/** Why something was refused: for the log and the count, never with what was sent. */
export type Refusal =
  | 'unknown-link'
  | 'expired-link'
  | 'not-by-link'
  | 'other-question'
  | 'not-signed-in'
  | 'not-allowed'
  | 'sign-in-failed'
  | 'no-sign-in'
  | 'forged-form'
  | 'bad-form'
  | 'decided'
  | 'nothing'
  | 'not-found';

const statusOf: Readonly<Record<Refusal, ContentfulStatusCode>> = {
  'unknown-link': 404,
  'expired-link': 410,
  'not-by-link': 403,
  'other-question': 409,
  'not-signed-in': 401,
  'not-allowed': 403,
  'sign-in-failed': 403,
  // Anybody may ask for it: 5xx is for the alarm.
  'no-sign-in': 404,
  'forged-form': 403,
  'bad-form': 400,
  decided: 409,
  nothing: 409,
  'not-found': 404,
};

export interface Back {
  readonly href: string;
  readonly text: string;
}

/** One sentence for the person, one line in the log, one in the count. */
export function refuse(
  { log, count, stage }: Pick<ConsoleEffects, 'log' | 'count' | 'stage'>,
  c: Context,
  refusal: Refusal,
  sentence: string,
  { visitor = nobody, back }: { readonly visitor?: Visitor; readonly back?: Back } = {},
): Response | Promise<Response> {
  log('Console refused', { refusal, method: c.req.method });
  count('ConsoleRefused', 1);
  const title = refusal === 'not-signed-in' ? 'Sign in' : 'Refused';
  const page = sentencePage(stage, visitor, { title, sentences: [sentence], ...(back === undefined ? {} : { back }) });
  return c.html(page, statusOf[refusal]);
}
