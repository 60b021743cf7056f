import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { NotAsTold } from '../../../cli/demo/scenario.ts';
import { withoutMinutes } from '../../../cli/playedTemplate.ts';
import { readWorld } from '../../../sandbox/world/read.ts';
import type { World } from '../../../sandbox/world/schema.ts';
import type { Finding } from '../../../shared/finding/finding.ts';
import type { InventoryRecord } from '../../../shared/incident/inventories.ts';
import { keys } from '../../../shared/incident/keys.ts';
import { openStage, packaged, type Stage, type StageOptions } from '../stage.ts';

const file = fileURLToPath(new URL('inventory.account.yaml', import.meta.url));
export const world = readWorld(readFileSync(file, 'utf8'), file);

const rules = {
  'image-refused': readFileSync(new URL('../../../rules/image-refused.yaml', import.meta.url), 'utf8'),
};

/** What this stage wants of images. */
export const policy = `images:
  registries: ["*.dkr.ecr.*.amazonaws.com"]
  signed: { revocation: ask, profiles: ["arn:aws:signer:us-east-1:123456789012:/signing-profiles/release"] }
  maxAgeDays: 90
  acrossRegions: block
`;

export const openInventory = (settings: string | undefined = policy, more: StageOptions = {}): Promise<Stage> =>
  openStage({
    ...{ world, rules, template: withoutMinutes(packaged) },
    ...(settings === undefined ? {} : { settings }),
    ...more,
  });

const count = 25;

/** So many services, each with an image of its own from Docker Hub. */
export const fleet: World = readWorld(
  [
    'taskDefinitions:',
    ...Array.from(
      { length: count },
      (_, n) =>
        `  - { family: tool-${n}, revision: 1, containers: [{ name: app, image: "docker.io/acme/tool-${n}:1" }] }`,
    ),
    'clusters:',
    '  - name: prod',
    '    services:',
    ...Array.from(
      { length: count },
      (_, n) => `      - { name: tool-${n}, taskDefinition: "tool-${n}:1", desiredCount: 1 }`,
    ),
  ].join('\n'),
  'fleet.account.yaml',
);

/** The findings of our own inventory: `payments/old too-old open`. */
export const foundBy = (stage: Stage): readonly string[] =>
  stage
    .table()
    .filter(({ sk }) => sk.startsWith('finding#'))
    .map(({ finding }) => finding as unknown as Finding)
    .filter(({ source }) => source === 'inventory')
    .map(({ refused, status }) => `${refused?.repository ?? 'all'} ${refused?.reason} ${status}`)
    .sort();

/** What the inventory has noted of itself. */
export function noted(stage: Stage): InventoryRecord {
  const item = stage.table().find(({ pk }) => pk === keys.inventory.pk);
  if (item === undefined) throw new NotAsTold('the inventory has noted nothing');
  return item as unknown as InventoryRecord;
}
