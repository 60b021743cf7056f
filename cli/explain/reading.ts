import { openAccount } from '../../sandbox/sandbox.ts';
import { catalogue } from '../../shared/actions/catalogue.ts';
import type { Action } from '../../shared/actions/contract.ts';
import type { Finding } from '../../shared/finding/finding.ts';
import { plannedUnread } from '../../shared/plan/steps.ts';
import { ActionFailed } from '../../shared/platform/errors.ts';
import type { Aws } from '../../shared/platform/sdk/aws.ts';
import type { Effects } from '../../shared/respond/effects.ts';
import { readWorldFile } from '../files.ts';
import { elsewhere, readerOf } from './reader.ts';

/** How the account is read while it is explained what would happen. Close it in `finally`. */
export interface Reading extends Pick<Effects, 'catalogue' | 'sessions'> {
  /** What of a finding's place could not be read, as a line to be seen. */
  unseen(finding: Finding): readonly string[];
  close(): Promise<void>;
}

const never = (): Promise<never> => Promise.reject(new Error('explain changes nothing'));

/** Without an account an action cannot observe: it plans what it would do, and its sentence says that nothing was read. */
const unread = ({ meets: _notSeen, turn: _norThis, ...action }: Action): Action => ({
  ...action,
  observe: async () => ({}),
  plan: (target) => {
    const planned = plannedUnread(action, target);
    const why = 'the account was not read: no account file was given';
    return planned.kind === 'step' ? { ...planned, sentence: `${planned.sentence} (${why})` } : planned;
  },
});

/** Nobody is asked, whatever credentials lie about: what would be read is said to be unread. */
const unasked = (): Promise<never> => Promise.reject(new ActionFailed('no account file was given'));
const nothingToRead: Aws = {
  applicationAutoScaling: unasked,
  autoScaling: unasked,
  cloudtrail: unasked,
  ec2: unasked,
  ecr: unasked,
  ecs: unasked,
  eks: unasked,
  elasticLoadBalancing: unasked,
  eventbridge: unasked,
  iam: unasked,
  kubernetes: unasked,
  lambda: unasked,
  scheduler: unasked,
  logs: unasked,
  secretsManager: unasked,
  signer: unasked,
  ssm: unasked,
  wafv2: unasked,
  cloudwatch: unasked,
};

/** Nothing is done here, by whichever role. */
const nobody = (): string => 'nobody';

const withoutAccount: Reading = {
  catalogue: catalogue.map(unread),
  sessions: { read: async () => nothingToRead, write: never, role: nobody },
  unseen: () => [],
  close: async () => undefined,
};

/** The embedded account of a file, with nothing deployed in it, at one moment. Throws WorldError. */
async function withAccount(file: string, startAt: Date): Promise<Reading> {
  const { account, close } = await openAccount({ world: readWorldFile(file), startAt });
  return {
    catalogue,
    sessions: { read: readerOf(account), write: never, role: nobody },
    unseen: (place) =>
      place.account === account.id && place.region === account.region ? [] : [elsewhere(account, place)],
    close,
  };
}

export const openReading = (file: string | undefined, at: Date): Promise<Reading> =>
  file === undefined ? Promise.resolve(withoutAccount) : withAccount(file, at);
