import { describe, expect, it } from 'vitest';
import { parseReference, type Reference } from '../../shared/account/reference.ts';
import { approves } from '../../shared/finding/approvedRegistry.ts';

const of = (image: string): Reference => {
  const reference = parseReference(image);
  if (reference === null) throw new Error(`${image} is no image`);
  return reference;
};
const ours = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';

describe('an approved registry', () => {
  it.each([
    [ours, `${ours}/payments/api:1`],
    [`${ours}/payments/*`, `${ours}/payments/api/v2:1`],
    [`${ours}/payments/api`, `${ours}/payments/api:1`],
    ['123456789012.dkr.ecr.*.amazonaws.com', `${ours}/api:1`],
    ['*.dkr.ecr.eu-west-1.amazonaws.com', `${ours}/api:1`],
    ['docker.io/library/*', 'nginx'],
    ['docker.io/*/a*b', 'team/axb'],
    ['localhost:5000', 'localhost:5000/api'],
    // The same registry by another of its names.
    [ours, '123456789012.dkr-ecr.eu-west-1.on.aws/api:1'],
  ])('%s takes %s', (entry, image) => {
    expect(approves(entry, of(image))).toBe(true);
  });

  it.each([
    [ours, '999999999999.dkr.ecr.eu-west-1.amazonaws.com/payments/api:1'],
    [ours, `evil.example/${ours}/payments/api:1`],
    [ours, `${ours}.evil.example/payments/api:1`],
    [ours, '123456789012xdkr.ecr.eu-west-1.amazonaws.com/payments/api:1'],
    [`${ours}/payments/api`, `${ours}/payments/api-evil:1`],
    [`${ours}/payments/*`, `${ours}/evil/payments/api:1`],
    ['123456789012.dkr.ecr.*.amazonaws.com', '123456789012.dkr.ecr.a.evil.b.amazonaws.com/api:1'],
    ['*.amazonaws.com', `${ours}/api:1`],
    ['docker.io/library/*', 'evil/nginx'],
    ['docker.io', 'public.ecr.aws/nginx'],
    ['localhost:5000', 'localhost:5001/api'],
    ['localhost', 'localhost:5001/api'],
    ['docker.io/team/ab*ba', 'team/aba'],
    ['docker.io/*x*x', 'team/ax'],
  ])('%s does not take %s', (entry, image) => {
    expect(approves(entry, of(image))).toBe(false);
  });
});
