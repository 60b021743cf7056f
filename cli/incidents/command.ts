import type { Command } from 'commander';
import { readIncident } from '../../shared/incident/incidentRecord.ts';
import { listed } from '../../shared/incident/listed.ts';
import { openHeads } from '../../shared/incident/openHeads.ts';
import { print, printJson, say } from '../output.ts';
import { onStage } from '../stage.ts';
import { type StageFlags, withStage } from '../stageOptions.ts';
import { findIncident, unknownIncident } from './find.ts';
import { listLines } from './list.ts';
import { incidentPage } from './page.ts';

interface Flags extends StageFlags {
  readonly json?: boolean;
}

async function list(flags: Flags): Promise<void> {
  const { incidents, now } = await onStage(flags, async ({ effects: { table, clock } }) => {
    const heads = await openHeads(table);
    const at = clock.now();
    return { incidents: heads.map((head) => listed(head, at)), now: at };
  });
  if (flags.json === true) return printJson({ version: 1, incidents });
  for (const line of listLines(incidents, now)) print(line);
  if (incidents.length === 0) say(`No incident is open in stage ${flags.stage}.`);
}

async function show(id: string, flags: Flags): Promise<void> {
  const record = await onStage(flags, async ({ effects }) => {
    const head = await findIncident(effects.table, id);
    return head === undefined ? undefined : readIncident(effects, head.incident);
  });
  if (record === undefined) {
    say(`firebreak: ${unknownIncident(id, flags.stage)}`);
    process.exitCode = 1;
  } else if (flags.json === true) printJson(record);
  else for (const line of incidentPage(record, flags.stage)) print(line);
}

export function addIncidents(program: Command): void {
  const incidents = program
    .command('incidents')
    .summary('what Firebreak has in hand, and all that is kept about it')
    .description(
      'Reads a deployed stage with ordinary AWS credentials, or the embedded account through AWS_ENDPOINT_URL.',
    )
    .addHelpText('after', '\nExample:\n  firebreak incidents show checkout-api --stage prod');
  withStage(incidents.command('list', { isDefault: true }))
    .description('The open incidents, newest first.')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExample:\n  firebreak incidents list --stage prod --json')
    .action(list);
  withStage(incidents.command('show'))
    .description(
      'Findings, rule, plans with before-states, receipts, messages and decisions. Exit 1: there is no such incident.',
    )
    .argument('<incident>', 'its key, or a part that only one open incident has')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExample:\n  firebreak incidents show payments/checkout-api@sha256:3f1c --stage prod')
    .action(show);
}
