import { describe, expect, it } from 'vitest';
import { referenceOf } from '../../../sandbox/world/reference.ts';
import { worldSchema } from '../../../sandbox/world/schema.ts';
import { digest } from './digests.ts';

const world = worldSchema.parse({
  region: 'eu-west-1',
  repositories: [
    { name: 'payments/api', images: [{ digest: digest('a'), tags: ['latest', 'prod'] }, { digest: digest('b') }] },
  ],
});
const host = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';

describe('an image as a task definition names it', () => {
  it.each([
    ['payments/api:prod', `${host}/payments/api:prod`, digest('a')],
    ['payments/api', `${host}/payments/api`, digest('a')],
    [`payments/api@${digest('b')}`, `${host}/payments/api@${digest('b')}`, digest('b')],
    [`payments/api:prod@${digest('b')}`, `${host}/payments/api:prod@${digest('b')}`, digest('b')],
    [`${host}/payments/api:prod`, `${host}/payments/api:prod`, digest('a')],
  ])('%s stands for an image of the registry', (image, uri, found) => {
    expect(referenceOf(world, image)).toEqual({ uri, digest: found, here: true });
  });

  it.each([
    ['public.ecr.aws/nginx/nginx:1.27', undefined],
    ['localhost:5000/tool:1', undefined],
    ['999999999999.dkr.ecr.eu-west-1.amazonaws.com/payments/api:prod', undefined],
    ['123456789012.dkr.ecr.us-east-1.amazonaws.com/payments/api:prod', undefined],
    [`docker.io/library/nginx@${digest('c')}`, digest('c')],
  ])('%s is elsewhere', (image, found) => {
    expect(referenceOf(world, image)).toEqual({ uri: image, digest: found, here: false });
  });

  it('says which repository was meant when none fits', () => {
    expect(() => referenceOf(world, 'payment/api:prod')).toThrow('did you mean "payments/api"?');
    expect(() => referenceOf(worldSchema.parse({}), 'app:1')).toThrow('add it under repositories');
  });
});
