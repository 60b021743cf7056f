import { AwsError } from '../../sandbox/account.ts';
import { PortTakenError } from '../../sandbox/door/listen.ts';
import { rootCredentials } from '../../sandbox/iam/credentials.ts';
import { openSandbox, type Sandbox } from '../../sandbox/sandbox.ts';
import { latest, parameterByName } from '../../sandbox/services/ssm/state.ts';
import type { World } from '../../sandbox/world/schema.ts';
import { readPointer } from '../../shared/incident/rulesets.ts';
import type { RuleSource } from '../../shared/rules/rule.ts';
import { loadArtifacts } from '../artifacts.ts';
import { compileFolder, readRuleFolder, readWorldFile } from '../files.ts';
import { say } from '../output.ts';
import { putRules } from '../putRules.ts';
import { connectStage } from '../stage.ts';
import { UsageError } from '../usage.ts';
import { actingPack } from './actingPack.ts';

export interface StartOptions {
  readonly account?: string;
  readonly rules?: string;
  /** The shipped pack observes, as it is shipped. */
  readonly observe?: boolean;
  readonly port?: number;
  readonly seed: number;
  readonly speed: number;
}

export const stage = 'dev';

/** The guard looks every minute, as it does after a deployment, and takes a moment to publish. */
const FIRST_MINUTE_MS = 61_000;
const LONGEST_MOMENT_S = 30;

/** What the account begins with. */
export interface Beginning {
  readonly world: World;
  /** What is put into Parameter Store; none: the guard takes the pack that it was shipped with. */
  readonly rules: readonly RuleSource[];
}

/** Reads what a person wrote, before anything takes time. Throws UsageError, WorldError. */
export const readBeginning = (options: StartOptions): Beginning => ({
  world: readWorldFile(options.account),
  rules: rulesOf(options),
});

/**
 * Opens the account with the stack in it, and lets its first minute pass at once, so that rules decide from the first event on. It
 * begins that much in the past: what it then shows is the time of day. Throws UsageError, WorldError. Close it in `finally`.
 */
export async function startSandbox(options: StartOptions, { world, rules }: Beginning): Promise<Sandbox> {
  const sandbox = await openSandbox(loadArtifacts(), {
    world,
    mode: 'paced',
    seed: options.seed,
    speed: options.speed,
    startAt: new Date(Date.now() - FIRST_MINUTE_MS),
    onFailure: (error) => say(`firebreak: ${error.message}`),
    ...(options.port === undefined ? {} : { port: options.port }),
  }).catch((error: unknown) => {
    throw portError(error, options.port) ?? error;
  });
  try {
    storeRules(sandbox, rules, options.rules ?? 'the shipped pack');
    await sandbox.clock.advance(FIRST_MINUTE_MS);
    await expectPublished(sandbox);
    return sandbox;
  } catch (error) {
    await sandbox.close();
    throw error;
  }
}

function rulesOf({ rules, observe }: StartOptions): readonly RuleSource[] {
  if (rules !== undefined) {
    if (observe === true)
      throw new UsageError('--observe is about the shipped pack: with --rules, the rules say what acts.');
    return usableRules(rules);
  }
  return observe === true ? [] : actingPack();
}

/** Refused here with file and line, rather than by the guard a minute later. */
function usableRules(folder: string): readonly RuleSource[] {
  compileFolder(folder);
  return readRuleFolder(folder);
}

function portError(cause: unknown, port: number | undefined): UsageError | undefined {
  if (cause instanceof PortTakenError) return new UsageError(`${cause.message}.`, { cause });
  if (!(cause instanceof Error && 'code' in cause && cause.code === 'EACCES')) return undefined;
  return new UsageError(`Port ${port} may not be opened by this user; choose one above 1023.`, { cause });
}

function storeRules({ account }: Sandbox, rules: readonly RuleSource[], folder: string): void {
  try {
    putRules(account, stage, rules);
  } catch (cause) {
    if (!(cause instanceof AwsError)) throw cause;
    throw new UsageError(`${folder}: Parameter Store does not take these rules: ${cause.message}.`, { cause });
  }
}

/** Of all that may be under way, only this is waited for: a deployment that an account file begins may take for ever. */
async function expectPublished({ account, clock, door }: Sandbox): Promise<void> {
  const client = { region: account.region, endpoint: door.endpoint, credentials: rootCredentials(account) };
  const { effects } = await connectStage({ stage, region: account.region, client });
  for (let second = 0; second < LONGEST_MOMENT_S; second += 1) {
    if ((await readPointer(effects.table)) !== undefined) return;
    await clock.advance(1000);
  }
  const { value } = latest(parameterByName(account, `/firebreak/${stage}/status`));
  throw new UsageError(`The rules were not published: ${value}`);
}
