import type { Command } from 'commander';
import { readDigest } from '../shared/incident/digests.ts';
import { headsIn } from '../shared/incident/head.ts';
import { readPointer } from '../shared/incident/rulesets.ts';
import { digestHtml } from '../shared/report/digestHtml.ts';
import { digestText } from '../shared/report/digestText.ts';
import { plain } from '../shared/report/text.ts';
import { gatherDigest, headsForDigests } from '../shared/respond/digestModel.ts';
import type { RuleSet } from '../shared/rules/rule.ts';
import { print, say } from './output.ts';
import { onStage, type StageConnection } from './stage.ts';
import { type StageFlags, withStage } from './stageOptions.ts';
import { UsageError } from './usage.ts';

interface Flags extends StageFlags {
  readonly team?: string;
  readonly html?: boolean;
  readonly last?: boolean;
}

const dayMs = 86_400_000;

/** The set that decides. Only the guard writes it: its shape is taken as given. */
async function currentSet({ stage, effects: { table, bodies } }: StageConnection): Promise<RuleSet> {
  const pointer = await readPointer(table);
  if (pointer === undefined)
    throw new UsageError(`No rule set decides in stage ${stage} yet: there is nothing to sum up.`);
  return JSON.parse(await bodies.get(pointer.hash)) as RuleSet;
}

/** What the next digest would say if its hour were now. Nothing is written. */
async function soFar(stage: StageConnection, team: string | null, html: boolean): Promise<string> {
  const { effects } = stage;
  const { table, clock } = effects;
  const set = await currentSet(stage);
  const names = (set.settings.teams ?? []).map(({ name }) => name);
  if (team !== null && !names.includes(team)) {
    const known = names.length === 0 ? 'they name none' : `they name ${names.join(', ')}`;
    throw new UsageError(`There is no team "${plain(team, 64)}" in the settings of stage ${stage.stage}: ${known}.`);
  }
  const now = clock.now();
  const since = (await readDigest(table, team))?.at ?? new Date(now.getTime() - dayMs).toISOString();
  const open = [...new Set([...(await headsIn(table, 'running')), ...(await headsIn(table, 'resting'))])];
  const { model } = await gatherDigest(effects, { team, since, now, set, ...(await headsForDigests(table, open)) });
  return html ? digestHtml(model) : digestText(model);
}

async function digest({ team: named, html = false, last = false, ...flags }: Flags): Promise<void> {
  const team = named ?? null;
  const text = await onStage(flags, async (stage) => {
    if (!last) return soFar(stage, team, html);
    const told = (await readDigest(stage.effects.table, team))?.told;
    return html ? told?.html : told?.body;
  });
  if (text !== undefined) return print(text.trimEnd());
  const whose = team === null ? '' : ` of team "${plain(team, 64)}"`;
  say(
    `firebreak: No digest${whose} has been written in stage ${flags.stage}: without --last you see what it would say now.`,
  );
  process.exitCode = 1;
}

export function addDigest(program: Command): void {
  withStage(program.command('digest'))
    .summary('the morning digest: what it would say now, or what it said last')
    .description(
      'What was contained, what waits, and what else came since the last digest. Nothing is written, and nobody is told. Exit 1: none was written yet (--last).',
    )
    .option('--team <name>', 'a team of the settings (default: what belongs to none)')
    .option('--html', 'as HTML, with charts that mail programs show')
    .option('--last', 'the one that was written last, as it was')
    .addHelpText('after', '\nExample:\n  firebreak digest --stage prod --html --last > digest.html')
    .action(digest);
}
