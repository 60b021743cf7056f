import { readPointer } from '../../../shared/incident/rulesets.ts';
import { readWaiting } from '../../../shared/incident/waitingSets.ts';
import { firstOf } from '../../../shared/report/text.ts';
import { differs, edited } from '../../../shared/respond/guardSources.ts';
import { problemLine, shortHash } from '../../../shared/respond/guardStatus.ts';
import { errorsIn, prefixOf } from '../../rules/stored.ts';
import { asked } from '../asked.ts';
import { broken, type Check, ok, warning } from '../check.ts';

const mostProblems = 3;

/** The guard looks within a minute, and waits for edits that belong together. */
const liveWithinMs = 3 * 60_000;

/**
 * Which rules decide, and whether what people wrote is what decides. An edit is linted here as the guard lints it, so that a refusal is known even where the
 * guard does not run.
 */
export const ruleSet: Check = {
  name: 'rules',
  look: async ({ stage: { stage, effects } }) => {
    const { table, parameters, clock } = effects;
    const [pointer, waiting] = await asked('dynamodb:GetItem on the incident table', () =>
      Promise.all([readPointer(table), readWaiting(table)]),
    );
    const prefix = prefixOf(stage);
    const written = edited(prefix, await asked('ssm:GetParametersByPath', () => parameters.below(prefix.slice(0, -1))));
    const problems = errorsIn(written.sources);
    const refused = `The last edit is refused: ${firstOf(problems.map(problemLine), mostProblems).join('; ')}.`;
    if (pointer === undefined) {
      return broken(
        `No rule set decides, so that incidents are held and nothing is changed. ${problems.length > 0 ? refused : ''}`.trim(),
        `Put rules that compile: firebreak rules push rules --stage ${stage}; the parameter ${prefix}status says what is wrong.`,
      );
    }
    const decides = `Rule set ${pointer.number} decides, published ${pointer.publishedAt}.`;
    const drop = `drop it: firebreak rules rollback ${pointer.number} --stage ${stage}`;
    if (problems.length > 0) return broken(`${refused} ${decides}`, `Mend it in Parameter Store, or ${drop}.`);
    if (waiting !== undefined) {
      const hash = waiting.hash.slice(0, shortHash);
      return warning(
        `${decides} An edit that may do harm has waited since ${waiting.since} (${hash}).`,
        `See it and have it live: firebreak rules approve ${hash} --stage ${stage}; or ${drop}.`,
      );
    }
    if (Object.keys(pointer.remains ?? {}).length > 0)
      return warning(
        `${decides} What a rollback could not put back: ${Object.keys(pointer.remains ?? {}).join(', ')}.`,
        `Try again: firebreak rules rollback ${pointer.number} --stage ${stage}; or write the parameter anew.`,
      );
    if (!differs(pointer, written)) return ok(decides);
    const age = clock.now().getTime() - (written.youngest ?? 0);
    if (age <= liveWithinMs) return ok(`${decides} An edit is a moment old, and live within a minute.`);
    return broken(
      `${decides} What is written in Parameter Store is another, and is not published although it compiles.`,
      `The guard does not run: see schedules and functions here, and its log group /aws/lambda/firebreak-${stage}-guard.`,
    );
  },
};
