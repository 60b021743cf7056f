import * as z from 'zod';
import type { ClusterPermission } from '../shared/actions/clusterPermissions.ts';
import type { Action, Permission } from '../shared/actions/contract.ts';
import { type Later, secondsOf } from '../shared/actions/parts.ts';
import { byOrder } from '../shared/plan/order.ts';
import { anyTarget, inWords } from './anyTarget.ts';
import { markdownTable } from './markdownTable.ts';

const inDocument = { partition: 'aws', account: 'ACCOUNT', region: 'REGION', name: 'NAME' } as const;

/** `docs/actions.generated.md`: every action with the facts that it carries itself. Ends in a newline. */
export function actionsMarkdown(catalogue: readonly Action[]): string {
  const overview = [
    '# Actions',
    'Generated from the catalogue (`shared/actions/catalogue.ts`) by `npm run generate`. A step runs on credentials that are cut down to the permissions below, on its own target.',
    markdownTable(
      ['Action', 'What it does', 'Acts on', 'Changes', 'Undo'],
      catalogue.map((action) => [
        `[\`${action.name}\`](#${anchor(action.name)})`,
        action.summary,
        action.targets.join(', '),
        action.facts.changes ? 'yes' : 'no',
        action.reversal.possible ? 'yes' : 'no',
      ]),
    ),
  ];
  return `${[...overview, ...order(catalogue), ...catalogue.map(section)].join('\n\n')}\n`;
}

/** Which of two steps of one plan comes first, for every pair of actions. */
function order(catalogue: readonly Action[]): readonly string[] {
  const inOrder = catalogue.toSorted((a, b) => byOrder(a, b) || (a.name < b.name ? -1 : 1));
  const against = (one: Action, other: Action): string => {
    const first = byOrder(one, other);
    return first < 0 ? '←' : first > 0 ? '→' : '=';
  };
  return [
    '## Order',
    'In one plan the action of the row runs before that of the column (←), after it (→), or in any order (=), as the facts of both say: evidence, out of traffic, workload stopped, sessions revoked, secrets rotated, clean tasks started, image, host, hygiene; nothing that destroys evidence before evidence is taken, nothing that needs the workload gone before it is stopped, no fresh credentials before old ones are dealt with.',
    markdownTable(
      ['', ...inOrder.map((_action, index) => `${index + 1}`)],
      inOrder.map((one, index) => [
        `${index + 1} \`${one.name}\` (${one.facts.phase})`,
        ...inOrder.map((other) => (other === one ? '' : against(one, other))),
      ]),
    ),
  ];
}

function section(action: Action): string {
  const { facts, reversal } = action;
  const said = [
    `Phase: ${facts.phase}.`,
    facts.contains ? 'The incident counts as contained when its verification holds.' : 'It contains nothing by itself.',
    ...(facts.needsWorkloadGone ? ['It waits until the workload is stopped and gone.'] : []),
    ...(facts.canWait
      ? [
          'Nobody is at work where it contains: what it could not do waits for working hours, and what it did is meant to stay.',
        ]
      : []),
    ...(facts.lends ? ['What it takes is given back by a release, and has a lease until then.'] : []),
    ...(facts.emptiesHost ? ['It moves what runs on a host away, before something is done to that host.'] : []),
    ...(facts.needsHostEmpty ? ['Where a step before it empties the host, it needs that done.'] : []),
    ...(facts.destroysEvidence ? ['It destroys evidence, so evidence is captured before.'] : []),
    ...(facts.issuesFreshCredentials ? ['It starts something that gets fresh credentials.'] : []),
    `It takes at most ${secondsIn(action, action.timeoutSeconds)} seconds before it is verified.`,
    ...(action.parts ?? []).map((part) => ofPart(action, part)),
    ...Object.entries(action.declines ?? {}).map(([kind, why]) => `It leaves out every ${kind}: ${why}`),
  ];
  const fields = [
    ['Decides', action.decisive],
    ['Put back by undo', action.restores],
    ['May differ', action.volatile],
  ] as const;
  return [
    `## ${action.name}`,
    `${action.summary}.`,
    said.join(' '),
    `**Undo.** ${reversal.possible ? reversal.sentence : `Not possible: ${reversal.why}`}`,
    `**In a rule.**\n\n\`\`\`yaml\ndo:\n${action.example.replace(/^/gm, '  ')}\n\`\`\``,
    `**Parameters.** ${parameters(action)}`,
    `**What it observes.** ${fields.map(([title, names]) => `${title}: ${list(names)}.`).join(' ')}`,
    `**Limits.**\n\n${action.limits.map((limit) => `- ${limit}`).join('\n')}`,
    `**Permissions.**\n\n${permissions(action)}`,
  ].join('\n\n');
}

const secondsIn = (action: Action, wait: Action['timeoutSeconds']): number => secondsOf(wait, action.params.parse({}));

/** A later step, in sentences. */
function ofPart(action: Action, { name, facts, needsEarlier, timeoutSeconds, closes }: Later): string {
  const wait = secondsIn(action, timeoutSeconds ?? action.timeoutSeconds);
  const needs = needsEarlier ? 'only if those before it have succeeded' : 'whatever became of those before it';
  const contains = facts.contains ? '; the incident counts as contained when it holds' : '';
  const over = closes === undefined ? '' : `. Once it holds: ${closes}`;
  return `A later step is \`${name}\` (phase ${facts.phase}), ${needs}; it takes at most ${wait} seconds before it is verified${contains}${over.replace(/\.$/, '')}.`;
}

function parameters(action: Action): string {
  const schema = z.toJSONSchema(action.params) as { readonly properties?: object };
  const names = Object.keys(schema.properties ?? {});
  if (names.length === 0) return 'None.';
  return `JSON Schema:\n\n\`\`\`json\n${JSON.stringify(schema, null, 2)}\n\`\`\``;
}

function permissions(action: Action): string {
  const rows = action.targets.flatMap((kind) => {
    const { read, write } = action.permissions(anyTarget(kind));
    const row =
      (how: string) =>
      ({ action: name, resource, why }: Permission): string[] => [
        `\`${name}\``,
        how,
        `\`${inWords(resource, inDocument)}\``,
        why ?? '',
      ];
    return [...write.map(row('change')), ...read.map(row('read'))];
  });
  const { read = [], write = [] } = action.inCluster ?? {};
  const inCluster = [...write.map(clusterRow('change')), ...read.map(clusterRow('read'))];
  return markdownTable(['Permission', 'For', 'On', 'Why no narrower'], [...rows, ...inCluster]);
}

const clusterRow =
  (how: string) =>
  ({ verb, group, resource }: ClusterPermission): string[] => [
    `\`${verb} ${group === '' ? resource : `${group}/${resource}`}\``,
    how,
    'all namespaces of the cluster',
    'Kubernetes gives it by its own roles ([the manifest](../resources/kubernetes.generated.yaml)), and no session policy narrows it to a target.',
  ];

const list = (names: readonly string[]): string =>
  names.length === 0 ? 'nothing' : names.map((name) => `\`${name}\``).join(', ');

const anchor = (name: string): string => name.replaceAll('.', '');
