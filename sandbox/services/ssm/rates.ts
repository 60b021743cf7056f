import { type Account, AwsError, type Operation, slice } from '../../account.ts';

/**
 * Calls a second, for the whole account, and by which operations they are shared (AWS General Reference, Systems Manager
 * quotas). `high` is with the setting `/ssm/parameter-store/high-throughput-enabled`, where each operation counts alone.
 * AWS publishes no rate for Run Command, for what is known of nodes and for patches: there are none here.
 */
interface Rate {
  readonly shared: string;
  readonly standard: number;
  readonly high: number;
}

const READ = { shared: 'GetParameter*', standard: 40 };
const DOCUMENTED: Readonly<Record<string, Rate>> = {
  GetParameter: { ...READ, high: 10_000 },
  GetParameters: { ...READ, high: 1000 },
  GetParametersByPath: { ...READ, high: 100 },
  DeleteParameter: { shared: 'DeleteParameter', standard: 3, high: 5 },
  LabelParameterVersion: { shared: 'LabelParameterVersion', standard: 3, high: 10 },
  PutParameter: { shared: 'PutParameter', standard: 3, high: 10 },
};

/** How many calls are left, and when that was reckoned (milliseconds, virtual). */
interface Level {
  left: number;
  at: number;
}

interface Rates {
  /** `none`: calls are not counted, and none is refused. */
  throughput: 'none' | 'standard' | 'high';
  /** By what shares a rate. */
  readonly levels: Map<string, Level>;
}

const rates = slice('ssm.rates', (): Rates => ({ throughput: 'none', levels: new Map() }));

/** From now on calls above the documented rates are refused, or none. */
export function keepRates(account: Account, throughput: Rates['throughput']): void {
  const state = rates(account);
  state.throughput = throughput;
  state.levels.clear();
}

/**
 * A bucket that holds the calls of one second and fills up evenly (that AWS keeps its rates so is not documented).
 * Throws AwsError ThrottlingException.
 */
function count(account: Account, operation: string): void {
  const { throughput, levels } = rates(account);
  const rate = DOCUMENTED[operation];
  if (rate === undefined || throughput === 'none') return;
  const [bucket, perSecond] = throughput === 'high' ? [operation, rate.high] : [rate.shared, rate.standard];
  const now = account.clock.now();
  const level = levels.get(bucket) ?? { left: perSecond, at: now };
  const left = Math.min(perSecond, level.left + ((now - level.at) / 1000) * perSecond);
  if (left < 1) throw new AwsError('ThrottlingException', 'Rate exceeded');
  levels.set(bucket, { left: left - 1, at: now });
}

/** The same operations, each counted before it runs. */
export const counted = (operations: Readonly<Record<string, Operation>>): Readonly<Record<string, Operation>> =>
  Object.fromEntries(
    Object.entries(operations).map(([name, { needs, run }]): [string, Operation] => [
      name,
      {
        needs,
        run: (input, call) => {
          count(call.account, name);
          return run(input, call);
        },
      },
    ]),
  );
