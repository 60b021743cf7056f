import type { Account, RestRequest } from '../account.ts';
import type { Answer } from '../door/protocols/protocol.ts';
import { addFaults, faultsSet, removeFaults } from '../faults/set.ts';
import { kernelOf } from '../kernel/kernel.ts';
import { putRawEvent } from '../services/eventbridge/bus.ts';
import { ail, postsTo } from '../services/outside/state.ts';
import { ailmentIn, BadControl, envelopesIn, faultsIn, secondsIn } from './body.ts';

const BASE = '/_sandbox/';

/** A request to drive the account from outside, which is nothing that AWS has. No bucket's name begins with `_`. */
export const isControl = ({ path }: RestRequest): boolean => path.startsWith(BASE);

type Verb = (account: Account, request: RestRequest) => object | Promise<object>;

const verbs: { readonly [what: string]: Verb } = {
  /** One envelope, or several, onto the default bus as they are, AWS's own sources too. */
  'POST events': (account, { body }) => {
    const envelopes = envelopesIn(body);
    for (const envelope of envelopes) putRawEvent(account, envelope);
    return { delivered: envelopes.length };
  },
  /** Every call so far, oldest first. */
  'GET trail': ({ trail }) => ({ calls: trail.map((call) => ({ ...call, at: new Date(call.at).toISOString() })) }),
  /** One fault, or several, from now on. */
  'POST faults': (account, { body }) => ({ faults: addFaults(account, faultsIn(body, account)) }),
  /** Those that were set, and how often each hit. */
  'GET faults': (account) => ({ faults: faultsSet(account) }),
  'DELETE faults': (account) => ({ faults: removeFaults(account) }),
  /** What functions have sent to hosts outside AWS, oldest first. */
  'GET outside': (account) => ({
    posts: postsTo(account).map((post) => ({ ...post, at: new Date(post.at).toISOString() })),
  }),
  /** How such a host answers for a while. */
  'POST outside': (account, { body }) => {
    const ailment = ailmentIn(body);
    ail(account, ailment);
    return { until: new Date(account.clock.now() + ailment.seconds * 1000).toISOString() };
  },
  /** Lets time pass; answers when everything that was due by then has happened. */
  'POST advance': async (account, { body }) => {
    const { clock } = kernelOf(account);
    await clock.park(clock.advance(secondsIn(body) * 1000));
    return { now: new Date(clock.now()).toISOString() };
  },
};

/** Does what is asked; never throws. What cannot be understood is answered with 400, 404 or 405, and one sentence. */
export async function answerControl(account: Account, request: RestRequest): Promise<Answer> {
  const { method, path } = request;
  const what = `${method} ${path.slice(BASE.length)}`;
  const verb = Object.hasOwn(verbs, what) ? verbs[what] : undefined;
  if (verb === undefined) return unknownControl(method, path);
  try {
    return json(200, await verb(account, request));
  } catch (error) {
    if (error instanceof BadControl) return json(400, { message: error.message });
    return json(500, { message: `The sandbox failed: ${error instanceof Error ? error.message : error}` });
  }
}

/** 405 with the method that there is, or 404. */
function unknownControl(method: string, path: string): Answer {
  const known = Object.keys(verbs).map((each) => each.replace(' ', ` ${BASE}`));
  const answer = { message: `The sandbox has no ${method} ${path}. There are: ${known.join(', ')}.` };
  const allow = known.find((each) => each.endsWith(` ${path}`))?.split(' ')[0];
  if (allow === undefined) return json(404, answer);
  const refused = json(405, answer);
  return { ...refused, headers: { ...refused.headers, allow } };
}

const json = (status: number, body: object): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: `${JSON.stringify(body)}\n`,
});
