import * as z from 'zod';
import { failureOf, whyOf } from '../account/awsFailure.ts';
import type { ChangingCall } from '../actions/changingCall.ts';
import type { Permission } from '../actions/contract.ts';
import { type TimeBox, TimeIsUp, timeBox } from '../actions/timeBox.ts';
import type { CallByOther, ChangedBy } from '../incident/changedBy.ts';
import type { StandingChange } from '../incident/items.ts';
import { ActionFailed, Throttled } from '../platform/errors.ts';
import { type JsonObject, parsedJson } from '../platform/json.ts';
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

/**
 * LookupEvents is answered twice a second, for all who ask in an account and Region; a page has 50 events. The action that names most has five calls:
 * each is asked for once, and one of them has its second page.
 */
const mostRequests = 6;

/** Between two requests: what asks sooner is refused, and so is whoever else asks then. */
const pauseMs = 600;

const mostCalls = 3;

/** "CloudTrail typically delivers within an average of about 5 minutes"; some calls after 15. */
const shownMs = 15 * 60_000;

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
  { before, startedAt, verifiedAt = startedAt }: StandingChange,
): Promise<ChangedBy | undefined> {
  // One time for all pages: CloudTrail refuses the token of a page whose end is another.
  const now = effects.clock.now();
  const since = lookedAtFrom(startedAt, now);
  const found: Found[] = [];
  let asked: readonly string[] = [];
  const answer = (missing: string | null): ChangedBy => {
    const calls = newestOfEach(found).slice(0, mostCalls);
    const isYoung = now.getTime() - Date.parse(verifiedAt) <= shownMs;
    const more = found.length - calls.length;
    return { since, calls, more, missing, asked, ...(isYoung ? { young: true } : {}) };
  };
  const box = timeBox(effects.clock, patienceMs);
  try {
    const calls = action.changedBy?.(target, before) ?? [];
    if (calls.length === 0) return undefined;
    asked = [...new Set(calls.map(({ eventName }) => eventName))];
    const ours = effects.sessions.role(target.account);
    const region = calls[0]?.region ?? target.region;
    const ask = await box.run(() => historyOf(effects, { ...target, region }, { since, now }, box));
    return answer(await look(paced(ask, box), calls, ours, found));
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
  { sessions }: LookUpEffects,
  target: StepAtHand['step']['target'],
  { since, now }: { readonly since: string; readonly now: Date },
  box: TimeBox,
): Promise<Ask> {
  const aws = await sessions.read(target, [lookUpPermission]);
  const { client, LookupEventsCommand } = await aws.cloudtrail();
  return (eventName, token) =>
    box.run(async () => {
      const command = new LookupEventsCommand({
        LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: eventName }],
        StartTime: new Date(since),
        EndTime: now,
        ...(token === undefined ? {} : { NextToken: token }),
      });
      const { Events = [], NextToken } = await client.send(command, { abortSignal: box.signal });
      return { events: Events, next: NextToken };
    });
}

const pause = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, pauseMs);
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  });

function paced(ask: Ask, box: TimeBox): Ask {
  let asked = 0;
  return async (eventName, token) => {
    if (asked > 0) await box.run(() => pause(box.signal));
    asked += 1;
    return ask(eventName, token);
  };
}

/** By name, because a look-up takes one attribute. Puts what it finds into `found`; answers with what it did not look at. */
async function look(ask: Ask, calls: readonly ChangingCall[], ours: string, found: Found[]): Promise<string | null> {
  const names = [...new Set(calls.map(({ eventName }) => eventName))];
  const left = new Set<string>();
  let open = names.map((name): { readonly name: string; readonly token?: string } => ({ name }));
  for (let request = 0; request < mostRequests; request += 1) {
    const [at, ...rest] = open;
    if (at === undefined) break;
    const { events, next } = await ask(at.name, at.token);
    const theirs = events.flatMap(({ CloudTrailEvent = '' }) => callIn(CloudTrailEvent, calls, ours) ?? []);
    found.push(...theirs);
    // The newest are enough: who did it last has left it as it is. What a service of AWS did may only follow from what somebody did before.
    const isFound = theirs.some(({ byService }) => !byService);
    if (next !== undefined && isFound) left.add(at.name);
    open = next === undefined || isFound ? rest : [...rest, { name: at.name, token: next }];
  }
  for (const { name } of open) left.add(name);
  const shown = names.filter((name) => left.has(name));
  return shown.length === 0 ? null : `only the newest calls of ${shown.join(' and ')} in this account were looked at`;
}

interface Found {
  readonly call: CallByOther;
  /** It orders them, and leaves out nobody. */
  readonly byService: boolean;
}

/** Of each identity and call the newest, the newest first: a service of AWS that calls every minute hides nobody. Those of services come last. */
function newestOfEach(found: readonly Found[]): readonly CallByOther[] {
  const newest = new Map<string, Found>();
  for (const one of found) {
    const key = JSON.stringify([one.call.who, one.call.call]);
    const known = newest.get(key);
    if (known === undefined || known.call.at < one.call.at) newest.set(key, one);
  }
  return [...newest.values()]
    .sort((a, b) => Number(a.byService) - Number(b.byService) || (a.call.at < b.call.at ? 1 : -1))
    .map(({ call }) => call);
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
function callIn(json: string, calls: readonly ChangingCall[], ours: string): Found | undefined {
  const read = recordShape.safeParse(parsedJson(json));
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
  // Whoever goes through a service, such as CloudFormation, is named by an identity of their own, and is no service.
  const isServices = type === 'AWSService' || /:assumed-role\/AWSServiceRoleFor/.test(arn ?? '');
  const who = arn ?? userName ?? invokedBy ?? principalId ?? type ?? 'an unknown identity';
  const call = {
    call: eventName,
    at: eventTime,
    who: cut(who, longestText),
    from: sourceIPAddress === undefined ? null : cut(sourceIPAddress, longestText),
  };
  return { call, byService: invokedBy !== undefined && isServices };
}
