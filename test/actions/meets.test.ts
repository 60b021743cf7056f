import { expect, it } from 'vitest';
import { actionNamed, catalogue } from '../../shared/actions/catalogue.ts';
import type { Target } from '../../shared/actions/contract.ts';
import { imageResource } from '../../shared/finding/ecrImage.ts';
import type { JsonObject } from '../../shared/platform/json.ts';

const place = { account: '123456789012', region: 'eu-west-1' };

const image = (digest: string): Target => ({ ...imageResource(place, 'payments/api', digest, []), ...place });
const pod = (name: string): Target => ({
  kind: 'pod',
  id: `prod/shop/${name}`,
  arn: 'arn:aws:eks:eu-west-1:123456789012:cluster/prod',
  ...{ cluster: 'prod', namespace: 'shop', workload: `pods/${name}`, serviceAccount: null, ...place },
});

/** Of each action whose targets meet: two that are changed together, and what is observed of both. */
const meetings: { readonly [action: string]: readonly [one: Target, other: Target, observed: JsonObject] } = {
  'ecr.quarantine-image': [
    image('index'),
    image('amd64'),
    { digests: ['index', 'amd64'], contents: { index: ['amd64'] }, tags: {}, history: {} },
  ],
  'eks.scale-workload': [pod('web-5c9f-x2k4q'), pod('web-5c9f-b7d9k'), { workload: 'deployments/web' }],
};

it('each action whose targets meet somewhere is told of here, and no other', () => {
  const meeting = catalogue.filter(({ meets }) => meets !== undefined).map(({ name }) => name);
  expect(meeting).toEqual(Object.keys(meetings));
});

it.each(Object.entries(meetings))(
  '%s: they meet at one target, whichever is accused',
  (name, [one, other, observed]) => {
    const meets = actionNamed(name)?.meets;
    const [first, second] = [one, other].map((target) => meets?.(target, observed));
    expect(first?.at).toBeDefined();
    expect(second?.at).toEqual(first?.at);
  },
);
