import { catalogue } from '../../shared/actions/catalogue.ts';
import { readPointer } from '../../shared/incident/rulesets.ts';
import { InvalidRules } from '../../shared/platform/errors.ts';
import { sha256Hex } from '../../shared/platform/hash.ts';
import { canonicalJson } from '../../shared/platform/json.ts';
import type { RuleSet } from '../../shared/rules/rule.ts';
import { inForce, parseRuleSet } from '../../shared/rules/storedSet.ts';
import { readRules } from '../explain/command.ts';
import { onStage } from '../stage.ts';
import { UsageError } from '../usage.ts';

/** Where the rules are that an image is judged by. */
export interface RuleFlags {
  readonly stage?: string;
  readonly region?: string;
  /** Folder; then no stage is asked. */
  readonly rules?: string;
}

export interface GateRules {
  readonly set: RuleSet;
  /** Where the image is to run: the Region of the stage; null where nobody says one. */
  readonly runsIn: string | null;
  /** What a person reads, and scripts. */
  readonly from: {
    readonly stage: string | null;
    readonly folder: string | null;
    /** Of the published set. */
    readonly number: number | null;
    readonly hash: string;
  };
}

const usualStage = 'dev';

/** The set that decides in a deployed stage, or a folder. Throws UsageError where there is none: without rules nothing would be blocked. */
export function gateRules({ stage, region, rules: folder }: RuleFlags): Promise<GateRules> | GateRules {
  if (folder === undefined) return ofStage(stage ?? usualStage, region);
  if (stage !== undefined)
    throw new UsageError('--rules and --stage are two places to read rules from: give one of them.');
  const set = readRules(folder);
  const named = [region, process.env['AWS_REGION'], process.env['AWS_DEFAULT_REGION']];
  const runsIn = named.find((one) => one !== undefined && one !== '') ?? null;
  return {
    set: inForce(set),
    runsIn,
    from: { stage: null, folder, number: null, hash: sha256Hex(canonicalJson(set)) },
  };
}

const ofStage = (stage: string, region: string | undefined): Promise<GateRules> =>
  onStage({ stage, region }, async ({ region: runsIn, effects: { table, bodies } }) => {
    const pointer = await readPointer(table);
    if (pointer === undefined) {
      throw new UsageError(`No rule set decides in stage ${stage}: firebreak doctor says why, --rules takes a folder.`);
    }
    const { number, hash } = pointer;
    try {
      const set = inForce(parseRuleSet(await bodies.get(hash), catalogue));
      return { set, runsIn, from: { stage, folder: null, number, hash } };
    } catch (cause) {
      if (!(cause instanceof InvalidRules)) throw cause;
      throw new UsageError(
        `Rule set ${number} of stage ${stage} cannot be read by this version of the command: use the version that was deployed.`,
        { cause },
      );
    }
  });
