import type { Played } from './play.ts';

export const SKIPPED =
  'SKIPPED: no moto_server is on this machine, so no deployment was tried (docs/deployment.md#tried-against-moto).\n';

/** What moto takes and does nothing with, so that this test says nothing of it; docs/deployment.md has the same list. */
const unproven = [
  'what the state machine does: moto stores no Definition, and its substitutions',
  'IAM: moto lets everybody do everything, so neither roles nor the deployer are tried',
  'the functions: moto stores their code and does not run it, and calls them x86_64 whatever their architecture',
];

const plural = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

export function text({ phases, wrong, notMade, actions }: Played): string {
  const lines = phases.map(
    ({ name, seconds, requests, things }) =>
      `${name.padEnd(28)}${things.toString().padStart(4)} there ${seconds.toFixed(1).padStart(6)} s ${plural(requests, 'request').padStart(13)}`,
  );
  const types = [...notMade].map(([type, count]) => `${count} ${type}`).join(', ');
  return [
    ...lines,
    '',
    `${plural(actions.size, 'kind')} of request, held against docs/deployer-permissions.generated.json.`,
    'Not shown by this:',
    `  what moto does not make of a template: ${types}`,
    ...unproven.map((one) => `  ${one}`),
    '',
    ...(wrong.length === 0
      ? ['Everything is as it was packaged, kept and removed as the README says.']
      : wrong.map((one) => `WRONG  ${one}`)),
    '',
  ].join('\n');
}
