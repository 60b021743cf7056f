import { expect, it } from 'vitest';
import { misfitsOf } from '../../../sandbox/world/check.ts';
import { worldSchema } from '../../../sandbox/world/schema.ts';

const [one, two] = ['i-0a1b2c3d4e5f60718', 'i-0a1b2c3d4e5f60719'] as const;
const misfits = (...eksClusters: readonly object[]) =>
  misfitsOf(worldSchema.parse({ instances: [{ ec2InstanceId: one }], eksClusters }));

it('takes nodes that are instances of the file, each of one cluster, and pods on nodes of their own', () => {
  const nodes = [{ instance: one }];
  expect(misfits({ name: 'a', nodes, pods: [{ name: 'p', node: one }] }, { name: 'b' })).toEqual([]);
});

it.each([
  [
    'an instance that is not there',
    [{ name: 'a', nodes: [{ instance: two }] }],
    ['eksClusters', 0, 'nodes', 0, 'instance'],
    `${two} is no instance of \`instances\``,
  ],
  [
    'a node of two clusters',
    ['a', 'b'].map((name) => ({ name, nodes: [{ instance: one }] })),
    ['eksClusters', 1, 'nodes', 0, 'instance'],
    `${one} is a node already`,
  ],
  [
    'a pod on a node of another cluster',
    [
      { name: 'a', nodes: [{ instance: one }] },
      { name: 'b', pods: [{ name: 'p', node: one }] },
    ],
    ['eksClusters', 1, 'pods', 0, 'node'],
    `${one} is no node of this cluster`,
  ],
] as const)('names the place of %s', (_what, clusters, path, message) => {
  expect(misfits(...clusters)).toEqual([{ path, message }]);
});
