import * as z from 'zod';
import { namedFailure } from '../account/awsFailure.ts';
import { ownerText } from '../account/owner.ts';
import { readsWith } from '../account/reads.ts';
import { type ChangingCall, textAt } from './changingCall.ts';
import {
  type ActContext,
  defineAction,
  type Executed,
  type Planned,
  type ReadContext,
  type UndoPromise,
  type Verified,
} from './contract.ts';
import {
  type FunctionTarget,
  functionNameOf,
  onFunction,
  ownershipOf,
  readReserved,
  readTimeout,
} from './targets/functionTarget.ts';

const params = z.strictObject({});
type Params = z.infer<typeof params>;

/** What `lambda.stop-invocations` reads of its target. */
type Observed = {
  /** Concurrency that is reserved for it: at the same time the most that it may have. Null where it shares what is unreserved. */
  readonly reserved: number | null;
  readonly protectedBy: string | null;
  /** How long an invocation may last that runs already, in seconds. */
  readonly timeout: number | null;
  readonly owner: string;
  readonly seen: readonly string[];
};

const reversal: UndoPromise = {
  possible: true,
  sentence:
    'Undo gives it the concurrency back that it had; invocations that were refused meanwhile are not repeated by it.',
};

/** Keeps a function from being invoked, whoever calls it, and leaves code, logs and configuration as they are. */
export const stopInvocations = defineAction<Params, Observed, 'function'>({
  name: 'lambda.stop-invocations',
  summary: 'Stop a function from being invoked, by reserving no concurrency for it',
  targets: ['function'],
  params,
  example: '- lambda.stop-invocations',
  permissions: (target) => ({
    write: onFunction(target, 'lambda:PutFunctionConcurrency', 'lambda:DeleteFunctionConcurrency'),
    read: onFunction(target, 'lambda:GetFunctionConcurrency', 'lambda:GetFunctionConfiguration', 'lambda:ListTags'),
  }),
  facts: {
    phase: 'workload',
    changes: true,
    destroysEvidence: false,
    needsWorkloadGone: false,
    issuesFreshCredentials: false,
    contains: true,
  },
  decisive: ['protectedBy'],
  restores: ['reserved'],
  volatile: ['timeout', 'owner', 'seen'],
  reversal,
  limits: [
    'Invocations that run already go on until they end or time out (15 minutes at most): Lambda has no call that ends them.',
    'Credentials of its role that were taken go on to work until they expire; the role is not changed.',
    'Whoever calls it and waits is refused (429, TooManyRequestsException). Batches of a queue come back to it, and go to its dead-letter queue once they were received too often; those of a stream wait, until they are too old.',
    'Events that others hand over without waiting (SNS, S3, EventBridge) are not kept: with a reserved concurrency of 0, Lambda sends them to the dead-letter queue or on-failure destination of the function at once, and where it has none, they are lost.',
    'All versions and aliases of the function stop. One with provisioned concurrency cannot be stopped so: Lambda refuses a reservation below that, and it is told as not contained.',
    'A reservation of 0 takes nothing from what the other functions share. Where a number was reserved before, its undo is refused while others have reserved so much that fewer than 100 would be left.',
    'Functions of Firebreak itself are never stopped.',
  ],
  timeoutSeconds: 330,
  observe: observeFunction,
  plan: planStop,
  // Less than all invocations cannot be stopped.
  minimum: (params) => params,
  changedBy: (target) => ['PutFunctionConcurrency', 'DeleteFunctionConcurrency'].map((call) => changing(call, target)),
  intended: () => ({ reserved: 0 }),
  execute: async (target, _params, _before, context) => {
    await put(target, 0, context);
    return { kind: 'done', did: `${functionNameOf(target)} is asked to be invoked no more` };
  },
  verify: (target, _params, _before, context) => readBack(target, 0, context),
  undo: putBack,
  verifyUndone: (target, _params, { reserved }, context) => readBack(target, reserved, context),
  // What is fixed is the code, which is deployed by whoever owns it: what was taken is the concurrency.
  release: {
    plan: async (target, _params, { reserved }, to) => {
      const name = functionNameOf(target);
      if (to !== null) {
        return {
          kind: 'elsewhere',
          reason: `${name} stays stopped: a function is not put on a version. Leave out --to.`,
        };
      }
      const sentence = `Let ${name} be invoked again, with ${told(reserved)}.`;
      return { kind: 'release', sentence, chosen: {}, runs: [], named: false };
    },
    intended: (_target, { reserved }) => ({ reserved }),
    execute: putBack,
    verify: (target, _params, { reserved }, context) => readBack(target, reserved, context),
  },
});

