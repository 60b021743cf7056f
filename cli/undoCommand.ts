import type { Command } from 'commander';
import type { Head, TargetRecord } from '../shared/incident/items.ts';
import { stands, targetsOf } from '../shared/incident/targets.ts';
import { commandFor } from '../shared/report/command.ts';
import { plain } from '../shared/report/text.ts';
import { neededByOthers } from '../shared/respond/planUndo.ts';
import { stillActive } from '../shared/respond/stillActive.ts';
import { type UndoAnswer, undo } from '../shared/respond/undo.ts';
import { askTerminal, isTerminal, saysYes } from './confirm.ts';
import { findIncident, unknownIncident } from './incidents/find.ts';
import { print, printJson, say } from './output.ts';
import { onStage, type StageConnection } from './stage.ts';
import { type StageFlags, withStage } from './stageOptions.ts';
import { UsageError } from './usage.ts';
import { userName } from './userName.ts';

interface Flags extends StageFlags {
  readonly by?: string;
  readonly reason?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** What an undo puts back, with the promise of the step that changed it. */
interface Restored {
  readonly target: string;
  readonly action: string;
  readonly sentence: string;
}

interface Asked {
  readonly incident: string;
  readonly answer: UndoAnswer;
  readonly restores: readonly Restored[];
  /** Incidents that need some of it, and are to be undone first. */
  readonly stays: readonly string[];
  /** They need all of it: it is theirs alone then, and there is nothing to ask for again. */
  readonly left?: boolean;
  /** What speaks against it, a sentence each. */
  readonly warnings: readonly string[];
}

async function ask({ effects }: StageConnection, head: Head, flags: Flags): Promise<Asked> {
  const { incident, state, direction } = head;
  const records = await targetsOf(effects.table, incident);
  const needed = neededByOthers(records, incident);
  const stays = [...new Set(needed.kept.flatMap(needed.others))];
  const restores = records.flatMap((record) =>
    record.changes.map(({ action, step: { key, undo: promise } }) => ({
      target: record.target,
      action,
      sentence:
        staysText(needed, record, key) ?? (promise.possible ? promise.sentence : `It cannot be undone: ${promise.why}`),
    })),
  );
  const isNews = !(state === 'running' && direction === 'undo') && records.some(stands);
  const warnings = isNews ? await stillActive(effects, head) : [];
  const { by = userName() } = flags;
  const reason = isNews ? await agreed(incident, warnings, flags) : flags.reason;
  if (reason === null)
    return { incident, answer: { kind: 'nothing', reason: 'Nothing was undone.' }, restores: [], stays: [], warnings };
  const answer = await undo(effects, { incident, by, reason: reason ?? noReason });
  const left = needed.ours.length === 0;
  return { incident, answer, restores: answer.kind === 'nothing' ? [] : restores, stays, left, warnings };
}

/** Why something stays though it is asked back; undefined where nothing is in the way. */
function staysText(
  { others, kept, missing }: ReturnType<typeof neededByOthers>,
  record: TargetRecord,
  key: string,
): string | undefined {
  const by = others(record);
  if (by.length > 0) return `It stays: incident ${by.join(', ')} needs it.`;
  if (!missing.has(key)) return undefined;
  const behind = [...new Set(kept.flatMap(others))].join(', ');
  return `It stays: what it would go back to stays contained, because incident ${behind} needs that.`;
}

const noReason = 'no reason was given';

/** Says what speaks against it. Whoever sits there is asked for the reason where none was given, and whether it is meant. Null: it is not. */
async function agreed(
  incident: string,
  warnings: readonly string[],
  { reason, yes, json }: Flags,
): Promise<string | null> {
  if (json !== true) for (const warning of warnings) say(`firebreak: ${plain(warning, 1000)}`);
  const question = `Undo what was changed for ${plain(incident)} all the same? [y/N] `;
  if (warnings.length > 0 && !(await saysYes({ yes, json }, question, askTerminal))) return null;
  if (reason !== undefined || yes === true || json === true || !isTerminal()) return reason ?? noReason;
  return (await askTerminal('Why, for the record? ')).trim().slice(0, 500) || noReason;
}

function tell({ incident, answer, restores, stays, left }: Asked, stage: string): void {
  if (answer.kind === 'nothing') {
    say(`firebreak: ${plain(answer.reason, 1000)}`);
    return;
  }
  const begun = answer.kind === 'opened' ? 'is under way now' : 'was under way already';
  print(`The undo of ${plain(incident)} ${begun}: run ${plain(answer.run, 100)}.`);
  for (const { target, action, sentence } of restores) print(`  ${action} on ${plain(target)}: ${plain(sentence)}`);
  for (const other of stays) print(`To have that back, too: ${commandFor('undo', other, stage)}`);
  if (stays.length > 0 && left !== true) print(`Then ask again: ${commandFor('undo', incident, stage)}`);
  print(
    `It is told by a message when it has been read back. Until then: ${commandFor('incidents show', incident, stage)}`,
  );
}

async function run(id: string, flags: Flags): Promise<void> {
  if (flags.reason?.trim() === '') throw new UsageError('The reason is empty: say why, or leave out --reason.');
  const asked = await onStage(flags, async (stage) => {
    const head = await findIncident(stage.effects.table, id);
    return head === undefined ? undefined : ask(stage, head, flags);
  });
  const answer = asked?.answer ?? { kind: 'nothing' as const, reason: unknownIncident(id, flags.stage) };
  if (answer.kind === 'nothing') process.exitCode = 1;
  const told: Asked = asked ?? { incident: id, answer, restores: [], stays: [], warnings: [] };
  if (flags.json === true)
    printJson({
      version: 1,
      incident: told.incident,
      ...answer,
      restores: told.restores,
      neededBy: told.stays,
      warnings: told.warnings,
    });
  else tell(told, flags.stage);
}

export function addUndo(program: Command): void {
  withStage(program.command('undo'))
    .summary('it was a false alarm: put back what was changed')
    .description(
      'It says when what was found is still active, or open; in a terminal it asks then. Exit 0: the undo is under way. 1: nothing that was changed stands.',
    )
    .argument('<incident>', 'its key, or a part that only one open incident has')
    .option('--reason <text>', 'why, for the record; in a terminal it is asked for')
    .option('--by <who>', 'who decided, for the record (default: the name of the user)')
    .option('--yes', 'do not ask')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  firebreak undo payments/checkout-api@sha256:3f1c --stage prod --reason "built by us, patched upstream"',
    )
    .action(run);
}
