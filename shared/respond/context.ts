import type { Accusation } from '../actions/accusation.ts';
import type { ActContext, Action, ActionSettings, Journal, ReadContext, Target } from '../actions/contract.ts';
import type { Finding } from '../finding/finding.ts';
import type { JsonObject } from '../platform/json.ts';
import type { Effects } from './effects.ts';
import { folderOf, inFolder } from './evidenceFolder.ts';

type ContextEffects = Pick<Effects, 'sessions' | 'clock' | 'evidence'>;

interface About {
  readonly incident: string;
  readonly run: string;
  /** Absent in Decide, where the round has no step yet that could have stored evidence. */
  readonly round?: number;
  readonly action: Action;
  readonly target: Target;
  readonly settings: ActionSettings;
  readonly accusation: Accusation;
  /** Of the step at hand; absent in Decide. */
  readonly chosen?: JsonObject | undefined;
  /** Of a containment that stands or has started. */
  readonly before: JsonObject | undefined;
  /** Of a step that is read back, ISO. */
  readonly begunAt?: string | undefined;
}

/** Rounds begin at 1. */
const noRound = 0;

const known = ({
  before,
  chosen,
  round,
  begunAt,
}: About): Pick<ReadContext, 'before' | 'chosen' | 'begunAt' | 'atItsTurn'> => ({
  ...(before === undefined ? {} : { before }),
  ...(chosen === undefined ? {} : { chosen }),
  ...(begunAt === undefined ? {} : { begunAt }),
  ...(round === undefined ? {} : { atItsTurn: true }),
});

/** For `observe` and `verify`: credentials that can only read, for this action on this target. */
export async function readContext(effects: ContextEffects, about: About): Promise<ReadContext> {
  const { action, target, chosen, settings, accusation, incident, run, round = noRound } = about;
  return {
    aws: await effects.sessions.read(target, action.permissions(target, chosen).read),
    clock: effects.clock,
    settings,
    evidence: inFolder(effects.evidence(incident, run, round), folderOf(target)),
    accusation,
    ...known(about),
  };
}

/** For `execute` and `undo`: credentials for what this action reads and changes on this target, and no more. */
export async function actContext(
  effects: ContextEffects,
  about: About & {
    readonly round: number;
    readonly key: string;
    readonly findings: readonly Finding[];
    readonly journal: Journal;
    readonly shares: number;
    readonly lastTry: boolean;
  },
): Promise<ActContext> {
  const {
    action,
    target,
    chosen,
    settings,
    accusation,
    incident,
    run,
    round,
    key,
    findings,
    journal,
    shares,
    lastTry,
  } = about;
  const { read, write } = action.permissions(target, chosen);
  return {
    aws: await effects.sessions.write(target, [...read, ...write]),
    clock: effects.clock,
    settings,
    evidence: inFolder(effects.evidence(incident, run, round), folderOf(target)),
    accusation,
    ...known(about),
    incident,
    run,
    key,
    findings,
    journal,
    shares,
    lastTry,
  };
}