/** CloudTrail writes the date of the API behind these calls; whoever makes one names the function, or its ARN. */
const changing = (call: string, target: FunctionTarget): ChangingCall => ({
  eventName: `${call}20171031`,
  eventSource: 'lambda.amazonaws.com',
  isOn: (asked) => {
    const named = textAt(asked, 'functionName');
    return named?.slice(named.lastIndexOf(':') + 1) === functionNameOf(target);
  },
});

const told = (reserved: number | null): string =>
  reserved === null ? 'the concurrency that functions share' : `a concurrency of ${reserved}`;

/** As the template names them. Stopped, nothing would be contained or told any more. */
const isOurs = (name: string): boolean => name.startsWith('firebreak-');

async function observeFunction(target: FunctionTarget, _params: Params, context: ReadContext): Promise<Observed> {
  const reserved = await readReserved(target, context);
  const timeout = await readTimeout(target, context);
  const own = await ownershipOf(target, context);
  return {
    reserved,
    protectedBy: own.protectedBy,
    timeout,
    owner: ownerText(own),
    seen: [`function ${functionNameOf(target)} has ${told(reserved)}`],
  };
}

function planStop(target: FunctionTarget, _params: Params, { reserved, timeout, seen }: Observed): Planned {
  const name = functionNameOf(target);
  if (isOurs(name))
    return {
      kind: 'hold',
      reason: `${name} has the name of a function of Firebreak itself, which nothing stops: where it is none, stop it by hand`,
      seen,
    };
  if (reserved === 0)
    return { kind: 'skip', reason: `${name} cannot be invoked already: a concurrency of 0 is reserved` };
  const longest = timeout === null ? 'their time-out' : `its time-out of ${timeout} seconds`;
  return {
    kind: 'step',
    sentence: `Stop function ${name} from being invoked: reserve a concurrency of 0 for it, instead of ${told(reserved)}.`,
    undo: reversal,
    remains: `Invocations of ${name} that run already go on, each until ${longest} at the latest, and so do credentials of its role that were taken.`,
  };
}

async function put(target: FunctionTarget, reserved: number | null, context: ActContext): Promise<void> {
  const read = readsWith(context.aws);
  const FunctionName = target.arn;
  try {
    const { client, PutFunctionConcurrencyCommand, DeleteFunctionConcurrencyCommand } = await read.aws.lambda();
    if (reserved === null) await client.send(new DeleteFunctionConcurrencyCommand({ FunctionName }), read.call);
    else {
      const ReservedConcurrentExecutions = reserved;
      await client.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions }), read.call);
    }
  } catch (error) {
    throw namedFailure(error, `Giving ${functionNameOf(target)} ${told(reserved)}`);
  }
}

async function putBack(
  target: FunctionTarget,
  _params: Params,
  { reserved }: Observed,
  context: ActContext,
): Promise<Executed> {
  await put(target, reserved, context);
  return { kind: 'done', did: `${functionNameOf(target)} is asked to have ${told(reserved)} again` };
}

/** Lambda does not say how soon its reads follow its writes: another number is not there yet. */
async function readBack(target: FunctionTarget, meant: number | null, context: ReadContext): Promise<Verified> {
  const now = await readReserved(target, context);
  return {
    state: now === meant ? 'holds' : 'pending',
    seen: `${functionNameOf(target)} has ${told(now)}`,
    // An empty answer says that nothing is reserved.
    absence: now === null,
  };
}
