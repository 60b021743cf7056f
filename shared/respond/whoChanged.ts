import * as z from 'zod';
import { failureOf, whyOf } from '../account/awsFailure.ts';
import type { ChangingCall } from '../actions/changingCall.ts';
import type { Permission } from '../actions/contract.ts';
import { type TimeBox, TimeIsUp, timeBox } from '../actions/timeBox.ts';
import type { CallByOther, ChangedBy } from '../incident/changedBy.ts';
import type { StandingChange } from '../incident/items.ts';
import { ActionFailed, Throttled } from '../platform/errors.ts';
import type { JsonObject } from '../platform/json.ts';
import { cut } from '../report/text.ts';
import type { Effects } from './effects.ts';
import type { StepAtHand } from './run.ts';

/** What the look-up needs, in the account and Region of the target. */
export const lookUpPermission: Permission = {
  action: 'cloudtrail:LookupEvents',
  resource: '*',
  why: 'AWS has no narrower resource for this call; it shows who called what, and changes nothing',
};

/** It is told what was decided, whoever did it: that waits no longer for a name. */
const patienceMs = 10_000;

/** LookupEvents is answered twice a second, for all who ask in an account and Region; a page has 50 events. */
const mostRequests = 4;

const mostCalls = 3;

/** Of each text, which somebody else may have chosen. */
const longestText = 300;

type LookUpEffects = Pick<Effects, 'sessions' | 'clock' | 'log'>;

/**
 * Asks CloudTrail who has made one of the calls that the action names, on what it had changed. Undefined where the action names none. Never
 * throws: what cannot be found out is said, and changes nothing of what was decided.
 */
export async function whoChanged(
  effects: LookUpEffects,
  { action, step: { target } }: Pick<StepAtHand, 'action' | 'step'>,
  { before, startedAt }: StandingChange,
): Promise<ChangedBy | undefined> {
  const since = lookedAtFrom(startedAt, effects.clock.now());
  const found: CallByOther[] = [];
  let asked: readonly string[] = [];
  const answer = (missing: string | null): ChangedBy => ({
    since,
    calls: found.toSorted((a, b) => (a.at < b.at ? 1 : -1)).slice(0, mostCalls),
    more: Math.max(0, found.length - mostCalls),
    missing,
    asked,
  });
  const box = timeBox(effects.clock, patienceMs);
  try {
    const calls = action.changedBy?.(target, before) ?? [];
    if (calls.length === 0) return undefined;
    asked = [...new Set(calls.map(({ eventName }) => eventName))];
    const ours = effects.sessions.role(target.account);
    const ask = await box.run(() => historyOf(effects, target, since, box));
    return answer(await look(ask, calls, ours, found));
  } catch (error) {
    const why = whyNot(error);
    effects.log('Who changed it was not found out', { target: target.id, why });
    return asked.length === 0 ? undefined : answer(why);
  } finally {
    box.close();
  }
}

/** CloudTrail keeps 90 days, and may refuse a time before them; an hour less, because its clock is another. */
const keptMs = 90 * 86_400_000 - 3_600_000;

const lookedAtFrom = (startedAt: string, now: Date): string =>
  new Date(Math.max(Date.parse(startedAt), now.getTime() - keptMs)).toISOString();

function whyNot(error: unknown): string {
  if (error instanceof TimeIsUp) return `no answer within ${patienceMs / 1000} s`;
  const failure = failureOf(error);
  if (failure !== null) return whyOf(failure);
  return error instanceof ActionFailed || error instanceof Throttled ? error.message : 'Firebreak failed';
}

interface Page {
  readonly events: readonly { readonly CloudTrailEvent?: string | undefined }[];
  readonly next: string | undefined;
}

type Ask = (eventName: string, token: string | undefined) => Promise<Page>;

async function historyOf(
  { sessions, clock }: LookUpEffects,
  target: StepAtHand['step']['target'],
  since: string,
  box: TimeBox,
): Promise<Ask> {
  const aws = await sessions.read(target, [lookUpPermission]);
  const { client, LookupEventsCommand } = await aws.cloudtrail();
  return (eventName, token) =>
    box.run(async () => {
      const command = new LookupEventsCommand({
        LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: eventName }],
        StartTime: new Date(since),
        EndTime: clock.now(),
        ...(token === undefined ? {} : { NextToken: token }),
      });
      const { Events = [], NextToken } = await client.send(command, { abortSignal: box.signal });
      return { events: Events, next: NextToken };
    });
}

/** By name, because a look-up takes one attribute. Puts what it finds into `found`; answers with what it did not look at. */
async function look(
  ask: Ask,
  calls: readonly ChangingCall[],
  ours: string,
  found: CallByOther[],
): Promise<string | null> {
  const names = [...new Set(calls.map(({ eventName }) => eventName))];
  let open = names.map((name): { readonly name: string; readonly token?: string } => ({ name }));
  for (let request = 0; request < mostRequests; request += 1) {
    const [at, ...rest] = open;
    if (at === undefined) return null;
    const { events, next } = await ask(at.name, at.token);
    const theirs = events.flatMap(({ CloudTrailEvent = '' }) => callIn(CloudTrailEvent, calls, ours) ?? []);
    found.push(...theirs);
    // The newest are enough: who did it last has left it as it is.
    open = next === undefined || theirs.length > 0 ? rest : [...rest, { name: at.name, token: next }];
  }
  const left = open.map(({ name }) => name);
  return left.length === 0 ? null : `only the newest calls of ${left.join(' and ')} in this account were looked at`;
}

const text = z.string().optional();
const parameters = z.record(z.string(), z.unknown()).nullish();

/** Of CloudTrail's record, what is used. */
const recordShape = z.object({
  eventName: z.string(),
  eventSource: z.string(),
  eventTime: z.iso.datetime(),
  errorCode: text,
  sourceIPAddress: text,
  userIdentity: z.object({
    type: text,
    arn: text,
    principalId: text,
    userName: text,
    invokedBy: text,
    sessionContext: z.object({ sessionIssuer: z.object({ arn: text }).optional() }).optional(),
  }),
  requestParameters: parameters,
  responseElements: parameters,
});

/** A call by somebody else that went well; undefined for any other, and for what cannot be read: it must not hide those beside it. */
function callIn(json: string, calls: readonly ChangingCall[], ours: string): CallByOther | undefined {
  const read = recordShape.safeParse(parsed(json));
  if (!read.success) return undefined;
  const { eventName, eventSource, eventTime, errorCode, sourceIPAddress, userIdentity, ...shown } = read.data;
  // What AWS refused has changed nothing.
  if (errorCode !== undefined) return undefined;
  if (userIdentity.sessionContext?.sessionIssuer?.arn === ours) return undefined;
  const asked = (shown.requestParameters ?? {}) as JsonObject;
  const answered = (shown.responseElements ?? {}) as JsonObject;
  const isOn = calls.some(
    (call) => call.eventName === eventName && call.eventSource === eventSource && call.isOn(asked, answered),
  );
  if (!isOn) return undefined;
  const { arn, userName, invokedBy, principalId, type } = userIdentity;
  const who = arn ?? userName ?? invokedBy ?? principalId ?? type ?? 'an unknown identity';
  return {
    call: eventName,
    at: eventTime,
    who: cut(who, longestText),
    from: sourceIPAddress === undefined ? null : cut(sourceIPAddress, longestText),
  };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
