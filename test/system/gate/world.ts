import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readWorld } from '../../../sandbox/world/read.ts';
import { openStage, type Stage } from '../stage.ts';

const file = fileURLToPath(new URL('gate.account.yaml', import.meta.url));
const world = readWorld(readFileSync(file, 'utf8'), file);

export const registry = '123456789012.dkr.ecr.us-east-1.amazonaws.com';

/** An image of gate.account.yaml. */
export const named = (name: string, tag = '1.0'): string => `${registry}/payments/${name}:${tag}`;

/** What this stage wants of images. */
export const policy = `images:
  registries: [${registry}]
  signed: { profiles: ["arn:aws:signer:us-east-1:123456789012:/signing-profiles/release"] }
  maxAgeDays: 90
`;

const rules = {
  critical: `name: critical
when: { type: [ImageScan], counts: { critical: [{ numeric: [">=", 1] }] } }
do: [evidence.capture, ecr.quarantine-image]
mode: enforce
`,
  some: `name: some
when: { type: [ImageScan], counts: { low: [{ numeric: [">=", 1] }] } }
do: [evidence.capture, ecr.quarantine-image]
mode: observe
`,
};

/** A stage with a rule that enforces and one that observes. Half a minute ahead of whatever was pushed today. */
export const openGateStage = (settings = policy): Promise<Stage> => openStage({ world, rules, settings });
