import { ecsArn } from '../../sandbox/services/ecs/state.ts';
import { type World, worldSchema } from '../../sandbox/world/schema.ts';
import { configFinding } from '../system/configFinding.ts';
import type { Play } from './play.ts';

const loose = 'faults/loose';
const unseen = 'unseen';
const digest = `sha256:${'e'.repeat(64)}`;

/** What is not configured as it should be, one thing for each fix of the catalogue. */
export const fixWorld = (): Pick<World, 'repositories' | 'clusters'> =>
  worldSchema.parse({
    repositories: [{ name: loose, images: [{ digest, tags: ['1.0'] }] }],
    clusters: [{ name: unseen }],
  });

/** Nobody is asked before it is fixed. */
export const fixRules: { readonly [name: string]: string } = {
  tags: `name: tags
when:
  compliance: { rule: [ecr-private-tag-immutability-enabled] }
  status: [open]
do:
  - ecr.set-tag-immutability
mode: enforce
`,
  insights: `name: insights
when:
  compliance: { rule: [ecs-container-insights-enabled] }
  status: [open]
do:
  - ecs.enable-container-insights
mode: enforce
`,
};

/** Once each of these is enforced, what AWS Config has found is fixed, and nobody is woken. */
export const fixPlays: readonly Play[] = [
  {
    name: 'tags',
    title: 'a repository whose tags may be moved',
    begin: (stage) => stage.deliver(configFinding(stage, 'config-repository-tags', loose)),
    incident: `ecr-repository/123456789012/us-east-1/${loose}`,
    ends: { outcome: 'contained', pages: 0, stands: ['ecr.set-tag-immutability'], says: / fixed, / },
    done: ({ settings }) => settings[`tags of ${loose}`] === 'IMMUTABLE',
    fixed: ({ settings }) => settings[`tags of ${loose}`] === 'IMMUTABLE',
    mayChange: { settings: [`tags of ${loose}`] },
  },
  {
    name: 'insights',
    title: 'a cluster of which CloudWatch collects nothing',
    begin: (stage) => stage.deliver(configFinding(stage, 'config-cluster', ecsArn(stage.account, `cluster/${unseen}`))),
    incident: `ecs-cluster/123456789012/us-east-1/${unseen}`,
    ends: { outcome: 'contained', pages: 0, stands: ['ecs.enable-container-insights'], says: / fixed, / },
    done: ({ settings }) => settings[`insights of ${unseen}`] === 'enabled',
    fixed: ({ settings }) => settings[`insights of ${unseen}`] === 'enabled',
    mayChange: { settings: [`insights of ${unseen}`] },
  },
];
